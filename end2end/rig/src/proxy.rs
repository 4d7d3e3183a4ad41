//! A network between a client and the server, with weather.

use crate::RigError;
use crate::error::io;
use crate::server::Address;
use std::net::Ipv4Addr;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::sleep;

/// What happens to bytes on their way, in both directions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weather {
    Fair,
    /// They vanish, and nobody is told: both ends believe that the connection is fine.
    Swallow,
    /// So many a second get through.
    Slow {
        bytes_per_second: u32,
    },
    /// Each goes in a packet of its own.
    Bytewise,
}

/// Chunks a second of a slow connection.
const CHUNKS: u32 = 50;

/// A relay in front of a server. What it relays ends when it is dropped.
#[derive(Debug)]
pub struct Proxy {
    /// Where to connect to instead.
    pub address: Address,
    weather: watch::Sender<Weather>,
    /// Every change cuts all connections there are.
    cuts: watch::Sender<u64>,
    /// Connections that the server has not ended.
    open: watch::Sender<usize>,
    accepting: JoinHandle<()>,
}

impl Proxy {
    /// In front of the server that is at `to` at the time of each connection.
    ///
    /// # Errors
    /// There is no free port.
    pub async fn before(to: Address) -> Result<Self, RigError> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
        let listener = listener.map_err(io("listening for the proxy"))?;
        let address = listener.local_addr().map_err(io("listening for the proxy"))?;
        let (weather, cuts) = (watch::Sender::new(Weather::Fair), watch::Sender::new(0));
        let open = watch::Sender::new(0);
        let accepting = accept(listener, to, weather.subscribe(), cuts.subscribe(), open.clone());
        let accepting = tokio::spawn(accepting);
        Ok(Self {
            address: address.into(),
            weather,
            cuts,
            open,
            accepting,
        })
    }

    pub fn set(&self, weather: Weather) {
        self.weather.send_replace(weather);
    }

    /// Waits until the server has ended every connection, whatever the weather keeps from the clients.
    pub async fn deserted(&self) {
        // An error would mean that the proxy is no more, and it is here.
        let _ = self.open.subscribe().wait_for(|open| *open == 0).await;
    }

    /// Resets every connection, at both ends. New ones are let through.
    pub fn cut(&self) {
        self.cuts.send_modify(|cuts| *cuts = cuts.wrapping_add(1));
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// Counts a connection until it is dropped.
struct Open(watch::Sender<usize>);

impl Open {
    fn new(open: watch::Sender<usize>) -> Self {
        open.send_modify(|open| *open += 1);
        Self(open)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.send_modify(|open| *open -= 1);
    }
}

async fn accept(
    listener: TcpListener,
    to: Address,
    weather: watch::Receiver<Weather>,
    cuts: watch::Receiver<u64>,
    open: watch::Sender<usize>,
) {
    while let Ok((client, _)) = listener.accept().await {
        // Counted from here on: a cut that was made before is not this connection's.
        let mut cuts = cuts.clone();
        cuts.mark_unchanged();
        let (to, weather, open) = (to.clone(), weather.clone(), open.clone());
        tokio::spawn(async move {
            // A server that is not there shows in the client's connection ending at once.
            if let Ok(server) = TcpStream::connect(to.get()).await {
                relay(client, server, weather, cuts, Open::new(open)).await;
            }
        });
    }
}

async fn relay(
    client: TcpStream,
    server: TcpStream,
    weather: watch::Receiver<Weather>,
    mut cuts: watch::Receiver<u64>,
    open: Open,
) {
    for stream in [&client, &server] {
        // As on a real network: small packets go at once, and what is cut is reset.
        if stream
            .set_nodelay(true)
            .and_then(|()| stream.set_zero_linger())
            .is_err()
        {
            return;
        }
    }
    let (client_out, client_in) = client.into_split();
    let (server_out, server_in) = server.into_split();
    let there = pump(client_out, server_in, weather.clone(), None);
    let back = pump(server_out, client_in, weather, Some(open));
    tokio::select! {
        _ = async { tokio::join!(there, back) } => {}
        // An error means that the proxy is no more.
        _ = cuts.changed() => {}
    }
}

/// One direction. `open` counts its connection until `from` has ended.
async fn pump(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    mut weather: watch::Receiver<Weather>,
    mut open: Option<Open>,
) {
    let mut buffer = vec![0; 16 * 1_024];
    loop {
        let count = from.read(&mut buffer).await.unwrap_or(0);
        let now = *weather.borrow_and_update();
        if now == Weather::Swallow {
            if count > 0 {
                continue;
            }
            drop(open.take());
            // The end vanishes as well, for as long as the weather lasts.
            if weather.wait_for(|weather| *weather != Weather::Swallow).await.is_err() {
                return;
            }
        }
        let Some(bytes) = buffer.get(..count).filter(|bytes| !bytes.is_empty()) else {
            drop(to.shutdown().await);
            return;
        };
        if pass_on(bytes, &mut to, now).await.is_err() {
            return;
        }
    }
}

async fn pass_on(bytes: &[u8], to: &mut OwnedWriteHalf, weather: Weather) -> std::io::Result<()> {
    match weather {
        Weather::Fair | Weather::Swallow => to.write_all(bytes).await,
        Weather::Bytewise => {
            for byte in bytes {
                to.write_all(&[*byte]).await?;
                tokio::task::yield_now().await;
            }
            Ok(())
        }
        Weather::Slow { bytes_per_second } => {
            let size = usize::try_from(bytes_per_second / CHUNKS).unwrap_or(1).max(1);
            for chunk in bytes.chunks(size) {
                to.write_all(chunk).await?;
                sleep(Duration::from_secs(1) / CHUNKS).await;
            }
            Ok(())
        }
    }
}
