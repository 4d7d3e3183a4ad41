//! Connections of which nothing is heard any more, as docs/protocol.md promises: closed after 60 to 85 seconds, and not before.
//!
//! The clock stands still, and goes on when a test says so; sockets and database are real.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

mod support;

use futures_util::{SinkExt as _, StreamExt as _};
use protocol::desk::DeskFrame;
use protocol::guest::{GuestFrame, GuestHello};
use protocol::limits::{HEARTBEAT_MS, SILENCE_MS_MAX};
use protocol::{CloseCode, PROTOCOL};
use serde::Serialize;
use std::io;
use std::pin::Pin;
use std::sync::mpsc;
use std::task::{Context, Poll};
use std::time::Duration;
use store::Store;
use support::House;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::Message;

const HEARTBEAT_S: u32 = HEARTBEAT_MS / 1_000;
const SILENCE_S: u32 = SILENCE_MS_MAX / 1_000;

/// How long a test may take by the clock on the wall.
const REAL_PATIENCE: Duration = Duration::from_mins(1);

/// The clock, standing still.
struct Clock {
    store: Store,
    _stop: mpsc::Sender<()>,
}

impl Clock {
    fn stop(house: &House) -> Self {
        tokio::time::pause();
        let (stop, stopped) = mpsc::channel();
        // Else it would jump to the next deadline whenever everybody waits for a socket. A test that waits in vain gets
        // there in the end.
        tokio::task::spawn_blocking(move || stopped.recv_timeout(REAL_PATIENCE));
        Self {
            store: house.store.clone(),
            _stop: stop,
        }
    }

    /// Second by second, so that whatever is due is done in its time; the database answers as fast as ever.
    async fn pass(&self, seconds: u32) {
        for _ in 0..seconds {
            tokio::time::advance(Duration::from_secs(1)).await;
            self.store.ping().await.unwrap();
        }
        // A timer counts whole milliseconds, and none too few.
        tokio::time::advance(Duration::from_millis(1)).await;
    }
}

/// A network that can lose what it is given: what the protocol does by itself, such as answering a ping, is not heard then.
struct Network {
    stream: TcpStream,
    is_lossy: bool,
}

impl AsyncRead for Network {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Network {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        if self.is_lossy {
            return Poll::Ready(Ok(buf.len()));
        }
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// What the server says at a heartbeat.
#[derive(Debug, PartialEq, Eq)]
enum Beat {
    Ping,
    Close(u16),
}

struct Peer(WebSocketStream<Network>);

impl Peer {
    /// Welcomed just now, and from now on silent.
    async fn welcomed(url: String, hello: &impl Serialize) -> Self {
        let at = url.strip_prefix("ws://").unwrap().split_once('/').unwrap().0;
        let network = Network {
            stream: TcpStream::connect(at).await.unwrap(),
            is_lossy: false,
        };
        let (socket, _) = tokio_tungstenite::client_async(url, network).await.unwrap();
        let mut peer = Self(socket);
        peer.says(hello).await;
        peer.hears("welcome").await;
        peer.is_lossy(true);
        peer
    }

    async fn guest(house: &House) -> Self {
        let hello = GuestFrame::Hello(GuestHello {
            protocol: PROTOCOL,
            token: None,
            resume: None,
            page: domain::PageView::default(),
            environment: domain::guest::Environment::default(),
        });
        Self::welcomed(house.guest_url(), &hello).await
    }

    async fn desk(house: &House, login: &str) -> Self {
        let member = house.agent(login, 1).await;
        let (protocol, resume) = (PROTOCOL, vec![]);
        Self::welcomed(house.desk_url(member), &DeskFrame::Hello { protocol, resume }).await
    }

    fn is_lossy(&mut self, is_lossy: bool) {
        self.0.get_mut().is_lossy = is_lossy;
    }

    async fn says(&mut self, frame: &impl Serialize) {
        let frame = serde_json::to_string(frame).unwrap();
        self.0.send(Message::text(frame)).await.unwrap();
    }

    /// Reads on to a frame of that type.
    async fn hears(&mut self, what: &str) {
        let head = format!("{{\"type\":\"{what}\"");
        loop {
            match self.0.next().await {
                Some(Ok(Message::Text(text))) if text.starts_with(&head) => return,
                Some(Ok(Message::Text(_) | Message::Ping(_))) => {}
                other => panic!("{other:?} instead of {what}"),
            }
        }
    }

    /// Says a word that is heard, and so is none other.
    async fn gives_a_sign(&mut self) {
        self.is_lossy(false);
        self.says(&GuestFrame::Ping).await;
        self.hears("pong").await;
        self.is_lossy(true);
    }

    async fn beat(&mut self) -> Beat {
        let beat = loop {
            match self.0.next().await {
                Some(Ok(Message::Text(_))) => {}
                Some(Ok(Message::Ping(_))) => break Beat::Ping,
                Some(Ok(Message::Close(Some(close)))) => break Beat::Close(close.code.into()),
                other => panic!("{other:?} instead of a heartbeat"),
            }
        };
        // The answer, while nobody hears it.
        if beat == Beat::Ping {
            self.0.flush().await.unwrap();
        }
        beat
    }

    /// Lives on until the server closes the connection. After how many seconds, and what it was told.
    async fn closed_after(&mut self, clock: &Clock) -> (u32, u16) {
        for beats in 1..10 {
            clock.pass(HEARTBEAT_S).await;
            if let Beat::Close(code) = self.beat().await {
                return (beats * HEARTBEAT_S, code);
            }
        }
        panic!("it is open still");
    }
}

/// Whenever in a heartbeat it was heard last.
async fn is_closed_in_time(clock: &Clock, mut peer: Peer, last_word_s: u32) {
    if last_word_s > 0 {
        clock.pass(last_word_s).await;
        peer.gives_a_sign().await;
        clock.pass(HEARTBEAT_S - last_word_s).await;
        assert_eq!(peer.beat().await, Beat::Ping);
    }
    let before = if last_word_s > 0 { HEARTBEAT_S - last_word_s } else { 0 };
    let (closed_after, code) = peer.closed_after(clock).await;
    let silent = before + closed_after;
    assert_eq!(code, CloseCode::Silent.code());
    assert!((SILENCE_S..=SILENCE_S + HEARTBEAT_S).contains(&silent), "{silent} s");
}

#[tokio::test]
async fn a_silent_guest_is_closed_after_a_minute() {
    let house = House::open().await;
    let clock = Clock::stop(&house);
    for last_word_s in [0, 1, 14, 16, 24] {
        is_closed_in_time(&clock, Peer::guest(&house).await, last_word_s).await;
    }
}

#[tokio::test]
async fn a_silent_desk_is_closed_after_a_minute() {
    let house = House::open().await;
    let clock = Clock::stop(&house);
    for (login, last_word_s) in [("li", 1), ("mei", 24)] {
        is_closed_in_time(&clock, Peer::desk(&house, login).await, last_word_s).await;
    }
}

/// A frame of the protocol alone keeps it open, for those who never see a WebSocket's pings.
async fn is_kept_by_pings(clock: &Clock, mut peer: Peer) {
    for _ in 0..10 {
        clock.pass(HEARTBEAT_S).await;
        assert_eq!(peer.beat().await, Beat::Ping);
        peer.gives_a_sign().await;
    }
    assert_eq!(peer.closed_after(clock).await, (75, CloseCode::Silent.code()));
}

#[tokio::test]
async fn pings_keep_a_guest_and_a_desk_connected() {
    let house = House::open().await;
    let clock = Clock::stop(&house);
    is_kept_by_pings(&clock, Peer::guest(&house).await).await;
    is_kept_by_pings(&clock, Peer::desk(&house, "li").await).await;
}

async fn is_kept_by_pongs(clock: &Clock, mut peer: Peer) {
    peer.is_lossy(false);
    for _ in 0..10 {
        clock.pass(HEARTBEAT_S).await;
        assert_eq!(peer.beat().await, Beat::Ping);
    }
}

/// So does a browser that says nothing, by answering the server's.
#[tokio::test]
async fn pongs_keep_a_guest_and_a_desk_connected() {
    let house = House::open().await;
    let clock = Clock::stop(&house);
    is_kept_by_pongs(&clock, Peer::guest(&house).await).await;
    is_kept_by_pongs(&clock, Peer::desk(&house, "li").await).await;
}
