//! `/ws/check`: how a request arrives here from a page of that origin, proxies in between. Asked by pages whose socket is not
//! let in, and by `seatline doctor`, as a plain request and as a WebSocket.

use super::client::{Client, Forwarding};
use super::origin::{is_host_of, is_ours};
use super::upgrade::Upgrade;
use crate::state::AppState;
use axum::extract::ws::{Message, WebSocket};
use axum::extract::{Query, State};
use axum::http::header::{CACHE_CONTROL, HOST};
use axum::http::{HeaderMap, HeaderName};
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};

const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

#[derive(Deserialize)]
pub(super) struct Asked {
    /// The origin of the page that asks; browsers do not send it with every request.
    #[serde(default)]
    origin: String,
}

/// How it arrived. Says nothing that the proxy does not tell whoever asks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Arrival {
    /// Pages of that origin are taken for ours.
    pub(crate) own_origin: bool,
    /// `Host` is that of the page.
    pub(crate) host_kept: bool,
    /// `X-Forwarded-Proto` is that of the page, or is not there.
    pub(crate) scheme_kept: bool,
    pub(crate) address: Address,
}

/// What is known of the address of whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Address {
    /// The one that the connection comes from; nobody says that it is another's.
    OfConnection,
    /// The one that a trusted proxy tells.
    Told,
    /// The proxy is trusted, and does not tell.
    NotTold,
    /// The proxy tells, and is not trusted.
    NotBelieved,
}

impl From<Forwarding> for Address {
    fn from(forwarding: Forwarding) -> Self {
        match forwarding {
            Forwarding::None => Self::OfConnection,
            Forwarding::Told => Self::Told,
            Forwarding::Missing(_) => Self::NotTold,
            Forwarding::Untrusted(_) => Self::NotBelieved,
        }
    }
}

pub(super) async fn answer(
    State(state): State<AppState>,
    Query(Asked { origin }): Query<Asked>,
    Extension(client): Extension<Client>,
    headers: HeaderMap,
    upgrade: Result<Upgrade, Response>,
) -> Response {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let scheme = origin.split_once("://").map(|(scheme, _)| scheme);
    let arrival = Arrival {
        own_origin: is_ours(&origin, &headers, state.settings.public_url.as_ref()),
        host_kept: text(&HOST).is_some_and(|host| is_host_of(&origin, host)),
        scheme_kept: text(&FORWARDED_PROTO).is_none_or(|said| Some(said) == scheme),
        address: client.forwarding.into(),
    };
    match upgrade {
        Ok(Upgrade(upgrade)) => connection::bounded(upgrade).on_upgrade(move |socket| tell(socket, arrival)),
        Err(_) => ([(CACHE_CONTROL, "no-store")], Json(arrival)).into_response(),
    }
}

/// The same as a frame, so that whoever asked knows that frames come through.
async fn tell(mut socket: WebSocket, arrival: Arrival) {
    let told = match serde_json::to_string(&arrival) {
        Ok(text) => socket.send(Message::text(text)).await,
        Err(error) => return tracing::error!(%error, "an arrival could not be written down"),
    };
    if let Err(error) = told {
        tracing::debug!(%error, "whoever asked how it arrives is gone");
    }
}
