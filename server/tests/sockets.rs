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
use serde_json::{Value, json};
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
    open_with(app, key, origin.map(|origin| ("origin", origin))).await
}

async fn open_with(
    app: &TestApp,
    key: &str,
    header: Option<(&'static str, &str)>,
) -> Result<WebSocketStream<MaybeTlsStream<TcpStream>>, u16> {
    let address = format!("{}/ws/guest?site={key}", app.base.replace("http://", "ws://"));
    let mut request = address.into_client_request().unwrap();
    if let Some((name, value)) = header {
        request.headers_mut().insert(name, value.parse().unwrap());
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
    app.store.update_site(site.id, None, &update).await.unwrap();

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
async fn origins_are_understood_as_people_write_them_and_compared_as_browsers_send_them() {
    let app = TestApp::start().await;
    let mut admin = app.sign_in("admin").await;
    let origins = [
        "https://Shop.Example/cart?x=1",
        "bücher.example",
        "https://*.mall.example",
        "capacitor://localhost",
        "http://[::1]:8080/",
    ];
    let site = json!({"name": "Shops", "allowed_origins": origins, "group": 1});
    let site = admin.call("site/create", json!({"site": site})).await;
    let key = site.body["key"].as_str().unwrap();
    for page in [
        "https://shop.example",
        "https://xn--bcher-kva.example",
        "https://a.mall.example",
        "https://a.b.mall.example",
        "capacitor://localhost",
        "http://[::1]:8080",
    ] {
        assert!(open(&app, key, Some(page)).await.is_ok(), "{page}");
    }
    for page in [
        "http://shop.example",
        "https://mall.example",
        "https://a.mall.example:8443",
        "https://amall.example",
        "https://*.mall.example",
        "null",
        "ionic://localhost",
    ] {
        assert_eq!(open(&app, key, Some(page)).await.err(), Some(403), "{page}");
    }
    app.stop().await;
}

#[tokio::test]
async fn a_page_that_is_not_let_in_can_ask_why() {
    let app = TestApp::start().await;
    let check = async |key: &str, origin: &str| {
        let address = format!("{}/widget/check?site={key}", app.base);
        let request = reqwest::Client::new().get(address).header("origin", origin);
        let answer = request.send().await.unwrap();
        assert_eq!(
            answer.headers()["access-control-allow-origin"],
            "*",
            "any page may read it"
        );
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    assert_eq!(check("sitekey", &app.base).await, (204, String::new()));
    let (status, why) = check("sitekey", "https://stranger.example").await;
    assert!(status == 403 && why.contains("origin"), "{status} {why}");
    let (status, why) = check("another", &app.base).await;
    assert!(status == 404 && why.contains("key"), "{status} {why}");
    app.stop().await;
}

#[tokio::test]
async fn a_created_site_lets_its_pages_in_with_its_own_key() {
    let app = TestApp::start().await;
    let mut admin = app.sign_in("admin").await;
    let site = json!({"name": " Shop ", "allowed_origins": ["HTTPS://Shop.Example/"], "group": 1});
    let created = admin.call("site/create", json!({"site": site})).await;
    assert_eq!(
        (created.status, &created.body["name"]),
        (200, &json!("Shop")),
        "{}",
        created.body
    );
    let key = created.body["key"].as_str().unwrap();
    assert!(created.body["embed"].as_str().unwrap().contains(key));
    assert!(open(&app, key, Some("https://shop.example")).await.is_ok());
    assert_eq!(
        open(&app, "sitekey", Some("https://shop.example")).await.err(),
        Some(403)
    );

    let nowhere = json!({"name": "", "allowed_origins": ["https://shop.example", "null", "*"], "group": 9});
    let refused = admin.call("site/create", json!({"site": nowhere})).await;
    let problems = json!({"name": "required", "allowed_origins.1": "origin_null", "allowed_origins.2": "origin_any"});
    assert_eq!((refused.status, &refused.body["fields"]), (422, &problems));
    let lost = json!({"name": "Shop", "allowed_origins": [], "group": 9});
    let lost = admin.call("site/create", json!({"site": lost})).await;
    assert_eq!((lost.status, &lost.body["fields"]), (422, &json!({"group": "unknown"})));
    app.stop().await;
}

/// What a new guest is answered to their hello who comes through a proxy from that address: a type or a close code.
async fn answer_to_new_guest(app: &TestApp, address: &str) -> String {
    let forwarded = Some(("x-forwarded-for", address));
    let mut socket = open_with(app, "sitekey", forwarded).await.unwrap();
    let hello = json!({"type": "hello", "protocol": protocol::PROTOCOL});
    socket.send(Message::text(hello.to_string())).await.unwrap();
    match socket.next().await {
        Some(Ok(Message::Close(Some(frame)))) => u16::from(frame.code).to_string(),
        Some(Ok(Message::Text(text))) => {
            let event: Value = serde_json::from_str(&text).unwrap();
            event["type"].as_str().unwrap().to_owned()
        }
        other => panic!("{other:?} in answer to a hello"),
    }
}

#[tokio::test]
async fn new_guests_are_counted_by_their_own_address_where_the_proxy_is_trusted() {
    let one = ["--new-guests-per-minute", "1"];
    let trusting = TestApp::start_with(&[one.as_slice(), &["--trusted-proxies", "127.0.0.1"]].concat()).await;
    assert_eq!(answer_to_new_guest(&trusting, "203.0.113.1").await, "welcome");
    assert_eq!(answer_to_new_guest(&trusting, "203.0.113.1").await, "4420");
    assert_eq!(answer_to_new_guest(&trusting, "203.0.113.2").await, "welcome");
    trusting.stop().await;

    let wary = TestApp::start_with(&one).await;
    assert_eq!(answer_to_new_guest(&wary, "203.0.113.1").await, "welcome");
    assert_eq!(
        answer_to_new_guest(&wary, "203.0.113.2").await,
        "4420",
        "anybody can say that"
    );
    wary.stop().await;
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
