//! Desktop notifications: one per subject, which a later one replaces; pressed, it leads to the desk, and to the
//! conversation that it is about.

use crate::state::{News, Talk};
use app::i18n::{Locale, td_string};
use app::ui::guest_name;
use app::ui::names::{is_blank, tame};
use domain::ConversationId;
use leptos::prelude::*;
use leptos::web_sys::{Notification, NotificationOptions};
use std::collections::HashMap;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// What a notification says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Notice {
    pub(crate) title: String,
    pub(crate) body: String,
}

impl Notice {
    /// The guest's name and last words.
    pub(crate) fn about(t: Locale, news: News, talk: Option<&Talk>) -> Self {
        let card = talk.map(|talk| &talk.card);
        let name = card.map(|card| guest_name(t, card.guest.id, &card.guest.name));
        let words = card.map(|card| tame(&card.last_text)).filter(|words| !is_blank(words));
        let name = name.unwrap_or_default();
        Self {
            title: match news {
                News::Guest => td_string!(t, alerts.new_guest, name = name),
                News::Message | News::Away => name,
            },
            body: words.unwrap_or_else(|| td_string!(t, alerts.no_words).to_owned()),
        }
    }

    /// That guests wait for an agent who counts as away.
    pub(crate) fn away(t: Locale) -> Self {
        Self {
            title: td_string!(t, alerts.away).to_owned(),
            body: td_string!(t, desk.away).to_owned(),
        }
    }
}

/// What a notification is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Subject {
    Conversation(ConversationId),
    /// That the agent counts as away.
    Away,
}

impl Subject {
    fn tag(self) -> String {
        match self {
            Self::Conversation(id) => id.to_string(),
            Self::Away => "seatline.away".to_owned(),
        }
    }
}

/// One that shows, with what happens when it is pressed.
struct Shown {
    notification: Notification,
    _on_press: Closure<dyn FnMut()>,
}

impl Shown {
    fn close(self) {
        self.notification.set_onclick(None);
        self.notification.close();
    }
}

/// The notifications that show.
#[derive(Clone, Copy, Debug)]
pub(super) struct Notices {
    shown: StoredValue<HashMap<Subject, Shown>, LocalStorage>,
    on_press: Callback<ConversationId>,
}

impl Notices {
    pub(super) fn new(on_press: Callback<ConversationId>) -> Self {
        let notices = Self {
            shown: StoredValue::new_local(HashMap::new()),
            on_press,
        };
        // They say what guests wrote to this member; whoever comes next need not read it.
        on_cleanup(move || {
            let shown = notices.shown.try_update_value(std::mem::take).unwrap_or_default();
            shown.into_values().for_each(Shown::close);
        });
        notices
    }

    pub(super) fn show(self, subject: Subject, notice: &Notice) {
        let options = NotificationOptions::new();
        options.set_body(&notice.body);
        options.set_tag(&subject.tag());
        // We make our own tones.
        options.set_silent(Some(true));
        // Some telephones have the class and refuse to make one; they go without.
        let Ok(notification) = Notification::new_with_options(&notice.title, &options) else {
            return;
        };
        let on_press = Closure::new(move || {
            drop(window().focus());
            if let Subject::Conversation(conversation) = subject {
                self.on_press.run(conversation);
            }
        });
        notification.set_onclick(Some(on_press.as_ref().unchecked_ref()));
        self.shown.update_value(|shown| {
            let shown_now = Shown {
                notification,
                _on_press: on_press,
            };
            shown.insert(subject, shown_now);
        });
    }

    pub(super) fn dismiss(self, subject: Subject) {
        let shown = self.shown.try_update_value(|shown| shown.remove(&subject)).flatten();
        if let Some(shown) = shown {
            shown.close();
        }
    }
}

/// Shows one about nothing, to see what they look like.
pub(super) fn try_one(notice: &Notice) {
    let options = NotificationOptions::new();
    options.set_body(&notice.body);
    drop(Notification::new_with_options(&notice.title, &options));
}
