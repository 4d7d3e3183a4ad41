//! The console: a single-page app under `/admin` for those who run the place.
//!
//! A page is a folder named for its subject; [`page`] knows all of them, their addresses and the rules they need.

#![allow(unreachable_pub, reason = "the component macro writes `pub` whatever is asked of it")]

#[cfg(feature = "components")]
mod components;
mod console;
mod groups;
mod live;
mod members;
mod nav;
mod page;
mod parts;
mod sites;
mod unsaved;

use app::i18n::td_string;
use app::ui::shell::{Localized, Shell, mount};
use leptos::prelude::*;
use leptos_router::WildcardSegment;
use leptos_router::components::{FlatRoutes, Route, Router};
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page when the module is loaded.
#[wasm_bindgen(start)]
pub fn start() {
    mount(|| {
        view! {
            <Shell face=|t| td_string!(t, admin.face)>
                <Router base=page::BASE>
                    // One route for all: the frame stays, and `page` reads the address.
                    <FlatRoutes fallback=|| ()>
                        <Route path=WildcardSegment("place") view=Screen />
                    </FlatRoutes>
                </Router>
            </Shell>
        }
    });
}

#[component]
fn Screen() -> impl IntoView {
    view! {
        <Localized>
            <console::Console />
        </Localized>
    }
}
