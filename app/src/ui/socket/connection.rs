//! One connection, from its hello to its end.

use super::Nudge;
use super::vital::{Verdict, Vital};
use futures_channel::mpsc;
use futures_util::future::{Either, select};
use futures_util::stream::{SplitSink, once, select as merge};
use futures_util::{SinkExt, StreamExt, pin_mut};
use gloo_net::websocket::{Message, WebSocketError, futures::WebSocket};
use gloo_timers::future::{IntervalStream, TimeoutFuture};
use protocol::CloseCode;
use protocol::limits::HELLO_MS_MAX;
use serde::{Serialize, de::DeserializeOwned};

/// How it ended.
pub(super) enum Ended {
    /// The owner is gone; nobody wants another one.
    Gone,
    /// The server closed it and said why.
    Closed(CloseCode),
    /// It was never let in: a server that is down, or one that refuses the upgrade. The browser does not tell which.
    NotLetIn,
    /// It broke, or fell silent.
    Lost,
    /// The owner wants a new one at once.
    Restarted,
    /// The server says what this version does not understand.
    Unreadable,
}

/// What can happen while it lasts.
enum Happening<F> {
    Heard(Result<Message, WebSocketError>),
    ToSay(F),
    Nudged(Nudge),
    OwnerGone,
    Tick,
}

type Mouth = SplitSink<WebSocket, Message>;

/// Connects, says `hello`, and lives until it ends.
pub(super) async fn run<F: Serialize, E: DeserializeOwned>(
    url: &str,
    hello: &F,
    ping: &F,
    outbox: mpsc::Receiver<F>,
    nudged: &mut mpsc::Receiver<Nudge>,
    mut on_event: impl FnMut(E),
) -> Ended {
    let Ok(socket) = WebSocket::open(url) else {
        return Ended::Lost;
    };
    let (mut mouth, ear) = socket.split();
    if !said_in_time(&mut mouth, hello).await {
        return Ended::Lost;
    }
    let owner = nudged
        .map(Happening::Nudged)
        .chain(once(async { Happening::OwnerGone }));
    let peer = merge(ear.map(Happening::Heard), outbox.map(Happening::ToSay));
    let ticks = IntervalStream::new(Vital::TICK_MS).map(|()| Happening::Tick);
    let happenings = merge(peer, merge(owner, ticks));
    pin_mut!(happenings);

    let (mut vital, mut let_in) = (Vital::new(), false);
    while let Some(happening) = happenings.next().await {
        match happening {
            Happening::Heard(Ok(message)) => {
                vital.heard();
                let_in = true;
                match parse(message) {
                    Some(event) => on_event(event),
                    None => return Ended::Unreadable,
                }
            }
            Happening::Heard(Err(WebSocketError::ConnectionClose(close))) => {
                return match CloseCode::from_code(close.code) {
                    Some(code) => Ended::Closed(code),
                    None if let_in => Ended::Lost,
                    None => Ended::NotLetIn,
                };
            }
            // A close with its code follows.
            Happening::Heard(Err(_)) => {}
            Happening::ToSay(frame) => say(&mut mouth, &frame).await,
            Happening::Nudged(Nudge::Restart) => return Ended::Restarted,
            Happening::OwnerGone => return Ended::Gone,
            Happening::Nudged(Nudge::LookAround) => {
                vital.pinged();
                say(&mut mouth, ping).await;
            }
            Happening::Tick => match vital.tick() {
                Verdict::Well => {}
                Verdict::Ping => say(&mut mouth, ping).await,
                Verdict::Dead => return Ended::Lost,
            },
        }
    }
    Ended::Lost
}

/// Opening and hello together get as long as the server would give them.
async fn said_in_time<F: Serialize>(mouth: &mut Mouth, hello: &F) -> bool {
    let (said, late) = (say(mouth, hello), TimeoutFuture::new(HELLO_MS_MAX));
    pin_mut!(said, late);
    matches!(select(said, late).await, Either::Left(_))
}

/// Frames are plain enums and always serialise; one that cannot be sent is on a connection whose end comes next.
async fn say<F: Serialize>(mouth: &mut Mouth, frame: &F) {
    if let Ok(text) = serde_json::to_string(frame) {
        drop(mouth.send(Message::Text(text)).await);
    }
}

fn parse<E: DeserializeOwned>(message: Message) -> Option<E> {
    match message {
        Message::Text(text) => serde_json::from_str(&text).ok(),
        Message::Bytes(_) => None,
    }
}
