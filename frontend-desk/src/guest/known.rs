//! What is known of the guest of the open conversation, asked for once for all who show it.

use crate::store::use_desk;
use app::api::guest;
use app::ui::Loader;
use domain::GuestId;
use domain::guest::GuestProfile;
use leptos::prelude::*;

/// The open conversation's guest and their profile; a context of the panes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known(Memo<Option<(GuestId, Loader<GuestProfile>)>>);

impl Known {
    /// Asks when a conversation is opened, and again when its guest goes to another page or tells who they are.
    pub(crate) fn start() -> Self {
        let desk = use_desk();
        let guest = desk.part(|state| state.guest(state.open?).map(|guest| guest.id));
        let known = Memo::new_with_compare(
            move |_| guest.get().map(|id| (id, Loader::new(move || guest::profile(id)))),
            |_, _| true,
        );
        let card = desk.part(|state| state.guest(state.open?).cloned());
        Effect::new(move |before: Option<Option<GuestId>>| {
            let now = card.with(|card| card.as_ref().map(|card| card.id));
            if let Some((id, loader)) = known.get_untracked()
                && before == Some(Some(id))
            {
                loader.refresh();
            }
            now
        });
        Self(known)
    }

    /// The profile of that guest, once it is here.
    pub(crate) fn of(self, guest: GuestId) -> Signal<Option<GuestProfile>> {
        Signal::derive(move || self.loader(guest)?.ready())
    }

    pub(crate) fn loader(self, guest: GuestId) -> Option<Loader<GuestProfile>> {
        let (id, loader) = self.0.get()?;
        (id == guest).then_some(loader)
    }
}
