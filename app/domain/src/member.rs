//! Members: the people with an account here.

use crate::heard::{read_known, read_value};
use crate::{AuthGroupId, GroupId, MemberId, Rule, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

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

/// Reads the duty a server tells of. One that this version does not know counts as a break: nothing is promised of it.
///
/// # Errors
/// If there is nothing that could be a duty.
pub fn known_duty<'de, D: Deserializer<'de>>(from: D) -> Result<Duty, D::Error> {
    Ok(read_known(from)?.unwrap_or(Duty::Break))
}

/// Reads the rules a server tells of, without those that this version does not know.
fn known_rules<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Rule>, D::Error> {
    let all = Vec::<Value>::deserialize(from)?;
    Ok(all.iter().filter_map(read_value).collect())
}
