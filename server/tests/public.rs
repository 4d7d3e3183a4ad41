//! What the doctor finds where people reach the server: through proxies that do their work, and that do not.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails here should panic"
)]

mod common;

use axum::http::StatusCode;
use axum::response::Redirect;
use axum::routing::any;
use common::{TestApp, middleman};
use std::process::Output;
use tokio::process::Command;

/// What the doctor says of a server that people reach at `public_url`, and its exit code.
async fn doctor(app: &TestApp, public_url: &str) -> (i32, String) {
    // Once it answers, it has the lock by which the doctor knows that a server runs.
    reqwest::get(format!("{}/readyz", app.base)).await.unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_seatline"));
    let listen = app.base.strip_prefix("http://").unwrap();
    command
        .args(["doctor", "--listen", listen, "--public-url", public_url, "--data"])
        .arg(app.folder.path())
        .env_clear();
    let Output { status, stdout, stderr } = command.output().await.unwrap();
    let text = String::from_utf8([stdout, stderr].concat()).unwrap();
    (status.code().unwrap(), text)
}

fn upstream(app: &TestApp) -> String {
    app.base.strip_prefix("http://").unwrap().to_owned()
}

#[tokio::test]
async fn the_doctor_finds_nothing_wrong_with_a_proxy_that_passes_everything_on() {
    let app = TestApp::start_with(&["--trusted-proxies", "127.0.0.1"]).await;
    let keep = |line: &str| Some(line.to_owned());
    let proxy = middleman::before(upstream(&app), keep, "X-Forwarded-For: 203.0.113.7").await;
    let (code, text) = doctor(&app, &proxy).await;
    assert_eq!(code, 0, "{text}");
    assert!(text.ends_with("Nothing is wrong.\n"), "{text}");
    app.stop().await;
}

#[tokio::test]
async fn the_doctor_says_what_a_proxy_does_not_pass_on() {
    let app = TestApp::start().await;
    let spoil = |line: &str| match line.split_once(':').map(|(name, _)| name.to_ascii_lowercase()) {
        Some(name) if name == "host" => Some("Host: backend:3000".to_owned()),
        Some(name) if name == "upgrade" || name == "connection" => None,
        _ => Some(line.to_owned()),
    };
    let proxy = middleman::before(upstream(&app), spoil, "X-Forwarded-For: 203.0.113.7").await;
    let (code, text) = doctor(&app, &proxy).await;
    assert_eq!(code, 1, "{text}");
    for said in [
        "nobody can log in there",
        "changes the Host header",
        "is not believed",
        "No WebSocket comes through",
        "answered 200 OK instead of being upgraded",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    app.stop().await;
}

#[tokio::test]
async fn the_doctor_says_that_the_public_address_leads_elsewhere() {
    let app = TestApp::start().await;
    let answering = async |answer: axum::routing::MethodRouter| {
        let router = axum::Router::new().fallback_service(answer);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        address
    };
    let elsewhere = answering(any(|| async { Redirect::permanent("https://desk.example/") })).await;
    let (code, text) = doctor(&app, &elsewhere).await;
    assert!(
        code == 1 && text.contains("sends people on to https://desk.example."),
        "{text}"
    );
    let alone = answering(any(|| async { (StatusCode::BAD_GATEWAY, "<html>502</html>") })).await;
    let (code, text) = doctor(&app, &alone).await;
    assert!(code == 1 && text.contains("does not reach the server"), "{text}");
    let another = answering(any(|| async { "<html>Welcome to nginx!</html>" })).await;
    let (code, text) = doctor(&app, &another).await;
    assert!(code == 1 && text.contains("it is not this server"), "{text}");
    let (code, text) = doctor(&app, "https://nobody.invalid").await;
    assert!(
        code == 0 && text.contains("cannot be reached from this machine"),
        "{text}"
    );
    app.stop().await;
}
