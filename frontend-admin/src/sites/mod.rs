//! Sites: where the script is embedded, and the code to embed it.

mod embed;
mod form;
mod origins;
mod table;

use crate::page::{Page, Thing};
use crate::parts::{Found, PageFrame, ThingSheet, group_name, loaded_if, use_open};
use app::api::site::Site;
use app::api::{member_group, site};
use app::i18n::{locale, td_string};
use app::ui::session::may;
use app::ui::{Button, Icon, Kind, Loader};
use domain::member::MemberGroup;
use domain::{GroupId, Rule, SiteId};
use form::SiteForm;
use leptos::prelude::*;

/// What the page knows; a context of its parts.
#[derive(Clone, Copy, Debug)]
struct Places {
    sites: Loader<Vec<Site>>,
    groups: Loader<Vec<MemberGroup>>,
}

impl Places {
    fn load() -> Self {
        Self {
            sites: Loader::new(site::list),
            groups: loaded_if(Rule::GroupView, member_group::list),
        }
    }

    fn site(self, id: SiteId) -> Option<Site> {
        self.sites.ready()?.into_iter().find(|site| site.id == id)
    }

    fn group_name(self, id: GroupId) -> Option<String> {
        let known = self.groups.ready().unwrap_or_default().into_iter();
        known
            .filter(|group| group.id == id)
            .map(|group| group_name(id, &group.name))
            .next()
    }

    fn found(self, thing: Thing) -> Found {
        match (self.sites.error().or(self.groups.error()), thing) {
            (Some(error), _) => Found::Failed(error),
            _ if !self.sites.is_ready() || !self.groups.is_ready() => Found::Loading,
            (None, Thing::New) if self.may_create() => Found::There,
            (None, Thing::Known(id)) if self.site(SiteId(id)).is_some() => Found::There,
            (None, _) => Found::Missing,
        }
    }

    /// A site needs a group that its guests go to.
    fn may_create(self) -> bool {
        let groups = self.groups.ready().unwrap_or_default();
        may(Rule::SiteEdit) && !groups.is_empty()
    }

    /// Puts a site as it is now into the list.
    fn renew(self, site: Site) {
        self.sites.change(|sites| {
            sites.retain(|one| one.id != site.id);
            sites.push(site);
        });
    }
}

#[component]
pub(crate) fn SitesPage() -> impl IntoView {
    let (t, places, open) = (locale(), Places::load(), use_open(Page::Sites));
    provide_context(places);
    let actions = move || {
        (may(Rule::SiteEdit) && may(Rule::GroupView)).then(|| {
            view! {
                <Button
                    label=td_string!(t, admin.new_site)
                    icon=Icon::Plus
                    kind=Kind::Main
                    on_press=move |()| open.run(Some(Thing::New))
                />
            }
        })
    };
    let count = Signal::derive(move || places.sites.ready().map(|sites| sites.len()));
    let form = move |thing| match thing {
        Thing::New => view! { <SiteForm site=None /> }.into_any(),
        Thing::Known(id) => view! { <SiteForm site=places.site(SiteId(id)) /> }.into_any(),
    };
    let retry = move |()| {
        places.sites.retry();
        places.groups.retry();
    };
    view! {
        <PageFrame title=td_string!(t, admin.sites) count actions=actions table=true>
            {places.sites.show(4, move |sites| view! { <table::Table sites /> })}
        </PageFrame>
        <ThingSheet
            page=Page::Sites
            new_title=td_string!(t, admin.new_site)
            title=td_string!(t, admin.edit_site)
            found=move |thing| places.found(thing)
            on_retry=retry
            form
        />
    }
}
