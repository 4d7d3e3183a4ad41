//! One connection, from its hello to its end.

use super::Nudge;
use super::vital::{Verdict, Vital};
use domain::heard;
use futures_channel::mpsc;
use futures_util::future::{Either, poll_fn, select};
use futures_util::stream::{Stream, once, poll_fn as stream_fn, select as merge};
use futures_util::{Sink, StreamExt, pin_mut};
use gloo_net::websocket::{Message, State, WebSocketError, futures::WebSocket};
use gloo_timers::future::{IntervalStream, TimeoutFuture};
use protocol::CloseCode;
use protocol::limits::HELLO_MS_MAX;
use serde::{Serialize, de::DeserializeOwned};
use std::cell::RefCell;
use std::pin::Pin;
use std::task::ready;

/// How it ended.
pub(super) enum Ended {
    /// The owner is gone; nobody wants another one.
    Gone,
    /// The server closed it and said why.
    Closed(CloseCode),
    /// Nothing ever came: the server is down, or it or something on the way refuses the upgrade, or lets no frame through.
    /// The browser does not tell which.
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

/// The browser's socket, heard and spoken to in turns.
struct Peer(RefCell<WebSocket>);

impl Peer {
    fn hear(&self) -> impl Stream<Item = Result<Message, WebSocketError>> + '_ {
        stream_fn(|context| self.0.borrow_mut().poll_next_unpin(context))
    }

    /// Says it once the socket is open. On one that is closing nothing is said: browsers drop it and complain in the
    /// console, and its end is heard next.
    async fn say<F: Serialize>(&self, frame: &F) {
        // Frames are plain enums and always serialise.
        let Ok(text) = serde_json::to_string(frame) else { return };
        let mut message = Some(Message::Text(text));
        poll_fn(|context| {
            let mut socket = self.0.borrow_mut();
            let ready = ready!(Pin::new(&mut *socket).poll_ready(context)).is_ok();
            let open = ready && matches!(socket.state(), State::Open);
            if let Some(message) = message.take().filter(|_| open) {
                drop(Pin::new(&mut *socket).start_send(message));
            }
            std::task::Poll::Ready(())
        })
        .await;
    }
}

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
        return Ended::NotLetIn;
    };
    let socket = Peer(RefCell::new(socket));
    if !said_in_time(&socket, hello).await {
        return Ended::NotLetIn;
    }
    let owner = nudged
        .map(Happening::Nudged)
        .chain(once(async { Happening::OwnerGone }));
    let peer = merge(socket.hear().map(Happening::Heard), outbox.map(Happening::ToSay));
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
            Happening::ToSay(frame) => socket.say(&frame).await,
            Happening::Nudged(Nudge::Restart) => return Ended::Restarted,
            Happening::OwnerGone => return Ended::Gone,
            Happening::Nudged(Nudge::LookAround) => {
                vital.pinged();
                socket.say(ping).await;
            }
            Happening::Tick => match vital.tick() {
                Verdict::Well => {}
                Verdict::Ping => socket.say(ping).await,
                Verdict::Dead if let_in => return Ended::Lost,
                Verdict::Dead => return Ended::NotLetIn,
            },
        }
    }
    Ended::Lost
}

/// Opening and hello together get as long as the server would give them.
async fn said_in_time<F: Serialize>(socket: &Peer, hello: &F) -> bool {
    let (said, late) = (socket.say(hello), TimeoutFuture::new(HELLO_MS_MAX));
    pin_mut!(said, late);
    matches!(select(said, late).await, Either::Left(_))
}

fn parse<E: DeserializeOwned>(message: Message) -> Option<E> {
    match message {
        Message::Text(text) => heard::read(&text),
        Message::Bytes(_) => None,
    }
}
