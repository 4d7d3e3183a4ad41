//! The way through the desk: a column of icons at the very left, a bar of tabs at the foot of a phone.

use crate::address::{BASE, MISSED, Place};
use crate::keys;
use crate::shortcuts::use_help;
use crate::signs::AlertsButton;
use crate::state::DeskState;
use crate::store::use_desk;
use app::i18n::{locale, td_string};
use app::ui::session::may;
use app::ui::shell::Logo;
use app::ui::socket::Link;
use app::ui::{AccountMenu, Badge, Button, Icon, Kind};
use domain::Rule;
use leptos::prelude::*;

/// Who may do one of these has a reason to go to the console.
const CONSOLE: [Rule; 5] = [
    Rule::LiveView,
    Rule::MemberView,
    Rule::GroupView,
    Rule::AuthView,
    Rule::SiteView,
];

#[component]
pub(super) fn Rail(
    /// Past rail and lists, to the conversation.
    #[prop(into)]
    on_skip: Callback<()>,
) -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let place = desk.place();
    let unread = desk.part(DeskState::unread);
    let missed = desk.part(|state| u32::try_from(state.missed.total).unwrap_or_default());
    let help = use_help();
    view! {
        <nav class="rail" aria-label=td_string!(t, desk.face)>
            <button type="button" class="skip" on:click=move |_| on_skip.run(())>
                {td_string!(t, desk.skip)}
            </button>
            <a class="rail-mark" href=BASE aria-label="Seatline">
                <Logo />
            </a>
            <RailLink
                href=BASE
                icon=Icon::Inbox
                label=td_string!(t, desk.inbox)
                current=Signal::derive(move || place.get() != Place::Missed)
            >
                // Beside the lists themselves it would say everything twice.
                <span class="phone-only">
                    <Badge count=unread label=Signal::derive(move || td_string!(t, desk.unread, n = unread.get())) />
                </span>
            </RailLink>
            <RailLink
                href=MISSED
                icon=Icon::UserRoundX
                label=td_string!(t, desk.missed)
                keys=keys::MISSED
                current=Signal::derive(move || place.get() == Place::Missed)
            >
                <span class="count-missed">
                    <Badge count=missed label=Signal::derive(move || td_string!(t, desk.missed_n, n = missed.get())) />
                </span>
            </RailLink>
            <span class="grow wide-only"></span>
            <span class="wide-only">
                <Button
                    label=td_string!(t, shortcuts.title)
                    icon=Icon::Keyboard
                    icon_only=true
                    kind=Kind::Quiet
                    keys=keys::HELP
                    on_press=move |()| help.set(true)
                />
            </span>
            <AlertsButton />
            {may_see_console().then(|| view! { <ConsoleLink /> })}
            <Me />
        </nav>
    }
}

pub(crate) fn may_see_console() -> bool {
    CONSOLE.into_iter().any(may)
}

#[component]
fn RailLink(
    href: &'static str,
    icon: Icon,
    label: &'static str,
    #[prop(optional)] keys: &'static str,
    current: Signal<bool>,
    children: Children,
) -> impl IntoView {
    view! {
        <a
            class="rail-link"
            href=href
            aria-current=move || current.get().then_some("page")
            aria-keyshortcuts=(!keys.is_empty()).then(|| keys.replace(' ', "+"))
            data-tip=label
            data-keys=keys
            data-tip-side="right"
        >
            {icon.view()}
            <span class="rail-word">{label}</span>
            {children()}
        </a>
    }
}

/// The console is another application on the same host.
#[component]
pub(super) fn ConsoleLink() -> impl IntoView {
    let label = td_string!(locale(), admin.face);
    view! {
        <a class="rail-link" href="/admin" rel="external" data-tip=label data-tip-side="right">
            {Icon::LayoutDashboard.view()}
            <span class="rail-word">{label}</span>
        </a>
    }
}

/// My account, with a dot that says how the connection is.
#[component]
fn Me() -> impl IntoView {
    let (t, link) = (locale(), use_desk().link());
    let state = move || match link.get() {
        Link::Online => ("online", td_string!(t, desk.link_online)),
        Link::Connecting | Link::Reconnecting => ("trying", td_string!(t, desk.connecting)),
        Link::Lost { .. } | Link::Refused(_) => ("lost", td_string!(t, desk.duty_unknown)),
    };
    view! {
        <div class="rail-me">
            <AccountMenu />
            <span
                class="link-dot"
                data-link=move || state().0
                role="img"
                aria-label=move || state().1
                data-tip=move || state().1
                data-tip-side="right"
            ></span>
        </div>
    }
}
