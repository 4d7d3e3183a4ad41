//! What a database needs before people can use it, and what its first owner is told.

use crate::clock::Clock;
use crate::config::Settings;
use crate::people::{Busy, Passwords};
use crate::{random, services};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::fmt;
use store::{Store, StoreError};

/// The login of the administrator that is there from the beginning.
const ADMINISTRATOR: &str = "admin";

/// Where the key is kept that signs guests' tokens.
const GUEST_TOKEN_SECRET: &str = "guest_token_secret";

/// Why a database could not be made ready.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Busy(#[from] Busy),
    #[error("the database holds a guest token secret that is not 32 bytes in base64")]
    Secret,
}

/// The administrator who was created because there was none.
#[derive(Clone, Debug)]
pub struct Administrator {
    pub login: &'static str,
    pub password: String,
}

/// Fills an empty database, and creates an administrator if there is nobody who could create members.
///
/// # Errors
/// The store failed, or there is a disabled or powerless member called `admin`.
pub async fn initialise(
    store: &Store,
    clock: &Clock,
    passwords: &Passwords,
) -> Result<Option<Administrator>, StartError> {
    let found = store.initialise(clock.now(), &random::key()).await?;
    if !found.administrator_needed {
        return Ok(None);
    }
    let password = random::password();
    let hash = passwords.hash(password.clone()).await?;
    store
        .create_administrator(ADMINISTRATOR, "Administrator", &hash, clock.now())
        .await?;
    Ok(Some(Administrator {
        login: ADMINISTRATOR,
        password,
    }))
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

/// What the first owner is told, once.
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
        writeln!(
            f,
            "  Password  {password}    shown this once; change it after logging in\n"
        )?;
        writeln!(f, "To have the chat on your web site, allow the site's address:\n")?;
        let place = &settings.place;
        writeln!(f, "  seatline site allow {site_key} https://www.example.com{place}\n")?;
        writeln!(f, "and put this into its pages, before </body>:\n")?;
        writeln!(f, "  {}", services::embed(base_url, site_key))
    }
}
