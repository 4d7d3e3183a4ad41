//! What was said, with earlier messages fetched as the reader scrolls up, and what the guest is typing.

use super::earlier::{Beginning, Earlier};
use super::entries::{Setting, entries};
use super::rows::Rows;
use super::stay::Stay;
use super::typing_preview::TypingPreview;
use crate::state::{DeskState, Input, Talk};
use crate::store::use_desk;
use app::i18n::{locale, td_string};
use app::ui::reactive::effect;
use app::ui::time_ago::same_day;
use app::ui::{Badge, Icon, clock};
use domain::{ConversationId, Seq, Timestamp};
use leptos::prelude::*;

/// What the rows are made of. Messages never change and come at the ends only, so the ends tell that nothing has; whatever
/// else happens at the desk, such as a guest typing, makes no rows.
#[derive(Clone, Debug, PartialEq)]
struct Shape {
    ends: (Option<Seq>, Option<Seq>),
    setting: Setting,
}

impl Shape {
    fn of(state: &DeskState, id: ConversationId) -> Self {
        let talk = state.talk(id);
        Self {
            ends: (talk.and_then(Talk::first_seq), talk.and_then(Talk::last_seq)),
            setting: Setting {
                me: state.me,
                new_after: talk.and_then(Talk::new_after),
                pending: state.pending(id).cloned().collect(),
                now: Timestamp(0),
            },
        }
    }
}

#[component]
pub(super) fn Messages(id: ConversationId) -> impl IntoView {
    let (t, desk, stay) = (locale(), use_desk(), Stay::new());
    let earlier = Earlier::new(id, stay);
    let shape = desk.part(move |state| Shape::of(state, id));
    let entries = move || {
        let setting = Setting {
            now: clock::now(),
            ..shape.get().setting
        };
        desk.now(|state| {
            let messages = state.talk(id).into_iter().flat_map(|talk| talk.messages.values());
            entries(messages, setting, same_day)
        })
    };
    let rows = Rows::of_desk(id, entries);
    effect(move || desk.apply(Input::AtEnd(stay.sees_end())));
    Effect::new(move |before: Option<usize>| {
        let written = shape.with(|shape| shape.setting.pending.len());
        if before.is_some_and(|before| written > before) {
            stay.to_end();
        }
        written
    });
    effect(move || {
        shape.track();
        // A pane that is not full has nothing to scroll, so it asks by itself.
        request_animation_frame(move || {
            if stay.fits() {
                earlier.fetch();
            }
        });
    });
    view! {
        <div class="talk-body">
            <div
                class="talk-scroll"
                node_ref=stay.node
                role="log"
                tabindex="0"
                aria-label=td_string!(t, desk.talk)
                aria-busy=move || earlier.is_fetching().to_string()
                on:scroll=move |_| {
                    if stay.scrolled() {
                        earlier.fetch();
                    }
                }
            >
                <div class="talk-column" node_ref=stay.column>
                    <Beginning earlier />
                    {rows.view()}
                    <TypingPreview id />
                </div>
            </div>
            <Jump id stay />
        </div>
    }
}

/// The way back to the end, with how much there is to read.
#[component]
fn Jump(id: ConversationId, stay: Stay) -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let unread = desk.part(move |state| state.talk(id).map_or(0, |talk| talk.card.unread));
    move || {
        stay.is_up().then(|| {
            view! {
                <div class="talk-jump">
                    <button type="button" class="btn btn-plain btn-sm" on:click=move |_| stay.to_end()>
                        {Icon::ArrowDown.view()}
                        {td_string!(t, desk.to_end)}
                        <Badge count=unread label=Signal::derive(move || td_string!(t, desk.unread, n = unread.get())) />
                    </button>
                </div>
            }
        })
    }
}
