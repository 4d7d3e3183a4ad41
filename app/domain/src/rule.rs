//! Auth rules: who may do what. The `auth_rule` rows are made from this enum; nothing else names a rule.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! rules {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)+) => {
        /// One named permission.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
        )]
        pub enum Rule {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)+
        }

        impl Rule {
            /// Every rule, in the order they are shown.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The stable name, as in the `auth_rule` table and in JSON.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }
    };
}

rules! {
    /// Work at the desk: hold seats, see the line and the missed queue of one's groups, claim, answer, close.
    ConversationServe = "conversation.serve",
    /// Read any conversation, its guest and the decisions made about it.
    ConversationView = "conversation.view",
    /// Hand a conversation to a colleague, past the limit of their seats if need be.
    ConversationTransfer = "conversation.transfer",
    /// See who is on duty, the seats, the lines and the missed queues of all groups.
    LiveView = "live.view",
    /// See members and their groups.
    MemberView = "member.view",
    /// Create, change and disable members, reset their passwords.
    MemberEdit = "member.edit",
    /// See member groups.
    GroupView = "member_group.view",
    /// Create and rename member groups, say who is in them.
    GroupEdit = "member_group.edit",
    /// See auth groups and their rules.
    AuthView = "auth_group.view",
    /// See sites and their embed code.
    SiteView = "site.view",
    /// Create and change sites: allowed origins, look, default member group.
    SiteEdit = "site.edit",
}

impl Rule {
    /// The rule of that name, if there is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.name() == name)
    }
}

/// The auth groups a new database starts with: name and rules.
pub const INITIAL_AUTH_GROUPS: &[(&str, &[Rule])] = &[
    ("administrators", Rule::ALL),
    (
        "supervisors",
        &[
            Rule::ConversationServe,
            Rule::ConversationView,
            Rule::ConversationTransfer,
            Rule::LiveView,
            Rule::MemberView,
            Rule::GroupView,
        ],
    ),
    ("agents", &[Rule::ConversationServe]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_survive_json() {
        for (index, rule) in Rule::ALL.iter().enumerate() {
            assert_eq!(Rule::from_name(rule.name()), Some(*rule));
            assert_eq!(serde_json::to_value(rule).ok(), Some(rule.name().into()));
            assert!(
                Rule::ALL
                    .iter()
                    .skip(index + 1)
                    .all(|other| other.name() != rule.name())
            );
        }
    }
}
