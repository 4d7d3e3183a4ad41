//! The frame: navigation at the left, the page that the address names.

use crate::nav::{Drawer, DrawerOpen, Nav};
use crate::page::{Page, Place};
use crate::parts::{Open, PageFrame};
use crate::unsaved::guarded_place;
use crate::{groups, live, members, sites};
use app::i18n::{locale, td_string};
use app::ui::forbidden::needs;
use app::ui::reactive::{effect, memo};
use app::ui::session::{may, use_me};
use app::ui::{Empty, Forbidden, Icon};
use domain::Rule;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

#[component]
pub(crate) fn Console() -> impl IntoView {
    let (t, me, place) = (locale(), StoredValue::new(use_me()), guarded_place());
    let here = memo(move || match place.get() {
        Place::Page(page, _) => Some(page),
        _ => None,
    });
    provide_context(DrawerOpen(RwSignal::new(false)));
    provide_context(Open(memo(move || match place.get() {
        Place::Page(_, thing) => thing,
        _ => None,
    })));

    let first = me.with_value(Page::first_for);
    let navigate = use_navigate();
    effect(move || {
        if let (Place::Start, Some(first)) = (place.get(), first) {
            let instead = NavigateOptions {
                replace: true,
                resolve: false,
                ..NavigateOptions::default()
            };
            navigate(&first.address(), instead);
        }
    });
    effect(move || {
        let face = td_string!(t, admin.title);
        let name = here.get().map(|page| format!("{} · {face}", page.name(t)));
        document().set_title(name.as_deref().unwrap_or(face));
    });
    // A page stays while things are opened beside it.
    let shown = memo(move || match place.get() {
        Place::Page(page, _) => Place::Page(page, None),
        elsewhere => elsewhere,
    });
    view! {
        <div class="console">
            <Nav here />
            <Drawer here />
            {move || match shown.get() {
                Place::Page(page, _) if !me.with_value(|me| page.seen_by(me)) => view! { <Refused page /> }.into_any(),
                Place::Page(Page::Live, _) => view! { <live::LivePage /> }.into_any(),
                Place::Page(Page::Members, _) => view! { <members::MembersPage /> }.into_any(),
                Place::Page(Page::Groups, _) => view! { <groups::GroupsPage /> }.into_any(),
                Place::Page(Page::Sites, _) => view! { <sites::SitesPage /> }.into_any(),
                #[cfg(feature = "components")]
                Place::Components => view! { <crate::components::ComponentsPage /> }.into_any(),
                Place::Start if first.is_some() => ().into_any(),
                Place::Start => view! { <NothingToSee /> }.into_any(),
                Place::Unknown => view! { <NoSuchPage /> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Refused(page: Page) -> impl IntoView {
    view! {
        <PageFrame title=page.name(locale())>
            <Forbidden why=needs(page.rule()) elsewhere=desk() />
        </PageFrame>
    }
}

/// The desk, for those who may serve.
fn desk() -> Option<(&'static str, &'static str)> {
    may(Rule::ConversationServe).then(|| (td_string!(locale(), desk.face), "/desk"))
}

/// For a member who may see no page at all.
#[component]
fn NothingToSee() -> impl IntoView {
    let t = locale();
    view! {
        <PageFrame title=td_string!(t, admin.face)>
            <Forbidden why=td_string!(t, admin.nothing_text) elsewhere=desk() />
        </PageFrame>
    }
}

#[component]
fn NoSuchPage() -> impl IntoView {
    let t = locale();
    view! {
        <PageFrame title=td_string!(t, admin.not_found_title)>
            <Empty
                icon=Icon::SearchX
                title=td_string!(t, admin.not_found_title)
                text=td_string!(t, admin.not_found_text)
            />
        </PageFrame>
    }
}
