//! The little that is asked of the browser directly. What may be refused (storage, clipboard) is, quietly: nothing here
//! is worth an error to the reader.

use leptos::prelude::{document, window};
use leptos::web_sys;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

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

/// Where something is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Area {
    /// On this computer, for every tab.
    Computer,
    /// In this tab; survives a reload.
    Tab,
}

thread_local! {
    /// What could not be stored, because the storage is full or blocked: it is kept here as long as the page lives, and is
    /// newer than what the storage has under the same key.
    static UNSTORED: RefCell<Vec<(Area, String, String)>> = const { RefCell::new(Vec::new()) };
}

impl Area {
    fn storage(self) -> Option<web_sys::Storage> {
        match self {
            Self::Computer => window().local_storage(),
            Self::Tab => window().session_storage(),
        }
        .ok()
        .flatten()
    }

    fn get(self, key: &str) -> Option<String> {
        let unstored = UNSTORED.with_borrow(|unstored| {
            let mut found = unstored.iter().filter(|(area, known, _)| *area == self && known == key);
            found.next().map(|(_, _, value)| value.clone())
        });
        unstored
            .or_else(|| self.storage()?.get_item(key).ok().flatten())
            .filter(|value| !value.is_empty())
    }

    fn put(self, key: &str, value: &str) {
        let stored = self.storage().is_some_and(|storage| {
            let stored = match value {
                "" => storage.remove_item(key),
                value => storage.set_item(key, value),
            };
            stored.is_ok()
        });
        UNSTORED.with_borrow_mut(|unstored| {
            unstored.retain(|(area, known, _)| *area != self || known != key);
            if !stored {
                unstored.push((self, key.to_owned(), value.to_owned()));
            }
        });
    }
}

/// What was stored on this computer under `key`.
pub fn stored(key: &str) -> Option<String> {
    Area::Computer.get(key)
}

/// Stores `value` on this computer; an empty one is forgotten.
pub fn store(key: &str, value: &str) {
    Area::Computer.put(key, value);
}

/// What was stored in this tab under `key`; survives a reload.
pub fn stored_in_tab(key: &str) -> Option<String> {
    Area::Tab.get(key)
}

/// Stores `value` in this tab; an empty one is forgotten.
pub fn store_in_tab(key: &str, value: &str) {
    Area::Tab.put(key, value);
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

pub fn root_attribute(name: &str) -> Option<String> {
    document().document_element()?.get_attribute(name)
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

/// Puts `text` on the clipboard; false if the browser does not let us.
pub async fn copy(text: &str) -> bool {
    // Pages without encryption have no clipboard, only the old way.
    if !window().is_secure_context() {
        return copy_selected(text).is_some_and(|copied| copied);
    }
    let written = window().navigator().clipboard().write_text(text);
    JsFuture::from(written).await.is_ok()
}

/// Copies by way of a selected text field that is gone before anybody sees it.
fn copy_selected(text: &str) -> Option<bool> {
    let (document, active) = (document(), document().active_element());
    let area: web_sys::HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    area.set_value(text);
    // Outside of an open dialog nothing can be selected.
    let dialog = active
        .as_ref()
        .and_then(|active| active.closest("dialog").ok().flatten());
    let parent = dialog.or_else(|| document.body().map(Into::into))?;
    parent.append_child(&area).ok()?;
    area.select();
    let copied = document.dyn_into::<web_sys::HtmlDocument>().ok()?.exec_command("copy");
    area.remove();
    if let Some(active) = active.and_then(|active| active.dyn_into::<web_sys::HtmlElement>().ok()) {
        drop(active.focus());
    }
    Some(copied.unwrap_or_default())
}

/// Scheme and host of the page.
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Where the page is below its host.
pub fn path() -> String {
    window().location().pathname().unwrap_or_default()
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
