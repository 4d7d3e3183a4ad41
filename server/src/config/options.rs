//! Every option, declared once.

#![expect(clippy::doc_markdown, reason = "these comments are what --help prints")]

use super::values::{Count, Demo, LogFormat, PublicUrl, Seconds, database_url};
use clap::Args;
use ipnet::IpNet;
use serde::{Deserialize, Deserializer};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Which installation a command is about.
#[derive(Args, Clone, Debug, Default)]
pub struct Place {
    /// The data folder; holds the database unless --database-url names one [default: ./data]
    #[arg(long, env = "SEATLINE_DATA", value_name = "FOLDER", help_heading = "Place")]
    pub data: Option<PathBuf>,

    /// A PostgreSQL database instead, such as postgres://user:password@host/name
    #[arg(
        long,
        env = "SEATLINE_DATABASE_URL",
        hide_env_values = true,
        value_name = "URL",
        help_heading = "Place"
    )]
    pub database_url: Option<String>,

    /// The configuration file [default: seatline.toml in the data folder, if there is one]
    #[arg(long, env = "SEATLINE_CONFIG", value_name = "FILE", help_heading = "Place")]
    pub config: Option<PathBuf>,
}

/// Everything that can be set. `None`: not said here.
#[derive(Args, Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Said with [`Place`] on the command line.
    #[arg(skip)]
    pub data: Option<PathBuf>,

    /// Said with [`Place`] on the command line.
    #[arg(skip)]
    #[serde(deserialize_with = "checked_database_url")]
    pub database_url: Option<String>,

    /// Address and port to listen on; port 0 picks a free one [default: 127.0.0.1:3000]
    #[arg(long, env = "SEATLINE_LISTEN", value_name = "ADDRESS", help_heading = "Network")]
    pub listen: Option<SocketAddr>,

    /// Serve metrics for Prometheus on an address of their own, at /metrics, to whoever can reach it [default: not at all]
    #[arg(
        long,
        env = "SEATLINE_METRICS_LISTEN",
        value_name = "ADDRESS",
        help_heading = "Network"
    )]
    pub metrics_listen: Option<SocketAddr>,

    /// Where people reach Seatline, such as https://chat.example; with https, cookies are kept to encrypted connections
    #[arg(long, env = "SEATLINE_PUBLIC_URL", value_name = "URL", help_heading = "Network")]
    pub public_url: Option<PublicUrl>,

    /// Proxies whose X-Forwarded-For is believed, as addresses or networks, separated by commas
    #[arg(
        long,
        env = "SEATLINE_TRUSTED_PROXIES",
        value_name = "NETWORKS",
        value_delimiter = ',',
        value_parser = network,
        help_heading = "Network"
    )]
    #[serde(deserialize_with = "networks")]
    pub trusted_proxies: Option<Vec<IpNet>>,

    /// Keep only the network part of guests' addresses
    #[arg(
        long,
        env = "SEATLINE_TRUNCATE_ADDRESSES",
        value_name = "BOOL",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true",
        help_heading = "Network"
    )]
    pub truncate_addresses: Option<bool>,

    /// Show the demonstration shop at /demo; auto shows it while listening on loopback [default: auto]
    #[arg(long, env = "SEATLINE_DEMO", value_name = "WHEN", help_heading = "Network")]
    pub demo: Option<Demo>,

    /// What to log: error, warn, info, debug, trace, also by part, such as info,store=debug [default: info]
    #[arg(long, env = "SEATLINE_LOG", value_name = "FILTER", help_heading = "Log")]
    pub log: Option<String>,

    /// How log lines look [default: human]
    #[arg(long, env = "SEATLINE_LOG_FORMAT", value_name = "FORMAT", help_heading = "Log")]
    pub log_format: Option<LogFormat>,

    /// How long somebody whose connection dropped passes as here [default: 8]
    #[arg(long, env = "SEATLINE_ABSENCE_S", value_name = "SECONDS", help_heading = "Patience")]
    pub absence_s: Option<Seconds>,

    /// How long seats are held for an agent whose connection dropped [default: 30]
    #[arg(
        long,
        env = "SEATLINE_AGENT_GRACE_S",
        value_name = "SECONDS",
        help_heading = "Patience"
    )]
    pub agent_grace_s: Option<Seconds>,

    /// How long a place in line is held for a guest whose connection dropped [default: 120]
    #[arg(
        long,
        env = "SEATLINE_GUEST_GRACE_S",
        value_name = "SECONDS",
        help_heading = "Patience"
    )]
    pub guest_grace_s: Option<Seconds>,

    /// How long a seat is held for a guest who went away [default: 600]
    #[arg(
        long,
        env = "SEATLINE_GUEST_GONE_S",
        value_name = "SECONDS",
        help_heading = "Patience"
    )]
    pub guest_gone_s: Option<Seconds>,

    /// How long an agent has to accept or reply before a conversation moves on [default: 60]
    #[arg(long, env = "SEATLINE_ACCEPT_S", value_name = "SECONDS", help_heading = "Patience")]
    pub accept_s: Option<Seconds>,

    /// How long the line waits after the last agent went off duty [default: 60]
    #[arg(
        long,
        env = "SEATLINE_UNSTAFFED_S",
        value_name = "SECONDS",
        help_heading = "Patience"
    )]
    pub unstaffed_s: Option<Seconds>,

    /// Frames a connection may send at once [default: 60]
    #[arg(long, env = "SEATLINE_FRAMES_BURST", value_name = "NUMBER", help_heading = "Limits")]
    pub frames_burst: Option<Count>,

    /// Frames a connection may send a second after that [default: 20]
    #[arg(
        long,
        env = "SEATLINE_FRAMES_PER_SECOND",
        value_name = "NUMBER",
        help_heading = "Limits"
    )]
    pub frames_per_second: Option<Count>,

    /// New guests one address may bring at once, and a minute after that; 0 for no limit [default: 120]
    #[arg(
        long,
        env = "SEATLINE_NEW_GUESTS_PER_MINUTE",
        value_name = "NUMBER",
        help_heading = "Limits"
    )]
    pub new_guests_per_minute: Option<u32>,

    /// Read the first administrator's password from the first line of a file, - for standard input; looked at until somebody has
    /// logged in [default: a random one, printed at each start until then]
    #[arg(
        long,
        env = "SEATLINE_ADMIN_PASSWORD_FILE",
        value_name = "FILE",
        help_heading = "Sessions"
    )]
    pub admin_password_file: Option<PathBuf>,

    /// A session ends when it was not used for this long [default: 43200, 12 hours]
    #[arg(
        long,
        env = "SEATLINE_SESSION_IDLE_S",
        value_name = "SECONDS",
        help_heading = "Sessions"
    )]
    pub session_idle_s: Option<Seconds>,

    /// A session ends after this long, however much it is used [default: 604800, 7 days]
    #[arg(
        long,
        env = "SEATLINE_SESSION_MAX_S",
        value_name = "SECONDS",
        help_heading = "Sessions"
    )]
    pub session_max_s: Option<Seconds>,
}

impl Options {
    /// With what the command line says of the place.
    pub(super) fn placed(self, place: &Place) -> Self {
        Self {
            data: place.data.clone(),
            database_url: place.database_url.clone(),
            ..self
        }
    }

    /// What is said here, and what is not from `lower`.
    pub(super) fn over(self, lower: Self) -> Self {
        macro_rules! over {
            ($($field:ident),+ $(,)?) => { Self { $($field: self.$field.or(lower.$field)),+ } };
        }
        over! {
            data, database_url, listen, metrics_listen, public_url, trusted_proxies, truncate_addresses, demo, log, log_format,
            absence_s, agent_grace_s, guest_grace_s, guest_gone_s, accept_s, unstaffed_s, frames_burst, frames_per_second,
            new_guests_per_minute, admin_password_file, session_idle_s, session_max_s,
        }
    }
}

/// A network, or a single address as the network that holds nothing else.
fn network(text: &str) -> Result<IpNet, String> {
    let text = text.trim();
    let address = || text.parse().map(|address: std::net::IpAddr| IpNet::from(address));
    text.parse()
        .or_else(|_| address())
        .map_err(|_| format!("{text} is neither an address nor a network"))
}

fn networks<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<IpNet>>, D::Error> {
    let texts = Vec::<String>::deserialize(deserializer)?;
    texts
        .iter()
        .map(|text| network(text).map_err(serde::de::Error::custom))
        .collect::<Result<_, _>>()
        .map(Some)
}

fn checked_database_url<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(deserializer)?;
    database_url(&text).map(Some).map_err(serde::de::Error::custom)
}
