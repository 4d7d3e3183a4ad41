//! Members.

use super::{Resources, input_error, store_failed};
use crate::people::{Reset, logins};
use app::api::member::{CreatedMember, MemberChange, MemberService, NewMember, NewPassword};
use app::api::service::Caller;
use app::api::{ApiError, ErrorCode};
use async_trait::async_trait;
use domain::member::Member;
use domain::{AuthGroupId, MemberId};
use protocol::CloseCode;
use store::{MemberUpdate, StoreError};

#[async_trait]
impl MemberService for Resources {
    async fn list(&self) -> Result<Vec<Member>, ApiError> {
        let mut members = self.store.members().await.map_err(store_failed)?;
        members.sort_by_cached_key(|member| member.login.to_lowercase());
        Ok(members)
    }

    async fn create(&self, caller: &Caller, member: NewMember) -> Result<CreatedMember, ApiError> {
        self.holds_all(caller, &member.auth_groups).await?;
        let password = crate::random::password();
        let new = store::NewMember {
            login: logins::accept(&self.store, &member.login).await?,
            name: member.name,
            password_hash: self.people.passwords().hash(password.clone()).await?,
            seats: member.seats,
            groups: member.groups,
            auth_groups: member.auth_groups,
        };
        let now = self.people.now();
        let member = self.store.create_member(&new, now).await.map_err(input_error)?;
        tracing::info!(by = %caller.me.id, member = %member.id, "created a member");
        self.publish_member(member.id).await;
        Ok(CreatedMember { member, password })
    }

    async fn update(
        &self,
        caller: &Caller,
        id: MemberId,
        version: i64,
        change: MemberChange,
    ) -> Result<Member, ApiError> {
        let before = self.existing(id).await?;
        self.holds_all(caller, &before.auth_groups).await?;
        self.holds_all(caller, &change.auth_groups).await?;
        let update = MemberUpdate {
            name: change.name,
            seats: change.seats,
            groups: change.groups,
            auth_groups: change.auth_groups,
        };
        let updated = match self.store.update_member(id, Some(version), &update).await {
            Err(StoreError::Outdated) => return Err(ApiError::outdated(self.existing(id).await?)),
            updated => updated.map_err(input_error)?,
        };
        let member = updated.ok_or_else(|| ApiError::not_found("member"))?;
        tracing::info!(by = %caller.me.id, member = %id, "changed a member");
        self.publish_member(id).await;
        if member.auth_groups != before.auth_groups {
            let me = self.store.me(id).await.map_err(store_failed)?;
            self.hub
                .rules_changed(id, me.map(|me| me.rules).unwrap_or_default())
                .await;
        }
        Ok(member)
    }

    async fn set_disabled(&self, caller: &Caller, id: MemberId, disabled: bool) -> Result<Member, ApiError> {
        if id == caller.me.id {
            return Err(ApiError::new(ErrorCode::Conflict, "nobody can disable themselves"));
        }
        self.holds_all(caller, &self.existing(id).await?.auth_groups).await?;
        let changed = self
            .store
            .set_member_disabled(id, disabled, self.people.now())
            .await
            .map_err(input_error)?;
        let member = changed.ok_or_else(|| ApiError::not_found("member"))?;
        tracing::info!(by = %caller.me.id, member = %id, disabled, "disabled or enabled a member");
        self.publish_member(id).await;
        if disabled {
            self.hub.disconnect(id, None, CloseCode::Unauthorized).await;
        }
        Ok(member)
    }

    async fn reset_password(&self, caller: &Caller, id: MemberId, version: i64) -> Result<NewPassword, ApiError> {
        let member = self.existing(id).await?;
        self.holds_all(caller, &member.auth_groups).await?;
        if member.version != version {
            return Err(ApiError::outdated(member));
        }
        let reset = match self.people.reset_password(id, version).await? {
            Reset::Outdated => return Err(ApiError::outdated(self.existing(id).await?)),
            Reset::Done(password) => Some(password),
            Reset::Missing => None,
        };
        let password = reset.ok_or_else(|| ApiError::not_found("member"))?;
        tracing::info!(by = %caller.me.id, member = %id, "reset a password");
        self.hub.disconnect(id, None, CloseCode::Unauthorized).await;
        Ok(NewPassword { password })
    }
}

impl Resources {
    async fn existing(&self, id: MemberId) -> Result<Member, ApiError> {
        let member = self.store.member(id).await.map_err(store_failed)?;
        member.ok_or_else(|| ApiError::not_found("member"))
    }

    /// Nobody hands out, or lays hands on, rules they do not hold themselves: who edits members would otherwise hold
    /// every rule at one remove.
    async fn holds_all(&self, caller: &Caller, groups: &[AuthGroupId]) -> Result<(), ApiError> {
        let all = self.store.auth_groups().await.map_err(store_failed)?;
        let mut rules = all
            .iter()
            .filter(|group| groups.contains(&group.id))
            .flat_map(|group| &group.rules);
        if rules.all(|rule| caller.me.may(*rule)) {
            Ok(())
        } else {
            Err(ApiError::forbidden())
        }
    }

    /// Tells cache and hub of a change that is stored.
    pub(super) async fn publish_member(&self, id: MemberId) {
        self.people.members().changed(id).await;
        if let Err(error) = self.hub.member_changed(id).await {
            tracing::error!(%error, member = %id, "the hub could not be told of a changed member");
        }
    }
}
