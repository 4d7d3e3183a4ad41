//! The first thing to be seen: mark and name, until it is known what to show. The page brings it along, looks and all, so
//! that it is there before this program is; here it is only put away, and shown again.

use leptos::prelude::{document, set_timeout};
use leptos::web_sys::Element;
use std::time::Duration;

/// The page's own element.
const ID: &str = "splash";

/// How long it fades, with a little to spare. A splash that is gone before the browser has shown it does not count as the
/// first thing that was seen.
const FADED: Duration = Duration::from_millis(200);

pub fn show(shown: bool) {
    let Some(splash) = document().get_element_by_id(ID) else {
        return;
    };
    set(&splash, "hidden", false);
    set(&splash, "data-leaving", !shown);
    if !shown {
        set_timeout(
            move || set(&splash, "hidden", splash.has_attribute("data-leaving")),
            FADED,
        );
    }
}

fn set(splash: &Element, attribute: &str, on: bool) {
    let done = if on {
        splash.set_attribute(attribute, "")
    } else {
        splash.remove_attribute(attribute)
    };
    drop(done);
}
