//! The desk: the agent's workbench, a single-page app under `/desk`.
//!
//! [`state`] is what it knows, pure; [`store`] ties it to the socket and the browser; the rest is what is on screen.
//! Modules use those below them only: `address`, `details`, `keys` and `state`; `alerts`; `store`; `guest`, `claim` and `duty`;
//! `lists`, `talk`, `missed`, `panel`, `shortcuts` and `signs`; `layout`.

#![allow(unreachable_pub, reason = "the component macro writes `pub` whatever is asked of it")]

mod address;
mod alerts;
mod claim;
mod details;
mod duty;
mod guest;
mod keys;
mod layout;
mod lists;
mod missed;
mod panel;
mod shortcuts;
mod signs;
pub mod state;
mod store;
mod talk;

use app::i18n::td_string;
use app::ui::session::may;
use app::ui::shell::{Localized, Shell, mount};
use domain::Rule;
use leptos::prelude::*;
use leptos_router::WildcardSegment;
use leptos_router::components::{FlatRoutes, Route, Router};
use store::Desk;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page when the module is loaded.
#[wasm_bindgen(start)]
pub fn start() {
    mount(|| {
        view! {
            <Shell face=|t| td_string!(t, desk.face)>
                <Face />
            </Shell>
        }
    });
}

/// The desk is for those who may serve.
#[component]
fn Face() -> impl IntoView {
    if may(Rule::ConversationServe) {
        view! { <Workbench /> }.into_any()
    } else {
        view! { <layout::NotForYou /> }.into_any()
    }
}

/// Everything that lives as long as the log-in; what is on screen is built anew when the language changes.
#[component]
fn Workbench() -> impl IntoView {
    let desk = Desk::open();
    provide_context(desk);
    provide_context(guest::Known::start());
    view! {
        <Router base=address::BASE>
            <store::FollowAddress />
            <signs::TabSigns />
            <signs::AwayReminder />
            // One route for all: the layout stays, and `address` reads what is open.
            <FlatRoutes fallback=|| ()>
                <Route path=WildcardSegment("place") view=Screen />
            </FlatRoutes>
        </Router>
    }
}

#[component]
fn Screen() -> impl IntoView {
    view! {
        <Localized>
            <layout::Layout />
        </Localized>
    }
}
