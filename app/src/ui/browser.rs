//! The little that is asked of the browser directly. What may be refused (storage, clipboard) is, quietly: nothing here
//! is worth an error to the reader.

use leptos::prelude::{document, window};
use leptos::web_sys;

/// Milliseconds since 1970, by this computer's clock.
#[allow(
    clippy::cast_possible_truncation,
    reason = "a date in milliseconds fits an i64 for 290 million years"
)]
pub fn now_ms() -> i64 {
    js_sys::Date::now() as i64
}

/// A number in `0.0..1.0`.
pub fn random() -> f64 {
    js_sys::Math::random()
}

fn local_storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

fn session_storage() -> Option<web_sys::Storage> {
    window().session_storage().ok().flatten()
}

/// What was stored on this computer under `key`.
pub fn stored(key: &str) -> Option<String> {
    local_storage()?.get_item(key).ok().flatten()
}

/// Stores `value` on this computer; an empty one is forgotten.
pub fn store(key: &str, value: &str) {
    put(local_storage(), key, value);
}

/// What was stored in this tab under `key`; survives a reload.
pub fn stored_in_tab(key: &str) -> Option<String> {
    session_storage()?.get_item(key).ok().flatten()
}

/// Stores `value` in this tab; an empty one is forgotten.
pub fn store_in_tab(key: &str, value: &str) {
    put(session_storage(), key, value);
}

fn put(storage: Option<web_sys::Storage>, key: &str, value: &str) {
    if let Some(storage) = storage {
        let stored = if value.is_empty() {
            storage.remove_item(key)
        } else {
            storage.set_item(key, value)
        };
        drop(stored);
    }
}

/// The reader's languages, the most wanted first.
pub fn languages() -> Vec<String> {
    window()
        .navigator()
        .languages()
        .iter()
        .filter_map(|tag| tag.as_string())
        .collect()
}

/// Whether the browser believes to be on a network. A hint and no more: it says yes behind a dead router, and no on a
/// plane with the server on this computer.
pub fn on_network() -> bool {
    window().navigator().on_line()
}

/// Whether the page can be seen.
pub fn visible() -> bool {
    document().visibility_state() == web_sys::VisibilityState::Visible
}

pub fn set_document_language(tag: &str) {
    set_root_attribute("lang", Some(tag));
}

pub fn set_root_attribute(name: &str, value: Option<&str>) {
    if let Some(root) = document().document_element() {
        let done = match value {
            Some(value) => root.set_attribute(name, value),
            None => root.remove_attribute(name),
        };
        drop(done);
    }
}

/// Puts `text` on the clipboard, if the browser lets us.
pub fn copy(text: &str) {
    drop(window().navigator().clipboard().write_text(text));
}

/// The address of the WebSocket endpoint at `path` of the host that served the page.
pub fn socket_url(path: &str) -> String {
    let location = window().location();
    let scheme = match location.protocol().as_deref() {
        Ok("https:") => "wss",
        _ => "ws",
    };
    let host = location.host().unwrap_or_default();
    format!("{scheme}://{host}{path}")
}
