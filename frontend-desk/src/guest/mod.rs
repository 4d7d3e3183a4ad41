//! The right pane: what is known of the guest, why the conversation is here, what they talked about before.

mod earlier;
mod profile;
mod why;

use domain::{ConversationId, GuestId};
use leptos::prelude::*;

#[component]
pub(crate) fn GuestPanel(guest: GuestId, conversation: ConversationId) -> impl IntoView {
    view! {
        <why::WhyHere conversation />
        <profile::Profile guest conversation />
        <earlier::Earlier guest conversation />
    }
}
