//! Changes that are not saved hold the address where it is: Back asks, as "Cancel" does.

use crate::page::Place;
use app::ui::reactive::{effect, memo};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

/// Whether a form has them; a context of the pages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unsaved {
    pub(crate) dirty: RwSignal<bool>,
    /// Counts how often somebody wanted to leave nevertheless.
    pub(crate) asked: RwSignal<u32>,
}

/// Where the address leads, as far as nothing holds it.
pub(crate) fn guarded_place() -> Memo<Place> {
    let unsaved = Unsaved {
        dirty: RwSignal::new(false),
        asked: RwSignal::new(0),
    };
    provide_context(unsaved);
    let (location, navigate) = (use_location(), use_navigate());
    let wanted = memo(move || Place::of(&location.pathname.get()));
    let place = Memo::new(move |before: Option<&Place>| {
        let wanted = wanted.get();
        match before {
            Some(before) if unsaved.dirty.get_untracked() => *before,
            _ => wanted,
        }
    });
    let held = StoredValue::new(String::new());
    effect(move || {
        if wanted.get() == place.get() {
            let query = location.search.get();
            let mark = if query.is_empty() { "" } else { "?" };
            held.set_value(format!("{}{mark}{query}", location.pathname.get_untracked()));
        } else {
            let back = NavigateOptions {
                resolve: false,
                ..NavigateOptions::default()
            };
            navigate(&held.get_value(), back);
            unsaved.asked.update(|asked| *asked += 1);
        }
    });
    place
}
