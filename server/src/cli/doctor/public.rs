//! How people reach the server: asked from outside, through whatever stands between, as a page and as a WebSocket.

use super::Told;
use super::line::connect;
use super::words::Words;
use crate::config::PublicUrl;
use crate::http::{Address, Arrival};
use anyhow::anyhow;
use futures_util::StreamExt as _;
use http_body_util::{BodyExt as _, Collected, Empty, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{HOST, LOCATION, ORIGIN};
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::json;
use std::future::Future;
use std::time::Duration;
use store::examine::Severity;
use tokio_tungstenite::client_async;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error, Message};
use url::Url;

/// How long each question may take.
const PATIENCE: Duration = Duration::from_secs(8);

/// Longest answer read.
const ANSWER_BYTES_MAX: usize = 4_096;

/// The proxy is to be set up as described.
const PROXIES: &str = "docs/proxies.md has whole configurations of common proxies.";

/// What a plain question came to.
enum Answer {
    Arrived(Arrival),
    /// Sent on to another address.
    Elsewhere(String),
    /// It does not reach the server.
    Unreached(StatusCode),
    /// Somebody else answers.
    Another(StatusCode),
}

/// Asks at the public address, and says what is not right there.
pub(super) async fn look(public_url: &PublicUrl) -> Vec<Told> {
    let at = public_url.origin();
    let answer = match in_time(ask(public_url)).await {
        Ok(answer) => answer,
        Err(error) => return vec![unreachable(at, &error)],
    };
    match answer {
        Answer::Arrived(arrival) => {
            let mut told = arrived(at, arrival);
            if let Err(error) = in_time(listen(public_url)).await {
                told.push(no_socket(at, &error));
            }
            told
        }
        Answer::Elsewhere(to) => vec![wrong(
            "public_url_redirects",
            format!("{at}, which is set as public_url, sends people on to {to}."),
            "Set public_url to the address where they end up, scheme included.".to_owned(),
        )],
        Answer::Unreached(status) => vec![wrong(
            "proxy_without_server",
            format!("The proxy at {at} answers {status}: it does not reach the server, which runs."),
            format!("Have the proxy ask where the server listens. {PROXIES}"),
        )],
        Answer::Another(status) => vec![wrong(
            "public_url_of_another",
            format!("Something at {at} answers {status}, and it is not this server."),
            format!("Look where the name leads, and whether the proxy passes every path on to the server. {PROXIES}"),
        )],
    }
}

async fn in_time<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    let done = tokio::time::timeout(PATIENCE, work).await;
    done.unwrap_or_else(|_| Err(anyhow!("no answer within {} s", PATIENCE.as_secs())))
}

fn question(public_url: &PublicUrl) -> anyhow::Result<Url> {
    let mut url = Url::parse(public_url.origin())?.join("/ws/check")?;
    url.query_pairs_mut().append_pair("origin", public_url.origin());
    Ok(url)
}

/// Host and port as a browser would send them.
fn host(url: &Url) -> &str {
    url.as_str()
        .split_once("://")
        .and_then(|(_, rest)| rest.split('/').next())
        .unwrap_or_default()
}

/// A plain request.
async fn ask(public_url: &PublicUrl) -> anyhow::Result<Answer> {
    let url = question(public_url)?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(connect(&url).await?)).await?;
    let path = url.as_str().trim_start_matches(public_url.origin());
    let request = Request::get(path)
        .header(HOST, host(&url))
        .body(Empty::<Bytes>::new())?;
    let exchange = async {
        let answer = sender.send_request(request).await?;
        let (head, body) = answer.into_parts();
        let body = Limited::new(body, ANSWER_BYTES_MAX).collect().await;
        // Too long an answer is none of ours.
        let body = body.map(Collected::to_bytes).unwrap_or_default();
        let location = head.headers.get(LOCATION).and_then(|to| to.to_str().ok());
        Ok(match (head.status, location) {
            (status, Some(to)) if status.is_redirection() => {
                let to = url
                    .join(to)
                    .map_or_else(|_| to.to_owned(), |to| to.origin().ascii_serialization());
                Answer::Elsewhere(to)
            }
            (StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT, _) => {
                Answer::Unreached(head.status)
            }
            (status, _) => serde_json::from_slice(&body).map_or(Answer::Another(status), Answer::Arrived),
        })
    };
    tokio::select! {
        answer = exchange => answer,
        ended = connection => Err(ended.err().map_or_else(|| anyhow!("the connection ended"), Into::into)),
    }
}

/// A WebSocket, up to its first frame.
async fn listen(public_url: &PublicUrl) -> anyhow::Result<()> {
    let url = question(public_url)?;
    let mut address = url.clone();
    let scheme = if public_url.is_https() { "wss" } else { "ws" };
    address
        .set_scheme(scheme)
        .map_err(|()| anyhow!("the address takes no other scheme"))?;
    let mut request = address.as_str().into_client_request()?;
    request.headers_mut().insert(ORIGIN, public_url.origin().parse()?);
    let mut socket = match client_async(request, connect(&url).await?).await {
        Ok((socket, _)) => socket,
        Err(Error::Http(answer)) => {
            return Err(anyhow!("it is answered {} instead of being upgraded", answer.status()));
        }
        Err(error) => return Err(error.into()),
    };
    match socket.next().await {
        Some(Ok(Message::Text(_))) => Ok(()),
        _ => Err(anyhow!("the socket opens, and no frame comes through")),
    }
}

/// What is not right with how a request arrives.
fn arrived(at: &str, arrival: Arrival) -> Vec<Told> {
    let mut told = Vec::new();
    if !arrival.own_origin {
        told.push(wrong(
            "public_url_unknown",
            format!("The server does not take {at} for its own address, so nobody can log in there."),
            format!("Start the server with public_url = \"{at}\", too; here it is set. {PROXIES}"),
        ));
    }
    if !arrival.host_kept {
        told.push(odd(
            "host_changed",
            format!("The proxy at {at} changes the Host header. Under that name it does no harm; under any other nobody can log in."),
            format!("Have the proxy pass Host on unchanged. {PROXIES}"),
        ));
    }
    if !arrival.scheme_kept {
        told.push(odd(
            "scheme_changed",
            format!("The proxy says in X-Forwarded-Proto that another scheme was asked for than that of {at}."),
            format!("Look whether public_url is right, and have the proxy say what people use. {PROXIES}"),
        ));
    }
    let address = match arrival.address {
        Address::NotBelieved => Some(wrong(
            "proxy_not_trusted",
            format!(
                "The proxy at {at} says whom it asks for, and is not believed: everybody behind it counts as one, and shares the limits \
                     of log-ins and new guests."
            ),
            "Set trusted_proxies to the proxy's address; the server's log names it.".to_owned(),
        )),
        Address::NotTold => Some(wrong(
            "address_not_told",
            format!(
                "The proxy at {at} is trusted, but does not say whom it asks for: everybody behind it counts as one."
            ),
            format!("Have the proxy send X-Forwarded-For. {PROXIES}"),
        )),
        Address::OfConnection if at.starts_with("https://") => Some(odd(
            "address_not_told",
            format!("The proxy at {at} does not say whom it asks for: everybody behind it counts as one."),
            format!("Have the proxy send X-Forwarded-For, and set trusted_proxies to its address. {PROXIES}"),
        )),
        Address::Told | Address::OfConnection => None,
    };
    told.extend(address);
    told
}

fn unreachable(at: &str, error: &anyhow::Error) -> Told {
    odd(
        "public_url_unreachable",
        format!("{at}, which is set as public_url, cannot be reached from this machine: {error:#}."),
        "If people reach it all the same, only this machine cannot: its name or the way back in may be known elsewhere only. \
         Otherwise look at the name, the firewall, the proxy and its certificate."
            .to_owned(),
    )
}

fn no_socket(at: &str, error: &anyhow::Error) -> Told {
    wrong(
        "no_websocket",
        format!("No WebSocket comes through at {at} ({error:#}), so neither guests nor agents get a connection."),
        format!("Have the proxy pass Upgrade and Connection on for /ws/. {PROXIES}"),
    )
}

fn wrong(finding: &str, what: String, todo: String) -> Told {
    told(Severity::Wrong, finding, what, todo)
}

fn odd(finding: &str, what: String, todo: String) -> Told {
    told(Severity::Odd, finding, what, todo)
}

fn told(severity: Severity, finding: &str, what: String, todo: String) -> Told {
    Told {
        severity,
        words: Words {
            what,
            since: None,
            todo,
        },
        facts: json!({"finding": finding}),
    }
}
