//! The server, from settings and a listener to the last connection.

use crate::chores::{self, Profile};
use crate::clock::{self, Clock};
use crate::config::Settings;
use crate::connections::{self, Patience};
use crate::http;
use crate::metrics;
use crate::people::{Passwords, People};
use crate::services::Resources;
use crate::start::{self, StartError, Welcome};
use crate::state::AppState;
use hub::{Hub, HubSettings};
use identity::Guests;
use std::future::Future;
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use store::{Loss, ServeLock, Store, StoreError};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

/// How long connections and requests have to end once the server is asked to stop. With what comes after it, the
/// process is gone within ten seconds.
const DRAIN: Duration = Duration::from_secs(6);

/// How long the chores have, and then the database, to finish.
const FINISH: Duration = Duration::from_millis(1_500);

/// Why the server does not run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error("cannot listen on {address}: {why}")]
    Listen { address: SocketAddr, why: String },
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("the server failed: {0}")]
    Serve(#[source] io::Error),
    #[error("{loss}. Nothing was acknowledged since. {remedy}")]
    Lost { loss: Loss, remedy: String },
}

impl From<StoreError> for ServeError {
    fn from(error: StoreError) -> Self {
        Self::Start(error.into())
    }
}

/// Takes an address to listen on.
///
/// # Errors
/// It is taken, or not ours to take.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address).await.map_err(|error| {
        let why = match error.kind() {
            io::ErrorKind::AddrInUse => "another program listens there already".to_owned(),
            io::ErrorKind::PermissionDenied => "this user may not listen there".to_owned(),
            io::ErrorKind::AddrNotAvailable => "this machine does not have that address".to_owned(),
            _ => error.to_string(),
        };
        ServeError::Listen { address, why }
    })
}

/// What a server works with.
#[derive(Debug)]
pub struct Parts {
    pub settings: Settings,
    pub clock: Clock,
    pub passwords: Passwords,
    pub listener: TcpListener,
    /// Where metrics are served, if they are.
    pub metrics: Option<TcpListener>,
    /// Whether a new database may take the place of one that is gone.
    pub begins_anew: bool,
}

/// Serves until `shutdown` comes true, then drains: tells every client to come back, lets requests finish, closes the
/// database.
///
/// # Errors
/// The database cannot be used, is in use by another server, even if only since it was away, or was taken away from under
/// the server.
pub async fn run(parts: Parts, shutdown: impl Future<Output = ()> + Send) -> Result<(), ServeError> {
    let Parts {
        settings,
        clock,
        passwords,
        listener,
        metrics,
        begins_anew,
    } = parts;
    let address = listener.local_addr().map_err(ServeError::Serve)?;
    let settings = Arc::new(settings);
    let config = settings.store();
    let mut lock = ServeLock::take(&config).await?;
    if begins_anew && let Some(kept) = store::begin_anew(&config)? {
        tracing::warn!("what is left of the database before is kept as {}", kept.display());
    }
    let store = Store::open(&config).await?;
    lock.mark()?;
    let base_url: Arc<str> = base_url(&settings, address).into();
    welcome(&store, &settings, &base_url, &clock, &passwords).await?;

    let (hub, profiles) = start_hub(&store, &settings).await?;
    let people = People::new(store.clone(), clock, passwords, &settings);
    let tidying = tokio::spawn(chores::tidy(people.clone()));
    let resources = Resources {
        store: store.clone(),
        hub: hub.clone(),
        people,
        base_url,
    };
    let state = AppState::new(&resources, settings);
    drop(resources);

    tracing::info!("listening on http://{address}");
    let _scrapes = metrics.map(|listener| serve_metrics(listener, &store, &state));
    let (mut taken_over, mut gone) = (None, None);
    let ends = async {
        tokio::select! {
            () = shutdown => {}
            error = lock.keep() => taken_over = Some(error),
            loss = store.lost() => {
                tracing::error!("{loss}: nothing is acknowledged any more");
                gone = Some(loss);
            }
        }
    };
    let served = serve(listener, state, hub, ends).await;
    tidying.abort();
    // The last handle of the hub is gone, and so its end of the queue: what it reported is still kept.
    finish("the chores", async { drop(profiles.await) }).await;
    if let Some(loss) = gone {
        let remedy = rescue(store, &loss).await;
        return Err(ServeError::Lost { loss, remedy });
    }
    finish("the database", store.close()).await;
    tracing::info!("stopped");
    taken_over.map_or(served, |error| Err(error.into()))
}

/// Saves what can be saved of a database that is lost, and says what is to be done.
async fn rescue(store: Store, loss: &Loss) -> String {
    match (store.abandon(loss).await, loss) {
        (Ok(Some(copy)), _) => format!(
            "All that was is in {copy}, and `seatline restore {copy}` makes that the database; or put the file back",
            copy = copy.display()
        ),
        (Ok(None), Loss::Part { .. }) => "All that was is in the database file: start again".to_owned(),
        (Ok(None), Loss::Postgres { .. }) => "Look at what --database-url names, and start again".to_owned(),
        (Ok(None), _) => {
            "Stop the server before a backup is put back, and use `seatline restore`; the log of the database that \
             was is kept beside it"
                .to_owned()
        }
        (Err(error), _) => format!("What was could not be copied ({error}): put the file back where it was"),
    }
}

/// Makes the database ready, and tells its first owner how to begin.
async fn welcome(
    store: &Store,
    settings: &Settings,
    base_url: &str,
    clock: &Clock,
    passwords: &Passwords,
) -> Result<(), ServeError> {
    let Some(administrator) = start::initialise(store, settings, clock, passwords).await? else {
        return Ok(());
    };
    let sites = store.sites().await?;
    let site_key = sites.first().map_or("", |site| site.key.as_str());
    let welcome = Welcome {
        settings,
        base_url,
        administrator: &administrator,
        site_key,
    };
    let mut out = io::stdout().lock();
    let told = writeln!(out, "{welcome}").and_then(|()| out.flush());
    let (place, login) = (&settings.place, &administrator.login);
    let hint = format!("`seatline member passwd {login}{place}` gives {login} another one");
    match told {
        Ok(()) => tracing::info!("nobody has logged in yet: how to is on standard output, again at each start; {hint}"),
        Err(error) => tracing::error!("standard output takes no password to log in with ({error}): {hint}"),
    }
    Ok(())
}

async fn start_hub(store: &Store, settings: &Settings) -> Result<(Hub, JoinHandle<()>), ServeError> {
    let (visits, reported) = mpsc::channel(chores::QUEUE);
    let profile = Profile {
        store: store.clone(),
        truncate_addresses: settings.truncate_addresses,
    };
    let secret = start::guest_token_secret(store).await?;
    let hub_settings = HubSettings {
        dispatch: settings.dispatch,
        limits: settings.limits,
        guests: Guests::new(store.clone(), secret, settings.limits.new_guests_per_minute),
        wall_clock: clock::now,
    };
    let hub = Hub::start(store.clone(), hub_settings, visits).await?;
    Ok((hub, tokio::spawn(profile.run(reported))))
}

async fn serve(
    listener: TcpListener,
    state: AppState,
    hub: Hub,
    shutdown: impl Future<Output = ()> + Send,
) -> Result<(), ServeError> {
    let (stop, stopped) = oneshot::channel::<()>();
    let (router, patience) = (http::router(state.clone()), Patience::default());
    let serving = connections::serve(listener, router, patience, async { drop(stopped.await) });
    let mut serving = tokio::spawn(serving);
    tokio::select! {
        () = shutdown => {}
        ended = &mut serving => return ended.map_err(|error| ServeError::Serve(io::Error::other(error))),
    }
    tracing::info!("stopping");
    state.start_draining();
    drop(stop);
    let requests = async { tokio::time::timeout(DRAIN, &mut serving).await.is_err() };
    let ((), late) = tokio::join!(hub.drain(DRAIN), requests);
    if late {
        tracing::warn!("some requests did not end in time");
        serving.abort();
    }
    Ok(())
}

/// Serves scrapes until what comes back is dropped: to the end, so that a drain can be watched.
fn serve_metrics(listener: TcpListener, store: &Store, state: &AppState) -> oneshot::Sender<()> {
    if let Ok(address) = listener.local_addr() {
        tracing::info!("metrics at http://{address}/metrics");
    }
    let (stop, stopped) = oneshot::channel();
    let (router, patience) = (metrics::router(store, state), Patience::default());
    tokio::spawn(connections::serve(listener, router, patience, async {
        drop(stopped.await);
    }));
    stop
}

async fn finish(what: &str, work: impl Future<Output = ()>) {
    if tokio::time::timeout(FINISH, work).await.is_err() {
        tracing::warn!("{what} did not finish in time");
    }
}

/// Scheme and host that people reach the server at: the public address, or else where it listens.
fn base_url(settings: &Settings, mut address: SocketAddr) -> String {
    if let Some(url) = &settings.public_url {
        return url.origin().to_owned();
    }
    if address.ip().is_unspecified() {
        // Every address of this machine: the one that surely works for whoever reads this on it.
        address.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
    }
    format!("http://{address}")
}
