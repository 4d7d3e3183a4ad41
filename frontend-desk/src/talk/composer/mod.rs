//! Where the agent writes. What is written is kept until it is sent, whatever happens in between.

mod room;
mod typing;

use super::drafts::Draft;
use crate::store::use_desk;
use app::i18n::{locale, td_string};
use app::ui::reactive::{effect, memo};
use app::ui::{Button, Icon, Kind};
use domain::ConversationId;
use leptos::{ev, html, prelude::*};
use room::Room;
use typing::Typing;

/// Eight lines of the narrowest letters are shorter than that: what comes later does not make the box any higher.
const MIRRORED_CHARS: usize = 2_000;

#[component]
pub(super) fn Composer(id: ConversationId) -> impl IntoView {
    let (t, desk, touch) = (locale(), use_desk(), is_touch());
    let draft = Draft::of(id);
    let text = RwSignal::new(draft.text());
    let typing = Typing::new(id);
    let node = NodeRef::<html::Textarea>::new();
    let focus = move || {
        if let Some(area) = node.get() {
            drop(area.focus());
        }
    };
    // On a phone the keyboard would cover what the agent came to read.
    effect(move || {
        if !touch {
            focus();
        }
    });

    let room = memo(move || text.with(|text| Room::of(text)));
    let blank = memo(move || text.with(|text| text.trim().is_empty()));
    let send = move || {
        if blank.get_untracked() || room.get_untracked().is_over() {
            return;
        }
        desk.write(id, text.get_untracked());
        text.set(String::new());
        draft.forget();
        typing.stop();
    };
    let on_input = move |event: ev::Event| {
        text.set(event_target_value(&event));
        text.with_untracked(|text| draft.keep(text));
        if blank.get_untracked() {
            typing.stop();
        } else {
            typing.go_on();
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        // A phone's keyboard has no Shift+Enter: there Enter is a new line and the button sends.
        if event.key() == "Enter" && !event.shift_key() && !touch {
            event.prevent_default();
            send();
        }
    };
    view! {
        <form
            class="composer"
            on:submit=move |event| {
                event.prevent_default();
                send();
                focus();
            }
        >
            <div class="composer-box">
                // The mirror behind the text is as high as what is written, which no browser tells of a text field.
                <div class="composer-grow" data-text=move || text.with(|text| mirrored(text))>
                    <textarea
                        node_ref=node
                        rows="1"
                        dir="auto"
                        placeholder=td_string!(t, desk.write)
                        aria-label=td_string!(t, desk.write)
                        aria-describedby="composer-hint"
                        aria-invalid=move || room.get().is_over().to_string()
                        prop:value=text
                        on:input=on_input
                        on:keydown=on_key
                        on:blur=move |_| typing.stop()
                    ></textarea>
                </div>
                <Button
                    label=td_string!(t, desk.send)
                    icon=Icon::CornerDownLeft
                    kind=Kind::Main
                    disabled=Signal::derive(move || blank.get() || room.get().is_over())
                />
            </div>
            <Hint room touch />
        </form>
    }
}

/// What one may want to know while writing, below the box. That there is no connection is said above and at the message.
#[component]
fn Hint(room: Memo<Room>, touch: bool) -> impl IntoView {
    let t = locale();
    let count = move || match room.get() {
        Room::Plenty => ().into_any(),
        Room::Left(n) => view! { <span class="figures">{td_string!(t, desk.chars_left, n = n)}</span> }.into_any(),
        Room::Over(n) => {
            view! { <span class="figures text-danger">{td_string!(t, desk.chars_over, n = n)}</span> }.into_any()
        }
    };
    view! {
        <div class="composer-foot" id="composer-hint">
            <span class="wide-only">{(!touch).then(|| td_string!(t, desk.send_hint))}</span>
            <span role="status">{count}</span>
        </div>
    }
}

/// As much of the text as can make the box higher, and something after its last line break.
fn mirrored(text: &str) -> String {
    text.chars().take(MIRRORED_CHARS).chain([' ']).collect()
}

/// Fingers rather than a mouse, and so a keyboard on the screen.
fn is_touch() -> bool {
    let query = window().match_media("(pointer: coarse)").ok().flatten();
    query.is_some_and(|query| query.matches())
}
