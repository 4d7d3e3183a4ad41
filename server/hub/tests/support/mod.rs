//! A whole room in one line: a fresh SQLite store, a hub, a real listener, and clients that speak the protocol.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]
#![allow(dead_code, unreachable_pub, reason = "each test file uses its own part")]

use axum::Router;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Path, State};
use axum::routing::any;
use domain::member::Me;
use domain::{ClientMessageId, ConversationId, Duty, Epoch, GroupId, MemberId, Message, Rule, Seq, SiteId, Timestamp};
use futures_util::{SinkExt, StreamExt};
use hub::{DeskVisitor, GuestVisitor, Hub, HubSettings};
use protocol::desk::{DeskEvent, DeskFrame};
use protocol::guest::{GuestConversation, GuestEvent, GuestFrame, GuestHello, Place, Resume};
use protocol::{Body, PROTOCOL};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;
use std::net::SocketAddr;
use std::time::Duration;
use store::{NewMember, Store, StoreConfig};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::protocol::Message as WsMessage;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};
use uuid::Uuid;

/// Longest time anything here may take; reached only by a failing test.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct House {
    pub store: Store,
    pub hub: Hub,
    pub visits: mpsc::Receiver<hub::Visit>,
    address: SocketAddr,
    group: GroupId,
    site: SiteId,
    server: tokio::task::JoinHandle<()>,
    _folder: tempfile::TempDir,
}

#[derive(Clone)]
struct Door {
    store: Store,
    hub: Hub,
    group: GroupId,
    site: SiteId,
}

pub fn wall_clock() -> Timestamp {
    let since = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap();
    Timestamp(i64::try_from(since.as_millis()).unwrap())
}

pub fn patient() -> dispatch::Settings {
    dispatch::Settings::default()
}

impl House {
    pub async fn open() -> Self {
        Self::open_with(patient()).await
    }

    pub async fn open_with(settings: dispatch::Settings) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&StoreConfig::sqlite(folder.path().join("seatline.db")))
            .await
            .unwrap();
        store.initialise(wall_clock(), "test-site").await.unwrap();
        let site = store.site_by_key("test-site").await.unwrap().unwrap();
        let (hub, visits) = start_hub(&store, settings).await;
        let door = Door {
            store: store.clone(),
            hub: hub.clone(),
            group: site.group,
            site: site.id,
        };
        let (address, server) = listen(door).await;
        Self {
            store,
            hub,
            visits,
            address,
            group: site.group,
            site: site.id,
            server,
            _folder: folder,
        }
    }

    /// Another hub on the same store, as after a restart; clients connected to the old one stay with it.
    pub async fn restart(&mut self) {
        self.hub.drain(PATIENCE).await;
        self.server.abort();
        let (hub, visits) = start_hub(&self.store, patient()).await;
        let door = Door {
            store: self.store.clone(),
            hub: hub.clone(),
            group: self.group,
            site: self.site,
        };
        let (address, server) = listen(door).await;
        (self.hub, self.visits, self.address, self.server) = (hub, visits, address, server);
    }

    /// A new agent with `seats` seats.
    pub async fn agent(&self, login: &str, seats: i32) -> MemberId {
        let auth_groups = self.store.auth_groups().await.unwrap();
        let agents = auth_groups.iter().find(|group| group.name == "agents").unwrap().id;
        let new = NewMember {
            login: login.into(),
            name: login.to_uppercase(),
            password_hash: "-".into(),
            seats,
            groups: vec![self.group],
            auth_groups: vec![agents],
        };
        // The hub is not told, as when an account is made on the command line.
        self.store.create_member(&new, wall_clock()).await.unwrap().id
    }

    /// A desk of that member, welcomed.
    pub async fn desk(&self, member: MemberId) -> Desk {
        self.desk_resuming(member, vec![]).await
    }

    pub async fn desk_resuming(&self, member: MemberId, resume: Vec<Resume>) -> Desk {
        let mut desk: Desk = Client::connect(format!("ws://{}/desk/{member}", self.address)).await;
        desk.send(&DeskFrame::Hello {
            protocol: PROTOCOL,
            resume,
        })
        .await;
        desk
    }

    /// A new agent on duty.
    pub async fn agent_on_duty(&self, login: &str, seats: i32) -> Desk {
        let member = self.agent(login, seats).await;
        let mut desk = self.desk(member).await;
        desk.welcomed().await;
        desk.duty(Duty::On).await;
        desk
    }

    /// A visitor's page, welcomed for the first time.
    pub async fn guest(&self) -> Guest {
        let mut guest = self.guest_saying_hello(None, None).await;
        guest.welcomed().await;
        guest
    }

    pub async fn guest_returning(&self, token: &str, resume: Option<Resume>) -> Guest {
        self.guest_saying_hello(Some(token.into()), resume).await
    }

    async fn guest_saying_hello(&self, token: Option<String>, resume: Option<Resume>) -> Guest {
        let mut guest: Guest = self.raw_guest().await;
        let hello = GuestHello {
            protocol: PROTOCOL,
            token,
            resume,
            page: domain::PageView {
                url: "https://shop.example/cart".into(),
                ..Default::default()
            },
            environment: domain::guest::Environment::default(),
        };
        guest.send(&GuestFrame::Hello(hello)).await;
        guest
    }

    /// A guest's socket before its hello.
    pub async fn raw_guest(&self) -> Guest {
        Client::connect(format!("ws://{}/guest", self.address)).await
    }
}

async fn start_hub(store: &Store, dispatch: dispatch::Settings) -> (Hub, mpsc::Receiver<hub::Visit>) {
    let (visits, receiver) = mpsc::channel(1_000);
    let settings = HubSettings {
        dispatch,
        token_secret: [7; 32],
        wall_clock,
    };
    (Hub::start(store.clone(), settings, visits).await.unwrap(), receiver)
}

async fn listen(door: Door) -> (SocketAddr, tokio::task::JoinHandle<()>) {
    let router = Router::new()
        .route("/guest", any(guest_door))
        .route("/desk/{member}", any(desk_door))
        .with_state(door);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (
        address,
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() }),
    )
}

async fn guest_door(State(door): State<Door>, upgrade: WebSocketUpgrade) -> axum::response::Response {
    let visitor = GuestVisitor {
        site: door.site,
        group: door.group,
        user_agent: String::new(),
        address: None,
    };
    hub::bounded(upgrade).on_upgrade(|socket| door.hub.serve_guest(socket, visitor))
}

async fn desk_door(
    State(door): State<Door>,
    Path(member): Path<i64>,
    upgrade: WebSocketUpgrade,
) -> axum::response::Response {
    let rules = vec![Rule::ConversationServe, Rule::ConversationTransfer];
    let me = door.store.me(MemberId(member)).await.unwrap().unwrap();
    let me = Me { rules, ..me };
    let visitor = DeskVisitor {
        me,
        session: [1; 32],
        expires_at: Timestamp(i64::MAX),
    };
    hub::bounded(upgrade).on_upgrade(|socket| door.hub.serve_desk(socket, visitor))
}

pub type Guest = Client<GuestFrame, GuestEvent>;
pub type Desk = Client<DeskFrame, DeskEvent>;

/// One end of a socket, and everything it has been sent so far that nobody asked for yet.
pub struct Client<F, E> {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    unread: Vec<E>,
    frame: std::marker::PhantomData<F>,
}

impl<F: Serialize, E: DeserializeOwned + Debug> Client<F, E> {
    async fn connect(url: String) -> Self {
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

    /// Forgets what it was sent and nobody asked for.
    pub fn forget(&mut self) {
        self.unread.clear();
    }

    /// Reads on until the server ends the connection; how many frames there were.
    pub async fn count_until_closed(&mut self) -> usize {
        let count = async {
            let mut frames = 0;
            while let Some(Ok(WsMessage::Text(_) | WsMessage::Ping(_))) = self.socket.next().await {
                frames += 1;
            }
            frames
        };
        tokio::time::timeout(PATIENCE, count)
            .await
            .expect("the server should have ended the connection")
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
    pub async fn conversation(&mut self, what: &str, fits: impl Fn(&Place) -> bool) -> GuestConversation {
        self.find(what, |event| match event {
            GuestEvent::Conversation(one) if fits(&one.place) => Some(one.clone()),
            _ => None,
        })
        .await
    }

    pub async fn waiting(&mut self, people: u32) {
        self.conversation(
            &format!("{people} people ahead"),
            |place| matches!(place, Place::Waiting { ahead, .. } if *ahead == people),
        )
        .await;
    }

    pub async fn seated(&mut self) -> GuestConversation {
        self.conversation("a seat", |place| matches!(place, Place::Seated { .. }))
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

    /// The next text, with its `seq`.
    pub async fn hear(&mut self) -> (Seq, String) {
        self.find("a text", |event| match event {
            GuestEvent::Message(message) => text_of(message),
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

    pub async fn rejection(&mut self) -> protocol::RejectCode {
        self.find("a rejection", |event| match event {
            DeskEvent::Rejected(rejected) => Some(rejected.code),
            _ => None,
        })
        .await
    }
}

pub fn message_id() -> ClientMessageId {
    ClientMessageId(Uuid::now_v7())
}

fn text_of(message: &Message) -> Option<(Seq, String)> {
    match &message.body {
        Body::Text { text } => Some((message.seq, text.clone())),
        Body::Notice(_) => None,
    }
}
