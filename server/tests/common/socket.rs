//! Sockets of members, as a desk or a live page opens them.

use super::{TestApp, Visitor};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

pub type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

pub async fn open(app: &TestApp, visitor: &Visitor, path: &str) -> Result<Socket, Error> {
    let mut request = format!("{}{path}", app.base.replace("http", "ws"))
        .into_client_request()
        .unwrap();
    if let Some(cookie) = &visitor.cookie {
        request.headers_mut().insert("cookie", cookie.parse().unwrap());
    }
    connect_async(request).await.map(|(socket, _)| socket)
}

/// The same after its hello.
pub async fn greeted(mut socket: Socket) -> Socket {
    let hello = json!({"type": "hello", "protocol": protocol::PROTOCOL});
    socket.send(Message::text(hello.to_string())).await.unwrap();
    socket
}

/// Longest time until a frame comes; reached only by a failing test.
const PATIENCE: Duration = Duration::from_secs(30);

pub async fn next(socket: &mut Socket) -> Value {
    let frame = timeout(PATIENCE, socket.next()).await;
    match frame.unwrap() {
        Some(Ok(Message::Text(text))) => serde_json::from_str(&text).unwrap(),
        other => unreachable!("no frame but {other:?}"),
    }
}

/// A desk that has been welcomed.
pub async fn desk(app: &TestApp, visitor: &Visitor) -> Socket {
    let mut socket = greeted(open(app, visitor, "/ws/desk").await.unwrap()).await;
    assert_eq!(next(&mut socket).await["type"], "welcome");
    socket
}

/// A live page that has been shown the room.
pub async fn live(app: &TestApp, visitor: &Visitor) -> Socket {
    let mut socket = greeted(open(app, visitor, "/ws/live").await.unwrap()).await;
    assert_eq!(next(&mut socket).await["type"], "view");
    socket
}

/// The code that the socket is closed with.
pub async fn close_code(mut socket: Socket) -> u16 {
    loop {
        let frame = timeout(PATIENCE, socket.next()).await;
        match frame.unwrap() {
            Some(Ok(Message::Close(Some(frame)))) => return frame.code.into(),
            Some(Ok(_)) => {}
            other => unreachable!("no close frame but {other:?}"),
        }
    }
}

/// A guest of the default site whose page is one of ours, welcomed; the token is what they come back with.
pub async fn guest(app: &TestApp) -> Socket {
    let socket = open(app, &app.visitor(), "/ws/guest?site=sitekey").await.unwrap();
    let mut socket = greeted(socket).await;
    assert_eq!(next(&mut socket).await["type"], "welcome");
    socket
}

/// Says something, and waits until it is acknowledged: its `seq`.
pub async fn say(socket: &mut Socket, id: uuid::Uuid, text: &str) -> i64 {
    let frame = json!({"type": "send", "id": id, "text": text});
    socket.send(Message::text(frame.to_string())).await.unwrap();
    loop {
        let answer = next(socket).await;
        if answer["type"] == "ack" && answer["id"] == json!(id) {
            return answer["seq"].as_i64().unwrap();
        }
    }
}
