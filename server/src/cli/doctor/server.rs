//! How the server is that serves the database.

use super::Told;
use super::words::Words;
use http_body_util::{BodyExt as _, Empty, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use serde::Serialize;
use serde_json::json;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;
use store::examine::Severity;
use tokio::net::TcpStream;

/// Longer than the server itself waits for its database.
const PATIENCE: Duration = Duration::from_secs(5);

/// Longest answer read.
const ANSWER_BYTES_MAX: usize = 1_024;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(super) enum ServerState {
    /// Nobody serves the database.
    NotRunning,
    Ready {
        address: SocketAddr,
    },
    /// It answers that it is not ready.
    NotReady {
        address: SocketAddr,
        says: String,
    },
    /// One serves the database, and does not answer where it should.
    Silent {
        address: SocketAddr,
        why: String,
    },
}

/// Asks the server that listens on `address`; `is_held` if one serves the database.
pub(super) async fn ask(mut address: SocketAddr, is_held: bool) -> ServerState {
    if !is_held {
        return ServerState::NotRunning;
    }
    if address.ip().is_unspecified() {
        // Every address of this machine: this one, too.
        address.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    let answer = tokio::time::timeout(PATIENCE, readyz(address)).await;
    let silent = |why: String| ServerState::Silent { address, why };
    match answer {
        Ok(Ok((StatusCode::OK, _))) => ServerState::Ready { address },
        Ok(Ok((_, says))) => ServerState::NotReady { address, says },
        Ok(Err(error)) => silent(format!("{error:#}")),
        Err(_) => silent(format!("no answer within {} s", PATIENCE.as_secs())),
    }
}

async fn readyz(address: SocketAddr) -> anyhow::Result<(StatusCode, String)> {
    let stream = TcpStream::connect(address).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let request = Request::get("/readyz").header("host", address.to_string());
    let request = request.body(Empty::<Bytes>::new())?;
    let exchange = async {
        let answer = sender.send_request(request).await?;
        let status = answer.status();
        let body = Limited::new(answer.into_body(), ANSWER_BYTES_MAX).collect().await;
        let body = body.map_err(|error| anyhow::anyhow!(error))?.to_bytes();
        Ok((status, String::from_utf8_lossy(&body).trim().to_owned()))
    };
    tokio::select! {
        answer = exchange => answer,
        ended = connection => Err(ended.err().map_or_else(|| anyhow::anyhow!("the connection ended"), Into::into)),
    }
}

impl ServerState {
    /// What is wrong with it, if anything is.
    pub(super) fn told(&self) -> Option<Told> {
        let (finding, severity, what, todo) = match self {
            Self::NotRunning | Self::Ready { .. } => return None,
            Self::NotReady { address, says } => (
                "server_not_ready",
                Severity::Wrong,
                format!("The server at {address} runs, but cannot serve anybody: {says}."),
                "Its log says why: a full disk, a database that is locked or not reachable. It tries again every second and goes on \
                 by itself once the cause is gone; clients come back by themselves."
                    .to_owned(),
            ),
            Self::Silent { address, why } => (
                "server_silent",
                Severity::Wrong,
                format!("A server has the database open, but does not answer at {address}: {why}."),
                "If it listens elsewhere, say where with --listen. If not, look at its log; when it hangs, stop it and start it \
                 again: what was acknowledged is stored."
                    .to_owned(),
            ),
        };
        Some(Told {
            severity,
            words: Words {
                what,
                since: None,
                todo,
            },
            facts: json!({"finding": finding}),
        })
    }
}

impl fmt::Display for ServerState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRunning => write!(f, "no server runs on it"),
            Self::Ready { address } => write!(f, "the server at {address} is ready"),
            Self::NotReady { address, .. } => write!(f, "the server at {address} is not ready"),
            Self::Silent { address, .. } => write!(f, "the server does not answer at {address}"),
        }
    }
}
