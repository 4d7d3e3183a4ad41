//! The pages the guest was on, the latest first.

use crate::guest::page::{self, PageLink};
use app::i18n::{locale, td_string};
use app::ui::{Button, Kind, TimeAgo};
use domain::guest::VisitedPage;
use leptos::prelude::*;

/// So many show at first.
const SHOWN: usize = 5;

#[component]
pub(super) fn Pages(
    pages: Vec<VisitedPage>,
    /// The agent asked for all of them; outlives the list, which is made anew when the guest goes on.
    all: RwSignal<bool>,
) -> impl IntoView {
    let t = locale();
    // A browser may tell of a page and not say which.
    let pages: Vec<_> = pages
        .into_iter()
        .filter(|visited| !page::name(&visited.page).is_empty())
        .collect();
    if pages.is_empty() {
        return ().into_any();
    }
    let total = pages.len();
    let rows = move || {
        let shown = if all.get() { total } else { SHOWN };
        pages.iter().take(shown).map(row).collect_view()
    };
    let more = move || {
        (total > SHOWN && !all.get()).then(|| {
            view! {
                <Button
                    label=td_string!(t, desk.show_all, n = total)
                    kind=Kind::Quiet
                    small=true
                    on_press=move |()| all.set(true)
                />
            }
        })
    };
    view! {
        <section class="guest-section">
            <h3>{td_string!(t, desk.pages)}</h3>
            <ol class="guest-pages">{rows}</ol>
            {more}
        </section>
    }
    .into_any()
}

fn row(visited: &VisitedPage) -> impl IntoView + use<> {
    let (url, at) = (visited.page.url.clone(), visited.at);
    let (name, path) = (page::name(&visited.page), page::path(&url).to_owned());
    let path = (path != name && path != "/" && !path.is_empty()).then_some(path);
    view! {
        <li>
            <div class="min-w-0">
                <PageLink url text=name />
                {path.map(|path| view! { <span class="guest-path">{path}</span> })}
            </div>
            <TimeAgo at />
        </li>
    }
}
