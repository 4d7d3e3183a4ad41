//! Every server function says who may call it, and that is who may call it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails here should panic"
)]

mod common;

use app::api::access::{Access, access_of, endpoints};
use common::socket::{Socket, open};
use common::{PASSWORD, TestApp};
use domain::Rule;
use domain::member::Me;
use serde_json::json;
use server_fn::axum::server_fn_paths;
use tokio_tungstenite::tungstenite::Error;

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
    let registered: Vec<_> = server_fn_paths().collect();
    assert!(!registered.is_empty());
    for (path, method) in registered {
        assert!(access_of(path).is_some(), "{path} does not say who may call it");
        assert_eq!(method, "POST", "{path}");
    }
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
    for endpoint in endpoints() {
        let function = endpoint.path.trim_start_matches("/api/v1/");
        let answer = app.sign_in("admin").await.call(function, json!({})).await;
        // Let in, and told at worst that there are arguments missing.
        assert!([200, 400].contains(&answer.status), "{function}: {}", answer.body);
    }
    app.stop().await;
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
