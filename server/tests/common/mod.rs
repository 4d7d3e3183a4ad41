//! A whole server for a test: the real one, on a free port, with a database of its own and a clock that the test sets.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot set up its world should panic"
)]
#![allow(dead_code, unreachable_pub, reason = "each file of tests uses its part")]

pub mod exposition;
pub mod middleman;
pub mod socket;

use clap::Parser;
use domain::member::Member;
use domain::{GroupId, MemberId, Timestamp};
use reqwest::header::{HeaderMap, SET_COOKIE};
use serde_json::{Value, json};
use server::clock::Clock;
use server::config::{Options, Place, Settings};
use server::people::Passwords;
use server::serve::{self, Parts, ServeError};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use store::{GroupUpdate, NewMember, Store};
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Everybody's password in tests.
pub const PASSWORD: &str = "correct horse battery";

/// A running server. [`TestApp::stop`] checks that it ends well.
pub struct TestApp {
    pub base: String,
    /// Where metrics are served, if they are.
    pub metrics: Option<String>,
    pub store: Store,
    pub folder: TempDir,
    clock_ms: Arc<AtomicI64>,
    passwords: Passwords,
    stop: oneshot::Sender<()>,
    running: JoinHandle<Result<(), ServeError>>,
}

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    options: Options,
}

impl TestApp {
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// With these arguments of `seatline serve`. The administrator `admin` is there, with [`PASSWORD`].
    pub async fn start_with(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().to_str().unwrap();
        let given = ["seatline", "--data", data, "--listen", "127.0.0.1:0", "--log", "warn"];
        let line = Line::parse_from(given.iter().chain(arguments));
        let settings = Settings::load(&line.place, line.options).unwrap();

        let passwords = Passwords::cheap().unwrap();
        let clock_ms = Arc::new(AtomicI64::new(1_800_000_000_000));
        let store = Store::open(&settings.store()).await.unwrap();
        let now = Timestamp(clock_ms.load(Ordering::SeqCst));
        store.initialise(now, "sitekey").await.unwrap();
        let hash = passwords.hash(PASSWORD.to_owned()).await.unwrap();
        store
            .create_administrator("admin", "Administrator", &hash, now)
            .await
            .unwrap();

        let listener = serve::listen(settings.listen).await.unwrap();
        let metrics = match settings.metrics_listen {
            Some(address) => Some(serve::listen(address).await.unwrap()),
            None => None,
        };
        let scraped = metrics.as_ref().map(|listener| listener.local_addr().unwrap());
        let base = format!("http://{}", listener.local_addr().unwrap());
        let clock = Clock::set_by(Arc::clone(&clock_ms));
        let parts = Parts {
            settings,
            clock,
            passwords: passwords.clone(),
            listener,
            metrics,
            begins_anew: false,
        };
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(serve::run(parts, async { drop(stopped.await) }));
        Self {
            base,
            metrics: scraped.map(|address| format!("http://{address}/metrics")),
            store,
            folder,
            clock_ms,
            passwords,
            stop,
            running,
        }
    }

    /// Asks the server to stop, and sees it stop well.
    pub async fn stop(self) {
        drop(self.stop);
        self.running.await.unwrap().unwrap();
    }

    /// The same; its folder is what is left.
    pub async fn stop_and_keep(self) -> TempDir {
        drop(self.stop);
        self.running.await.unwrap().unwrap();
        self.folder
    }

    pub fn pass_ms(&self, ms: i64) {
        self.clock_ms.fetch_add(ms, Ordering::SeqCst);
    }

    /// A member with these auth groups, in the first member group.
    pub async fn member(&self, login: &str, auth_groups: &[&str]) -> Member {
        let all = self.store.auth_groups().await.unwrap();
        let auth_groups = all
            .iter()
            .filter(|group| auth_groups.contains(&group.name.as_str()))
            .map(|group| group.id);
        let new = NewMember {
            login: login.to_owned(),
            name: login.to_owned(),
            password_hash: self.passwords.hash(PASSWORD.to_owned()).await.unwrap(),
            seats: 3,
            groups: self
                .store
                .groups()
                .await
                .unwrap()
                .iter()
                .map(|group| group.id)
                .collect(),
            auth_groups: auth_groups.collect(),
        };
        self.store
            .create_member(&new, Timestamp(self.clock_ms.load(Ordering::SeqCst)))
            .await
            .unwrap()
    }

    /// Another member group with these members.
    pub async fn group(&self, name: &str, members: &[MemberId]) -> GroupId {
        let new = GroupUpdate {
            name: name.to_owned(),
            members: members.to_vec(),
        };
        self.store.create_member_group(&new).await.unwrap().id
    }

    /// Somebody who has not logged in.
    pub fn visitor(&self) -> Visitor {
        Visitor {
            base: self.base.clone(),
            http: reqwest::Client::new(),
            cookie: None,
            from: None,
        }
    }

    /// The same, as seen from that address. Needs `--trusted-proxies 127.0.0.1`.
    pub fn visitor_from(&self, address: &str) -> Visitor {
        Visitor {
            from: Some(address.to_owned()),
            ..self.visitor()
        }
    }

    /// A member who has logged in.
    pub async fn sign_in(&self, login: &str) -> Visitor {
        let mut visitor = self.visitor();
        let answer = visitor.log_in(login, PASSWORD).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        visitor
    }
}

/// A browser, as far as the API can tell.
#[derive(Clone)]
pub struct Visitor {
    base: String,
    pub http: reqwest::Client,
    pub cookie: Option<String>,
    from: Option<String>,
}

/// What the API answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
    pub headers: HeaderMap,
}

impl Answer {
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }
}

impl Visitor {
    /// Calls a function such as `member/list`, and keeps the cookie that comes back.
    pub async fn call(&mut self, function: &str, arguments: Value) -> Answer {
        let answer = self.send(self.request(function).body(arguments.to_string())).await;
        if let Some(cookie) = answer.headers.get(SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
            self.cookie = Some(pair).filter(|pair| !pair.ends_with('='));
        }
        answer
    }

    pub async fn log_in(&mut self, login: &str, password: &str) -> Answer {
        self.call("session/login", json!({"login": login, "password": password}))
            .await
    }

    /// Whether the session is good.
    pub async fn is_signed_in(&mut self) -> bool {
        match self.call("session/current", json!({})).await.status {
            200 => true,
            401 => false,
            other => panic!("session/current answered {other}"),
        }
    }

    /// A request for a function, for tests of what calls do not normally do.
    pub fn request(&self, function: &str) -> reqwest::RequestBuilder {
        let url = format!("{}/api/v1/{function}", self.base);
        let mut request = self.http.post(url).header("content-type", "application/json");
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        if let Some(address) = &self.from {
            request = request.header("x-forwarded-for", address);
        }
        request
    }

    pub async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = response.json().await.unwrap();
        Answer { status, body, headers }
    }
}

/// What a member is called in arguments.
pub fn id(member: MemberId) -> Value {
    json!(member)
}
