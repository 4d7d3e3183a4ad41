//! Keys of an input method. While words are composed, as Chinese is from pinyin, Enter, Escape, Tab and the arrows choose from
//! what the method offers. They mean nothing on the page, so nothing on the page hears them.

use leptos::prelude::window;
use leptos::web_sys::KeyboardEvent;
use wasm_bindgen::{JsCast, closure::Closure};

/// The code of a key that the method took; Safari says nothing better.
const KEY_OF_INPUT_METHOD: u32 = 229;

/// For as long as the page lives, and ahead of whatever listens on it: dialogs, menus, shortcuts and boxes need not ask.
pub(super) fn leave_keys_to_input_methods() {
    let pressed = Closure::<dyn Fn(KeyboardEvent)>::new(|event: KeyboardEvent| {
        if event.is_composing() || event.key_code() == KEY_OF_INPUT_METHOD {
            event.stop_immediate_propagation();
            // Nor does the browser empty a search box, or close a dialog, where it knows no better.
            if event.key() == "Escape" {
                event.prevent_default();
            }
        }
    });
    let heard = pressed.as_ref().unchecked_ref();
    drop(window().add_event_listener_with_callback_and_bool("keydown", heard, true));
    pressed.forget();
}
