//! Every server function says who may call it, and that is who may call it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that fails here should panic"
)]

mod common;

use app::api::access::{Access, access_of, endpoints};
use common::{PASSWORD, TestApp};
use serde_json::json;
use server_fn::axum::server_fn_paths;

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

#[tokio::test]
async fn a_member_without_rules_can_call_only_what_is_about_themselves() {
    let app = TestApp::start().await;
    app.member("nobody", &[]).await;
    for endpoint in endpoints() {
        let function = endpoint.path.trim_start_matches("/api/v1/");
        let answer = app.sign_in("nobody").await.call(function, json!({})).await;
        match endpoint.access {
            Access::Public | Access::SignedIn => assert!([200, 400].contains(&answer.status), "{function}"),
            _ => assert_eq!((answer.status, answer.code()), (403, "forbidden"), "{function}"),
        }
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
        assert_eq!((foreign.status, foreign.code()), (403, "forbidden"), "{name}");
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
