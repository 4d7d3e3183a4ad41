//! Connections of HTTP: accepted, given their time, and let finish when the server stops.
//!
//! `axum::serve` would accept as well, but it waits for a request for as long as a peer likes: whoever opens connections
//! and sends nothing, or a header a minute, could hold all there are.

use crate::linger::Lingering;
use axum::Router;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Between attempts to accept while there is no room.
const ACCEPT_AGAIN: Duration = Duration::from_millis(250);

/// How long peers may take over the heads of their requests.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    /// For the first one of a connection.
    pub(crate) first: Duration,
    /// For each of the others, from the answer before it on: proxies keep connections that they do not use for a minute.
    pub(crate) next: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            first: Duration::from_secs(10),
            next: Duration::from_secs(75),
        }
    }
}

/// Serves until `stop` comes true, and then lets the requests end that have begun.
pub(crate) async fn serve(
    mut listener: TcpListener,
    router: Router,
    patience: Patience,
    stop: impl Future<Output = ()> + Send,
) {
    let (connections, stopping) = (TaskTracker::new(), CancellationToken::new());
    tokio::pin!(stop);
    let mut is_short = false;
    loop {
        let (stream, peer) = tokio::select! {
            accepted = accept(&mut listener, &mut is_short) => accepted,
            () = &mut stop => break,
        };
        connections.spawn(connection(stream, peer, router.clone(), patience, stopping.clone()));
    }
    drop(listener);
    stopping.cancel();
    connections.close();
    connections.wait().await;
}

/// The next connection. Passes over those that are gone by now, and waits where the system has no room for another one, which
/// is said once until there is.
async fn accept(listener: &mut TcpListener, is_short: &mut bool) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => {
                if std::mem::take(is_short) {
                    tracing::info!("connections are accepted again");
                }
                return accepted;
            }
            Err(error) if is_of_the_peer(&error) => {}
            Err(error) => {
                if !std::mem::replace(is_short, true) {
                    tracing::error!(
                        %error,
                        "no connections are accepted until some end; if too many files are open, raise the limit \
                         (ulimit -n, or LimitNOFILE= of the service)"
                    );
                }
                sleep(ACCEPT_AGAIN).await;
            }
        }
    }
}

/// The one connection failed, and not the listening.
fn is_of_the_peer(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// One connection, from its first byte to its last or to its upgrade.
async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    patience: Patience,
    stopping: CancellationToken,
) {
    // Frames are small and somebody waits for each: none is held back to fill a packet.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection keeps its delay");
    }
    let asked = Arc::new(AtomicBool::new(false));
    let service = {
        let (asked, router) = (Arc::clone(&asked), TowerToHyperService::new(router));
        service_fn(move |mut request: Request<Incoming>| {
            asked.store(true, Ordering::Relaxed);
            request.extensions_mut().insert(ConnectInfo(peer));
            router.call(request)
        })
    };
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(patience.next);
    let io = TokioIo::new(Lingering::new(stream));
    let connection = builder.serve_connection(io, service).with_upgrades();
    tokio::pin!(connection);
    let late = sleep(patience.first);
    tokio::pin!(late);
    let (mut in_time, mut ending) = (false, false);
    let ended = loop {
        tokio::select! {
            ended = &mut connection => break ended,
            () = stopping.cancelled(), if !ending => {
                ending = true;
                connection.as_mut().graceful_shutdown();
            }
            () = &mut late, if !in_time => {
                in_time = asked.load(Ordering::Relaxed);
                if !in_time {
                    return tracing::debug!(%peer, "a connection was opened and not used");
                }
            }
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, %peer, "a connection broke");
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails here should panic")]
    use super::*;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::sync::oneshot;
    use tokio::time::timeout;

    const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nhost: a\r\n\r\n";

    /// A connection to a server that has this patience, in milliseconds.
    async fn connected(first: u64, next: u64) -> (TcpStream, oneshot::Sender<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let stream = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let patience = Patience {
            first: Duration::from_millis(first),
            next: Duration::from_millis(next),
        };
        let router = Router::new().route("/", get(|| async { "here" }));
        let (stop, stopped) = oneshot::channel();
        tokio::spawn(serve(listener, router, patience, async { drop(stopped.await) }));
        (stream, stop)
    }

    /// What comes until the server closes the connection.
    async fn rest(stream: &mut TcpStream) -> String {
        let mut bytes = Vec::new();
        let read = stream.read_to_end(&mut bytes);
        timeout(Duration::from_secs(20), read).await.unwrap().unwrap();
        String::from_utf8(bytes).unwrap()
    }

    /// Asks, and reads the answer to its end.
    async fn ask(stream: &mut TcpStream) {
        stream.write_all(REQUEST).await.unwrap();
        let mut answer = Vec::new();
        while !answer.ends_with(b"here") {
            assert!(stream.read_buf(&mut answer).await.unwrap() > 0, "it was closed");
        }
    }

    #[tokio::test]
    async fn whoever_asks_nothing_is_not_waited_for() {
        for said in [&b""[..], b"GET / HTTP/1.1\r\nx-slow: 1\r\n"] {
            let (mut stream, _stop) = connected(50, 60_000).await;
            stream.write_all(said).await.unwrap();
            assert_eq!(rest(&mut stream).await, "");
        }
    }

    #[tokio::test]
    async fn whoever_has_asked_may_ask_again_later_but_not_for_ever() {
        let (mut stream, _stop) = connected(50, 200).await;
        ask(&mut stream).await;
        ask(&mut stream).await;
        assert_eq!(rest(&mut stream).await, "");
    }

    #[tokio::test]
    async fn a_stop_ends_what_is_idle() {
        let (mut stream, stop) = connected(20_000, 60_000).await;
        ask(&mut stream).await;
        drop(stop);
        assert_eq!(rest(&mut stream).await, "");
    }
}
