//! The lists at the left: my conversations, who waits, who was missed.

mod line;
mod mine;
mod missed;
pub(crate) mod quote;
mod row;
pub(crate) mod section;
pub(crate) mod vacant;
mod walk;

use crate::address::Place;
use crate::duty::DutySwitch;
use crate::store::use_desk;
use app::i18n::{locale, td_string};
use app::ui::time_ago::time_of_day;
use app::ui::{Icon, Loading};
use leptos::{html, prelude::*};

#[component]
pub(crate) fn Lists() -> impl IntoView {
    let desk = use_desk();
    let welcomed = desk.part(|state| state.welcomed);
    let place = desk.place();
    let node = NodeRef::<html::Div>::new();
    let walk = move |event| {
        if let Some(lists) = node.get_untracked() {
            walk::on_key(&event, &lists);
        }
    };
    view! {
        <DutySwitch />
        <div node_ref=node class="lists" class:lists-old=desk.old() on:keydown=walk>
            {move || {
                if !welcomed.get() {
                    return view! { <Loading rows=6 /> }.into_any();
                }
                view! {
                    <Age />
                    <mine::Mine />
                    <line::WaitingLine />
                    // The page of the missed queue shows the same and more.
                    {move || (place.get() != Place::Missed).then(|| view! { <missed::MissedQueue /> })}
                }
                    .into_any()
            }}
        </div>
    }
}

/// How old what is shown may be, said after a while without a connection.
#[component]
fn Age() -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let old = desk.old();
    move || {
        let since = desk.lost_at().filter(|_| old.get())?;
        Some(view! {
            <p class="list-age" role="status">
                {Icon::History.view()} <span>{td_string!(t, desk.old, time = time_of_day(since))}</span>
            </p>
        })
    }
}
