//! A WebSocket to the server: JSON out, JSON in, and why it ended.

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::Value;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::handshake::client::Request;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error, Message, Utf8Bytes};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

/// How long a handshake may take.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// Buffers of a socket, in bytes. Frames are small, and a run may hold a hundred thousand sockets.
const BUFFER_BYTES: usize = 4 * 1024;

/// Why a connection is no more.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Lost {
    /// With the close code of the server.
    #[error("closed with {0}")]
    Closed(u16),
    /// There was no upgrade, but this HTTP status.
    #[error("refused with status {0}")]
    Refused(u16),
    #[error("broken: {0}")]
    Broken(String),
}

impl Lost {
    /// Whether docs/protocol.md has the client connect again.
    pub const fn comes_back(&self) -> bool {
        !matches!(
            self,
            Self::Closed(4400 | 4401 | 4403 | 4413 | 4426) | Self::Refused(400..=499)
        )
    }

    fn broken(what: impl ToString) -> Self {
        Self::Broken(what.to_string())
    }
}

impl From<Error> for Lost {
    fn from(error: Error) -> Self {
        match error {
            Error::Http(response) => Self::Refused(response.status().as_u16()),
            other => Self::broken(other),
        }
    }
}

/// Where to, and as whom.
#[derive(Clone, Debug)]
pub struct Dial {
    pub to: SocketAddr,
    /// Path and query, such as `/ws/desk`.
    pub path: String,
    pub cookie: Option<String>,
    /// The address to come from: one address has no more than some 28,000 ports.
    pub from: Option<IpAddr>,
    /// Bytes that the kernel takes in for a client that does not read.
    pub receive_bytes: Option<u32>,
}

impl Dial {
    pub fn new(to: SocketAddr, path: impl Into<String>) -> Self {
        Self {
            to,
            path: path.into(),
            cookie: None,
            from: None,
            receive_bytes: None,
        }
    }

    /// The TCP connection alone.
    ///
    /// # Errors
    /// Nobody listens there.
    pub async fn tcp(&self) -> Result<TcpStream, Lost> {
        let socket = match self.to {
            SocketAddr::V4(_) => TcpSocket::new_v4(),
            SocketAddr::V6(_) => TcpSocket::new_v6(),
        }
        .map_err(Lost::broken)?;
        if let Some(bytes) = self.receive_bytes {
            socket.set_recv_buffer_size(bytes).map_err(Lost::broken)?;
        }
        if let Some(from) = self.from {
            socket.bind((from, 0).into()).map_err(Lost::broken)?;
        }
        let stream = timeout(HANDSHAKE, socket.connect(self.to)).await;
        let stream = stream.map_err(|_| Lost::broken("no answer"))?.map_err(Lost::broken)?;
        stream.set_nodelay(true).map_err(Lost::broken)?;
        Ok(stream)
    }

    fn request(&self) -> Result<Request, Lost> {
        let mut request = format!("ws://{}{}", self.to, self.path).into_client_request()?;
        if let Some(cookie) = &self.cookie {
            let value = HeaderValue::from_str(cookie).map_err(Lost::broken)?;
            request.headers_mut().insert("cookie", value);
        }
        Ok(request)
    }
}

/// An open WebSocket. Dropped without a farewell, as when the network goes.
#[derive(Debug)]
pub struct Socket {
    stream: WebSocketStream<TcpStream>,
}

impl Socket {
    /// # Errors
    /// The server is not there, or does not let us in.
    pub async fn open(dial: &Dial) -> Result<Self, Lost> {
        let config = WebSocketConfig::default()
            .read_buffer_size(BUFFER_BYTES)
            .write_buffer_size(BUFFER_BYTES);
        let opened = timeout(
            HANDSHAKE,
            client_async_with_config(dial.request()?, dial.tcp().await?, Some(config)),
        );
        let (stream, _) = opened.await.map_err(|_| Lost::broken("no answer to the handshake"))??;
        Ok(Self { stream })
    }

    /// # Errors
    /// The connection has ended.
    pub async fn send(&mut self, frame: &Value) -> Result<(), Lost> {
        self.send_text(frame.to_string()).await
    }

    /// # Errors
    /// The connection has ended.
    pub async fn send_text(&mut self, text: impl Into<Utf8Bytes>) -> Result<(), Lost> {
        Ok(self.stream.send(Message::text(text)).await?)
    }

    /// Whatever else a WebSocket can carry.
    ///
    /// # Errors
    /// The connection has ended.
    pub async fn send_message(&mut self, message: Message) -> Result<(), Lost> {
        Ok(self.stream.send(message).await?)
    }

    /// The next frame. May be dropped half-way without losing anything.
    ///
    /// # Errors
    /// The connection has ended, or the server says what is no JSON.
    pub async fn next(&mut self) -> Result<Value, Lost> {
        let text = self.next_text().await?;
        serde_json::from_str(&text).map_err(Lost::broken)
    }

    /// The next frame as it came, for those who have no time to read it all.
    ///
    /// # Errors
    /// The connection has ended.
    pub async fn next_text(&mut self) -> Result<Utf8Bytes, Lost> {
        loop {
            match self.stream.next().await {
                Some(Ok(Message::Text(text))) => return Ok(text),
                Some(Ok(Message::Close(Some(frame)))) => {
                    self.answer_close().await;
                    return Err(Lost::Closed(frame.code.into()));
                }
                Some(Ok(Message::Close(None))) => return Err(Lost::broken("closed without a code")),
                Some(Ok(Message::Binary(_))) => return Err(Lost::broken("a binary frame")),
                Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => {}
                Some(Err(error)) => return Err(error.into()),
                None => return Err(Lost::broken("the end of the stream")),
            }
        }
    }

    /// What the server closes the connection with, passing over everything before it.
    ///
    /// # Errors
    /// It does not within `patience`, or not by a close frame.
    pub async fn close_code(&mut self, patience: Duration) -> Result<u16, Lost> {
        let ended = timeout(patience, async {
            loop {
                if let Err(lost) = self.next_text().await {
                    return lost;
                }
            }
        });
        match ended.await.map_err(|_| Lost::broken("still open"))? {
            Lost::Closed(code) => Ok(code),
            other => Err(other),
        }
    }

    /// Says farewell.
    pub async fn close(mut self) {
        let frame = CloseFrame {
            code: 1000.into(),
            reason: Utf8Bytes::default(),
        };
        // Who is gone already needs none.
        drop(self.stream.close(Some(frame)).await);
    }

    /// The answer to the server's close frame stands in a buffer and goes out with the next flush.
    async fn answer_close(&mut self) {
        drop(timeout(Duration::from_secs(1), self.stream.flush()).await);
    }
}
