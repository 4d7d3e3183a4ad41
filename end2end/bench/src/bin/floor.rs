//! The floor: what is left of a relay when nothing is stored and nobody is looked for. A bare axum, built from the same
//! dependencies: each text of a socket goes to the other socket of its pair and is acknowledged to the one it came from.
//!
//! Says where it listens, and serves until it is killed.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "as little as possible between two sockets"
)]

use axum::Router;
use axum::extract::ws::{Message, Utf8Bytes, WebSocket};
use axum::extract::{Query, WebSocketUpgrade};
use axum::routing::get;
use axum::serve::ListenerExt as _;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{Sender, channel};
use tokio::sync::oneshot;

const ACK: Utf8Bytes = Utf8Bytes::from_static(r#"{"type":"ack"}"#);

/// The first socket of each pair, which waits for the second.
type Waiting = Arc<Mutex<HashMap<u32, (Sender<Utf8Bytes>, oneshot::Sender<Sender<Utf8Bytes>>)>>>;

#[tokio::main]
async fn main() {
    let waiting = Waiting::default();
    let open = move |Query(query): Query<HashMap<String, String>>, upgrade: WebSocketUpgrade| {
        let waiting = Arc::clone(&waiting);
        async move {
            let pair = query.get("pair").and_then(|pair| pair.parse().ok()).unwrap_or_default();
            let acknowledges = query.contains_key("ack");
            let upgrade = upgrade.read_buffer_size(4_096).write_buffer_size(4_096);
            upgrade.on_upgrade(move |socket| relay(socket, waiting, pair, acknowledges))
        }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("listening on http://{}", listener.local_addr().unwrap());
    let listener = listener.tap_io(|stream| stream.set_nodelay(true).unwrap());
    axum::serve(listener, Router::new().route("/ws", get(open)))
        .await
        .unwrap();
}

async fn relay(mut socket: WebSocket, waiting: Waiting, pair: u32, acknowledges: bool) {
    let (sender, mut inbox) = channel(256);
    let (meet, other) = oneshot::channel();
    let first = waiting.lock().unwrap().remove(&pair);
    let partner = if let Some((partner, met)) = first {
        met.send(sender).unwrap();
        partner
    } else {
        waiting.lock().unwrap().insert(pair, (sender, meet));
        other.await.unwrap()
    };
    loop {
        let sent = tokio::select! {
            biased;
            text = inbox.recv() => match text {
                Some(text) => socket.send(Message::Text(text)).await,
                None => return,
            },
            message = socket.recv() => match message {
                Some(Ok(Message::Text(text))) => {
                    if partner.send(text).await.is_err() {
                        return;
                    }
                    if acknowledges { socket.send(Message::Text(ACK)).await } else { Ok(()) }
                }
                Some(Ok(_)) => Ok(()),
                _ => return,
            },
        };
        if sent.is_err() {
            return;
        }
    }
}
