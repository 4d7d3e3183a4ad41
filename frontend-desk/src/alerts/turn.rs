//! Of several tabs with a desk only one rings: the one that was used last. It holds a lock of the browser's, which another
//! tab takes from it by being used, or is given when it closes or crashes.

use leptos::task::spawn_local;
use leptos::{ev, prelude::*};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

const LOCK: &str = "seatline.desk.bell";

#[wasm_bindgen]
extern "C" {
    /// In every browser that we run in, yet not in the stable part of `web-sys`.
    #[wasm_bindgen(catch, js_namespace = ["navigator", "locks"], js_name = request)]
    fn request_lock(name: &str, options: &JsValue, granted: &JsValue) -> Result<js_sys::Promise, JsValue>;
}

/// Whether it is this tab's turn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Turn {
    ours: StoredValue<bool>,
    /// We are in the queue for it.
    waiting: StoredValue<bool>,
    /// Gives the lock back.
    release: StoredValue<Option<js_sys::Function>, LocalStorage>,
}

impl Turn {
    pub(super) fn start() -> Self {
        let turn = Self {
            ours: StoredValue::new(false),
            waiting: StoredValue::new(false),
            release: StoredValue::new_local(None),
        };
        if document().has_focus().unwrap_or_default() {
            turn.take();
        } else {
            turn.wait();
        }
        let used = window_event_listener(ev::focus, move |_| {
            if !turn.is_ours() {
                turn.take();
            }
        });
        on_cleanup(move || {
            used.remove();
            turn.give_back();
        });
        turn
    }

    pub(super) fn is_ours(self) -> bool {
        self.ours.try_get_value().unwrap_or_default()
    }

    fn take(self) {
        self.request(true);
    }

    fn wait(self) {
        if self
            .waiting
            .try_update_value(|waiting| !std::mem::replace(waiting, true))
            == Some(true)
        {
            self.request(false);
        }
    }

    fn request(self, steal: bool) {
        let options = js_sys::Object::new();
        drop(js_sys::Reflect::set(&options, &"steal".into(), &steal.into()));
        let granted = Closure::once_into_js(move || {
            if !steal {
                self.waiting.try_set_value(false);
            }
            self.hold()
        });
        match request_lock(LOCK, &options, &granted) {
            Ok(held) => spawn_local(async move {
                // It fails when another tab takes the lock; ours comes again when that tab is gone.
                if JsFuture::from(held).await.is_err() && self.ours.try_set_value(false).is_none() {
                    self.wait();
                }
            }),
            // A page without encryption has no locks: better two tabs ring than none.
            Err(_) => _ = self.ours.try_set_value(true),
        }
    }

    /// The lock is ours until the promise is kept.
    fn hold(self) -> js_sys::Promise {
        let held = js_sys::Promise::new(&mut |release, _| {
            self.release.try_set_value(Some(release));
        });
        if self.ours.try_set_value(true).is_some() {
            // The desk was left while we waited.
            return js_sys::Promise::resolve(&JsValue::UNDEFINED);
        }
        held
    }

    fn give_back(self) {
        if let Some(release) = self.release.try_update_value(Option::take).flatten() {
            drop(release.call0(&JsValue::UNDEFINED));
        }
    }
}
