//! What is pressed.

use super::sample::{Look, Sample, State, row, states};
use app::i18n::{locale, td_string};
use app::ui::language_switch::LanguageSwitch;
use app::ui::theme::ThemeSwitch;
use app::ui::{Button, Chip, Chips, CopyButton, Copyable, Icon, Kind, Menu, MenuItem, MenuRule};
use leptos::prelude::*;

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample::new(
            "Button",
            "Does something; its label is the verb. One main button on a screen at most.",
            buttons,
        ),
        Sample::new("Icon", "Lucide, 16 px, never alone without a tooltip.", icons),
        Sample::new(
            "TooltipLayer, data-tip, data-keys",
            "What an icon means, and the keys that do the same. Hover or tab to it.",
            tooltips,
        ),
        Sample::new(
            "Menu, MenuItem, MenuRule",
            "Things that can be done or chosen, behind a button. Arrow keys, Home, End, first letters, Escape.",
            menu,
        ),
        Sample::new(
            "Segments",
            "One of two or three, all in sight. More belong in a menu.",
            segments,
        ),
        Sample::new(
            "Chips, Chip",
            "Filters above a list, each on or off, with how many it leaves.",
            chips,
        ),
        Sample::new(
            "CopyButton, Copyable",
            "Text that is carried elsewhere: a password shown once, a script tag.",
            copy,
        ),
    ]
}

fn press() -> Callback<()> {
    Callback::new(|()| ())
}

fn buttons() -> AnyView {
    let t = locale();
    let kinds = [
        (td_string!(t, common.save), Kind::Main),
        (td_string!(t, common.retry), Kind::Plain),
        (td_string!(t, common.cancel), Kind::Quiet),
        (td_string!(t, admin.disable), Kind::Danger),
    ];
    kinds
        .map(|(label, kind)| row(looks(label, kind)))
        .into_iter()
        .collect_view()
        .into_any()
}

fn looks(label: &'static str, kind: Kind) -> Vec<AnyView> {
    let plain = || Look {
        kind,
        ..Look::default()
    };
    let icon = Some(Icon::Pencil);
    let in_state = |state| Look { state, ..plain() };
    let blocked = State::Blocked("Go on duty first");
    let icon_only = Look {
        icon,
        icon_only: true,
        ..plain()
    };
    let looks = [
        (label, plain()),
        (label, Look { icon, ..plain() }),
        (label, icon_only),
        (label, Look { small: true, ..plain() }),
        ("Busy", in_state(State::Busy)),
        ("Disabled", in_state(State::Disabled)),
        ("Blocked", in_state(blocked)),
    ];
    looks.map(|(label, look)| look.view(label, press())).into()
}

fn icons() -> AnyView {
    let one = |(name, icon): &(&'static str, Icon)| view! { <span data-tip=*name>{icon.view()}</span> };
    view! { <div class="sample-icons">{Icon::ALL.iter().map(one).collect_view()}</div> }.into_any()
}

/// A switch, too: it stays pressed.
fn tooltips() -> AnyView {
    let on = RwSignal::new(true);
    view! {
        <div class="sample-row">
            <Button
                label=td_string!(locale(), desk.details)
                icon=Icon::PanelRight
                icon_only=true
                keys="Alt P"
                pressed=on
                kind=Kind::Quiet
                on_press=move |()| on.update(|on| *on = !*on)
            />
        </div>
    }
    .into_any()
}

fn menu() -> AnyView {
    let (t, open) = (locale(), RwSignal::new(false));
    let second = RwSignal::new(true);
    let trigger = move || view! { {"Row actions"} {Icon::ChevronDown.view()} };
    view! {
        <Menu label="Row actions" trigger open class="btn btn-plain">
            <MenuItem
                label=td_string!(t, duty.on)
                hint=td_string!(t, duty.on_meaning)
                checked=Signal::derive(move || !second.get())
                on_press=move |()| second.set(false)
            />
            <MenuItem
                label=td_string!(t, duty.on_break)
                hint=td_string!(t, duty.break_meaning)
                checked=second
                on_press=move |()| second.set(true)
            />
            <MenuRule />
            <MenuItem label=td_string!(t, common.copy) icon=Icon::Copy on_press=press() />
            <MenuItem label="Disabled" icon=Icon::Ban disabled=true on_press=press() />
            <MenuItem label=td_string!(t, admin.disable) icon=Icon::UserRoundX danger=true on_press=press() />
        </Menu>
    }
    .into_any()
}

fn segments() -> AnyView {
    view! {
        <div class="sample-row">
            <LanguageSwitch />
            <ThemeSwitch />
        </div>
    }
    .into_any()
}

fn chips() -> AnyView {
    let (t, chosen) = (locale(), RwSignal::new(0));
    let chip = move |index: usize, label: &'static str, count: usize| {
        view! {
            <Chip
                label
                pressed=Signal::derive(move || chosen.get() == index)
                count=Signal::stored(count)
                on_press=move |()| chosen.set(index)
            />
        }
    };
    view! {
        <Chips label=td_string!(t, desk.duty)>
            {chip(0, td_string!(t, duty.on), 12)} {chip(1, td_string!(t, duty.on_break), 2)}
            {chip(2, td_string!(t, duty.off), 0)}
        </Chips>
    }
    .into_any()
}

fn copy() -> AnyView {
    let t = locale();
    states(vec![
        (
            "CopyButton",
            view! { <CopyButton text=Signal::stored("7f3a-91c2".to_owned()) /> }.into_any(),
        ),
        (
            "Copyable",
            view! { <Copyable text=td_string!(t, login.password).to_owned() + " 7f3a-91c2" /> }.into_any(),
        ),
    ])
}
