//! The world of a run: a server with its database, its administrator, its agents.

use crate::RigError;
use crate::caller::Caller;
use crate::database::{Database, Engine};
use crate::desk::Desk;
use crate::guest::Guest;
use crate::server::{Address, Launch, Log, Server};
use crate::usage::Usage;
use crate::value::{number, text};
use serde_json::json;
use std::process::ExitStatus;
use std::time::Duration;

/// One installation of Seatline.
#[derive(Debug)]
pub struct House {
    pub database: Database,
    /// How the next start is done.
    pub launch: Launch,
    pub address: Address,
    pub log: Log,
    /// The administrator `admin`.
    pub admin: Caller,
    /// The key of the first site.
    pub site: String,
    /// The first member group.
    pub group: i64,
    server: Option<Server>,
}

/// A member who serves guests.
#[derive(Clone, Debug)]
pub struct Agent {
    pub id: i64,
    pub login: String,
    pub password: String,
    /// Their session.
    pub caller: Caller,
}

/// Limits that no load run meets, for clients that are quicker than people.
pub const GENEROUS: [&str; 6] = [
    "--frames-burst",
    "1000000",
    "--frames-per-second",
    "1000000",
    "--new-guests-per-minute",
    "0",
];

impl Launch {
    /// With [`GENEROUS`] limits, and these arguments.
    pub fn generous(more: &[&str]) -> Self {
        Self {
            arguments: GENEROUS.iter().chain(more).map(|&word| word.to_owned()).collect(),
            ..Self::default()
        }
    }
}

impl House {
    /// A first start on an empty database.
    ///
    /// # Errors
    /// The server does not start, or does not let its administrator in.
    pub async fn open(engine: Engine, launch: Launch) -> Result<Self, RigError> {
        let database = Database::fresh(engine).await?;
        Self::open_with(database, launch).await
    }

    /// The same, on that empty database.
    ///
    /// # Errors
    /// As [`House::open`].
    pub async fn open_with(database: Database, launch: Launch) -> Result<Self, RigError> {
        Self::enter(database, launch, None).await
    }

    /// The same, on a database that another server has left, whose administrator has that password.
    ///
    /// # Errors
    /// As [`House::open`].
    pub async fn reopen(database: Database, launch: Launch, password: &str) -> Result<Self, RigError> {
        Self::enter(database, launch, Some(password.to_owned())).await
    }

    async fn enter(database: Database, launch: Launch, password: Option<String>) -> Result<Self, RigError> {
        let (address, log) = (Address::default(), Log::default());
        let server = Server::start(&database, &launch, &address, &log).await?;
        let password = password.or_else(|| log.password());
        let password = password.ok_or_else(|| RigError::NotStarted { said: log.tail(20) })?;
        let mut admin = Caller::stranger(address.clone())?.log_in("admin", &password).await?;
        let sites = admin.call("site/list", json!({})).await?;
        let groups = admin.call("member_group/list", json!({})).await?;
        Ok(Self {
            site: sites
                .get(0)
                .map(|site| text(site, "key").to_owned())
                .unwrap_or_default(),
            group: groups.get(0).map(|group| number(group, "id")).unwrap_or_default(),
            database,
            launch,
            address,
            log,
            admin,
            server: Some(server),
        })
    }

    /// A new agent of these member groups, logged in.
    ///
    /// # Errors
    /// The server refuses.
    pub async fn agent(&mut self, login: &str, seats: u32, groups: &[i64]) -> Result<Agent, RigError> {
        self.member(login, seats, groups, "agents").await
    }

    /// A new member of these member groups and of that auth group, logged in.
    ///
    /// # Errors
    /// The server refuses.
    pub async fn member(
        &mut self,
        login: &str,
        seats: u32,
        groups: &[i64],
        auth_group: &str,
    ) -> Result<Agent, RigError> {
        let auth_groups = self.admin.call("auth_group/list", json!({})).await?;
        let found = auth_groups.as_array().into_iter().flatten();
        let auth: Vec<i64> = found
            .filter(|group| text(group, "name") == auth_group)
            .map(|group| number(group, "id"))
            .collect();
        let member = json!({"login": login, "name": login, "seats": seats, "groups": groups, "auth_groups": auth});
        let created = self.admin.call("member/create", json!({"member": member})).await?;
        let password = text(&created, "password").to_owned();
        Ok(Agent {
            id: created
                .get("member")
                .map(|member| number(member, "id"))
                .unwrap_or_default(),
            caller: Caller::stranger(self.address.clone())?.log_in(login, &password).await?,
            login: login.to_owned(),
            password,
        })
    }

    /// Another member group, empty.
    ///
    /// # Errors
    /// The server refuses.
    pub async fn member_group(&mut self, name: &str) -> Result<i64, RigError> {
        let group = json!({"group": {"name": name, "members": []}});
        Ok(number(&self.admin.call("member_group/create", group).await?, "id"))
    }

    /// Another site, whose guests go to that member group. Its key.
    ///
    /// # Errors
    /// The server refuses.
    pub async fn another_site(&mut self, name: &str, group: i64) -> Result<String, RigError> {
        let site = json!({"site": {"name": name, "allowed_origins": [], "group": group}});
        Ok(text(&self.admin.call("site/create", site).await?, "key").to_owned())
    }

    /// A guest of the first site, not connected yet.
    pub fn guest(&self) -> Guest {
        Guest::new(self.address.clone(), &self.site)
    }

    /// The desk of an agent, not connected yet.
    pub fn desk(&self, agent: &Agent) -> Desk {
        Desk::new(
            self.address.clone(),
            agent.id,
            agent.caller.cookie().unwrap_or_default(),
        )
    }

    /// # Errors
    /// It is not running.
    pub fn server(&mut self) -> Result<&mut Server, RigError> {
        self.server.as_mut().ok_or(RigError::NotRunning)
    }

    /// What the server has used since it was started.
    ///
    /// # Errors
    /// It is not running.
    pub fn usage(&self) -> Result<Usage, RigError> {
        self.server.as_ref().ok_or(RigError::NotRunning)?.usage()
    }

    /// Starts the server again. How long that took.
    ///
    /// # Errors
    /// It does not start.
    pub async fn start(&mut self) -> Result<Duration, RigError> {
        let server = Server::start(&self.database, &self.launch, &self.address, &self.log).await?;
        let started_in = server.started_in;
        self.server = Some(server);
        Ok(started_in)
    }

    /// Pulls the plug.
    ///
    /// # Errors
    /// It is not running.
    pub async fn kill(&mut self) -> Result<(), RigError> {
        self.server.take().ok_or(RigError::NotRunning)?.kill().await
    }

    /// Asks the server to stop, and waits. How it ended, and after how long.
    ///
    /// # Errors
    /// It is not running, or does not end.
    pub async fn terminate(&mut self) -> Result<(ExitStatus, Duration), RigError> {
        self.server.take().ok_or(RigError::NotRunning)?.terminate().await
    }

    /// Whether guests and agents can be served, by `GET /readyz`.
    pub async fn is_ready(&self) -> bool {
        matches!(self.admin.get("/readyz").await, Ok((200, _)))
    }

    /// Stops the server and removes the database.
    ///
    /// # Errors
    /// The database cannot be removed.
    pub async fn close(mut self) -> Result<(), RigError> {
        if let Some(server) = self.server.take() {
            server.kill().await?;
        }
        self.database.remove().await
    }
}
