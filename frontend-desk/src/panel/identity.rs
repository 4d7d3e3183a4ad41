//! Who the guest is and how to reach them.

use super::contact::href;
use crate::guest::{GuestMark, PresenceWords, guest_name, use_here};
use app::i18n::locale;
use app::ui::CopyButton;
use domain::ConversationId;
use domain::guest::GuestProfile;
use leptos::prelude::*;
use protocol::desk::GuestCard;

#[component]
pub(super) fn Identity(conversation: ConversationId, profile: GuestProfile) -> impl IntoView {
    let (t, here) = (locale(), use_here(conversation));
    let card = GuestCard {
        id: profile.id,
        name: profile.name,
        contact: profile.contact,
        page_url: String::new(),
        page_title: String::new(),
        language: String::new(),
    };
    let (name, contact) = (guest_name(t, &card), card.contact.clone());
    view! {
        <section class="guest-section guest-identity">
            <GuestMark guest=card here />
            <div class="min-w-0">
                <div class="guest-name" dir="auto">{name}</div>
                <div class="guest-presence"><PresenceWords conversation /></div>
            </div>
            {(!contact.is_empty()).then(|| view! { <Contact contact /> })}
        </section>
    }
}

#[component]
fn Contact(contact: String) -> impl IntoView {
    let words = match href(&contact) {
        Some(href) => view! { <a class="linked truncate" href=href>{contact.clone()}</a> }.into_any(),
        None => view! { <span class="truncate">{contact.clone()}</span> }.into_any(),
    };
    view! {
        <div class="guest-contact">
            {words}
            <CopyButton text=Signal::stored(contact) />
        </div>
    }
}
