//! `seatline member …`

use super::input::{ChosenPassword, PasswordSource, say, sentence};
use super::open;
use crate::clock::Clock;
use crate::config::Place;
use crate::people::{Passwords, logins};
use anyhow::{Context as _, anyhow};
use app::api::member::NewMember;
use clap::{Args, Subcommand};
use domain::{AuthGroupId, GroupId};
use store::Store;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Create a member and print their password
    Add(Add),
    /// Give a member a new password and end their sessions
    Passwd(Passwd),
    /// List members with their seats and groups
    List(List),
}

#[derive(Args, Debug)]
pub(super) struct Add {
    /// What they log in with
    login: String,

    /// What guests and colleagues see [default: the login]
    #[arg(long)]
    name: Option<String>,

    /// Conversations they can hold at a time
    #[arg(long, default_value_t = 3)]
    seats: i32,

    /// An auth group, such as administrators, supervisors or agents; may be given more than once
    #[arg(long = "auth-group", value_name = "NAME", default_value = "agents")]
    auth_groups: Vec<String>,

    /// A member group; may be given more than once [default: the only one, if there is only one]
    #[arg(long = "group", value_name = "NAME")]
    groups: Vec<String>,

    #[command(flatten)]
    password: PasswordSource,

    #[command(flatten)]
    place: Place,
}

#[derive(Args, Debug)]
pub(super) struct Passwd {
    /// What they log in with
    login: String,

    #[command(flatten)]
    password: PasswordSource,

    #[command(flatten)]
    place: Place,
}

#[derive(Args, Debug)]
pub(super) struct List {
    #[command(flatten)]
    place: Place,
}

impl Command {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Add(add) => add.run().await,
            Self::Passwd(passwd) => passwd.run().await,
            Self::List(list) => list.run().await,
        }
    }
}

impl Add {
    async fn run(self) -> anyhow::Result<()> {
        let new = NewMember {
            name: self.name.unwrap_or_else(|| self.login.clone()),
            login: self.login,
            seats: self.seats,
            ..NewMember::default()
        };
        let new = new.checked().map_err(sentence)?;
        let chosen = self.password.choose()?;
        let store = open(&self.place).await?;
        let member = store::NewMember {
            groups: groups(&store, &self.groups).await?,
            auth_groups: auth_groups(&store, &self.auth_groups).await?,
            password_hash: Passwords::default().hash(chosen.password.clone()).await?,
            login: logins::accept(&store, &new.login).await.map_err(sentence)?,
            name: new.name,
            seats: new.seats,
        };
        let created = store.create_member(&member, Clock::default().now()).await;
        let created = created.with_context(|| format!("{} was not created", member.login))?;
        store.close().await;
        tell(&created.login, &chosen)
    }
}

impl Passwd {
    async fn run(self) -> anyhow::Result<()> {
        let chosen = self.password.choose()?;
        let store = open(&self.place).await?;
        let found = match store.member_by_login(&logins::typed(&self.login)).await? {
            Some(found) => Some(found),
            None => store.member_by_login(&self.login).await?,
        };
        let member = found.ok_or_else(|| anyhow!("there is no member with the login {}", self.login))?;
        let hash = Passwords::default().hash(chosen.password.clone()).await?;
        store.reset_password(member.id, None, &hash).await?;
        store.close().await;
        tell(&member.login, &chosen)
    }
}

impl List {
    async fn run(self) -> anyhow::Result<()> {
        let store = open(&self.place).await?;
        let (groups, auth_groups) = (store.group_names().await?, store.auth_groups().await?);
        say(&format!(
            "{:<20} {:<24} {:>5}  {:<28} {}",
            "LOGIN", "NAME", "SEATS", "AUTH GROUPS", "GROUPS"
        ))?;
        for member in store.members().await? {
            let auth: Vec<&str> = auth_groups
                .iter()
                .filter(|group| member.auth_groups.contains(&group.id))
                .map(|group| group.name.as_str())
                .collect();
            let teams: Vec<&str> = groups
                .iter()
                .filter(|(id, _)| member.groups.contains(id))
                .map(|(_, name)| name.as_str())
                .collect();
            let disabled = if member.disabled { " (disabled)" } else { "" };
            say(&format!(
                "{:<20} {:<24} {:>5}  {:<28} {}{disabled}",
                member.login,
                member.name,
                member.seats,
                auth.join(", "),
                teams.join(", ")
            ))?;
        }
        store.close().await;
        Ok(())
    }
}

fn tell(login: &str, chosen: &ChosenPassword) -> anyhow::Result<()> {
    if chosen.is_random {
        say(&format!("{login}  {}", chosen.password))?;
    }
    Ok(())
}

async fn auth_groups(store: &Store, wanted: &[String]) -> anyhow::Result<Vec<AuthGroupId>> {
    let all = store.auth_groups().await?;
    let id = |name: &String| all.iter().find(|group| group.name == *name).map(|group| group.id);
    wanted
        .iter()
        .map(|name| id(name).ok_or_else(|| anyhow!("there is no auth group called {name}")))
        .collect()
}

async fn groups(store: &Store, wanted: &[String]) -> anyhow::Result<Vec<GroupId>> {
    let all = store.group_names().await?;
    if let (true, [(only, _)]) = (wanted.is_empty(), all.as_slice()) {
        return Ok(vec![*only]);
    }
    let id = |name: &String| all.iter().find(|(_, other)| other == name).map(|(id, _)| *id);
    wanted
        .iter()
        .map(|name| id(name).ok_or_else(|| anyhow!("there is no member group called {name}")))
        .collect()
}
