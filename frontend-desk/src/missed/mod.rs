//! The missed queue as a page of its own: a list of work. Who, why, since when, how to reach them, what they wrote; and
//! the button that takes it on.

mod entry;
mod worklist;

use crate::store::use_desk;
use app::i18n::{locale, td_string};
use app::ui::reactive::memo;
use app::ui::{Empty, Icon, Loading};
use leptos::prelude::*;
use worklist::Worklist;

#[component]
pub(crate) fn MissedPage() -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let total = desk.part(|state| state.welcomed.then_some(state.missed.total));
    let body = memo(move || total.get().map(|total| total > 0));
    view! {
        <section class="work-page" class:lists-old=desk.old() aria-labelledby="missed-title">
            <header class="column-head">
                <h1 id="missed-title" class="text-lg">
                    {td_string!(t, desk.missed)}
                </h1>
                <span class="list-count">{move || total.get().filter(|total| *total > 0)}</span>
                <span class="grow"></span>
                <span class="work-keys wide-only">
                    <kbd>"↑"</kbd>
                    <kbd>"↓"</kbd>
                    <kbd>"Enter"</kbd>
                    {td_string!(t, desk.claim)}
                </span>
            </header>
            {move || match body.get() {
                None => view! { <Loading rows=6 /> }.into_any(),
                Some(true) => view! { <Worklist /> }.into_any(),
                Some(false) => view! {
                    <Empty
                        icon=Icon::UserRoundX
                        title=td_string!(t, desk.nothing_missed)
                        text=td_string!(t, desk.nothing_missed_text)
                    />
                }
                .into_any(),
            }}
        </section>
    }
}
