//! Whether the browser lets us show notifications.

use leptos::prelude::window;
use leptos::web_sys::{Notification, NotificationPermission};
use wasm_bindgen_futures::JsFuture;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Permission {
    /// The browser has none, or not for a page without encryption.
    Impossible,
    /// The agent has not been asked.
    Unasked,
    Granted,
    Denied,
}

impl Permission {
    pub(crate) fn now() -> Self {
        let there = js_sys::Reflect::has(&window(), &"Notification".into()).unwrap_or_default();
        if !there || !window().is_secure_context() {
            return Self::Impossible;
        }
        match Notification::permission() {
            NotificationPermission::Granted => Self::Granted,
            NotificationPermission::Denied => Self::Denied,
            _ => Self::Unasked,
        }
    }

    /// Has the browser ask the agent.
    pub(crate) async fn ask() -> Self {
        if let Ok(asked) = Notification::request_permission() {
            // The answer is read from the one place that has it.
            drop(JsFuture::from(asked).await);
        }
        Self::now()
    }
}
