//! A socket with its bounds: sizes, rates, silence, close codes.

use crate::limits::Limits;
use axum::Error;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use futures_util::{FutureExt as _, SinkExt as _};
use identity::Bucket;
use protocol::CloseCode;
use protocol::limits::{FRAME_BYTES_MAX, FRAMES_LATE_MAX, HELLO_MS_MAX, SILENCE_MS_MAX};
use serde::Serialize;
use std::time::Duration;
use tokio::time::{Instant, sleep_until, timeout};

/// How long a closing socket is given to take its close frame and answer it.
const CLOSE_PATIENCE: Duration = Duration::from_secs(2);

/// The same for one that is closed because it takes nothing in: its code waits behind what it has not read yet, and reaches
/// it if it reads on in time.
const SLOW_CLOSE_PATIENCE: Duration = Duration::from_secs(30);

/// How long a peer may be silent, or take nothing in.
const SILENCE: Duration = Duration::from_millis(SILENCE_MS_MAX as u64);

/// How long a client that is sent away for what it did may take to hear what became of the rest.
pub(super) const PARTING_PATIENCE: Duration = Duration::from_secs(5);

/// Why a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The peer is gone, or closed it.
    Gone,
    /// We close it.
    Close(CloseCode),
}

impl End {
    /// For something the client did.
    pub(super) const fn is_earned(self) -> bool {
        matches!(
            self,
            Self::Close(CloseCode::Flood | CloseCode::Malformed | CloseCode::TooLarge)
        )
    }
}

#[derive(Debug)]
pub(super) struct Wire {
    socket: WebSocket,
    bucket: Bucket,
    /// Frames in a row that were there before it was their time.
    late: u32,
    heard: Instant,
    /// Something is queued that has not been flushed.
    is_unflushed: bool,
}

impl Wire {
    pub(super) fn new(socket: WebSocket, limits: Limits) -> Self {
        let now = Instant::now();
        Self {
            socket,
            bucket: Bucket::new(limits.frames_burst, limits.frames_per_second.into(), now),
            late: 0,
            heard: now,
            is_unflushed: false,
        }
    }

    /// The first frame, which must come in time.
    pub(super) async fn hello(&mut self) -> Result<Utf8Bytes, End> {
        let patience = Duration::from_millis(HELLO_MS_MAX.into());
        timeout(patience, self.next_text())
            .await
            .unwrap_or(Err(End::Close(CloseCode::Silent)))
    }

    /// The next text frame, within all bounds. May be dropped half-way without losing anything.
    pub(super) async fn next_text(&mut self) -> Result<Utf8Bytes, End> {
        loop {
            let received = match self.bucket.paid_at() {
                None => self.socket.recv().await,
                // Who is ahead of the rate is not read meanwhile: the network holds them back, and nothing is thrown away.
                Some(paid) => {
                    Box::pin(sleep_until(paid)).await;
                    let there = self.socket.recv().now_or_never();
                    self.late = if there.is_some() {
                        self.late.saturating_add(1)
                    } else {
                        0
                    };
                    match there {
                        Some(received) => received,
                        None => self.socket.recv().await,
                    }
                }
            };
            let message = match received {
                Some(Ok(message)) => message,
                Some(Err(error)) => return Err(broken(error)),
                None => return Err(End::Gone),
            };
            let now = Instant::now();
            self.heard = now;
            // A pong is the answer to our own ping; everything else is the peer's doing and counts.
            if !matches!(message, Message::Pong(_)) {
                self.bucket.take_or_owe(now);
            }
            if self.late > FRAMES_LATE_MAX {
                return Err(End::Close(CloseCode::Flood));
            }
            match message {
                Message::Text(text) if text.len() > FRAME_BYTES_MAX => return Err(End::Close(CloseCode::TooLarge)),
                Message::Text(text) => return Ok(text),
                Message::Binary(bytes) if bytes.len() > FRAME_BYTES_MAX => {
                    return Err(End::Close(CloseCode::TooLarge));
                }
                Message::Binary(_) => return Err(End::Close(CloseCode::Malformed)),
                Message::Ping(_) | Message::Pong(_) => {}
                Message::Close(_) => return Err(End::Gone),
            }
        }
    }

    /// Queues an event. What is queued goes out with the next [`Wire::flush`], or before when there is much of it.
    pub(super) async fn send(&mut self, event: &impl Serialize) -> Result<(), End> {
        self.send_frame(crate::outbox::frame(event)).await
    }

    /// Queues a frame, as [`Wire::send`] does an event.
    pub(super) async fn send_frame(&mut self, frame: Utf8Bytes) -> Result<(), End> {
        self.put(Message::Text(frame)).await
    }

    /// Sends what is queued: one write for all of it.
    pub(super) async fn flush(&mut self) -> Result<(), End> {
        if self.is_unflushed {
            in_time(self.socket.flush()).await?;
            self.is_unflushed = false;
        }
        Ok(())
    }

    async fn put(&mut self, message: Message) -> Result<(), End> {
        self.is_unflushed = true;
        in_time(self.socket.feed(message)).await
    }

    /// Pings the peer; ends the connection of one that has been silent for too long.
    pub(super) async fn heartbeat(&mut self) -> Result<(), End> {
        if self.heard.elapsed() >= SILENCE {
            return Err(End::Close(CloseCode::Silent));
        }
        self.put(Message::Ping(axum::body::Bytes::new())).await
    }

    /// Sends the close frame and waits a little for the peer's, so that it is not lost with the connection.
    pub(super) async fn close(mut self, code: CloseCode) {
        let frame = CloseFrame {
            code: code.code(),
            reason: Utf8Bytes::from_static(code.reason()),
        };
        let farewell = async {
            if self.socket.send(Message::Close(Some(frame))).await.is_ok() {
                while let Some(Ok(_)) = self.socket.recv().await {}
            }
        };
        let patience = match code {
            CloseCode::TooSlow => SLOW_CLOSE_PATIENCE,
            _ => CLOSE_PATIENCE,
        };
        if timeout(patience, farewell).await.is_err() {
            tracing::debug!(code = code.code(), "the peer did not answer the close frame");
        }
    }
}

/// Within the time that a peer may be silent: one that takes nothing in for so long is as good as gone.
async fn in_time(sending: impl Future<Output = Result<(), Error>>) -> Result<(), End> {
    match timeout(SILENCE, sending).await {
        Ok(sent) => sent.map_err(|_| End::Gone),
        Err(_) => Err(End::Close(CloseCode::TooSlow)),
    }
}

/// What a broken stream means: too large a frame and bad text are told, anything else has nobody left to tell.
fn broken(error: Error) -> End {
    match error.into_inner().downcast_ref::<tungstenite::Error>() {
        Some(tungstenite::Error::Capacity(_)) => End::Close(CloseCode::TooLarge),
        Some(tungstenite::Error::Utf8(_) | tungstenite::Error::Protocol(_)) => End::Close(CloseCode::Malformed),
        _ => End::Gone,
    }
}
