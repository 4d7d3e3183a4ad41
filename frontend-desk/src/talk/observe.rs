//! Tells when an element changes its size, whatever the reason: a message more, a longer composer, a turned phone.

use leptos::prelude::*;
use leptos::web_sys::{Element, ResizeObserver};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

/// Watches until the owner of the view goes.
pub(super) fn on_resize(elements: &[Element], resized: impl Fn() + 'static) {
    let closure = Closure::<dyn Fn()>::new(resized);
    if let Ok(observer) = ResizeObserver::new(closure.as_ref().unchecked_ref()) {
        for element in elements {
            observer.observe(element);
        }
        StoredValue::new_local(Watch {
            observer,
            _resized: closure,
        });
    }
}

struct Watch {
    observer: ResizeObserver,
    /// Lives as long as the observer that calls it.
    _resized: Closure<dyn Fn()>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
