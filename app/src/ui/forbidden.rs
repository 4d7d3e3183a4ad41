//! A place that one may not see: what it needs, who can give it, and where to go instead.

use super::account::log_out;
use super::{Button, Icon, Kind};
use crate::i18n::{locale, td_string, words};
use domain::Rule;
use leptos::prelude::*;

#[component]
pub fn Forbidden(
    /// What it needs; see [`needs`].
    #[prop(into)]
    why: String,
    /// The other face, if they may use that: its name and address.
    elsewhere: Option<(&'static str, &'static str)>,
) -> impl IntoView {
    let t = locale();
    let elsewhere = elsewhere.map(|(name, address)| {
        view! {
            <a class="btn btn-plain" href=address rel="external">
                {td_string!(t, error.go_to, place = name)}
            </a>
        }
    });
    view! {
        <div class="state" role="alert">
            {Icon::LockKeyhole.view()} <div class="state-title">{td_string!(t, error.forbidden_title)}</div>
            <p>{why}</p>
            <div class="state-actions">
                {elsewhere}
                <Button
                    label=td_string!(t, account.log_out)
                    icon=Icon::LogOut
                    kind=Kind::Quiet
                    on_press=log_out()
                />
            </div>
        </div>
    }
}

/// That it needs this rule, and who can give it.
pub fn needs(rule: Rule) -> String {
    let t = locale();
    td_string!(t, error.forbidden_rule, rule = words::rule(t, rule))
}
