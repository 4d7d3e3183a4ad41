//! The frame: rail, lists, the conversation, the guest at the right. On a phone one at a time.

mod banners;
mod rail;
mod refused;

pub(crate) use refused::NotForYou;

use crate::address::Place;
use crate::details::Details;
use crate::lists::Lists;
use crate::missed::MissedPage;
use crate::panel::GuestPanel;
use crate::shortcuts::Shortcuts;
use crate::store::use_desk;
use crate::talk::TalkPane;
use app::i18n::{locale, td_string};
use app::ui::reactive::memo;
use leptos::web_sys::{Element, HtmlElement};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

#[component]
pub(crate) fn Layout() -> impl IntoView {
    let (t, desk, details) = (locale(), use_desk(), Details::start());
    provide_context(details);
    let place = desk.place();
    let guest = desk.part(|state| Some((state.guest(state.open?)?.id, state.open?)));
    let shown = memo(move || guest.get().filter(|_| details.shown()));
    let on_missed = memo(move || place.get() == Place::Missed);
    let middle = NodeRef::<html::Div>::new();
    let skip = move |()| {
        if let Some(middle) = middle.get_untracked() {
            drop(middle.focus());
        }
    };
    // The other panes bring a heading of their own.
    let untitled = memo(move || guest.get().is_none() && !on_missed.get());
    view! {
        <Shortcuts>
            <div
                class="desk"
                data-place=move || match place.get() {
                    Place::Inbox => "inbox",
                    Place::Conversation(_) => "talk",
                    Place::Missed => "missed",
                }
                data-details=move || if shown.get().is_some() { "shown" } else { "hidden" }
            >
                <rail::Rail on_skip=skip />
                <div class="bench">
                    <banners::Banners />
                    <div class="panes">
                        <main class="benchtop">
                            {move || untitled.get().then(|| view! { <h1 class="sr-only">{td_string!(t, desk.inbox)}</h1> })}
                            <nav class="pane pane-lists" aria-label=td_string!(t, desk.lists)>
                                <Lists />
                            </nav>
                            <div node_ref=middle class="pane pane-talk" tabindex="-1">
                                {move || {
                                    if on_missed.get() {
                                        view! { <MissedPage /> }.into_any()
                                    } else {
                                        view! { <TalkPane /> }.into_any()
                                    }
                                }}
                            </div>
                        </main>
                        <GuestAside shown />
                    </div>
                </div>
            </div>
        </Shortcuts>
    }
}

/// The guest panel's place. Over the talk it takes the focus, and gives it back when it goes.
#[component]
fn GuestAside(shown: Memo<Option<(domain::GuestId, domain::ConversationId)>>) -> impl IntoView {
    let (t, details) = (locale(), expect_context::<Details>());
    let node = NodeRef::<html::Aside>::new();
    let before = StoredValue::new_local(None::<HtmlElement>);
    let over = memo(move || details.is_over() && shown.get().is_some());
    Effect::new(move |was: Option<bool>| {
        let is = over.get();
        match (was.unwrap_or_default(), is, node.get()) {
            (false, true, Some(aside)) => {
                before.set_value(
                    document()
                        .active_element()
                        .and_then(|focused: Element| focused.dyn_into().ok()),
                );
                // Only once it can be seen.
                request_animation_frame(move || drop(aside.focus()));
            }
            (true, false, _) => {
                if let Some(before) = before.try_update_value(Option::take).flatten() {
                    drop(before.focus());
                }
            }
            _ => {}
        }
        is
    });
    view! {
        {move || over.get().then(|| view! { <div class="scrim" on:click=move |_| details.put_away()></div> })}
        <aside
            node_ref=node
            id=Details::PANEL
            class="pane pane-guest"
            class:pane-over=over
            tabindex="-1"
            aria-label=td_string!(t, desk.guest)
            hidden=move || shown.get().is_none()
        >
            {move || shown.get().map(|(guest, conversation)| view! { <GuestPanel guest conversation /> })}
        </aside>
    }
}
