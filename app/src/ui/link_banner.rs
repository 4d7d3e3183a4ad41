//! How the connection is, said only while it is not well.

use super::clock::use_clock;
use super::socket::{Link, Outage};
use super::{Button, Icon, browser};
use crate::i18n::{Locale, locale, td_string, words};
use crate::ui::reactive::memo;
use leptos::prelude::*;
use protocol::CloseCode;

/// A bar across the top while the connection is lost or refused. Only what has happened is announced; the seconds are
/// counted for the eye.
#[component]
pub fn LinkBanner(
    #[prop(into)] link: Signal<Link>,
    /// Connect at once.
    #[prop(into)]
    on_retry: Callback<()>,
    /// Something is written on this page, and kept.
    #[prop(default = true)]
    kept: bool,
) -> impl IntoView {
    let t = locale();
    let lost = memo(move || matches!(link.get(), Link::Lost { .. } | Link::Reconnecting));
    let refused = memo(move || match link.get() {
        // A session that is over says so in front of everything.
        Link::Refused(code) => (code != Some(CloseCode::Unauthorized)).then_some(code),
        _ => None,
    });
    view! {
        {move || lost.get().then(|| view! { <Lost link on_retry kept /> })}
        {move || {
            refused
                .get()
                .map(|code| {
                    let text = code.map_or_else(|| td_string!(t, link.outdated), |code| words::refused(t, code));
                    view! { <div class="banner banner-danger" role="alert">{Icon::TriangleAlert.view()} {text}</div> }
                })
        }}
    }
}

#[component]
fn Lost(link: Signal<Link>, on_retry: Callback<()>, kept: bool) -> impl IntoView {
    let (t, clock) = (locale(), use_clock());
    // What is known stays said while the next attempt is under way.
    let why = Memo::new(move |before: Option<&Outage>| match (link.get(), before) {
        (Link::Lost { why, .. }, _) => why,
        (_, before) => before.copied().unwrap_or_default(),
    });
    let what = move || what_happened(t, why.get());
    let next = move || match link.get() {
        Link::Lost { at, .. } => {
            let seconds = at.ms_since(clock.now()).max(0).div_euclid(1_000) + 1;
            td_string!(t, link.again_in, n = seconds)
        }
        _ => td_string!(t, link.reconnecting).to_owned(),
    };
    let trying = Signal::derive(move || link.get() == Link::Reconnecting);
    view! {
        <div class="banner">
            {Icon::WifiOff.view()} <span role="status">{what}</span>
            <span class="figures" aria-hidden="true">
                {next}
            </span>
            <span class="text-quiet grow">{kept.then(|| td_string!(t, link.kept))}</span>
            <Button label=td_string!(t, link.now) small=true disabled=trying on_press=on_retry />
        </div>
    }
}

fn what_happened(t: Locale, why: Outage) -> String {
    match why {
        Outage::Unknown | Outage::Restarting if !browser::on_network() => td_string!(t, link.offline).to_owned(),
        why => words::outage(t, why),
    }
}
