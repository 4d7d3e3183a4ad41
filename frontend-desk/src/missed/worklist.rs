//! The entries, walked with the arrow keys; Enter claims the one that has the focus.

use super::entry::Entry;
use crate::lists::section::{Hidden, Rows};
use crate::state::Input;
use crate::store::{Desk, use_desk};
use app::ui::float::target;
use domain::ConversationId;
use leptos::web_sys::{Element, HtmlElement, KeyboardEvent};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

#[component]
pub(super) fn Worklist() -> impl IntoView {
    let desk = use_desk();
    let total = desk.part(|state| state.missed.total);
    let ids = desk.part(|state| {
        let entries = state.missed.missed.iter();
        entries.map(|entry| entry.conversation).collect::<Vec<_>>()
    });
    let chosen = Chosen::new(ids);
    let node = chosen.list;
    view! {
        <div class="work-scroll">
            <ol
                node_ref=node
                class="work-list"
                on:keydown=move |event| chosen.on_key(&event, desk)
                on:focusin=move |event| chosen.focused(target(&event))
                on:focusout=move |event| {
                    if event.related_target().is_some() {
                        chosen.inside.set_value(false);
                    }
                }
            >
                <Rows
                    ids
                    row=move |id| {
                        let reachable = Signal::derive(move || chosen.id.get() == Some(id));
                        view! { <Entry id reachable /> }.into_any()
                    }
                />
            </ol>
            <Hidden total shown=Signal::derive(move || ids.with(Vec::len)) />
        </div>
    }
}

/// Which entry the keyboard is at. One entry is in the way of Tab, the others are reached by arrows.
#[derive(Clone, Copy)]
struct Chosen {
    list: NodeRef<html::Ol>,
    ids: Memo<Vec<ConversationId>>,
    id: RwSignal<Option<ConversationId>>,
    /// The focus is in the list; an entry that goes takes it along.
    inside: StoredValue<bool>,
}

impl Chosen {
    fn new(ids: Memo<Vec<ConversationId>>) -> Self {
        let chosen = Self {
            list: NodeRef::new(),
            ids,
            id: RwSignal::new(None),
            inside: StoredValue::new(false),
        };
        Effect::new(move |before: Option<Vec<ConversationId>>| {
            let now = ids.get();
            let id = chosen.id.get_untracked();
            if !id.is_some_and(|id| now.contains(&id)) {
                let place = before.and_then(|before| before.iter().position(|other| Some(*other) == id));
                let last = now.len().checked_sub(1);
                let next = last.and_then(|last| now.get(place.unwrap_or_default().min(last)).copied());
                chosen.id.set(next);
                if chosen.inside.get_value() {
                    request_animation_frame(move || chosen.focus());
                }
            }
            now
        });
        chosen
    }

    fn focused(self, target: Option<Element>) {
        self.inside.set_value(true);
        let position = target.and_then(|target| self.position(&target));
        let id = position.and_then(|position| self.ids.with_untracked(|ids| ids.get(position).copied()));
        if id.is_some() && self.id.get_untracked() != id {
            self.id.set(id);
        }
    }

    /// The place in the list of the entry that `element` is in.
    fn position(self, element: &Element) -> Option<usize> {
        let items = self.list.get_untracked()?.children();
        (0..items.length())
            .filter_map(|index| items.item(index))
            .position(|item| item.contains(Some(element)))
    }

    fn focus(self) {
        let id = self.id.get_untracked();
        let position = self
            .ids
            .with_untracked(|ids| ids.iter().position(|other| Some(*other) == id));
        let item = position
            .and_then(|position| u32::try_from(position).ok())
            .and_then(|position| self.list.try_get_untracked()??.children().item(position));
        if let Some(item) = item.and_then(|item| item.dyn_into::<HtmlElement>().ok()) {
            drop(item.focus());
        }
    }

    fn on_key(self, event: &KeyboardEvent, desk: Desk) {
        if event.alt_key() || event.ctrl_key() || event.meta_key() || event.shift_key() {
            return;
        }
        let ids = self.ids.get_untracked();
        let here = self.id.get_untracked();
        let place = ids.iter().position(|id| Some(*id) == here).unwrap_or_default();
        let next = match event.key().as_str() {
            "ArrowDown" => ids.get(place + 1),
            "ArrowUp" => place.checked_sub(1).and_then(|above| ids.get(above)),
            "Home" => ids.first(),
            "End" => ids.last(),
            "Enter" => {
                // On a button in the entry Enter presses that button.
                let on_entry = target(event).is_some_and(|target| target.tag_name() == "LI");
                if let (true, Some(conversation), None) = (on_entry, here, desk.hindrance().get_untracked()) {
                    event.prevent_default();
                    desk.apply(Input::Claimed { conversation });
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        if let Some(next) = next {
            self.id.set(Some(*next));
            self.focus();
        }
    }
}
