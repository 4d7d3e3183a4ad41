//! Members: the people with an account here.

use crate::{AuthGroupId, GroupId, MemberId, Rule, Timestamp};
use schemars::JsonSchema;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Deserializer, Serialize};

/// Whether a member takes guests. Chosen by the member; not the same as being connected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// Takes new guests.
    On,
    /// Keeps the current ones, takes no new ones.
    Break,
    /// Takes none.
    #[default]
    Off,
}

/// Most seats one agent can be given.
pub const SEATS_MAX: i32 = 50;

/// A member as the console shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Member {
    pub id: MemberId,
    /// What they log in with: 2 to 64 characters, unique without regard to case.
    pub login: String,
    /// What guests and colleagues see: 1 to 64 characters.
    pub name: String,
    /// Conversations the member can hold at a time, 0 to [`SEATS_MAX`].
    pub seats: i32,
    #[serde(deserialize_with = "known_duty")]
    pub duty: Duty,
    /// A disabled member cannot log in and serves nobody.
    pub disabled: bool,
    /// Member groups, by id.
    pub groups: Vec<GroupId>,
    /// Auth groups, by id.
    pub auth_groups: Vec<AuthGroupId>,
    pub created_at: Timestamp,
    /// Goes up with every change of what is shown here, except of the duty: a change names the one it was made from.
    pub version: i64,
}

/// The member who asks, with what they may do; what the front ends know about "me".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Me {
    pub id: MemberId,
    pub login: String,
    pub name: String,
    /// Sorted, without repeats.
    #[serde(deserialize_with = "known_rules")]
    pub rules: Vec<Rule>,
}

impl Me {
    pub fn may(&self, rule: Rule) -> bool {
        self.rules.contains(&rule)
    }
}

/// A member group as the console shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MemberGroup {
    pub id: GroupId,
    /// 1 to 64 characters, unique.
    pub name: String,
    pub members: Vec<MemberId>,
    /// Goes up with every change: a change names the one it was made from.
    pub version: i64,
}

/// An auth group as the console shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AuthGroup {
    pub id: AuthGroupId,
    pub name: String,
    #[serde(deserialize_with = "known_rules")]
    pub rules: Vec<Rule>,
}

/// What a server says, to a client that may be older and have no name for it.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Heard<T> {
    Known(T),
    Unknown(IgnoredAny),
}

impl<T> Heard<T> {
    pub(crate) fn known(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Unknown(_) => None,
        }
    }
}

/// Reads the duty a server tells of. One that this version does not know counts as a break: nothing is promised of it.
///
/// # Errors
/// If there is nothing that could be a duty.
pub fn known_duty<'de, D: Deserializer<'de>>(from: D) -> Result<Duty, D::Error> {
    Ok(Heard::deserialize(from)?.known().unwrap_or(Duty::Break))
}

/// Reads the rules a server tells of, without those that this version does not know.
fn known_rules<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Rule>, D::Error> {
    fn known<T: DeserializeOwned>(all: Vec<Heard<T>>) -> Vec<T> {
        all.into_iter().filter_map(Heard::known).collect()
    }
    Vec::deserialize(from).map(known)
}
