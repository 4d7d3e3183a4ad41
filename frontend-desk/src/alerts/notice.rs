//! Desktop notifications: one per conversation, which a later one replaces; pressed, it leads to the conversation.

use crate::state::{News, Talk};
use app::i18n::{Locale, td_string};
use app::ui::guest_name;
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
        let words = card
            .map(|card| card.last_text.clone())
            .filter(|words| !words.is_empty());
        let name = name.unwrap_or_default();
        Self {
            title: match news {
                News::Guest => td_string!(t, alerts.new_guest, name = name),
                News::Message => name,
            },
            body: words.unwrap_or_else(|| td_string!(t, alerts.no_words).to_owned()),
        }
    }
}

/// One that shows, with what happens when it is pressed.
struct Shown {
    notification: Notification,
    _on_press: Closure<dyn FnMut()>,
}

/// The notifications that show.
#[derive(Clone, Copy, Debug)]
pub(super) struct Notices {
    shown: StoredValue<HashMap<ConversationId, Shown>, LocalStorage>,
    on_press: Callback<ConversationId>,
}

impl Notices {
    pub(super) fn new(on_press: Callback<ConversationId>) -> Self {
        Self {
            shown: StoredValue::new_local(HashMap::new()),
            on_press,
        }
    }

    pub(super) fn show(self, conversation: ConversationId, notice: &Notice) {
        let options = NotificationOptions::new();
        options.set_body(&notice.body);
        options.set_tag(&conversation.to_string());
        // We make our own tones.
        options.set_silent(Some(true));
        // Some telephones have the class and refuse to make one; they go without.
        let Ok(notification) = Notification::new_with_options(&notice.title, &options) else {
            return;
        };
        let on_press = Closure::new(move || {
            drop(window().focus());
            self.on_press.run(conversation);
        });
        notification.set_onclick(Some(on_press.as_ref().unchecked_ref()));
        self.shown.update_value(|shown| {
            let shown_now = Shown {
                notification,
                _on_press: on_press,
            };
            shown.insert(conversation, shown_now);
        });
    }

    pub(super) fn dismiss(self, conversation: ConversationId) {
        let shown = self
            .shown
            .try_update_value(|shown| shown.remove(&conversation))
            .flatten();
        if let Some(shown) = shown {
            shown.notification.set_onclick(None);
            shown.notification.close();
        }
    }
}

/// Shows one about nothing, to see what they look like.
pub(super) fn try_one(notice: &Notice) {
    let options = NotificationOptions::new();
    options.set_body(&notice.body);
    drop(Notification::new_with_options(&notice.title, &options));
}
