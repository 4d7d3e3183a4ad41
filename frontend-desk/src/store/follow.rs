//! Address and state in step: what the address names is open, and what is to be opened becomes the address.

use super::{Desk, use_desk};
use crate::address::{self, Place};
use crate::state::Input;
use app::ui::reactive::{effect, memo};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

impl Desk {
    pub(crate) fn place(self) -> Signal<Place> {
        self.place.into()
    }

    /// Shows what is at that address of the desk.
    pub(crate) fn go(self, address: &str) {
        self.going.set(Some(address.to_owned()));
    }

    /// Shows the conversation below (1) or above (-1) in the list; false if there is none.
    pub(crate) fn go_to_neighbour(self, step: isize) -> bool {
        // Who presses twice goes on from where the first press leads.
        let going = self.going.with_untracked(|going| going.as_deref().map(Place::of));
        let from = going.unwrap_or_else(|| self.place.get_untracked()).conversation();
        let neighbour = self.now(|state| state.neighbour(from, step));
        if let Some(conversation) = neighbour {
            self.go(&address::of(conversation));
        }
        neighbour.is_some()
    }
}

/// Keeps address and state in step.
#[component]
pub(crate) fn FollowAddress() -> impl IntoView {
    let (desk, path, navigate) = (use_desk(), use_location().pathname, use_navigate());
    let place = memo(move || Place::of(&path.get()));
    effect(move || {
        let place = place.get();
        desk.going.set(None);
        desk.place.set(place);
        desk.apply(Input::Opened(place.conversation()));
    });
    let seen = desk.part(|state| state.open.filter(|_| state.visible));
    effect(move || {
        if let Some(conversation) = seen.get() {
            desk.alerts().seen(conversation);
        }
    });
    effect(move || {
        if let Some(address) = desk.going.get() {
            let as_it_is = NavigateOptions {
                resolve: false,
                ..NavigateOptions::default()
            };
            navigate(&address, as_it_is);
        }
    });
}
