//! How Seatline is set up: defaults, then a TOML file, then `SEATLINE_*` variables, then the command line; the later
//! wins.
//!
//! [`options::Options`] declares every option once: its doc comment is the help text, its field name the TOML key, and
//! the flag and the variable follow from it. [`Settings`] is what comes out: complete and checked.

mod file;
mod options;
mod same_place;
mod values;

pub use options::{Options, Place};
pub use same_place::SamePlace;
pub use values::{BadValue, Count, Demo, LogFormat, PublicUrl, Seconds};

use connection::Limits;
use ipnet::IpNet;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use store::StoreConfig;

/// The database file in the data folder.
const DATABASE_FILE: &str = "seatline.db";

/// Where Seatline listens if nobody says otherwise.
const LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 3000);

/// Why the configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("the configuration file {} cannot be read: {why}", path.display())]
    Unreadable { path: PathBuf, why: String },
    #[error("the configuration file {} is not right: {why}", path.display())]
    Invalid { path: PathBuf, why: String },
    #[error("the data folder {} is a file, and not a folder", .0.display())]
    NotAFolder(PathBuf),
    /// Not said by the command line's own parser, which would print the value, and the password in it.
    #[error(transparent)]
    Database(BadValue),
}

/// Everything that can be set, as it is.
#[derive(Clone, Debug)]
pub struct Settings {
    pub listen: SocketAddr,
    /// Where metrics are served, if they are.
    pub metrics_listen: Option<SocketAddr>,
    pub data: PathBuf,
    /// What other commands are to be told, so that they work on the same installation.
    pub place: SamePlace,
    pub database_url: Option<String>,
    pub public_url: Option<PublicUrl>,
    pub demo: Demo,
    pub log: String,
    pub log_format: LogFormat,
    pub trusted_proxies: Vec<IpNet>,
    pub truncate_addresses: bool,
    pub dispatch: dispatch::Settings,
    pub limits: Limits,
    /// Where the first administrator's password is, if its owner has chosen one.
    pub admin_password_file: Option<PathBuf>,
    pub session_idle_ms: i64,
    pub session_max_ms: i64,
}

impl Settings {
    /// Puts what the command line and the environment say over what the file says over the defaults.
    ///
    /// # Errors
    /// The file cannot be read, or says something that is not an option.
    pub fn load(place: &Place, options: Options) -> Result<Self, ConfigError> {
        let given = options.placed(place);
        let file = match file::find(place.config.as_deref(), given.data.as_deref()) {
            Some(found) => found.read()?,
            None => Options::default(),
        };
        let settings = Self {
            place: SamePlace::of(place),
            ..Self::from(given.over(file))
        };
        if let Some(url) = &settings.database_url {
            values::database_url(url).map_err(ConfigError::Database)?;
        }
        if settings.data.is_file() {
            return Err(ConfigError::NotAFolder(settings.data));
        }
        Ok(settings)
    }

    /// Which database.
    pub fn store(&self) -> StoreConfig {
        match &self.database_url {
            Some(url) => StoreConfig::postgres(url.clone()),
            None => StoreConfig::sqlite(self.data.join(DATABASE_FILE)),
        }
    }

    /// Whether the demonstration page is shown.
    pub const fn demo_is_on(&self) -> bool {
        match self.demo {
            Demo::On => true,
            Demo::Off => false,
            Demo::Auto => self.listen.ip().is_loopback(),
        }
    }
}

impl From<Options> for Settings {
    fn from(options: Options) -> Self {
        let (patience, bounds) = (dispatch::Settings::default(), Limits::default());
        let ms = |given: Option<Seconds>, default: i64| given.map_or(default, |seconds| seconds.ms);
        Self {
            listen: options.listen.unwrap_or(LISTEN),
            metrics_listen: options.metrics_listen,
            data: options.data.unwrap_or_else(|| PathBuf::from("data")),
            place: SamePlace::default(),
            database_url: options.database_url,
            public_url: options.public_url,
            demo: options.demo.unwrap_or_default(),
            log: options.log.unwrap_or_else(|| "info".to_owned()),
            log_format: options.log_format.unwrap_or_default(),
            trusted_proxies: options.trusted_proxies.unwrap_or_default(),
            truncate_addresses: options.truncate_addresses.unwrap_or_default(),
            dispatch: dispatch::Settings {
                absence_ms: ms(options.absence_s, patience.absence_ms),
                agent_grace_ms: ms(options.agent_grace_s, patience.agent_grace_ms),
                guest_grace_ms: ms(options.guest_grace_s, patience.guest_grace_ms),
                guest_gone_ms: ms(options.guest_gone_s, patience.guest_gone_ms),
                accept_ms: ms(options.accept_s, patience.accept_ms),
                unstaffed_ms: ms(options.unstaffed_s, patience.unstaffed_ms),
            },
            limits: Limits {
                frames_burst: options.frames_burst.map_or(bounds.frames_burst, |count| count.0),
                frames_per_second: options
                    .frames_per_second
                    .map_or(bounds.frames_per_second, |count| count.0),
                new_guests_per_minute: options.new_guests_per_minute.unwrap_or(bounds.new_guests_per_minute),
            },
            admin_password_file: options.admin_password_file,
            session_idle_ms: ms(options.session_idle_s, 12 * 60 * 60 * 1_000),
            session_max_ms: ms(options.session_max_s, 7 * 24 * 60 * 60 * 1_000),
        }
    }
}

#[cfg(test)]
mod tests;
