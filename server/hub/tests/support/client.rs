//! Clients that speak the protocol: what each side says, and what it waits to hear.

use super::{PATIENCE, message_id};
use domain::live::LiveView;
use domain::{ClientMessageId, ConversationId, Duty, Epoch, Message, Seq};
use futures_util::{SinkExt, StreamExt};
use protocol::desk::{DeskEvent, DeskFrame};
use protocol::guest::{GuestConversation, GuestEvent, GuestFrame, GuestPlace};
use protocol::live::{LiveEvent, LiveFrame};
use protocol::{Body, RejectCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::protocol::Message as WsMessage;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

pub type Guest = Client<GuestFrame, GuestEvent>;
pub type Desk = Client<DeskFrame, DeskEvent>;
pub type Live = Client<LiveFrame, LiveEvent>;

/// One end of a socket, and everything it has been sent so far that nobody asked for yet.
pub struct Client<F, E> {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    unread: Vec<E>,
    frame: std::marker::PhantomData<F>,
}

impl<F: Serialize, E: DeserializeOwned + Debug> Client<F, E> {
    pub(super) async fn connect(url: String) -> Self {
        let (socket, _) = tokio_tungstenite::connect_async(url).await.unwrap();
        Self {
            socket,
            unread: Vec::new(),
            frame: std::marker::PhantomData,
        }
    }

    pub async fn send(&mut self, frame: &F) {
        self.send_raw(WsMessage::text(serde_json::to_string(frame).unwrap()))
            .await;
    }

    pub async fn send_raw(&mut self, message: WsMessage) {
        self.socket.send(message).await.unwrap();
    }

    /// The first event, from the oldest unread one on, that `pick` takes; what comes before it stays unread.
    pub async fn find<T>(&mut self, what: &str, pick: impl Fn(&E) -> Option<T>) -> T {
        let mut at = 0;
        let search = async {
            loop {
                while at == self.unread.len() {
                    match self.socket.next().await {
                        Some(Ok(WsMessage::Text(text))) => self.unread.push(serde_json::from_str(&text).unwrap()),
                        Some(Ok(WsMessage::Close(frame))) => panic!("closed with {frame:?} before {what}"),
                        Some(Ok(_)) => {}
                        other => panic!("{other:?} before {what}"),
                    }
                }
                if let Some(found) = pick(&self.unread[at]) {
                    self.unread.remove(at);
                    return found;
                }
                at += 1;
            }
        };
        let found = tokio::time::timeout(PATIENCE, search).await;
        found.unwrap_or_else(|_| panic!("no {what}; unread: {:#?}", self.unread))
    }

    /// The oldest event that nobody asked for, or the next that comes.
    pub async fn next(&mut self) -> E {
        if !self.unread.is_empty() {
            return self.unread.remove(0);
        }
        let next = async {
            loop {
                match self.socket.next().await {
                    Some(Ok(WsMessage::Text(text))) => return serde_json::from_str(&text).unwrap(),
                    Some(Ok(WsMessage::Ping(_) | WsMessage::Pong(_))) => {}
                    other => panic!("{other:?} instead of an event"),
                }
            }
        };
        tokio::time::timeout(PATIENCE, next).await.expect("an event")
    }

    /// The code the server closes the socket with.
    pub async fn close_code(&mut self) -> u16 {
        let search = async {
            loop {
                match self.socket.next().await {
                    Some(Ok(WsMessage::Close(Some(frame)))) => return frame.code.into(),
                    Some(Ok(_)) => {}
                    other => panic!("{other:?} instead of a close frame"),
                }
            }
        };
        tokio::time::timeout(PATIENCE, search)
            .await
            .expect("the server should have closed the socket")
    }

    /// What it was sent and nobody asked for.
    pub fn unread(&self) -> impl Iterator<Item = &E> {
        self.unread.iter()
    }

    /// Forgets what it was sent and nobody asked for.
    pub fn forget(&mut self) {
        self.unread.clear();
    }

    /// Reads on until the server ends the connection; how many frames there were, and the code it closed with.
    pub async fn count_until_closed(&mut self) -> (usize, Option<u16>) {
        let count = async {
            let mut frames = 0;
            loop {
                match self.socket.next().await {
                    Some(Ok(WsMessage::Text(_) | WsMessage::Ping(_))) => frames += 1,
                    Some(Ok(WsMessage::Close(Some(close)))) => return (frames, Some(close.code.into())),
                    _ => return (frames, None),
                }
            }
        };
        tokio::time::timeout(PATIENCE, count)
            .await
            .expect("the server should have ended the connection")
    }

    /// Closes the socket as a page does that is left, once everything it sent is with the server.
    pub async fn goodbye(mut self) {
        self.socket.close(None).await.unwrap();
        while let Some(Ok(_)) = self.socket.next().await {}
    }

    /// Goes away without a word.
    pub fn vanish(self) {
        drop(self);
    }
}

impl Guest {
    /// The token and the conversation of the welcome.
    pub async fn welcomed(&mut self) -> (String, Option<GuestConversation>) {
        self.find("welcome", |event| match event {
            GuestEvent::Welcome {
                token, conversation, ..
            } => Some((token.clone(), conversation.clone())),
            _ => None,
        })
        .await
    }

    pub async fn start(&mut self) -> GuestConversation {
        self.send(&GuestFrame::Start).await;
        self.conversation("the conversation", |_| true).await
    }

    /// The next state of the conversation that fits.
    pub async fn conversation(&mut self, what: &str, fits: impl Fn(&GuestPlace) -> bool) -> GuestConversation {
        self.find(what, |event| match event {
            GuestEvent::Conversation(one) if fits(&one.place) => Some(one.clone()),
            _ => None,
        })
        .await
    }

    pub async fn waiting(&mut self, people: u32) {
        self.conversation(
            &format!("{people} people ahead"),
            |place| matches!(place, GuestPlace::Waiting { ahead, .. } if *ahead == people),
        )
        .await;
    }

    pub async fn seated(&mut self) -> GuestConversation {
        self.conversation("a seat", |place| matches!(place, GuestPlace::Seated { .. }))
            .await
    }

    /// Sends a text and returns its `seq` once it is acknowledged.
    pub async fn say(&mut self, text: &str) -> Seq {
        let id = message_id();
        self.send(&GuestFrame::Send { id, text: text.into() }).await;
        self.acknowledged(id).await
    }

    pub async fn acknowledged(&mut self, sent: ClientMessageId) -> Seq {
        self.find("ack", |event| match event {
            GuestEvent::Ack { id, seq, .. } if *id == sent => Some(*seq),
            _ => None,
        })
        .await
    }

    /// The next rejection, and of which message.
    pub async fn rejection(&mut self) -> (RejectCode, Option<ClientMessageId>) {
        self.find("a rejection", |event| match event {
            GuestEvent::Rejected(rejected) => Some((rejected.code, rejected.id)),
            _ => None,
        })
        .await
    }

    /// The next text, with its `seq`.
    pub async fn hear(&mut self) -> (Seq, String) {
        self.find("a text", |event| match event {
            GuestEvent::Message(message) => text_of(message),
            _ => None,
        })
        .await
    }
}

impl Live {
    /// The next view that fits.
    pub async fn view(&mut self, what: &str, fits: impl Fn(&LiveView) -> bool) -> LiveView {
        self.find(what, |event| match event {
            LiveEvent::View(view) if fits(view) => Some(view.clone()),
            _ => None,
        })
        .await
    }
}

impl Desk {
    pub async fn welcomed(&mut self) {
        self.find("welcome", |event| {
            matches!(event, DeskEvent::Welcome { .. }).then_some(())
        })
        .await;
    }

    pub async fn duty(&mut self, duty: Duty) {
        self.send(&DeskFrame::Duty { duty }).await;
        self.find("the duty", |event| {
            matches!(event, DeskEvent::Me(me) if me.duty == duty).then_some(())
        })
        .await;
    }

    /// The next conversation seated with this agent.
    pub async fn seated(&mut self) -> (ConversationId, Epoch) {
        self.find("a conversation", |event| match event {
            DeskEvent::Conversation(one) => Some((one.id, one.epoch)),
            _ => None,
        })
        .await
    }

    /// That conversation, seated with this agent; a desk learns of it before it is sent what was said in it.
    pub async fn seated_with(&mut self, awaited: ConversationId) -> (ConversationId, Epoch) {
        let first = self.find("anything of the conversation", |event| match event {
            DeskEvent::Conversation(one) if one.id == awaited => Some(Some((one.id, one.epoch))),
            DeskEvent::Message(message) if message.conversation == awaited => Some(None),
            _ => None,
        });
        first.await.expect("a message came before its conversation")
    }

    pub async fn say(&mut self, (conversation, epoch): (ConversationId, Epoch), text: &str) -> Seq {
        let sent = message_id();
        self.send(&DeskFrame::Send {
            conversation,
            epoch,
            id: sent,
            text: text.into(),
        })
        .await;
        self.find("ack", |event| match event {
            DeskEvent::Ack { id, seq, .. } if *id == sent => Some(*seq),
            _ => None,
        })
        .await
    }

    pub async fn hear(&mut self) -> (Seq, String) {
        self.find("a text", |event| match event {
            DeskEvent::Message(message) => text_of(message),
            _ => None,
        })
        .await
    }

    pub async fn close(&mut self, (conversation, epoch): (ConversationId, Epoch)) {
        self.send(&DeskFrame::Close { conversation, epoch }).await;
        self.gone(conversation).await;
    }

    pub async fn gone(&mut self, gone: ConversationId) -> protocol::desk::Gone {
        self.find("gone", |event| match event {
            DeskEvent::Gone { conversation, why } if *conversation == gone => Some(*why),
            _ => None,
        })
        .await
    }

    pub async fn rejection(&mut self) -> RejectCode {
        self.find("a rejection", |event| match event {
            DeskEvent::Rejected(rejected) => Some(rejected.code),
            _ => None,
        })
        .await
    }
}

fn text_of(message: &Message) -> Option<(Seq, String)> {
    match &message.body {
        Body::Text { text } => Some((message.seq, text.clone())),
        Body::Notice(_) => None,
    }
}
