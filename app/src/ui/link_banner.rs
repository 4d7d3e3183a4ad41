//! How the connection is, said only while it is not well.

use super::clock::use_clock;
use super::socket::Link;
use super::{Button, Icon};
use crate::i18n::{locale, td_string, words};
use leptos::prelude::*;

/// A bar across the top while the connection is lost or refused.
#[component]
pub fn LinkBanner(
    #[prop(into)] link: Signal<Link>,
    /// Connect at once.
    #[prop(into)]
    on_retry: Callback<()>,
) -> impl IntoView {
    let (t, clock) = (locale(), use_clock());
    let lost = move |at: i64| {
        let seconds = move || (at - clock.now().0).max(0).div_euclid(1_000) + 1;
        let offline = !super::browser::on_network();
        view! {
            <div class="banner" role="status">
                {Icon::WifiOff.view()}
                <span class="figures">
                    {move || {
                        if offline {
                            td_string!(t, link.offline).to_owned()
                        } else {
                            td_string!(t, link.lost, n = seconds())
                        }
                    }}
                </span>
                <span class="text-quiet grow">{td_string!(t, link.kept)}</span>
                <Button label=td_string!(t, link.now) small=true on_press=on_retry />
            </div>
        }
    };
    move || match link.get() {
        Link::Connecting | Link::Online => ().into_any(),
        Link::Lost { at } => lost(at).into_any(),
        Link::Reconnecting => view! {
            <div class="banner" role="status">
                {Icon::WifiOff.view()} {td_string!(t, link.reconnecting)}
                <span class="text-quiet">{td_string!(t, link.kept)}</span>
            </div>
        }
        .into_any(),
        Link::Refused(code) => {
            let text = code.map_or_else(|| td_string!(t, link.outdated), |code| words::refused(t, code));
            view! { <div class="banner banner-danger" role="alert">{Icon::TriangleAlert.view()} {text}</div> }
                .into_any()
        }
    }
}
