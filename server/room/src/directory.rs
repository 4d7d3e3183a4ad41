//! What members and member groups are called, and since when each agent has the duty they have.

use domain::{GroupId, MemberId, Timestamp};
use std::collections::{BTreeMap, HashMap};

#[derive(Debug)]
pub(crate) struct Directory {
    names: HashMap<MemberId, String>,
    groups: BTreeMap<GroupId, String>,
    duty_since: HashMap<MemberId, Timestamp>,
}

impl Directory {
    pub(crate) fn new(
        names: HashMap<MemberId, String>,
        groups: BTreeMap<GroupId, String>,
        duty_since: HashMap<MemberId, Timestamp>,
    ) -> Self {
        Self {
            names,
            groups,
            duty_since,
        }
    }

    /// Empty for a member who is not known.
    pub(crate) fn name_of(&self, member: MemberId) -> String {
        self.names.get(&member).cloned().unwrap_or_default()
    }

    pub(crate) fn name_member(&mut self, member: MemberId, name: String) {
        self.names.insert(member, name);
    }

    pub(crate) fn name_group(&mut self, group: GroupId, name: String) {
        self.groups.insert(group, name);
    }

    /// By id.
    pub(crate) fn groups(&self) -> impl Iterator<Item = (GroupId, &str)> {
        self.groups.iter().map(|(id, name)| (*id, name.as_str()))
    }

    pub(crate) fn duty_since(&self, agent: MemberId) -> Option<Timestamp> {
        self.duty_since.get(&agent).copied()
    }

    pub(crate) fn duty_chosen(&mut self, agent: MemberId, at: Timestamp) {
        self.duty_since.insert(agent, at);
    }

    /// The member is no agent any more.
    pub(crate) fn forget_duty(&mut self, member: MemberId) {
        self.duty_since.remove(&member);
    }
}
