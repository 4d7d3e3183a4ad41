//! What stands between browsers and the server: which pages are taken for its own, what is said where something on the way
//! does not fit.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::float_cmp,
    reason = "a test that fails here should panic"
)]

mod common;

use common::exposition::Exposition;
use common::{PASSWORD, TestApp, Visitor};
use serde_json::{Value, json};

const LOGIN: &str = "session/login";

/// How a log-in is answered that comes with these headers.
async fn log_in(app: &TestApp, headers: &[(&'static str, &str)]) -> common::Answer {
    let visitor = app.visitor();
    let body = json!({"login": "admin", "password": PASSWORD});
    let mut request = visitor.request(LOGIN).body(body.to_string());
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    visitor.send(request).await
}

async fn misdirected(app: &TestApp, cause: &str) -> f64 {
    let page = reqwest::get(app.metrics.as_ref().unwrap()).await.unwrap();
    let scraped = Exposition::parse(&page.text().await.unwrap());
    scraped.value("seatline_misdirected_total", &[("cause", cause)])
}

async fn check(visitor: &Visitor, base: &str, origin: &str, headers: &[(&'static str, &str)]) -> Value {
    let mut request = visitor.http.get(format!("{base}/ws/check?origin={origin}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.unwrap().json().await.unwrap()
}

#[tokio::test]
async fn a_page_whose_host_was_changed_on_the_way_is_told_apart_from_a_missing_right() {
    let app = TestApp::start_with(&["--metrics-listen", "127.0.0.1:0"]).await;
    let behind = [("origin", "http://desk.example"), ("host", "backend:3000")];
    let refused = log_in(&app, &behind).await;
    assert_eq!((refused.status, refused.code()), (403, "wrong_origin"));
    assert_eq!(misdirected(&app, "wrong_origin").await, 1.0);
    // Where the browser says itself that it is another site's page, there is nothing to set right.
    let other = [("origin", "http://evil.example"), ("sec-fetch-site", "cross-site")];
    assert_eq!(log_in(&app, &other).await.code(), "wrong_origin");
    assert_eq!(misdirected(&app, "wrong_origin").await, 1.0);

    let kept = [("origin", "https://desk.example"), ("host", "desk.example:443")];
    assert_eq!(log_in(&app, &kept).await.status, 200);
    app.stop().await;
}

#[tokio::test]
async fn only_a_trusted_proxy_says_which_host_was_asked_for() {
    let said = [
        ("origin", "https://desk.example"),
        ("host", "backend:3000"),
        ("x-forwarded-host", "desk.example"),
    ];
    let stranger = TestApp::start().await;
    assert_eq!(log_in(&stranger, &said).await.code(), "wrong_origin");
    stranger.stop().await;
    let trusting = TestApp::start_with(&["--trusted-proxies", "127.0.0.1"]).await;
    assert_eq!(log_in(&trusting, &said).await.status, 200);
    trusting.stop().await;
}

#[tokio::test]
async fn a_log_in_whose_cookie_the_browser_would_drop_is_refused_with_the_right_address() {
    let app = TestApp::start_with(&[
        "--public-url",
        "https://chat.example",
        "--metrics-listen",
        "127.0.0.1:0",
    ])
    .await;
    let plain = [("origin", "http://chat.example"), ("host", "chat.example")];
    let refused = log_in(&app, &plain).await;
    assert_eq!((refused.status, refused.code()), (403, "insecure_cookie"));
    assert_eq!(refused.body["public_url"], "https://chat.example");
    assert_eq!(misdirected(&app, "insecure_cookie").await, 1.0);

    let cookie = |answer: &common::Answer| answer.headers["set-cookie"].to_str().unwrap().to_owned();
    let local = app.base.clone();
    let here = log_in(&app, &[("origin", &local)]).await;
    assert!(!cookie(&here).contains("Secure"), "not every browser keeps it here");
    let encrypted = log_in(&app, &[("origin", "https://chat.example")]).await;
    assert!(cookie(&encrypted).ends_with("; Secure"));
    app.stop().await;
}

#[tokio::test]
async fn a_websocket_without_its_upgrade_is_answered_and_noticed_as_such() {
    let app = TestApp::start_with(&["--metrics-listen", "127.0.0.1:0"]).await;
    for path in ["/ws/guest?site=sitekey", "/ws/desk", "/ws/live"] {
        let request = reqwest::Client::new().get(format!("{}{path}", app.base));
        let answer = request.header("sec-websocket-key", "a2V5").send().await.unwrap();
        assert_eq!(
            (answer.status().as_u16(), &answer.headers()["upgrade"]),
            (426, &"websocket".parse().unwrap())
        );
        let body: Value = answer.json().await.unwrap();
        assert_eq!(body["code"], "upgrade_missing", "{path}");
    }
    assert_eq!(misdirected(&app, "upgrade_missing").await, 3.0);
    // Somebody looked at the address; no proxy is to blame.
    let looked = reqwest::get(format!("{}/ws/desk", app.base)).await.unwrap();
    assert_eq!(looked.status(), 426);
    assert_eq!(misdirected(&app, "upgrade_missing").await, 3.0);
    app.stop().await;
}

#[tokio::test]
async fn a_page_can_ask_how_it_arrives() {
    let app = TestApp::start_with(&["--trusted-proxies", "10.0.0.0/8"]).await;
    let (visitor, base) = (app.visitor(), app.base.clone());
    assert_eq!(
        check(&visitor, &base, &base, &[]).await,
        json!({"own_origin": true, "host_kept": true, "scheme_kept": true, "address": "of_connection"})
    );
    let headers = [("x-forwarded-proto", "https"), ("x-forwarded-for", "203.0.113.7")];
    assert_eq!(
        check(&visitor, &base, "http://desk.example", &headers).await,
        json!({"own_origin": false, "host_kept": false, "scheme_kept": false, "address": "not_believed"})
    );
    app.stop().await;
}

#[tokio::test]
async fn a_proxy_that_is_not_trusted_or_tells_nothing_is_noticed() {
    let stranger = TestApp::start_with(&["--metrics-listen", "127.0.0.1:0"]).await;
    for header in ["x-forwarded-for", "forwarded", "x-real-ip"] {
        log_in(&stranger, &[(header, "203.0.113.7")]).await;
    }
    assert_eq!(misdirected(&stranger, "untrusted_proxy").await, 3.0);
    stranger.stop().await;
    let silent = TestApp::start_with(&["--trusted-proxies", "127.0.0.1", "--metrics-listen", "127.0.0.1:0"]).await;
    log_in(&silent, &[("x-real-ip", "203.0.113.7")]).await;
    reqwest::get(format!("{}/readyz", silent.base)).await.unwrap();
    assert_eq!(misdirected(&silent, "address_missing").await, 1.0);
    silent.stop().await;
}

#[tokio::test]
async fn a_path_before_everything_is_noticed() {
    let app = TestApp::start_with(&["--metrics-listen", "127.0.0.1:0"]).await;
    let request = reqwest::Client::new().get(format!("{}/chat/desk", app.base));
    let page = request.header("accept", "text/html").send().await.unwrap();
    assert!(page.text().await.unwrap().contains("a host name of its own"));
    let stripped = reqwest::Client::new().get(format!("{}/desk", app.base));
    stripped.header("x-forwarded-prefix", "/chat").send().await.unwrap();
    assert_eq!(misdirected(&app, "path_prefix").await, 2.0);
    app.stop().await;
}
