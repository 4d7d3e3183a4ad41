//! `seatline doctor`: looks at the database, and at the server if one runs, and says in plain sentences what is wrong.
//!
//! - [`words`] puts what the store found into sentences, [`server`] asks a running server how it is, [`public`] how it is
//!   reached from outside.
//! - Exit codes are those of `diff`: 0 nothing is wrong, 1 something is, 2 nobody could look.

mod line;
mod public;
mod server;
mod words;

use super::input::{contents, say};
use crate::config::{Options, Place, PublicUrl, Settings};
use clap::Args;
use serde::Serialize;
use serde_json::{Value, json};
use server::ServerState;
use std::net::SocketAddr;
use std::process::ExitCode;
use store::examine::{self, Examination, Finding, Severity};
use store::{ServeLock, StoreConfig};
use words::Words;

#[derive(Args, Debug)]
#[command(after_help = "Exit codes: 0 nothing is wrong, 1 something is wrong, 2 the doctor could not look.")]
pub(super) struct Doctor {
    /// Print one JSON object instead of sentences
    #[arg(long)]
    json: bool,

    /// Where the server listens, if one runs [default: as configured for `seatline serve`]
    #[arg(long, env = "SEATLINE_LISTEN", value_name = "ADDRESS")]
    listen: Option<SocketAddr>,

    /// Where people reach the server, which is tried if it runs [default: as configured for `seatline serve`]
    #[arg(long, env = "SEATLINE_PUBLIC_URL", value_name = "URL")]
    public_url: Option<PublicUrl>,

    #[command(flatten)]
    place: Place,
}

/// One thing that is said.
#[derive(Debug, Serialize)]
struct Told {
    severity: Severity,
    #[serde(flatten)]
    words: Words,
    /// What a program may want to know of it.
    #[serde(flatten)]
    facts: Value,
}

impl Doctor {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let options = Options {
            listen: self.listen,
            public_url: self.public_url,
            ..Options::default()
        };
        let settings = Settings::load(&self.place, options)?;
        let config = settings.store();
        let examination = examine::examine(&config).await?;
        let server = server::ask(settings.listen, ServeLock::is_held(&config).await?).await;
        let reached = match (&server, &settings.public_url) {
            (ServerState::Ready { .. }, Some(public_url)) => public::look(public_url).await,
            _ => Vec::new(),
        };
        let report = Report {
            database: name(&config),
            told: told(&examination.findings, &server, reached),
            server,
            examination,
        };
        say(&if self.json { report.json() } else { report.text() })?;
        Ok(if report.count(Severity::Wrong) == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}

/// The database, without a password.
fn name(config: &StoreConfig) -> String {
    match config {
        StoreConfig::Sqlite { path, .. } => path.display().to_string(),
        StoreConfig::Postgres { .. } => "PostgreSQL".to_owned(),
    }
}

/// What is wrong first.
fn told(findings: &[Finding], server: &ServerState, reached: Vec<Told>) -> Vec<Told> {
    let mut told: Vec<Told> = server.told().into_iter().chain(reached).collect();
    told.extend(findings.iter().map(|finding| Told {
        severity: finding.severity(),
        words: words::of(finding),
        facts: json!(finding),
    }));
    told.sort_by_key(|told| told.severity == Severity::Odd);
    told
}

#[derive(Debug)]
struct Report {
    database: String,
    server: ServerState,
    examination: Examination,
    told: Vec<Told>,
}

impl Report {
    fn count(&self, severity: Severity) -> usize {
        self.told.iter().filter(|told| told.severity == severity).count()
    }

    fn json(&self) -> String {
        json!({
            "database": self.database,
            "server": self.server,
            "contents": self.examination.contents,
            "wrong": self.count(Severity::Wrong),
            "odd": self.count(Severity::Odd),
            "more": self.examination.more,
            "findings": self.told,
        })
        .to_string()
    }

    fn text(&self) -> String {
        let contents = contents(self.examination.contents);
        let mut lines = vec![format!("Looked at {}: {contents}; {}.", self.database, self.server)];
        for told in &self.told {
            let mark = match told.severity {
                Severity::Wrong => "WRONG",
                Severity::Odd => "Odd  ",
            };
            lines.push(format!(
                "\n{mark}  {}\n       What to do: {}",
                told.words.what, told.words.todo
            ));
        }
        if self.examination.more {
            lines.push("\nThere is more of the same kinds than is told here.".to_owned());
        }
        lines.push(match (self.count(Severity::Wrong), self.count(Severity::Odd)) {
            (0, 0) => "Nothing is wrong.".to_owned(),
            (0, odd) => format!("\nNothing is wrong; odd: {odd}."),
            (wrong, 0) => format!("\nWrong: {wrong}."),
            (wrong, odd) => format!("\nWrong: {wrong}; odd: {odd}."),
        });
        lines.join("\n")
    }
}
