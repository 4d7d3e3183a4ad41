//! The navigation: the pages that one may see, by what people come for.

use crate::page::{Page, Place, Section};
use app::i18n::{locale, td_string};
use app::ui::Icon;
use app::ui::session::use_me;
use app::ui::shell::Logo;
use domain::Rule;
use leptos::prelude::*;

/// Whether the navigation shows on a phone; a context.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NavOpen(pub(crate) RwSignal<bool>);

#[component]
pub(crate) fn Nav(place: Memo<Place>) -> impl IntoView {
    let (t, me, open) = (locale(), use_me(), expect_context::<NavOpen>().0);
    let desk = me.may(Rule::ConversationServe);
    let section = |section: Section, name: &'static str| {
        let mut pages = Page::ALL
            .into_iter()
            .filter(|page| page.section() == section && me.may(page.rule()))
            .peekable();
        pages.peek().is_some().then(|| {
            let links: Vec<_> = pages.map(|page| view! { <NavLink page place /> }).collect();
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
        <nav
            class="nav"
            aria-label=td_string!(t, admin.nav)
            data-open=move || if open.get() { "yes" } else { "no" }
            on:click=move |_| open.set(false)
        >
            <div class="nav-brand">
                <Logo />
                <b>"Seatline"</b>
            </div>
            {sections.into_iter().collect_view()}
            {desk
                .then(|| {
                    view! {
                        <span class="grow"></span>
                        <a href="/desk" rel="external">
                            {Icon::MessageSquare.view()}
                            {td_string!(t, admin.desk)}
                        </a>
                    }
                })}
        </nav>
    }
}

#[component]
fn NavLink(page: Page, place: Memo<Place>) -> impl IntoView {
    let here = move || matches!(place.get(), Place::Page(current, _) if current == page).then_some("page");
    view! {
        <a href=page.address() aria-current=here>
            {page.icon().view()}
            {page.name(locale())}
        </a>
    }
}
