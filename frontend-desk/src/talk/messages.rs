//! What was said, with earlier messages fetched as the reader scrolls up, and what the guest is typing.

use super::entries::{Entry, entries};
use super::said::Row;
use super::stay::Stay;
use crate::state::Talk;
use crate::store::use_desk;
use app::i18n::{locale, td_string};
use app::ui::time_ago::same_day;
use app::ui::{Button, Icon};
use domain::ConversationId;
use leptos::prelude::*;

#[component]
pub(super) fn Messages(id: ConversationId) -> impl IntoView {
    let (t, desk, stay) = (locale(), use_desk(), Stay::new());
    let rows = desk.part(move |state| {
        let pending = || state.pending(id).cloned();
        state
            .talk(id)
            .map(|talk| entries(talk, pending(), same_day))
            .unwrap_or_default()
    });
    let earlier = desk.part(move |state| state.talk(id).is_some_and(|talk| talk.earlier));
    let silent = desk.part(move |state| {
        state
            .talk(id)
            .is_some_and(|talk| talk.messages.is_empty() && !talk.is_blank())
    });
    let fetching = RwSignal::new(false);
    let fetch = move || {
        if fetching.get_untracked() || !earlier.get_untracked() {
            return;
        }
        fetching.set(true);
        let put_back = stay.hold();
        desk.fetch_earlier(id, move || {
            put_back();
            // `Some` says that the pane is gone.
            _ = fetching.try_set(false);
        });
    };
    Effect::new(move |_| {
        rows.track();
        stay.grown();
        // A pane that is not full has nothing to scroll, so it asks by itself.
        request_animation_frame(move || {
            if stay.fits() {
                fetch();
            }
        });
    });
    view! {
        <div
            class="talk-scroll"
            node_ref=stay.node
            role="log"
            tabindex="0"
            aria-label=td_string!(t, desk.talk)
            on:scroll=move |_| {
                if stay.scrolled() {
                    fetch();
                }
            }
        >
            <div class="talk-column">
                {move || {
                    let text = if fetching.get() {
                        td_string!(t, desk.earlier_loading)
                    } else if silent.get() {
                        td_string!(t, desk.no_messages)
                    } else if earlier.get() {
                        ""
                    } else {
                        td_string!(t, desk.start)
                    };
                    view! { <div class="system-line min-h-4">{text}</div> }
                }}
                <For
                    each=move || rows.get()
                    key=Entry::key
                    children=move |entry| view! { <Row conversation=id entry /> }
                />
                <TypingPreview id stay />
                {move || {
                    (!stay.at_end.get())
                        .then(|| {
                            view! {
                                <div class="jump">
                                    <Button
                                        label=td_string!(t, desk.to_end)
                                        icon=Icon::ArrowDown
                                        small=true
                                        on_press=move |()| stay.to_end()
                                    />
                                </div>
                            }
                        })
                }}
            </div>
        </div>
    }
}

/// What stands in the guest's box before they send it.
#[component]
fn TypingPreview(id: ConversationId, stay: Stay) -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let typing = desk.part(move |state| {
        state
            .talk(id)
            .map(|talk: &Talk| talk.typing.clone())
            .unwrap_or_default()
    });
    let shown = Memo::new(move |_| typing.with(|text| !text.is_empty()));
    Effect::new(move |_| {
        typing.track();
        stay.grown();
    });
    move || {
        shown.get().then(|| {
            view! {
                <div class="said said-first">
                    <div class="bubble typing-preview" aria-label=td_string!(t, desk.typing)>
                        <span class="typing-dots" aria-hidden="true">
                            <span></span>
                            <span></span>
                            <span></span>
                        </span>
                        {move || typing.get()}
                    </div>
                </div>
            }
        })
    }
}
