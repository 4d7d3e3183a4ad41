//! Who may open a guest's socket, and how one is closed that sends too much.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

mod common;

use common::TestApp;
use futures_util::{SinkExt as _, StreamExt as _};
use store::SiteUpdate;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// A guest's socket, opened by a page of that origin.
async fn open(
    app: &TestApp,
    key: &str,
    origin: Option<&str>,
) -> Result<WebSocketStream<MaybeTlsStream<TcpStream>>, u16> {
    let address = format!("{}/ws/guest?site={key}", app.base.replace("http://", "ws://"));
    let mut request = address.into_client_request().unwrap();
    if let Some(origin) = origin {
        request.headers_mut().insert("origin", origin.parse().unwrap());
    }
    match connect_async(request).await {
        Ok((socket, _)) => Ok(socket),
        Err(Error::Http(response)) => Err(response.status().as_u16()),
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn only_pages_of_the_site_and_our_own_open_a_guests_socket() {
    let app = TestApp::start().await;
    let shop = "https://shop.example";
    assert_eq!(open(&app, "sitekey", Some(shop)).await.err(), Some(403));
    let site = app.store.site_by_key("sitekey").await.unwrap().unwrap();
    let update = SiteUpdate {
        name: site.name,
        allowed_origins: vec![shop.to_owned()],
        group: site.group,
    };
    app.store.update_site(site.id, &update).await.unwrap();

    assert!(open(&app, "sitekey", Some(shop)).await.is_ok());
    assert!(open(&app, "sitekey", Some(&app.base)).await.is_ok());
    assert!(open(&app, "sitekey", None).await.is_ok());
    for stranger in ["https://shop.example.evil", "http://shop.example", "null"] {
        assert_eq!(
            open(&app, "sitekey", Some(stranger)).await.err(),
            Some(403),
            "{stranger}"
        );
    }
    for key in ["", "another"] {
        assert_eq!(open(&app, key, Some(shop)).await.err(), Some(403), "{key}");
    }
    app.stop().await;
}

#[tokio::test]
async fn whoever_sends_far_too_much_is_still_told_why_it_ends() {
    let app = TestApp::start().await;
    let mut socket = open(&app, "sitekey", None).await.unwrap();
    // What does not fit into the buffers of the two sockets: the server closes while the client is still sending.
    socket.send(Message::text("x".repeat(48 * 1024 * 1024))).await.unwrap();
    let code = loop {
        match socket.next().await {
            Some(Ok(Message::Close(Some(frame)))) => break u16::from(frame.code),
            Some(Ok(_)) => {}
            other => panic!("{other:?} instead of a close frame"),
        }
    };
    assert_eq!(code, 4413);
    app.stop().await;
}
