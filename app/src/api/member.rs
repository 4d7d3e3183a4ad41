//! Members: the people with an account here.

use super::json::Json;
use super::{ApiError, FieldProblem, check::Check};
use domain::member::{Member, SEATS_MAX};
use domain::{AuthGroupId, GroupId, MemberId, name};
use leptos::prelude::server;
use serde::{Deserialize, Serialize};

/// A member to be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewMember {
    /// 2 to 64 characters that can be seen, unique without regard to case, and not to be taken for another one.
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
    /// The same with the names as they are kept, if it may be.
    ///
    /// # Errors
    /// Names every field that is wrong.
    pub fn checked(mut self) -> Result<Self, ApiError> {
        self.login = String::from(self.login.trim());
        self.name = name::clean(&self.name);
        let mut check = Check::default();
        check
            .text("login", &self.login, 2..=64)
            .text("name", &self.name, 1..=64)
            .number("seats", self.seats, 0..=SEATS_MAX);
        if self.login.contains(char::is_whitespace) {
            check.problem("login", FieldProblem::Invalid);
        }
        if self.login.contains(name::is_hidden) {
            check.problem("login", FieldProblem::Hidden);
        }
        check.done().map(|()| self)
    }
}

impl MemberChange {
    /// The same with the name as it is kept, if it may be.
    ///
    /// # Errors
    /// Names every field that is wrong.
    pub fn checked(mut self) -> Result<Self, ApiError> {
        self.name = name::clean(&self.name);
        Check::default()
            .text("name", &self.name, 1..=64)
            .number("seats", self.seats, 0..=SEATS_MAX)
            .done()
            .map(|()| self)
    }
}

/// All members, by login.
#[server(prefix = "/api/v1", endpoint = "member/list", protocol = Json)]
pub async fn list() -> Result<Vec<Member>, ApiError> {
    super::service::services()?.members.list().await
}

/// Create a member with a random password. Nobody can hand out rules they do not hold themselves: `forbidden`.
#[server(prefix = "/api/v1", endpoint = "member/create", protocol = Json)]
pub async fn create(member: NewMember) -> Result<CreatedMember, ApiError> {
    let (caller, member) = (super::service::caller()?, member.checked()?);
    super::service::services()?.members.create(&caller, member).await
}

/// Change a member, from that version of them. In force at once, in open sessions too. `forbidden` if the member has, or
/// would get, rules that the caller does not hold; `conflict` if the version is not the newest, with the member as `current`,
/// or if nobody would be left who can edit members.
#[server(prefix = "/api/v1", endpoint = "member/update", protocol = Json)]
pub async fn update(id: MemberId, version: i64, change: MemberChange) -> Result<Member, ApiError> {
    let (caller, change) = (super::service::caller()?, change.checked()?);
    let members = super::service::services()?.members;
    members.update(&caller, id, version, change).await
}

/// Disable a member, which ends their sessions and gives their guests to others, or enable them again. `conflict` for
/// oneself.
#[server(prefix = "/api/v1", endpoint = "member/set_disabled", protocol = Json)]
pub async fn set_disabled(id: MemberId, disabled: bool) -> Result<Member, ApiError> {
    let caller = super::service::caller()?;
    super::service::services()?
        .members
        .set_disabled(&caller, id, disabled)
        .await
}

/// Give a member a new random password, which ends their sessions. `conflict` if that version of them is not the newest,
/// with the member as `current`: somebody else may just have done the same.
#[server(prefix = "/api/v1", endpoint = "member/reset_password", protocol = Json)]
pub async fn reset_password(id: MemberId, version: i64) -> Result<NewPassword, ApiError> {
    let caller = super::service::caller()?;
    let members = super::service::services()?.members;
    members.reset_password(&caller, id, version).await
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
        async fn update(
            &self,
            caller: &Caller,
            id: MemberId,
            version: i64,
            change: MemberChange,
        ) -> Result<Member, ApiError>;
        async fn set_disabled(&self, caller: &Caller, id: MemberId, disabled: bool) -> Result<Member, ApiError>;
        async fn reset_password(&self, caller: &Caller, id: MemberId, version: i64) -> Result<NewPassword, ApiError>;
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

    #[test]
    fn what_cannot_be_seen_is_no_part_of_a_login_and_no_name() {
        let member = |login: &str, name: &str| NewMember {
            login: login.into(),
            name: name.into(),
            ..NewMember::default()
        };
        let fields = |member: NewMember| member.checked().map_err(|error| error.fields).err().unwrap_or_default();
        for login in ["ad\u{200B}min", "admin\u{3164}", "\u{202E}nimda", "ad\u{AD}min"] {
            let problems = fields(member(login, "Anna"));
            assert_eq!(
                problems,
                BTreeMap::from([("login".into(), FieldProblem::Hidden)]),
                "{login:?}"
            );
        }
        let problems = fields(member("anna", "\u{200B}\u{3164}"));
        assert_eq!(problems, BTreeMap::from([("name".into(), FieldProblem::Required)]));
        let cleaned = member("anna", "An\u{202E}na\u{200B}")
            .checked()
            .map(|member| member.name);
        assert_eq!(cleaned, Ok("Anna".into()));
    }
}
