//! Very many sockets in one thread: `epoll`, one read buffer for all of them, a few dozen bytes for each.
//!
//! The load shares two cores with what it measures, so it must cost little: frames are not unpacked further than their
//! payload, what is sent in one turn to one socket goes out in one write, and nothing is allocated for a quiet socket.

mod frame;

use anyhow::Context as _;
use frame::Frame;
use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};
use rustix::io::Errno;
use socket2::{Domain, Socket, Type};
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

/// Bytes read at once.
const READ: usize = 256 * 1_024;

/// One socket among [`Wires`].
pub(crate) type Wire = usize;

/// What a socket has to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Heard<'a> {
    /// The handshake is over.
    Open,
    Text(&'a [u8]),
    /// It has ended: the close code, 1006 without one, 0 if it was never let in.
    Ended(u16),
}

/// Where to, and as whom.
#[derive(Clone, Debug)]
pub(crate) struct Dial {
    pub(crate) to: SocketAddr,
    /// Path and query.
    pub(crate) path: String,
    pub(crate) cookie: Option<String>,
    /// One address has no more than some 28,000 ports.
    pub(crate) from: Ipv4Addr,
}

impl Dial {
    pub(crate) fn new(to: SocketAddr, path: impl Into<String>) -> Self {
        Self {
            to,
            path: path.into(),
            cookie: None,
            from: Ipv4Addr::LOCALHOST,
        }
    }
}

/// All sockets of a run.
#[derive(Debug)]
pub(crate) struct Wires {
    poll: Poll,
    events: Events,
    all: Vec<Option<One>>,
    /// Those with something to write at the end of the turn.
    dirty: Vec<Wire>,
    buffer: Vec<u8>,
    /// Sockets that are open.
    pub(crate) open: usize,
}

#[derive(Debug)]
struct One {
    stream: TcpStream,
    is_open: bool,
    /// The beginning of what has not come whole.
    unread: Vec<u8>,
    unwritten: Vec<u8>,
}

impl Wires {
    pub(crate) fn new() -> anyhow::Result<Self> {
        Ok(Self {
            poll: Poll::new()?,
            events: Events::with_capacity(1_024),
            all: Vec::new(),
            dirty: Vec::new(),
            buffer: vec![0; READ],
            open: 0,
        })
    }

    /// Begins to connect. [`Heard::Open`] tells when it is done.
    pub(crate) fn dial(&mut self, dial: &Dial) -> anyhow::Result<Wire> {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
        socket.set_nonblocking(true)?;
        socket.set_tcp_nodelay(true)?;
        if dial.from != Ipv4Addr::LOCALHOST {
            socket.bind(&SocketAddr::new(IpAddr::V4(dial.from), 0).into())?;
        }
        match socket.connect(&dial.to.into()) {
            Err(error) if error.raw_os_error() != Some(Errno::INPROGRESS.raw_os_error()) => {
                return Err(error).context("connecting");
            }
            _ => {}
        }
        let mut stream = TcpStream::from_std(socket.into());
        let wire = self.all.len();
        let interest = Interest::READABLE | Interest::WRITABLE;
        self.poll.registry().register(&mut stream, Token(wire), interest)?;
        self.all.push(Some(One {
            stream,
            is_open: false,
            unread: Vec::new(),
            unwritten: handshake(dial),
        }));
        Ok(wire)
    }

    /// Queues a frame; it goes out at the end of the turn.
    pub(crate) fn send(&mut self, wire: Wire, text: &[u8]) {
        self.queue(wire, |unwritten| frame::text(unwritten, text));
    }

    fn queue(&mut self, wire: Wire, put: impl FnOnce(&mut Vec<u8>)) {
        if let Some(Some(one)) = self.all.get_mut(wire) {
            if one.unwritten.is_empty() {
                self.dirty.push(wire);
            }
            put(&mut one.unwritten);
        }
    }

    /// Waits for something to happen, at most so long, and tells it to `on`.
    pub(crate) fn turn(
        &mut self,
        patience: Duration,
        on: &mut dyn FnMut(&mut Self, Wire, Heard<'_>),
    ) -> anyhow::Result<()> {
        self.flush();
        match self.poll.poll(&mut self.events, Some(patience)) {
            Err(error) if error.kind() != ErrorKind::Interrupted => return Err(error).context("epoll"),
            _ => {}
        }
        let ready: Vec<_> = self
            .events
            .iter()
            .map(|event| (event.token().0, event.is_readable(), event.is_writable()))
            .collect();
        for (wire, readable, writable) in ready {
            if writable {
                self.write(wire);
            }
            if readable {
                self.read(wire, on);
            }
        }
        self.flush();
        Ok(())
    }

    /// Drops every socket without a farewell.
    pub(crate) fn cut_all(&mut self) {
        self.all.clear();
        self.dirty.clear();
        self.open = 0;
    }

    fn flush(&mut self) {
        for wire in std::mem::take(&mut self.dirty) {
            self.write(wire);
        }
    }

    fn write(&mut self, wire: Wire) {
        let Some(Some(one)) = self.all.get_mut(wire) else {
            return;
        };
        while !one.unwritten.is_empty() {
            match one.stream.write(&one.unwritten) {
                Ok(written) => drop(one.unwritten.drain(..written)),
                // Told when there is room again; or its end is told by the next read.
                Err(error) if error.kind() != ErrorKind::Interrupted => return,
                Err(_) => {}
            }
        }
        one.unwritten = Vec::new();
    }

    fn read(&mut self, wire: Wire, on: &mut dyn FnMut(&mut Self, Wire, Heard<'_>)) {
        let mut buffer = std::mem::take(&mut self.buffer);
        self.read_with(&mut buffer, wire, on);
        self.buffer = buffer;
    }

    fn read_with(&mut self, buffer: &mut [u8], wire: Wire, on: &mut dyn FnMut(&mut Self, Wire, Heard<'_>)) {
        loop {
            let Some(Some(one)) = self.all.get_mut(wire) else {
                return;
            };
            let carried = std::mem::take(&mut one.unread);
            let (front, back) = buffer.split_at_mut(carried.len().min(buffer.len()));
            front.copy_from_slice(&carried);
            let read = match one.stream.read(back) {
                Ok(0) => return self.end(wire, 1006, on),
                Ok(read) => read,
                Err(error) if error.kind() == ErrorKind::Interrupted => 0,
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    one.unread = carried;
                    return;
                }
                Err(_) => return self.end(wire, 1006, on),
            };
            let is_drained = read < back.len();
            let filled = carried.len() + read;
            let Some(left) = self.take(buffer.get(..filled).unwrap_or_default(), wire, on) else {
                return;
            };
            if let Some(Some(one)) = self.all.get_mut(wire) {
                one.unread = left.to_vec();
            }
            if is_drained {
                return;
            }
        }
    }

    /// Tells all frames that came whole, and gives back the rest; `None` if the socket has ended.
    fn take<'a>(
        &mut self,
        mut bytes: &'a [u8],
        wire: Wire,
        on: &mut dyn FnMut(&mut Self, Wire, Heard<'_>),
    ) -> Option<&'a [u8]> {
        if !self.all.get(wire)?.as_ref()?.is_open {
            let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
                return Some(bytes);
            };
            if !bytes.starts_with(b"HTTP/1.1 101 ") {
                self.end(wire, 0, on);
                return None;
            }
            self.all.get_mut(wire)?.as_mut()?.is_open = true;
            self.open += 1;
            on(self, wire, Heard::Open);
            bytes = bytes.get(end + 4..)?;
        }
        while let Some((frame, length)) = frame::parse(bytes) {
            match frame {
                Frame::Text(text) => on(self, wire, Heard::Text(text)),
                Frame::Ping(payload) => self.queue(wire, |unwritten| frame::pong(unwritten, payload)),
                Frame::Close(code) => {
                    self.end(wire, code, on);
                    return None;
                }
                Frame::Other => {}
            }
            bytes = bytes.get(length..)?;
        }
        Some(bytes)
    }

    fn end(&mut self, wire: Wire, code: u16, on: &mut dyn FnMut(&mut Self, Wire, Heard<'_>)) {
        if let Some(one) = self.all.get_mut(wire).and_then(Option::take) {
            self.open -= usize::from(one.is_open);
            on(self, wire, Heard::Ended(code));
        }
    }
}

fn handshake(dial: &Dial) -> Vec<u8> {
    let cookie = dial.cookie.as_ref().map(|cookie| format!("cookie: {cookie}\r\n"));
    format!(
        "GET {} HTTP/1.1\r\nhost: {}\r\n{}upgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\n\
         sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        dial.path,
        dial.to,
        cookie.unwrap_or_default()
    )
    .into_bytes()
}
