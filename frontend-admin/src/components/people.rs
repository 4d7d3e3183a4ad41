//! Who it is.

use super::sample::Sample;
use app::i18n::locale;
use app::ui::{Avatar, guest_name};
use domain::GuestId;
use leptos::prelude::*;

pub(super) fn samples() -> Vec<Sample> {
    vec![Sample::new(
        "Avatar, guest_name()",
        "A letter on a hue of one's own; a person for guests without a name, who are told apart by their tag.",
        people,
    )]
}

fn people() -> AnyView {
    let t = locale();
    let guest = |number: u128, name: &'static str| {
        let id: GuestId = GuestId(uuid::Uuid::from_u128(number * 0x9e37_79b9_7f4a_7c15_f39c));
        view! {
            <span class="sample-person">
                <Avatar name seed=id.to_string() />
                {guest_name(t, id, name)}
            </span>
        }
    };
    view! {
        <div class="sample-row">
            {[(1, "Mei Lin"), (2, "王女士"), (3, "Léa Martin"), (4, ""), (5, "")]
                .map(|(number, name)| guest(number, name))
                .into_iter()
                .collect_view()}
        </div>
    }
    .into_any()
}
