//! The frame: navigation at the left, the page that the address names.

use crate::nav::{Nav, NavOpen};
use crate::page::{Page, Place};
use crate::{groups, live, members, sites};
use app::i18n::{locale, td_string, words};
use app::ui::session::use_me;
use app::ui::{Empty, Icon};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The thing that is open beside the page's list, by id; a context of the pages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Thing(pub(crate) Memo<Option<i64>>);

#[component]
pub(crate) fn Console() -> impl IntoView {
    let (t, me, path) = (locale(), StoredValue::new(use_me()), use_location().pathname);
    let place = Memo::new(move |_| me.with_value(|me| Place::of(&path.get(), me)));
    provide_context(NavOpen(RwSignal::new(false)));
    provide_context(Thing(Memo::new(move |_| match place.get() {
        Place::Page(_, thing) => thing,
        Place::Unknown => None,
    })));
    let page = Memo::new(move |_| match place.get() {
        Place::Page(page, _) => Some(page),
        Place::Unknown => None,
    });
    Effect::new(move |_| {
        let face = td_string!(t, admin.title);
        let name = page.get().map(|page| format!("{} · {face}", page.name(t)));
        document().set_title(name.as_deref().unwrap_or(face));
    });
    view! {
        <div class="console">
            <Nav place />
            {move || match page.get() {
                None => view! { <NoSuchPage /> }.into_any(),
                Some(page) if !me.with_value(|me| me.may(page.rule())) => view! { <Forbidden page /> }.into_any(),
                Some(Page::Live) => view! { <live::LivePage /> }.into_any(),
                Some(Page::Members) => view! { <members::MembersPage /> }.into_any(),
                Some(Page::Groups) => view! { <groups::GroupsPage /> }.into_any(),
                Some(Page::Sites) => view! { <sites::SitesPage /> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Forbidden(page: Page) -> impl IntoView {
    let t = locale();
    let text = td_string!(t, admin.forbidden_text, rule = words::rule(t, page.rule()));
    view! {
        <crate::parts::PageFrame title=page.name(t)>
            <Empty icon=Icon::Ban title=td_string!(t, admin.forbidden_title) text=text.clone() />
        </crate::parts::PageFrame>
    }
}

#[component]
fn NoSuchPage() -> impl IntoView {
    let t = locale();
    view! {
        <crate::parts::PageFrame title=td_string!(t, admin.not_found_title)>
            <Empty
                icon=Icon::Ban
                title=td_string!(t, admin.not_found_title)
                text=td_string!(t, admin.not_found_text)
            />
        </crate::parts::PageFrame>
    }
}
