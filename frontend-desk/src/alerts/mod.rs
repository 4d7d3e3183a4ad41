//! Making oneself heard: tones, desktop notifications, the tab's title and icon. What rings for which event is decided in
//! [`crate::state::Bell`]; here it is carried out, with what browser and agent allow. What is on screen of it is in `signs`.

mod notice;
mod permission;
mod tone;
mod turn;

pub(crate) use notice::Notice;
pub(crate) use permission::Permission;

use crate::state::{Alert, Bell, DeskState, News, Ring, Surroundings, Ways};
use app::i18n::{Locale, td_string};
use app::ui::browser;
use app::ui::kept::{Kept, use_kept};
use domain::{ConversationId, Timestamp};
use leptos::prelude::*;
use notice::{Notices, Subject};
use tone::Sounder;
use turn::Turn;

const SOUND: &str = "sound";
const NOTIFICATIONS: &str = "notifications";

/// What rings and whether it may; part of the desk's handle.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Alerts {
    kept: Kept,
    pub(crate) sound: RwSignal<bool>,
    notifications: RwSignal<bool>,
    pub(crate) permission: RwSignal<Permission>,
    bell: StoredValue<Bell>,
    sounder: Sounder,
    notices: Notices,
    turn: Turn,
}

impl Alerts {
    /// As the agent chose on this computer. Tones from the start, notifications when they are wanted.
    pub(crate) fn start(on_press: Callback<ConversationId>) -> Self {
        let kept = use_kept();
        Self {
            kept,
            sound: RwSignal::new(kept.get(SOUND).as_deref() != Some("off")),
            notifications: RwSignal::new(kept.get(NOTIFICATIONS).as_deref() == Some("on")),
            permission: RwSignal::new(Permission::now()),
            bell: StoredValue::new(Bell::default()),
            sounder: Sounder::start(),
            notices: Notices::new(on_press),
            turn: Turn::start(),
        }
    }

    pub(crate) fn set_sound(self, on: bool) {
        self.sound.set(on);
        self.kept.put(SOUND, if on { "" } else { "off" });
    }

    pub(crate) fn set_notifications(self, on: bool) {
        self.notifications.set(on);
        self.kept.put(NOTIFICATIONS, if on { "on" } else { "" });
    }

    /// Rings for `alert`, if that is right at this moment. `words` is asked for what a notification says.
    pub(crate) fn ring(self, alert: Alert, state: &DeskState, words: impl FnOnce() -> Notice) {
        let looking = state.open == Some(alert.conversation) && has_focus();
        let ring = self.decide(alert.news, looking);
        if ring.tone {
            self.sounder.play(alert.news);
        }
        if ring.notification {
            self.notices.show(Subject::Conversation(alert.conversation), &words());
        }
    }

    /// Reminds an agent who counts as away that guests wait.
    pub(crate) fn remind(self, words: impl FnOnce() -> Notice) {
        let ring = self.decide(News::Away, has_focus());
        if ring.tone {
            self.sounder.play(News::Away);
        }
        if ring.notification {
            self.notices.show(Subject::Away, &words());
        }
    }

    /// The agent is back: nothing is left of the reminders.
    pub(crate) fn reminded(self) {
        self.notices.dismiss(Subject::Away);
    }

    /// Whether to ring now.
    fn decide(self, news: News, looking: bool) -> Ring {
        self.look();
        let surroundings = Surroundings {
            now: Timestamp(browser::now_ms()),
            ways: Ways {
                sound: self.sound.get_untracked(),
                notifications: untrack(|| self.notifies()),
            },
            turn: self.turn.is_ours(),
            looking,
        };
        self.bell
            .try_update_value(|bell| bell.ring(news, surroundings))
            .unwrap_or_default()
    }

    /// What was notified about a conversation has been seen.
    pub(crate) fn seen(self, conversation: ConversationId) {
        self.notices.dismiss(Subject::Conversation(conversation));
    }

    /// The agent wants notifications and gets them.
    pub(crate) fn notifies(self) -> bool {
        self.notifications.get() && self.permission.get() == Permission::Granted
    }

    /// Looks what the browser allows now; it may have been changed in its settings.
    pub(crate) fn look(self) {
        self.permission.set(Permission::now());
    }

    /// Whether a tone would be heard now.
    pub(crate) fn is_heard(self) -> bool {
        self.sounder.is_ready()
    }

    pub(crate) fn try_tone(self, news: News) {
        self.sounder.play(news);
    }

    pub(crate) fn try_notification(t: Locale) {
        notice::try_one(&Notice {
            title: td_string!(t, alerts.example_title).to_owned(),
            body: td_string!(t, alerts.example_body).to_owned(),
        });
    }
}

fn has_focus() -> bool {
    document().has_focus().unwrap_or_default()
}
