//! Who waits in the lines of my groups, first in line first. They come by themselves as seats get free.

use super::row::{guest_name, page, warmth};
use crate::store::use_desk;
use app::i18n::{locale, td_string};
use app::ui::LineDots;
use app::ui::clock::use_clock;
use app::ui::time_ago::Lasting;
use leptos::prelude::*;
use protocol::desk::WaitingEntry;

#[component]
pub(crate) fn WaitingLine() -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let line = desk.part(|state| state.line.clone());
    let total = move || line.with(|line| line.total);
    let rows = move || {
        line.with(|line| {
            let entries = line
                .waiting
                .iter()
                .zip(1..)
                .map(|(entry, position)| row(entry, position));
            entries.collect_view()
        })
    };
    let dots = view! {
        <span class="grow"></span>
        {move || (total() > 0).then(|| view! { <LineDots waiting=Signal::derive(total) /> })}
    };
    view! {
        {super::head(td_string!(t, desk.line), total, dots)}
        {move || (total() == 0).then(|| view! { <p class="list-none">{td_string!(t, desk.line_empty)}</p> })}
        {rows}
        {move || {
            let hidden = line.with(|line| line.total - i32::try_from(line.waiting.len()).unwrap_or(i32::MAX));
            (hidden > 0).then(|| view! { <p class="list-none">{td_string!(t, desk.more, n = hidden)}</p> })
        }}
    }
}

fn row(entry: &WaitingEntry, position: i32) -> impl IntoView + use<> {
    let (t, clock, since) = (locale(), use_clock(), entry.since);
    view! {
        <div class="row">
            <span class="position">{position}</span>
            <span class="row-main">
                <span class="row-who"><span>{guest_name(t, &entry.guest)}</span></span>
                <span class="row-words block">{page(&entry.guest)}</span>
            </span>
            <span class="row-side">
                <span class=move || warmth(since, clock.now())><Lasting since /></span>
            </span>
        </div>
    }
}
