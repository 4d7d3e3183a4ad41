//! Member groups: the teams that guests are routed to, and who is in them.

mod form;
mod picker;
mod table;

use crate::page::{Page, Thing};
use crate::parts::{Found, PageFrame, ThingSheet, loaded_if, use_open};
use app::api::site::Site;
use app::api::{member, member_group, site};
use app::i18n::{locale, td_string};
use app::ui::session::may;
use app::ui::{Button, Icon, Kind, Loader};
use domain::member::{Member, MemberGroup};
use domain::{GroupId, Rule};
use form::GroupForm;
use leptos::prelude::*;

/// What the page knows; a context of its parts.
#[derive(Clone, Copy, Debug)]
struct Teams {
    groups: Loader<Vec<MemberGroup>>,
    members: Loader<Vec<Member>>,
    sites: Loader<Vec<Site>>,
}

impl Teams {
    fn load() -> Self {
        Self {
            groups: Loader::new(member_group::list),
            members: loaded_if(Rule::MemberView, member::list),
            sites: loaded_if(Rule::SiteView, site::list),
        }
    }

    fn group(self, id: GroupId) -> Option<MemberGroup> {
        self.groups.ready()?.into_iter().find(|group| group.id == id)
    }

    fn found(self, thing: Thing) -> Found {
        match (self.groups.error().or(self.members.error()), thing) {
            (Some(error), _) => Found::Failed(error),
            _ if !self.groups.is_ready() || !self.members.is_ready() => Found::Loading,
            (None, Thing::New) if may(Rule::GroupEdit) => Found::There,
            (None, Thing::Known(id)) if self.group(GroupId(id)).is_some() => Found::There,
            (None, _) => Found::Missing,
        }
    }

    /// Puts a group as it is now into the list.
    fn renew(self, group: MemberGroup) {
        self.groups.change(|groups| {
            groups.retain(|one| one.id != group.id);
            groups.push(group);
        });
    }
}

#[component]
pub(crate) fn GroupsPage() -> impl IntoView {
    let (t, teams, open) = (locale(), Teams::load(), use_open(Page::Groups));
    provide_context(teams);
    let actions = move || {
        may(Rule::GroupEdit).then(|| {
            view! {
                <Button
                    label=td_string!(t, admin.new_group)
                    icon=Icon::Plus
                    kind=Kind::Main
                    on_press=move |()| open.run(Some(Thing::New))
                />
            }
        })
    };
    let count = Signal::derive(move || teams.groups.ready().map(|groups| groups.len()));
    let form = move |thing| match thing {
        Thing::New => view! { <GroupForm group=None /> }.into_any(),
        Thing::Known(id) => view! { <GroupForm group=teams.group(GroupId(id)) /> }.into_any(),
    };
    let retry = move |()| {
        teams.groups.retry();
        teams.members.retry();
    };
    view! {
        <PageFrame title=td_string!(t, admin.groups) count actions=actions table=true>
            {teams.groups.show(6, move |groups| view! { <table::Table groups /> })}
        </PageFrame>
        <ThingSheet
            page=Page::Groups
            new_title=td_string!(t, admin.new_group)
            title=td_string!(t, admin.edit_group)
            found=move |thing| teams.found(thing)
            on_retry=retry
            form
        />
    }
}
