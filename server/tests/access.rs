//! Every server function says who may call it, and that is who may call it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails here should panic"
)]

mod common;

use app::api::access::{Access, endpoints};
use common::socket::{Socket, guest, next, open};
use common::{PASSWORD, TestApp};
use domain::Rule;
use domain::member::Me;
use futures_util::SinkExt as _;
use serde_json::{Value, json};
use server_fn::axum::server_fn_paths;
use std::collections::BTreeMap;
use tokio_tungstenite::tungstenite::{Error, Message};

/// The status that an upgrade was refused with; `None` if it was not.
fn refusal(opened: Result<Socket, Error>) -> Option<u16> {
    match opened {
        Ok(_) => None,
        Err(Error::Http(response)) => Some(response.status().as_u16()),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn every_registered_function_has_an_entry() {
    let registered: BTreeMap<_, _> = server_fn_paths().collect();
    let declared: BTreeMap<_, _> = endpoints()
        .map(|endpoint| (endpoint.path, reqwest::Method::POST))
        .collect();
    assert_eq!(registered, declared);
}

#[tokio::test]
async fn without_a_session_only_public_functions_answer() {
    let app = TestApp::start().await;
    for endpoint in endpoints() {
        let function = endpoint.path.trim_start_matches("/api/v1/");
        let answer = app.visitor().call(function, json!({})).await;
        match endpoint.access {
            Access::Public => assert_eq!(answer.code(), "malformed", "{function}"),
            _ => assert_eq!((answer.status, answer.code()), (401, "unauthorized"), "{function}"),
        }
    }
    app.stop().await;
}

/// The sockets of members, with the rule that each asks for.
const SOCKETS: [(&str, Rule); 2] = [("/ws/desk", Rule::ConversationServe), ("/ws/live", Rule::LiveView)];

#[tokio::test]
async fn a_member_can_call_and_open_what_their_rules_let_them_and_nothing_else() {
    let app = TestApp::start().await;
    for auth_group in ["nobody", "agents", "supervisors"] {
        app.member(auth_group, &[auth_group]).await;
        let me = app
            .sign_in(auth_group)
            .await
            .call("session/current", json!({}))
            .await
            .body;
        let me: Me = serde_json::from_value(me).unwrap();
        for endpoint in endpoints() {
            let function = endpoint.path.trim_start_matches("/api/v1/");
            let answer = app.sign_in(auth_group).await.call(function, json!({})).await;
            if endpoint.access.allows(&me) {
                assert!([200, 400].contains(&answer.status), "{auth_group}: {function}");
            } else {
                assert_eq!(
                    (answer.status, answer.code()),
                    (403, "forbidden"),
                    "{auth_group}: {function}"
                );
            }
        }
        let visitor = app.sign_in(auth_group).await;
        for (path, rule) in SOCKETS {
            let refused = (!me.may(rule)).then_some(403);
            assert_eq!(
                refusal(open(&app, &visitor, path).await),
                refused,
                "{auth_group}: {path}"
            );
        }
    }
    app.stop().await;
}

/// The console's part of the API, said here once more: an agent who answers guests has no business in it.
#[tokio::test]
async fn an_agent_is_refused_every_call_of_the_console() {
    let app = TestApp::start().await;
    app.member("anna", &["agents"]).await;
    let mut anna = app.sign_in("anna").await;
    let mut refused = 0;
    for endpoint in endpoints() {
        let function = endpoint.path.trim_start_matches("/api/v1/");
        let resource = function.split('/').next().unwrap_or_default();
        if ["member", "member_group", "auth_group", "site"].contains(&resource) {
            let answer = anna.call(function, json!({})).await;
            assert_eq!((answer.status, answer.code()), (403, "forbidden"), "{function}");
            refused += 1;
        }
    }
    assert!(refused >= 10, "only {refused} calls were tried");
    assert_eq!(refusal(open(&app, &anna, "/ws/live").await), Some(403));
    app.stop().await;
}

#[tokio::test]
async fn without_a_session_no_socket_of_a_member_opens() {
    let app = TestApp::start().await;
    for (path, _) in SOCKETS {
        assert_eq!(refusal(open(&app, &app.visitor(), path).await), Some(401), "{path}");
    }
    app.stop().await;
}

#[tokio::test]
async fn an_administrator_can_call_everything() {
    let app = TestApp::start().await;
    let conversation = conversation_of_a_guest(&app).await;
    for endpoint in endpoints() {
        let function = endpoint.path.trim_start_matches("/api/v1/");
        let (arguments, status) = arguments(function, &conversation);
        let answer = app.sign_in("admin").await.call(function, arguments).await;
        assert_eq!(answer.status, status, "{function}: {}", answer.body);
    }
    app.stop().await;
}

/// A conversation that waits for somebody to come, and its guest.
async fn conversation_of_a_guest(app: &TestApp) -> Value {
    let mut page = guest(app).await;
    page.send(Message::text(json!({"type": "start"}).to_string()))
        .await
        .unwrap();
    loop {
        let event = next(&mut page).await;
        if event["type"] == "conversation" {
            return event["id"].clone();
        }
    }
}

/// What each function is called with so that it does what it is for, or finds that there is no such thing; and its status.
fn arguments(function: &str, conversation: &Value) -> (Value, u16) {
    let member = json!({"name": "New", "seats": 1, "groups": [], "auth_groups": []});
    let group = json!({"name": "New", "members": []});
    let site = json!({"name": "New", "allowed_origins": [], "group": 1});
    let (nobody, version) = (999_999, 1);
    match function {
        "session/login" => (json!({"login": "admin", "password": PASSWORD}), 200),
        "session/change_password" => (json!({"current": PASSWORD, "new": PASSWORD}), 200),
        "session/logout" | "session/current" | "member/list" | "member_group/list" | "auth_group/list"
        | "site/list" => (json!({}), 200),
        "member/create" => (json!({"member": {"login": "new", "name": "New", "seats": 1}}), 200),
        "member/update" => (json!({"id": nobody, "version": version, "change": member}), 404),
        "member/set_disabled" => (json!({"id": nobody, "disabled": true}), 404),
        "member/reset_password" => (json!({"id": nobody, "version": version}), 404),
        "member_group/create" => (json!({"group": group}), 200),
        "member_group/update" => (json!({"id": nobody, "version": version, "change": group}), 404),
        "site/create" => (json!({"site": site}), 200),
        "site/update" => (json!({"id": nobody, "version": version, "change": site}), 404),
        "conversation/show" | "conversation/history" | "conversation/decisions" => {
            (json!({"conversation": conversation}), 200)
        }
        "conversation/earlier" => (json!({"guest": uuid::Uuid::nil()}), 200),
        "guest/profile" => (json!({"guest": uuid::Uuid::nil()}), 404),
        _ => panic!("{function} is not called with anything"),
    }
}

#[tokio::test]
async fn who_may_call_is_decided_before_the_body_is_looked_at() {
    let app = TestApp::start().await;
    let visitor = app.visitor();
    let unreadable = visitor.send(visitor.request("member/create").body("{")).await;
    assert_eq!(unreadable.status, 401);
    let endless = visitor
        .send(visitor.request("member/create").body("x".repeat(100_000)))
        .await;
    assert_eq!(endless.status, 401);
    app.stop().await;
}

#[tokio::test]
async fn each_kind_of_bad_request_has_its_own_status() {
    let app = TestApp::start().await;
    let visitor = app.visitor();
    let login = json!({"login": "admin", "password": PASSWORD}).to_string();

    let missing = visitor.send(visitor.request("member/dance").body("{}")).await;
    assert_eq!((missing.status, missing.code()), (404, "not_found"));

    let url = format!("{}/api/v1/session/login", app.base);
    let got = visitor.send(visitor.http.get(url)).await;
    assert_eq!((got.status, got.headers["allow"].to_str().unwrap()), (405, "POST"));

    let request = visitor.request("session/login").headers(
        [("content-type".parse().unwrap(), "text/plain".parse().unwrap())]
            .into_iter()
            .collect(),
    );
    let form = visitor.send(request.body(login.clone())).await;
    assert_eq!((form.status, form.code()), (415, "unsupported_media_type"));

    let long = visitor
        .send(visitor.request("session/login").body("x".repeat(64 * 1024 + 1)))
        .await;
    assert_eq!((long.status, long.code()), (413, "too_large"));

    let unreadable = visitor.send(visitor.request("session/login").body("{")).await;
    assert_eq!((unreadable.status, unreadable.code()), (400, "malformed"));

    for (name, value) in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")] {
        let foreign = visitor
            .send(visitor.request("session/login").header(name, value).body(login.clone()))
            .await;
        assert_eq!((foreign.status, foreign.code()), (403, "wrong_origin"), "{name}");
        assert!(foreign.headers.get("set-cookie").is_none());
    }
    app.stop().await;
}

#[tokio::test]
async fn a_caller_that_accepts_pages_is_not_sent_back_to_one() {
    let app = TestApp::start().await;
    let visitor = app.visitor();
    let request = visitor
        .request("session/login")
        .header("accept", "text/html")
        .header("referer", "/desk");
    let answer = visitor
        .send(request.body(r#"{"login":"admin","password":"wrong"}"#))
        .await;
    assert_eq!((answer.status, answer.code()), (401, "unauthorized"));
    app.stop().await;
}
