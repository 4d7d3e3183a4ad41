//! One end of a conversation: what it remembers, and the connection it has at the moment, if any.
//!
//! What guests and desks have in common; what differs is their [`Memory`].

use crate::Violation;
use crate::dice::Dice;
use crate::record::Record;
use crate::server::Address;
use crate::socket::{Dial, Lost, Socket};
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::time::{sleep, timeout};

/// Upper bound of the wait before the first attempt to connect again …
const WAIT_FIRST: Duration = Duration::from_millis(500);

/// … and of any, while somebody is looking at the page.
const WAIT_MOST: Duration = Duration::from_secs(5);

/// How long the answer to a hello may take.
const WELCOME: Duration = Duration::from_secs(20);

/// What survives a lost connection, and makes sense of frames.
pub trait Memory {
    /// Path and query of the endpoint.
    fn path(&self) -> String;

    /// The session, for endpoints that want one.
    fn cookie(&self) -> Option<String> {
        None
    }

    /// The first frame of a new connection. What the last one was sent is forgotten.
    fn hello(&mut self) -> Value;

    /// Makes sense of a frame, and keeps whatever is not as it must be.
    fn take(&mut self, frame: &Value);

    /// A frame that asks for what is missing, until it has been [`Memory::asked`].
    fn question(&self) -> Option<Value> {
        None
    }

    fn asked(&mut self) {}

    fn record(&mut self) -> &mut Record;
}

/// A client. `memory` may be read at any time.
#[derive(Debug)]
pub struct Client<M> {
    pub memory: M,
    /// How to get there: where from, how much is read ahead.
    pub dial: Dial,
    /// Welcomes so far.
    pub welcomes: u64,
    /// Close codes so far, each with how often it came.
    pub closed: BTreeMap<u16, u64>,
    address: Address,
    socket: Option<Socket>,
}

impl<M: Memory> Client<M> {
    pub(crate) fn with(memory: M, address: Address) -> Self {
        Self {
            memory,
            dial: Dial::new(address.get(), ""),
            welcomes: 0,
            closed: BTreeMap::new(),
            address,
            socket: None,
        }
    }

    /// From now on by another way, as through a [`crate::proxy::Proxy`].
    pub fn by_way_of(&mut self, address: Address) {
        self.address = address;
    }

    pub const fn is_connected(&self) -> bool {
        self.socket.is_some()
    }

    /// Connects, says hello, waits for the welcome, and sends again what was not acknowledged.
    ///
    /// # Errors
    /// The connection ended before that.
    pub async fn connect(&mut self) -> Result<(), Lost> {
        let welcomed = self.introduce().await;
        if let Err(lost) = &welcomed {
            self.note(lost);
        }
        welcomed
    }

    async fn introduce(&mut self) -> Result<(), Lost> {
        self.socket = None;
        self.dial.to = self.address.get();
        self.dial.path = self.memory.path();
        self.dial.cookie = self.memory.cookie();
        let mut socket = Socket::open(&self.dial).await?;
        socket.send(&self.memory.hello()).await?;
        let welcome = timeout(WELCOME, socket.next()).await;
        let welcome = welcome.map_err(|_| Lost::Broken("no welcome".to_owned()))??;
        if welcome.get("type").and_then(Value::as_str) != Some("welcome") {
            let violation = Violation::Other(format!("{welcome} instead of a welcome"));
            self.memory.record().violations.push(violation);
        }
        self.memory.take(&welcome);
        self.welcomes = self.welcomes.saturating_add(1);
        for frame in self.memory.record().sent.again() {
            socket.send(&frame).await?;
        }
        self.socket = Some(socket);
        Ok(())
    }

    fn note(&mut self, lost: &Lost) {
        if let Lost::Closed(code) = lost {
            *self.closed.entry(*code).or_default() += 1;
        }
    }

    /// Connects again as docs/protocol.md has it, however often it takes.
    ///
    /// # Errors
    /// The server says not to come back.
    pub async fn come_back(&mut self, dice: &mut Dice) -> Result<(), Lost> {
        let mut bound = WAIT_FIRST;
        loop {
            sleep(dice.between(Duration::ZERO, bound)).await;
            match self.connect().await {
                Ok(()) => return Ok(()),
                Err(lost) if lost.comes_back() => bound = (bound * 2).min(WAIT_MOST),
                Err(lost) => return Err(lost),
            }
        }
    }

    /// The next frame, taken in. May be dropped half-way without losing anything.
    ///
    /// # Errors
    /// There is no connection, or it has just ended.
    pub async fn next(&mut self) -> Result<Value, Lost> {
        if let Some(question) = self.memory.question() {
            self.send(&question).await;
            self.memory.asked();
        }
        let Some(socket) = &mut self.socket else {
            return Err(Lost::Broken("not connected".to_owned()));
        };
        match socket.next().await {
            Ok(frame) => {
                self.memory.take(&frame);
                Ok(frame)
            }
            Err(lost) => {
                self.socket = None;
                self.note(&lost);
                Err(lost)
            }
        }
    }

    /// The next frame that `wanted` makes something of; the others are taken in on the way.
    ///
    /// # Errors
    /// The connection ended, or `patience` did; then `what` is said not to have come.
    pub async fn find<T>(
        &mut self,
        what: &str,
        patience: Duration,
        mut wanted: impl FnMut(&Value) -> Option<T>,
    ) -> Result<T, Lost> {
        let found = timeout(patience, async {
            loop {
                if let Some(found) = wanted(&self.next().await?) {
                    return Ok(found);
                }
            }
        });
        found
            .await
            .unwrap_or_else(|_| Err(Lost::Broken(format!("{what} did not come in time"))))
    }

    /// Takes in frames until the memory is as `wanted`.
    ///
    /// # Errors
    /// The connection ended, or `patience` did; then `what` is said not to have come.
    pub async fn until(
        &mut self,
        what: &str,
        patience: Duration,
        mut wanted: impl FnMut(&M) -> bool,
    ) -> Result<(), Lost> {
        let reached = timeout(patience, async {
            while !wanted(&self.memory) {
                self.next().await?;
            }
            Ok(())
        });
        reached
            .await
            .unwrap_or_else(|_| Err(Lost::Broken(format!("{what} did not come in time"))))
    }

    /// Sends a frame that needs no answer. Without a connection it is lost, as with any client.
    pub async fn send(&mut self, frame: &Value) {
        if let Some(socket) = &mut self.socket
            && socket.send(frame).await.is_err()
        {
            self.socket = None;
        }
    }

    /// The socket itself, for those who want to misbehave.
    pub const fn socket(&mut self) -> Option<&mut Socket> {
        self.socket.as_mut()
    }

    /// The network goes: no farewell.
    pub fn cut(&mut self) {
        self.socket = None;
    }

    /// The page is closed.
    pub async fn leave(&mut self) {
        if let Some(socket) = self.socket.take() {
            socket.close().await;
        }
    }
}
