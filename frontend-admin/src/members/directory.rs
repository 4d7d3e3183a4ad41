//! What the page of members knows; a context of its parts.

use crate::page::Thing;
use crate::parts::{Found, NewSecret, Room, group_name, loaded_if};
use app::api::{auth_group, member, member_group};
use app::i18n::{Locale, words};
use app::ui::Loader;
use app::ui::reactive::memo;
use app::ui::seats::SeatRow;
use app::ui::session::may;
use domain::live::LiveAgent;
use domain::member::{AuthGroup, Member, MemberGroup};
use domain::{AuthGroupId, Duty, GroupId, MemberId, Rule};
use leptos::prelude::*;
use std::collections::HashMap;

#[derive(Clone, Copy, Debug)]
pub(super) struct Directory {
    pub(super) members: Loader<Vec<Member>>,
    pub(super) groups: Loader<Vec<MemberGroup>>,
    pub(super) auth_groups: Loader<Vec<AuthGroup>>,
    /// A password to be shown once.
    pub(super) secret: RwSignal<Option<NewSecret>>,
    by_id: Memo<HashMap<MemberId, Member>>,
    /// Who is on duty and which seats are taken, for those who may watch the room.
    agents: Memo<HashMap<MemberId, LiveAgent>>,
    room: Option<Room>,
}

impl Directory {
    pub(super) fn load() -> Self {
        let members = Loader::new(member::list);
        let room = Room::watch_if_allowed();
        Self {
            members,
            // Without the rules they are not shown, which is no error.
            groups: loaded_if(Rule::GroupView, member_group::list),
            auth_groups: loaded_if(Rule::AuthView, auth_group::list),
            secret: RwSignal::new(None),
            by_id: memo(move || {
                let members = members.ready().unwrap_or_default();
                members.into_iter().map(|member| (member.id, member)).collect()
            }),
            agents: memo(move || room.map(Room::agents).unwrap_or_default()),
            room,
        }
    }

    /// Puts a member as they are now into the list.
    pub(super) fn renew(self, member: Member) {
        self.members.change(|members| {
            members.retain(|one| one.id != member.id);
            members.push(member);
        });
    }

    /// Whether everything is known that a form about `thing` needs.
    pub(super) fn found(self, thing: Thing) -> Found {
        let failed = self
            .members
            .error()
            .or(self.groups.error())
            .or(self.auth_groups.error());
        let settled = self.members.is_ready() && self.groups.is_ready() && self.auth_groups.is_ready();
        match thing {
            _ if let Some(error) = failed => Found::Failed(error),
            _ if !settled => Found::Loading,
            Thing::New if may(Rule::MemberEdit) => Found::There,
            Thing::Known(id) if self.member(MemberId(id)).is_some() => Found::There,
            Thing::New | Thing::Known(_) => Found::Missing,
        }
    }

    /// Asks again for what is not there.
    pub(super) fn retry(self) {
        self.members.retry();
        self.groups.retry();
        self.auth_groups.retry();
    }

    pub(super) fn member(self, id: MemberId) -> Option<Member> {
        self.by_id.with(|members| members.get(&id).cloned())
    }

    pub(super) fn agent(self, id: MemberId) -> Option<LiveAgent> {
        self.agents.with(|agents| agents.get(&id).cloned())
    }

    /// Whether it is known which seats are taken.
    pub(super) fn knows_room(self) -> bool {
        self.room.is_some_and(Room::is_seen)
    }

    /// The duty they are on: as it is now, or as it was when the list was read.
    pub(super) fn duty(self, member: &Member) -> Duty {
        let now = self
            .agents
            .with(|agents| agents.get(&member.id).map(|agent| agent.duty));
        now.unwrap_or(member.duty)
    }

    /// Their seats. Without a view of the room nothing is said of conversations, and nobody takes guests for sure.
    pub(super) fn seats(self, member: &Member) -> SeatRow {
        let agent = self.agent(member.id);
        SeatRow {
            duty: self.duty(member),
            seats: member.seats,
            used: agent.as_ref().map_or(0, |agent| agent.used),
            held: agent.as_ref().is_some_and(|agent| agent.held),
            resting: agent.is_none_or(|agent| agent.away || !agent.connected),
        }
    }

    pub(super) fn group_names(self, ids: &[GroupId]) -> Vec<String> {
        let known = self.groups.ready().unwrap_or_default().into_iter();
        known
            .filter(|group| ids.contains(&group.id))
            .map(|group| group_name(group.id, &group.name))
            .collect()
    }

    pub(super) fn auth_group_names(self, t: Locale, ids: &[AuthGroupId]) -> Vec<String> {
        let known = self.auth_groups.ready().unwrap_or_default().into_iter();
        let mine = known.filter(|group| ids.contains(&group.id));
        mine.map(|group| words::auth_group(t, &group.name)).collect()
    }

    /// Every rule that these auth groups give.
    pub(super) fn rules(self, ids: &[AuthGroupId]) -> Vec<Rule> {
        let known = self.auth_groups.ready().unwrap_or_default().into_iter();
        known
            .filter(|group| ids.contains(&group.id))
            .flat_map(|group| group.rules)
            .collect()
    }
}
