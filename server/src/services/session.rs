//! Sessions.

use super::Resources;
use crate::people::{SignedIn, Source};
use app::api::service::{Caller, Request, SessionChange};
use app::api::session::SessionService;
use app::api::{ApiError, ErrorCode};
use async_trait::async_trait;
use domain::member::Me;
use protocol::CloseCode;

#[async_trait]
impl SessionService for Resources {
    async fn login(&self, request: &Request, login: &str, password: String) -> Result<Me, ApiError> {
        let SignedIn { member, token } = self.people.log_in(source(request), login, password).await?;
        let member = self.people.member(member).await?.ok_or_else(ApiError::wrong_login)?;
        request.change_session(SessionChange::Hold(token));
        tracing::info!(member = %member.me.id, "logged in");
        Ok(member.me.as_ref().clone())
    }

    async fn logout(&self, request: &Request, caller: &Caller) -> Result<(), ApiError> {
        self.people.end_session(caller.session).await?;
        request.change_session(SessionChange::Forget);
        self.hub
            .disconnect(caller.me.id, Some(caller.session.0), CloseCode::Unauthorized)
            .await;
        Ok(())
    }

    async fn change_password(
        &self,
        request: &Request,
        caller: &Caller,
        current: String,
        new: String,
    ) -> Result<(), ApiError> {
        let me = &caller.me;
        let changed = self
            .people
            .change_password(source(request), (me.id, &me.login), current, new)
            .await;
        let SignedIn { token, .. } = changed.inspect_err(|error| {
            if error.code == ErrorCode::InvalidInput {
                tracing::info!(member = %me.id, "gave a wrong password when changing it");
            }
        })?;
        request.change_session(SessionChange::Hold(token));
        tracing::info!(member = %me.id, "changed their password");
        // What is open in this browser comes back with the fresh session; whoever else was logged in is not any more.
        let here = Some(caller.session.0);
        self.hub.disconnect(me.id, here, CloseCode::TryAgain).await;
        self.hub.disconnect(me.id, None, CloseCode::Unauthorized).await;
        Ok(())
    }
}

fn source(request: &Request) -> Source {
    Source {
        address: request.address,
        is_shared: request.address_is_shared,
    }
}
