//! Tells the guest that the agent is typing, sparingly.

use crate::store::{Desk, use_desk};
use app::ui::browser;
use domain::ConversationId;
use leptos::prelude::*;
use protocol::desk::DeskFrame;
use std::time::Duration;

/// The guest is told again that the agent is typing, this often.
const TOLD_EVERY_MS: i64 = 3_000;
/// No key for that long: the agent has stopped.
const ENDS_AFTER: Duration = Duration::from_secs(5);

#[derive(Clone, Copy)]
pub(super) struct Typing {
    conversation: ConversationId,
    /// When it was last told, in milliseconds since 1970; `None` once they were told that it stopped.
    told: StoredValue<Option<i64>>,
    /// Counts the keys, so that only the last one's timer ends it.
    keys: StoredValue<u32>,
    desk: Desk,
}

impl Typing {
    pub(super) fn new(conversation: ConversationId) -> Self {
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

    pub(super) fn go_on(self) {
        let now = browser::now_ms();
        if self.told.get_value().is_none_or(|told| now - told >= TOLD_EVERY_MS) {
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
            ENDS_AFTER,
        );
    }

    pub(super) fn stop(self) {
        if self.told.try_update_value(Option::take).flatten().is_some() {
            self.tell(false);
        }
    }
}
