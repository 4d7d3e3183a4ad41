//! What a database needs before people can use it, and what its first owner is told.

use crate::clock::Clock;
use crate::config::Settings;
use crate::people::{Busy, Passwords};
use crate::{random, services};
use app::api::session::{PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN, check_password};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::{fmt, io};
use store::{Store, StoreError};

/// The login of the administrator that is there from the beginning.
const ADMINISTRATOR: &str = "admin";

/// More than the longest password has.
const PASSWORD_BYTES_MAX: u64 = 4_096;

/// Where the key is kept that signs guests' tokens.
const GUEST_TOKEN_SECRET: &str = "guest_token_secret";

/// Why a database could not be made ready.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Busy(#[from] Busy),
    #[error("the administrator's password cannot be taken from {file}: {why}")]
    Password { file: String, why: String },
    #[error("the database holds a guest token secret that is not 32 bytes in base64")]
    Secret,
}

/// The administrator who was created because there was none, and whom nobody has claimed by logging in.
#[derive(Clone, Debug)]
pub struct Administrator {
    pub login: String,
    pub password: FirstPassword,
}

/// What an unclaimed administrator logs in with.
#[derive(Clone, Debug)]
pub enum FirstPassword {
    /// Made at this start, since whoever was told the one before may not have seen it.
    Random(String),
    /// Its owner has chosen it.
    Chosen,
}

/// Fills an empty database, and creates an administrator if there is nobody who could create members. Until somebody has
/// logged in, each start gives that administrator another password, or the one that the settings name, and so has it to tell.
///
/// # Errors
/// The store failed, there is a disabled or powerless member called `admin`, or the password named is none.
pub async fn initialise(
    store: &Store,
    settings: &Settings,
    clock: &Clock,
    passwords: &Passwords,
) -> Result<Option<Administrator>, StartError> {
    let found = store.initialise(clock.now(), &random::key()).await?;
    if !found.administrator_needed && found.unclaimed.is_none() {
        return Ok(None);
    }
    let chosen = settings
        .admin_password_file
        .as_deref()
        .map(chosen_password)
        .transpose()?;
    let password = chosen.clone().unwrap_or_else(random::password);
    let hash = passwords.hash(password.clone()).await?;
    let login = match found.unclaimed {
        Some(id) if !found.administrator_needed => {
            let member = store.member(id).await?.filter(|member| !member.disabled);
            let Some(member) = member else { return Ok(None) };
            if !store.set_unclaimed_password(id, &hash).await? {
                return Ok(None);
            }
            member.login
        }
        _ => {
            let created = store.create_unclaimed_administrator(ADMINISTRATOR, "Administrator", &hash, clock.now());
            created.await?.login
        }
    };
    let password = match chosen {
        Some(_) => FirstPassword::Chosen,
        None => FirstPassword::Random(password),
    };
    Ok(Some(Administrator { login, password }))
}

/// The first line of the file; `-` is standard input.
fn chosen_password(file: &Path) -> Result<String, StartError> {
    let named = || file.display().to_string();
    let mut text = String::new();
    let read = if file == Path::new("-") {
        io::stdin().lock().take(PASSWORD_BYTES_MAX).read_to_string(&mut text)
    } else {
        File::open(file).and_then(|file| file.take(PASSWORD_BYTES_MAX).read_to_string(&mut text))
    };
    read.map_err(|error| StartError::Password {
        file: named(),
        why: error.to_string(),
    })?;
    let password = text.lines().next().unwrap_or_default().to_owned();
    check_password("password", &password).map_err(|_| StartError::Password {
        file: named(),
        why: format!("its first line must have {PASSWORD_CHARS_MIN} to {PASSWORD_CHARS_MAX} characters"),
    })?;
    Ok(password)
}

/// The key that signs guests' tokens: made once, kept with the data.
///
/// # Errors
/// The store failed, or somebody has changed it.
pub async fn guest_token_secret(store: &Store) -> Result<[u8; 32], StartError> {
    let fresh = STANDARD.encode(random::bytes::<32>());
    let kept = store.config_get_or_insert(GUEST_TOKEN_SECRET, &fresh).await?;
    let bytes = STANDARD.decode(kept).map_err(|_| StartError::Secret)?;
    bytes.try_into().map_err(|_| StartError::Secret)
}

/// What the first owner is told at each start, until somebody has logged in.
#[derive(Debug)]
pub struct Welcome<'a> {
    pub settings: &'a Settings,
    pub base_url: &'a str,
    pub administrator: &'a Administrator,
    pub site_key: &'a str,
}

impl fmt::Display for Welcome<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            settings,
            base_url,
            administrator: Administrator { login, password },
            site_key,
        } = self;
        writeln!(f, "Welcome to Seatline.\n")?;
        writeln!(f, "  Desk      {base_url}/desk")?;
        writeln!(f, "  Console   {base_url}/admin")?;
        if settings.demo_is_on() {
            writeln!(f, "  Demo      {base_url}/demo")?;
        }
        writeln!(f, "  Login     {login}")?;
        match password {
            FirstPassword::Random(password) => writeln!(
                f,
                "  Password  {password}    good until the next start or the first log-in; change it after that\n"
            )?,
            FirstPassword::Chosen => writeln!(f, "            with the password that you have chosen\n")?,
        }
        writeln!(f, "To have the chat on your web site, allow the site's address:\n")?;
        let place = &settings.place;
        writeln!(f, "  seatline site allow {site_key} https://www.example.com{place}\n")?;
        writeln!(f, "and put this into its pages, before </body>:\n")?;
        writeln!(f, "  {}", services::embed(base_url, site_key))
    }
}
