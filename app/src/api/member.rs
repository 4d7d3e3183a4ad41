//! Members: the people with an account here.

use super::{ApiError, FieldProblem, check::Check};
use domain::member::{Member, SEATS_MAX};
use domain::{AuthGroupId, GroupId, MemberId};
use leptos::prelude::server;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

/// A member to be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewMember {
    /// 2 to 64 characters without white space, unique without regard to case.
    pub login: String,
    /// 1 to 64 characters.
    pub name: String,
    /// 0 to [`SEATS_MAX`].
    pub seats: i32,
    #[serde(default)]
    pub groups: Vec<GroupId>,
    #[serde(default)]
    pub auth_groups: Vec<AuthGroupId>,
}

/// A member and the password they start with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreatedMember {
    pub member: Member,
    /// Random, and shown this once.
    pub password: String,
}

/// Everything about a member that can be changed, as it shall be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberChange {
    pub name: String,
    pub seats: i32,
    pub groups: Vec<GroupId>,
    pub auth_groups: Vec<AuthGroupId>,
}

/// A password made by the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPassword {
    /// Random, and shown this once.
    pub password: String,
}

impl NewMember {
    /// The same without white space around the names, if it may be.
    ///
    /// # Errors
    /// Names every field that is wrong.
    pub fn checked(mut self) -> Result<Self, ApiError> {
        self.login = String::from(self.login.trim());
        self.name = String::from(self.name.trim());
        let mut check = Check::default();
        check
            .text("login", &self.login, 2..=64)
            .text("name", &self.name, 1..=64)
            .number("seats", self.seats, 0..=SEATS_MAX);
        if self.login.contains(char::is_whitespace) {
            check.problem("login", FieldProblem::Invalid);
        }
        check.done().map(|()| self)
    }
}

impl MemberChange {
    /// The same without white space around the name, if it may be.
    ///
    /// # Errors
    /// Names every field that is wrong.
    pub fn checked(mut self) -> Result<Self, ApiError> {
        self.name = String::from(self.name.trim());
        Check::default()
            .text("name", &self.name, 1..=64)
            .number("seats", self.seats, 0..=SEATS_MAX)
            .done()
            .map(|()| self)
    }
}

/// All members, by login.
#[server(prefix = "/api/v1", endpoint = "member/list", input = Json, output = Json)]
pub async fn list() -> Result<Vec<Member>, ApiError> {
    super::service::services()?.members.list().await
}

/// Create a member with a random password. Nobody can hand out rules they do not hold themselves: `forbidden`.
#[server(prefix = "/api/v1", endpoint = "member/create", input = Json, output = Json)]
pub async fn create(member: NewMember) -> Result<CreatedMember, ApiError> {
    let (caller, member) = (super::service::caller()?, member.checked()?);
    super::service::services()?.members.create(&caller, member).await
}

/// Change a member. In force at once, in open sessions too. `forbidden` if the member has, or would get, rules that the
/// caller does not hold; `conflict` if nobody would be left who can edit members.
#[server(prefix = "/api/v1", endpoint = "member/update", input = Json, output = Json)]
pub async fn update(id: MemberId, change: MemberChange) -> Result<Member, ApiError> {
    let (caller, change) = (super::service::caller()?, change.checked()?);
    super::service::services()?.members.update(&caller, id, change).await
}

/// Disable a member, which ends their sessions and gives their guests to others, or enable them again. `conflict` for
/// oneself.
#[server(prefix = "/api/v1", endpoint = "member/set_disabled", input = Json, output = Json)]
pub async fn set_disabled(id: MemberId, disabled: bool) -> Result<Member, ApiError> {
    let caller = super::service::caller()?;
    super::service::services()?
        .members
        .set_disabled(&caller, id, disabled)
        .await
}

/// Give a member a new random password, which ends their sessions.
#[server(prefix = "/api/v1", endpoint = "member/reset_password", input = Json, output = Json)]
pub async fn reset_password(id: MemberId) -> Result<NewPassword, ApiError> {
    let caller = super::service::caller()?;
    super::service::services()?.members.reset_password(&caller, id).await
}

#[cfg(feature = "ssr")]
pub use on_server::MemberService;
#[cfg(feature = "ssr")]
pub(super) use on_server::endpoints;

#[cfg(feature = "ssr")]
mod on_server {
    use super::{
        ApiError, Create, CreatedMember, List, Member, MemberChange, MemberId, NewMember, NewPassword, ResetPassword,
        SetDisabled, Update,
    };
    use crate::api::access::{Access, Endpoint};
    use crate::api::service::Caller;
    use domain::Rule;

    pub(in crate::api) fn endpoints() -> Vec<Endpoint> {
        vec![
            Endpoint::of::<List>(Access::Rule(Rule::MemberView)),
            Endpoint::of::<Create>(Access::Rule(Rule::MemberEdit)),
            Endpoint::of::<Update>(Access::Rule(Rule::MemberEdit)),
            Endpoint::of::<SetDisabled>(Access::Rule(Rule::MemberEdit)),
            Endpoint::of::<ResetPassword>(Access::Rule(Rule::MemberEdit)),
        ]
    }

    /// Members, as the server keeps them.
    #[async_trait::async_trait]
    pub trait MemberService: Send + Sync {
        async fn list(&self) -> Result<Vec<Member>, ApiError>;
        async fn create(&self, caller: &Caller, member: NewMember) -> Result<CreatedMember, ApiError>;
        async fn update(&self, caller: &Caller, id: MemberId, change: MemberChange) -> Result<Member, ApiError>;
        async fn set_disabled(&self, caller: &Caller, id: MemberId, disabled: bool) -> Result<Member, ApiError>;
        async fn reset_password(&self, caller: &Caller, id: MemberId) -> Result<NewPassword, ApiError>;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn a_new_member_is_trimmed_or_told_every_field_that_is_wrong() {
        let good = NewMember {
            login: " anna ".into(),
            name: " Anna ".into(),
            seats: 3,
            ..NewMember::default()
        };
        assert_eq!(
            good.checked().map(|member| (member.login, member.name)),
            Ok(("anna".into(), "Anna".into()))
        );

        let bad = NewMember {
            login: "a b".into(),
            seats: -1,
            ..NewMember::default()
        };
        assert_eq!(
            bad.checked().map_err(|error| error.fields),
            Err(BTreeMap::from([
                ("login".into(), FieldProblem::Invalid),
                ("name".into(), FieldProblem::Required),
                ("seats".into(), FieldProblem::OutOfRange),
            ]))
        );
    }
}
