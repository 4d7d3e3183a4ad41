//! The sheet that belongs to an address: it is open while the address names a thing, and closing it leads back to the list.

use crate::console::Thing;
use crate::page::Page;
use app::ui::Sheet;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

#[component]
pub(crate) fn ThingSheet<F>(
    page: Page,
    #[prop(into)] title: String,
    /// The form for the thing of that id, given what closes the sheet; `None` if there is no such thing.
    form: F,
) -> impl IntoView
where
    F: Fn(i64, Callback<()>) -> Option<AnyView> + Copy + Send + Sync + 'static,
{
    let (thing, navigate) = (expect_context::<Thing>().0, use_navigate());
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(thing.get().is_some()));
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if before == Some(true) && !now && thing.get_untracked().is_some() {
            let as_it_is = NavigateOptions {
                resolve: false,
                ..NavigateOptions::default()
            };
            navigate(&page.address(), as_it_is);
        }
        now
    });
    let close = Callback::new(move |()| open.set(false));
    view! { <Sheet open title>{move || thing.get().and_then(|id| form(id, close))}</Sheet> }
}
