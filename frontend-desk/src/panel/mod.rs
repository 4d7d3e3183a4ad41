//! The right pane: who the guest is, how they came, what they talked about before, and why the conversation is here. What
//! is not known is not shown.

mod contact;
mod earlier;
mod identity;
mod pages;
mod surroundings;
mod why;

use crate::details::Details;
use crate::guest::Known;
use app::i18n::{locale, td_string};
use app::ui::{Button, Icon, Kind, Loading};
use domain::guest::GuestProfile;
use domain::{ConversationId, GuestId};
use leptos::prelude::*;

#[component]
pub(crate) fn GuestPanel(guest: GuestId, conversation: ConversationId) -> impl IntoView {
    let (t, details) = (locale(), expect_context::<Details>());
    let (known, all_pages) = (expect_context::<Known>(), RwSignal::new(false));
    let profile = move || {
        let Some(loader) = known.loader(guest) else {
            return view! { <Loading rows=7 /> }.into_any();
        };
        let sections = move |profile: GuestProfile| {
            view! {
                <identity::Identity conversation profile=profile.clone() />
                <surroundings::Surroundings conversation profile=profile.clone() />
                <pages::Pages pages=profile.pages all=all_pages />
            }
        };
        loader.show(7, sections).into_any()
    };
    view! {
        <header class="guest-head">
            <h2 class="grow">{td_string!(t, desk.guest)}</h2>
            {move || {
                details
                    .is_over()
                    .then(|| {
                        view! {
                            <Button
                                label=td_string!(t, common.close)
                                icon=Icon::X
                                icon_only=true
                                kind=Kind::Quiet
                                on_press=move |()| details.put_away()
                            />
                        }
                    })
            }}
        </header>
        <div class="guest-body">
            {profile}
            <earlier::Earlier guest conversation />
            <why::WhyHere conversation />
        </div>
    }
}
