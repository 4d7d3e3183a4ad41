//! A whole room in one line: a fresh SQLite store, a hub, a real listener, and clients that speak the protocol.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop"
)]
#![allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "each test file uses its own part"
)]

mod client;
mod log;
mod postgres;

pub use client::{Client, Desk, Guest, Live};
pub use log::Log;

use axum::Router;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Path, State};
use axum::routing::any;
use connection::{DeskVisitor, FormAnswer, FormPost, GuestVisitor, Limits};
use domain::{ClientMessageId, Duty, GroupId, MemberId, SiteId, Timestamp};
use hub::{Hub, HubSettings};
use identity::Guests;
use protocol::PROTOCOL;
use protocol::desk::DeskFrame;
use protocol::guest::{GuestFrame, GuestHello, Resume};
use protocol::live::LiveFrame;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;
use store::{GroupUpdate, NewMember, NewSession, Store, StoreConfig};
use tokio::sync::mpsc;
use uuid::Uuid;

/// Longest time anything here may take; reached only by a failing test.
pub const PATIENCE: Duration = Duration::from_secs(20);

pub struct House {
    pub store: Store,
    pub hub: Hub,
    pub visits: mpsc::Receiver<room::Visit>,
    address: SocketAddr,
    group: GroupId,
    site: SiteId,
    server: tokio::task::JoinHandle<()>,
    /// Where the database is.
    pub config: StoreConfig,
    limits: Limits,
    home: Home,
}

/// What is gone afterwards.
enum Home {
    Folder(tempfile::TempDir),
    Database(postgres::Database),
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

/// The hash of the session that all sockets of a member belong to.
pub fn session_of(member: MemberId) -> [u8; 32] {
    [u8::try_from(member.0).unwrap(); 32]
}

pub fn patient() -> dispatch::Settings {
    dispatch::Settings::default()
}

/// Who goes is shown as gone soon.
pub fn short_absence() -> dispatch::Settings {
    dispatch::Settings {
        absence_ms: 50,
        ..patient()
    }
}

impl House {
    pub async fn open() -> Self {
        Self::open_with(patient()).await
    }

    pub async fn open_with(settings: dispatch::Settings) -> Self {
        Self::open_within(settings, Limits::default()).await
    }

    pub async fn open_within(settings: dispatch::Settings, limits: Limits) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = StoreConfig::sqlite(folder.path().join("seatline.db"));
        Self::open_at(config, Home::Folder(folder), settings, limits).await
    }

    /// The same on PostgreSQL, in the server of the tests. `None` where there is none: the test is to be left out.
    pub async fn open_on_postgres(limits: Limits) -> Option<Self> {
        let database = postgres::Database::create().await?;
        Some(Self::open_at(database.config(), Home::Database(database), patient(), limits).await)
    }

    async fn open_at(config: StoreConfig, home: Home, settings: dispatch::Settings, limits: Limits) -> Self {
        let store = Store::open(&config).await.unwrap();
        store.initialise(wall_clock(), "test-site").await.unwrap();
        let site = store.site_by_key("test-site").await.unwrap().unwrap();
        let (hub, visits) = start_hub(&store, settings, limits).await;
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
            config,
            limits,
            home,
        }
    }

    /// Lets go of the database, and removes it if it is one of PostgreSQL.
    pub async fn close(self) {
        self.hub.drain(PATIENCE).await;
        self.server.abort();
        self.store.close().await;
        if let Home::Database(database) = self.home {
            database.remove().await;
        }
    }

    /// Another hub on the same store, as after a restart; clients connected to the old one stay with it.
    pub async fn restart(&mut self) {
        self.restart_with(patient()).await;
    }

    pub async fn restart_with(&mut self, settings: dispatch::Settings) {
        self.hub.drain(PATIENCE).await;
        self.server.abort();
        let (hub, visits) = start_hub(&self.store, settings, self.limits).await;
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
        self.agent_of(login, seats, self.group).await
    }

    /// Another member group, which the hub knows.
    pub async fn another_group(&self, name: &str) -> GroupId {
        let new = GroupUpdate {
            name: name.into(),
            members: vec![],
        };
        let group = self.store.create_member_group(&new).await.unwrap();
        self.hub.group_changed(group.id).await.unwrap();
        group.id
    }

    /// A new agent of that member group.
    pub async fn agent_of(&self, login: &str, seats: i32, group: GroupId) -> MemberId {
        let auth_groups = self.store.auth_groups().await.unwrap();
        let auth_groups = auth_groups.iter();
        let serving = auth_groups.filter(|group| ["agents", "supervisors"].contains(&group.name.as_str()));
        let new = NewMember {
            login: login.into(),
            name: login.to_uppercase(),
            password_hash: "-".into(),
            seats,
            groups: vec![group],
            auth_groups: serving.map(|group| group.id).collect(),
        };
        // The hub is not told, as when an account is made on the command line.
        let member = self.store.create_member(&new, wall_clock()).await.unwrap().id;
        let session = NewSession {
            token_hash: session_of(member).to_vec(),
            member,
            expires_at: Timestamp(i64::MAX),
        };
        self.store.create_session(&session, wall_clock()).await.unwrap();
        member
    }

    /// A desk of that member, welcomed.
    pub async fn desk(&self, member: MemberId) -> Desk {
        self.desk_resuming(member, vec![]).await
    }

    /// A desk of that member in another session than all their others, welcomed.
    pub async fn desk_in_another_session(&self, member: MemberId) -> Desk {
        let session = 100 + u8::try_from(member.0).unwrap();
        let new = NewSession {
            token_hash: vec![session; 32],
            member,
            expires_at: Timestamp(i64::MAX),
        };
        self.store.create_session(&new, wall_clock()).await.unwrap();
        let mut desk: Desk = Client::connect(format!("{}/{session}", self.desk_url(member))).await;
        desk.send(&DeskFrame::Hello {
            protocol: PROTOCOL,
            resume: vec![],
        })
        .await;
        desk.welcomed().await;
        desk
    }

    /// A desk's socket before its hello.
    pub async fn raw_desk(&self, member: MemberId) -> Desk {
        Client::connect(self.desk_url(member)).await
    }

    pub async fn desk_resuming(&self, member: MemberId, resume: Vec<Resume>) -> Desk {
        let mut desk = self.raw_desk(member).await;
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

    /// A live page that `member` looks at.
    pub async fn live(&self, member: MemberId) -> Live {
        let mut live: Live = Client::connect(format!("ws://{}/live/{member}", self.address)).await;
        live.send(&LiveFrame::Hello { protocol: PROTOCOL }).await;
        live
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

    /// A message by form, from the guest whom the token names.
    pub async fn post(&self, token: &str, id: ClientMessageId, text: &str) -> FormAnswer {
        let form = FormPost {
            token: Some(token.into()),
            message: Some((id, text.into())),
            ..FormPost::default()
        };
        let visitor = visitor(self.site, self.group);
        self.hub.gateway().post(visitor, form).await.unwrap()
    }

    /// Where a guest's socket is opened.
    pub fn guest_url(&self) -> String {
        format!("ws://{}/guest", self.address)
    }

    /// Where a desk's is.
    pub fn desk_url(&self, member: MemberId) -> String {
        format!("ws://{}/desk/{member}", self.address)
    }

    /// A guest's socket before its hello.
    pub async fn raw_guest(&self) -> Guest {
        Client::connect(self.guest_url()).await
    }
}

async fn start_hub(store: &Store, dispatch: dispatch::Settings, limits: Limits) -> (Hub, mpsc::Receiver<room::Visit>) {
    let (visits, receiver) = mpsc::channel(1_000);
    let settings = HubSettings {
        dispatch,
        limits,
        guests: Guests::new(store.clone(), [7; 32], limits.new_guests_per_minute),
        wall_clock,
    };
    (Hub::start(store.clone(), settings, visits).await.unwrap(), receiver)
}

async fn listen(door: Door) -> (SocketAddr, tokio::task::JoinHandle<()>) {
    let router = Router::new()
        .route("/guest", any(guest_door))
        .route("/desk/{member}", any(desk_door))
        .route("/desk/{member}/{session}", any(another_desk_door))
        .route("/live/{member}", any(live_door))
        .with_state(door);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (
        address,
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() }),
    )
}

fn visitor(site: SiteId, group: GroupId) -> GuestVisitor {
    GuestVisitor {
        site,
        group,
        user_agent: String::new(),
        address: Some(Ipv4Addr::LOCALHOST.into()),
    }
}

async fn guest_door(State(door): State<Door>, upgrade: WebSocketUpgrade) -> axum::response::Response {
    let visitor = visitor(door.site, door.group);
    let gateway = door.hub.gateway().clone();
    connection::bounded(upgrade).on_upgrade(|socket| gateway.serve_guest(socket, visitor))
}

async fn desk_door(
    State(door): State<Door>,
    Path(member): Path<i64>,
    upgrade: WebSocketUpgrade,
) -> axum::response::Response {
    let visitor = member_visitor(&door, MemberId(member)).await;
    let gateway = door.hub.gateway().clone();
    connection::bounded(upgrade).on_upgrade(|socket| gateway.serve_desk(socket, visitor))
}

async fn another_desk_door(
    State(door): State<Door>,
    Path((member, session)): Path<(i64, u8)>,
    upgrade: WebSocketUpgrade,
) -> axum::response::Response {
    let visitor = DeskVisitor {
        session: [session; 32],
        ..member_visitor(&door, MemberId(member)).await
    };
    let gateway = door.hub.gateway().clone();
    connection::bounded(upgrade).on_upgrade(|socket| gateway.serve_desk(socket, visitor))
}

async fn live_door(
    State(door): State<Door>,
    Path(member): Path<i64>,
    upgrade: WebSocketUpgrade,
) -> axum::response::Response {
    let visitor = member_visitor(&door, MemberId(member)).await;
    let gateway = door.hub.gateway().clone();
    connection::bounded(upgrade).on_upgrade(|socket| gateway.serve_live(socket, visitor))
}

async fn member_visitor(door: &Door, member: MemberId) -> DeskVisitor {
    DeskVisitor {
        me: door.store.me(member).await.unwrap().unwrap(),
        session: session_of(member),
        expires_at: Timestamp(i64::MAX),
    }
}

pub fn message_id() -> ClientMessageId {
    ClientMessageId(Uuid::now_v7())
}
