//! The sheet that belongs to an address: it is open while the address names a thing, and closing it leads back to the list.

use super::address::use_open;
use crate::page::{Page, Thing};
use crate::unsaved::Unsaved;
use app::api::ApiError;
use app::i18n::{locale, td_string};
use app::ui::reactive::{effect, memo};
use app::ui::sheet::{InSheet, use_sheet};
use app::ui::{Button, Empty, ErrorState, Icon, Loading, Sheet};
use leptos::prelude::*;

/// The thing that is open beside the page's list; a context of the pages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Open(pub(crate) Memo<Option<Thing>>);

/// What is known of the thing that the address names.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Found {
    Loading,
    Failed(ApiError),
    /// There is no such thing, or not for oneself.
    Missing,
    There,
}

/// The sheet that a form is in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FormSheet {
    unsaved: Unsaved,
    sheet: InSheet,
}

impl FormSheet {
    pub(crate) fn here() -> Self {
        Self {
            unsaved: expect_context(),
            sheet: use_sheet(),
        }
    }

    /// Has the sheet ask before it is closed while `changed` is true.
    pub(crate) fn guard(self, changed: impl Fn() -> bool + Send + Sync + 'static) {
        let dirty = self.unsaved.dirty;
        effect(move || dirty.set(changed()));
        on_cleanup(move || dirty.set(false));
    }

    /// Closes the sheet of what has been saved.
    pub(crate) fn saved(self) {
        self.unsaved.dirty.set(false);
        self.sheet.close();
    }

    /// Closes it after a question, if need be.
    pub(crate) fn leave(self) {
        self.sheet.leave();
    }
}

#[component]
pub(crate) fn ThingSheet<F, V>(
    page: Page,
    #[prop(into)] new_title: String,
    #[prop(into)] title: String,
    /// Whether the thing is there; read again when what it reads changes.
    found: F,
    #[prop(into)] on_retry: Callback<()>,
    /// The form for the thing, built once it is there and kept whatever becomes of the list.
    form: V,
) -> impl IntoView
where
    F: Fn(Thing) -> Found + Copy + Send + Sync + 'static,
    V: Fn(Thing) -> AnyView + Copy + Send + Sync + 'static,
{
    let (thing, leave) = (expect_context::<Open>().0, use_open(page));
    let open_for = move |new: bool| {
        let open = RwSignal::new(false);
        effect(move || open.set(thing.get().is_some_and(|thing| (thing == Thing::New) == new)));
        Effect::new(move |before: Option<bool>| {
            let now = open.get();
            if before == Some(true) && !now && thing.get_untracked().is_some_and(|thing| (thing == Thing::New) == new) {
                expect_context::<Unsaved>().dirty.set(false);
                leave.run(None);
            }
            now
        });
        open
    };
    let state = memo(move || thing.get().map(|thing| (thing, found(thing))));
    let content = move || {
        state.get().map(|(thing, found)| match found {
            Found::Loading => view! { <Loading rows=6 /> }.into_any(),
            Found::Failed(error) => view! { <ErrorState error on_retry /> }.into_any(),
            Found::Missing => view! { <Missing /> }.into_any(),
            Found::There => untrack(|| form(thing)),
        })
    };
    let dirty = expect_context::<Unsaved>().dirty;
    view! {
        <Sheet open=open_for(true) title=new_title dirty>
            <Guarded />
            {content}
        </Sheet>
        <Sheet open=open_for(false) title dirty>
            <Guarded />
            {content}
        </Sheet>
    }
}

/// Asks when somebody tried to leave by the address.
#[component]
fn Guarded() -> impl IntoView {
    let (unsaved, sheet) = (expect_context::<Unsaved>(), use_sheet());
    Effect::new(move |before: Option<u32>| {
        let asked = unsaved.asked.get();
        if before.is_some_and(|before| before != asked) {
            sheet.leave();
        }
        asked
    });
}

#[component]
fn Missing() -> impl IntoView {
    let (t, sheet) = (locale(), use_sheet());
    view! {
        <div class="sheet-body">
            <Empty icon=Icon::SearchX title=td_string!(t, error.not_found_title) text=td_string!(t, error.not_found) />
        </div>
        <footer class="sheet-foot">
            <Button label=td_string!(t, common.close) on_press=move |()| sheet.close() />
        </footer>
    }
}
