//! A guest's name and mark.

use app::i18n::Locale;
use app::ui::Avatar;
use leptos::prelude::*;
use protocol::desk::GuestCard;

/// The guest's name, or what stands for it.
pub(crate) fn guest_name(t: Locale, guest: &GuestCard) -> String {
    app::ui::guest_name(t, guest.id, &guest.name)
}

/// The guest's mark, with a dot that says whether they are on the page.
#[component]
pub(crate) fn GuestMark(
    guest: GuestCard,
    /// `None`: nobody knows right now.
    #[prop(into)]
    here: Signal<Option<bool>>,
) -> impl IntoView {
    view! {
        <span
            class="presence"
            data-here=move || match here.get() {
                Some(true) => "yes",
                Some(false) => "no",
                None => "unknown",
            }
        >
            <Avatar name=guest.name seed=guest.id.to_string() />
        </span>
    }
}
