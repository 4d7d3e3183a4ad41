//! The bar across the top: my seats and duty at the left, my account at the right; below it, what keeps guests away.

use crate::duty::DutySwitch;
use crate::store::use_desk;
use app::i18n::{locale, td_string};
use app::ui::{AccountMenu, Button, Icon};
use domain::Duty;
use leptos::prelude::*;
use protocol::desk::DeskFrame;

#[component]
pub(crate) fn Header() -> impl IntoView {
    view! {
        <header class="desk-head">
            <DutySwitch />
            <span class="grow"></span>
            <AccountMenu />
        </header>
    }
}

/// Says that no guests come because one got no answer, and how to change that.
#[component]
pub(crate) fn AwayBanner() -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let away = desk.part(|state| state.seats.away);
    move || {
        away.get().then(|| {
            view! {
                <div class="banner" role="alert">
                    {Icon::Hand.view()}
                    <span class="grow">{td_string!(t, desk.away)}</span>
                    <Button
                        label=td_string!(t, desk.here)
                        small=true
                        on_press=move |()| desk.ask(DeskFrame::Duty { duty: Duty::On })
                    />
                </div>
            }
        })
    }
}
