//! Where the agent writes. What is written is kept until it is sent, whatever happens in between.

use super::drafts;
use crate::store::use_desk;
use app::i18n::{locale, td_string};
use app::ui::{Button, Icon, Kind, browser};
use domain::ConversationId;
use domain::text::TEXT_CHARS_MAX;
use leptos::{ev, html, prelude::*};
use protocol::desk::DeskFrame;
use std::time::Duration;

/// The guest is told again that the agent is typing, this often.
const TYPING_EVERY_MS: i64 = 3_000;
/// No key for that long: the agent has stopped.
const TYPING_ENDS: Duration = Duration::from_secs(5);
const ROWS_MAX: usize = 8;

#[component]
pub(super) fn Composer(id: ConversationId) -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let text = RwSignal::new(drafts::of(id));
    let typing = Typing::new(id);
    let node = NodeRef::<html::Textarea>::new();
    Effect::new(move |_| {
        if let Some(area) = node.get() {
            drop(area.focus());
        }
    });

    let over = Memo::new(move |_| text.with(|text| text.chars().count().saturating_sub(TEXT_CHARS_MAX)));
    let blank = Memo::new(move |_| text.with(|text| text.trim().is_empty()));
    let send = move || {
        if blank.get_untracked() || over.get_untracked() > 0 {
            return;
        }
        desk.write(id, text.get_untracked());
        text.set(String::new());
        drafts::forget(id);
        typing.stop();
    };
    let on_input = move |event: ev::Event| {
        text.set(event_target_value(&event));
        text.with_untracked(|text| drafts::keep(id, text));
        if blank.get_untracked() {
            typing.stop();
        } else {
            typing.go_on();
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        // Enter that ends the composition of a Chinese word does not send it; 229 is how some browsers say so.
        let composing = event.is_composing() || event.key_code() == 229;
        if event.key() == "Enter" && !event.shift_key() && !composing {
            event.prevent_default();
            send();
        }
    };
    let rows = move || text.with(|text| text.split('\n').count().clamp(1, ROWS_MAX).to_string());
    view! {
        <form
            class="composer"
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <div class="composer-box">
                <textarea
                    node_ref=node
                    rows=rows
                    placeholder=td_string!(t, desk.write)
                    aria-label=td_string!(t, desk.write)
                    aria-invalid=move || (over.get() > 0).to_string()
                    prop:value=text
                    on:input=on_input
                    on:keydown=on_key
                    on:blur=move |_| typing.stop()
                ></textarea>
                <Button
                    label=td_string!(t, desk.send)
                    icon=Icon::CornerDownLeft
                    kind=Kind::Main
                    disabled=Signal::derive(move || blank.get() || over.get() > 0)
                />
            </div>
            <div class="composer-foot">
                <span class="wide-only">{td_string!(t, desk.send_hint)}</span>
                {move || {
                    (over.get() > 0)
                        .then(|| {
                            view! {
                                <span class="text-danger figures">{td_string!(t, desk.chars_over, n = over.get())}</span>
                            }
                        })
                }}
            </div>
        </form>
    }
}

/// Tells the guest that the agent is typing, sparingly.
#[derive(Clone, Copy)]
struct Typing {
    conversation: ConversationId,
    /// When it was last told, in milliseconds since 1970; `None` once they were told that it stopped.
    told: StoredValue<Option<i64>>,
    /// Counts the keys, so that only the last one's timer ends it.
    keys: StoredValue<u32>,
    desk: crate::store::Desk,
}

impl Typing {
    fn new(conversation: ConversationId) -> Self {
        let typing = Self {
            conversation,
            told: StoredValue::new(None),
            keys: StoredValue::new(0),
            desk: use_desk(),
        };
        on_cleanup(move || typing.stop());
        typing
    }

    fn tell(self, active: bool) {
        self.desk.hint(DeskFrame::Typing {
            conversation: self.conversation,
            active,
        });
    }

    fn go_on(self) {
        let now = browser::now_ms();
        if self.told.get_value().is_none_or(|told| now - told >= TYPING_EVERY_MS) {
            self.told.set_value(Some(now));
            self.tell(true);
        }
        self.keys.update_value(|keys| *keys = keys.wrapping_add(1));
        let keys = self.keys.get_value();
        set_timeout(
            move || {
                if self.keys.try_get_value() == Some(keys) {
                    self.stop();
                }
            },
            TYPING_ENDS,
        );
    }

    fn stop(self) {
        if self.told.try_update_value(Option::take).flatten().is_some() {
            self.tell(false);
        }
    }
}
