//! Bytes on a connection that has been upgraded: frames made by hand, and what is none.

use crate::socket::{Dial, Lost};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// First bytes of frames (RFC 6455, 5.2): the last or only frame of a message, …
pub const TEXT: u8 = 0x81;
pub const BINARY: u8 = 0x82;
pub const CLOSE: u8 = 0x88;
pub const PING: u8 = 0x89;
/// … the first of several, and those after it.
pub const TEXT_BEGINS: u8 = 0x01;
pub const GOES_ON: u8 = 0x00;
pub const ENDS: u8 = 0x80;

/// The longest answer to a handshake that is read, in bytes.
const HEAD_BYTES_MAX: usize = 16 * 1_024;

/// A frame as a client must send it: masked.
pub fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    const MASK: [u8; 4] = [0x37, 0xfa, 0x21, 0x3d];
    let mut bytes = head(first, payload.len(), true);
    bytes.extend(MASK);
    bytes.extend(payload.iter().zip(MASK.iter().cycle()).map(|(byte, mask)| byte ^ mask));
    bytes
}

/// A frame as only a server may send it.
pub fn unmasked(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes = head(first, payload.len(), false);
    bytes.extend(payload);
    bytes
}

/// The beginning of a frame that announces so many bytes.
pub fn head(first: u8, length: usize, is_masked: bool) -> Vec<u8> {
    let mask = if is_masked { 0x80 } else { 0 };
    let mut bytes = vec![first];
    match (u8::try_from(length), u16::try_from(length)) {
        (Ok(short), _) if short < 126 => bytes.push(mask | short),
        (_, Ok(middle)) => {
            bytes.push(mask | 0x7e);
            bytes.extend(middle.to_be_bytes());
        }
        _ => {
            bytes.push(mask | 0x7f);
            bytes.extend(u64::try_from(length).unwrap_or(u64::MAX).to_be_bytes());
        }
    }
    bytes
}

/// An upgraded connection without a WebSocket library on our side.
#[derive(Debug)]
pub struct Raw {
    stream: TcpStream,
}

impl Raw {
    /// # Errors
    /// The server is not there, or does not upgrade.
    pub async fn open(dial: &Dial) -> Result<Self, Lost> {
        let mut stream = dial.tcp().await?;
        let request = format!(
            "GET {} HTTP/1.1\r\nhost: {}\r\nupgrade: websocket\r\nconnection: upgrade\r\n\
             sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
            dial.path, dial.to
        );
        stream.write_all(request.as_bytes()).await.map_err(broken)?;
        let mut answer = Vec::new();
        while !answer.ends_with(b"\r\n\r\n") && answer.len() < HEAD_BYTES_MAX {
            answer.push(stream.read_u8().await.map_err(broken)?);
        }
        if answer.starts_with(b"HTTP/1.1 101 ") {
            return Ok(Self { stream });
        }
        Err(Lost::Broken(String::from_utf8_lossy(&answer).into_owned()))
    }

    /// # Errors
    /// The connection has ended.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<(), Lost> {
        self.stream.write_all(bytes).await.map_err(broken)
    }

    /// Each byte in a packet of its own.
    ///
    /// # Errors
    /// The connection has ended.
    pub async fn write_bytewise(&mut self, bytes: &[u8]) -> Result<(), Lost> {
        for byte in bytes {
            self.write(&[*byte]).await?;
            tokio::task::yield_now().await;
        }
        Ok(())
    }

    /// The next frame of the server: its first byte, and what is in it.
    ///
    /// # Errors
    /// The connection has ended.
    pub async fn next(&mut self) -> Result<(u8, Vec<u8>), Lost> {
        let first = self.stream.read_u8().await.map_err(broken)?;
        let length = match self.stream.read_u8().await.map_err(broken)? {
            126 => self.stream.read_u16().await.map_err(broken)?.into(),
            127 => self.stream.read_u64().await.map_err(broken)?,
            short => u64::from(short),
        };
        let mut payload = vec![0; usize::try_from(length).unwrap_or_default()];
        self.stream.read_exact(&mut payload).await.map_err(broken)?;
        Ok((first, payload))
    }

    /// The code of the server's close frame, passing over everything before it.
    ///
    /// # Errors
    /// The connection ends without one, or stays open for longer than `patience`.
    pub async fn close_code(&mut self, patience: Duration) -> Result<u16, Lost> {
        let closed = timeout(patience, async {
            loop {
                let (first, payload) = self.next().await?;
                if first != CLOSE {
                    continue;
                }
                let code = payload.first_chunk::<2>().copied().map(u16::from_be_bytes);
                return code.ok_or_else(|| Lost::Broken("a close frame without a code".to_owned()));
            }
        });
        closed.await.map_err(|_| Lost::Broken("still open".to_owned()))?
    }
}

fn broken(error: std::io::Error) -> Lost {
    Lost::Broken(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_those_of_the_standard() {
        // RFC 6455, 5.7: a single-frame masked and unmasked text message.
        let masked = [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58];
        assert_eq!(frame(TEXT, b"Hello"), masked);
        assert_eq!(unmasked(TEXT, b"Hello"), [0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x6f]);
        assert_eq!(head(BINARY, 256, false), [0x82, 0x7e, 0x01, 0x00]);
        assert_eq!(head(BINARY, 65_536, false), [0x82, 0x7f, 0, 0, 0, 0, 0, 1, 0, 0]);
    }
}
