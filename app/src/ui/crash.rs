//! When this program has broken, nothing on screen answers any more. The page itself then says so and offers to load it
//! anew: it brings the dialog along, with its looks, its words and what its button does.

use leptos::prelude::document;
use leptos::web_sys::HtmlDialogElement;
use std::panic;
use wasm_bindgen::JsCast;

/// The page's own element.
const ID: &str = "crash";

/// From now on a panic is written to the browser's console and told to the reader.
pub(super) fn watch() {
    panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        let dialog = document().get_element_by_id(ID);
        if let Some(dialog) = dialog.and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok())
            && !dialog.open()
        {
            drop(dialog.show_modal());
        }
    }));
}
