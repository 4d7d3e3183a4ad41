//! What keeps guests away, said across the desk: a lost connection, a guest who got no answer.

use crate::store::use_desk;
use app::i18n::{locale, td_string};
use app::ui::reactive::memo;
use app::ui::socket::Link;
use app::ui::{Button, Icon, LinkBanner};
use domain::Duty;
use leptos::prelude::*;
use protocol::desk::DeskFrame;

#[component]
pub(super) fn Banners() -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let away = desk.part(|state| state.seats.away);
    let well = memo(move || matches!(desk.link().get(), Link::Connecting | Link::Online) && !away.get());
    view! {
        <section class="banners" aria-label=td_string!(t, desk.banners) hidden=well>
            <LinkBanner link=desk.link() on_retry=move |()| desk.reconnect() />
            <AwayBanner away />
        </section>
    }
}

/// Says that no guests come because one got no answer, and how to change that.
#[component]
fn AwayBanner(away: Memo<bool>) -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let shown = memo(move || away.get() && desk.online().get());
    move || {
        shown.get().then(|| {
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
