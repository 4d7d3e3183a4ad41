//! The navigation: the pages that one may see, by what people come for. A column at the left; on a phone a drawer.

use crate::page::{Page, Section};
use app::i18n::{locale, td_string};
use app::ui::float::Beside;
use app::ui::session::use_me;
use app::ui::shell::Logo;
use app::ui::{AccountMenu, Dialog, Icon};
use domain::Rule;
use leptos::prelude::*;

/// Whether the drawer is open; a context.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DrawerOpen(pub(crate) RwSignal<bool>);

#[component]
pub(crate) fn Nav(here: Memo<Option<Page>>) -> impl IntoView {
    view! {
        <nav class="nav nav-column" aria-label=td_string!(locale(), admin.nav)>
            <Content here />
        </nav>
    }
}

/// The same for a narrow screen, opened from the head of the page.
#[component]
pub(crate) fn Drawer(here: Memo<Option<Page>>) -> impl IntoView {
    let (t, open) = (locale(), expect_context::<DrawerOpen>().0);
    // Choosing a page is leaving the drawer, also when the page is the one that is there already.
    view! {
        <Dialog open class="nav-drawer" label=td_string!(t, admin.menu)>
            <nav class="nav" aria-label=td_string!(t, admin.nav)>
                <Content here chosen=Callback::new(move |()| open.set(false)) />
            </nav>
        </Dialog>
    }
}

#[component]
fn Content(
    here: Memo<Option<Page>>,
    /// A page was chosen.
    #[prop(optional)]
    chosen: Option<Callback<()>>,
) -> impl IntoView {
    let (t, me) = (locale(), use_me());
    let desk = me.may(Rule::ConversationServe);
    let section = |section: Section, name: &'static str| {
        let mut pages = Page::ALL
            .into_iter()
            .filter(|page| page.section() == section && page.seen_by(&me))
            .peekable();
        pages.peek().is_some().then(|| {
            let links: Vec<_> = pages.map(|page| view! { <NavLink page here chosen /> }).collect();
            view! {
                <div class="nav-section">{name}</div>
                {links}
            }
        })
    };
    let sections = [
        section(Section::Now, td_string!(t, admin.section_now)),
        section(Section::People, td_string!(t, admin.section_people)),
        section(Section::Setup, td_string!(t, admin.section_setup)),
    ];
    view! {
        <div class="nav-brand">
            <Logo />
            <b>"Seatline"</b>
        </div>
        <div class="nav-pages">{sections.into_iter().collect_view()}</div>
        <div class="nav-foot">
            {desk
                .then(|| {
                    view! {
                        <a class="nav-link" href="/desk" rel="external">
                            {Icon::MessageSquare.view()}
                            {td_string!(t, admin.desk)}
                        </a>
                    }
                })}
            <AccountMenu named=true beside=Beside::ABOVE />
        </div>
    }
}

#[component]
fn NavLink(page: Page, here: Memo<Option<Page>>, chosen: Option<Callback<()>>) -> impl IntoView {
    let current = move || (here.get() == Some(page)).then_some("page");
    let press = move |_| {
        if let Some(chosen) = chosen {
            chosen.run(());
        }
    };
    view! {
        <a class="nav-link" href=page.address() aria-current=current on:click=press>
            {page.icon().view()}
            {page.name(locale())}
        </a>
    }
}
