//! Logging in and out, how long that lasts, and what guessing costs.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that fails here should panic"
)]

mod common;

use common::{PASSWORD, TestApp};
use serde_json::json;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

#[tokio::test]
async fn a_session_begins_with_login_and_ends_with_logout() {
    let app = TestApp::start().await;
    let mut visitor = app.visitor();
    assert!(!visitor.is_signed_in().await);

    let answer = visitor.log_in(" Admin ", PASSWORD).await;
    assert_eq!((answer.status, &answer.body["login"]), (200, &json!("admin")));
    let cookie = answer.headers["set-cookie"].to_str().unwrap();
    assert!(
        cookie.ends_with("; HttpOnly; SameSite=Lax; Path=/; Max-Age=604800"),
        "{cookie}"
    );
    assert_eq!(answer.headers["cache-control"], "no-store");
    assert!(visitor.is_signed_in().await);

    let held = visitor.clone();
    assert_eq!(visitor.call("session/logout", json!({})).await.status, 200);
    assert_eq!(visitor.cookie, None);
    assert!(!held.clone().is_signed_in().await);
    app.stop().await;
}

#[tokio::test]
async fn with_a_public_https_address_the_cookie_is_kept_to_encrypted_connections() {
    let app = TestApp::start_with(&["--public-url", "https://chat.example"]).await;
    let answer = app.visitor().log_in("admin", PASSWORD).await;
    assert!(answer.headers["set-cookie"].to_str().unwrap().ends_with("; Secure"));
    app.stop().await;
}

#[tokio::test]
async fn the_token_is_nowhere_in_the_database() {
    let app = TestApp::start().await;
    let visitor = app.sign_in("admin").await;
    let token = visitor.cookie.unwrap().split_once('=').unwrap().1.to_owned();
    let folder = app.folder.path().to_owned();
    for entry in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(token.len()).any(|window| window == token.as_bytes()));
    }
    app.stop().await;
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used_and_at_last_even_if_it_is() {
    let app = TestApp::start().await;
    let mut idle = app.sign_in("admin").await;
    app.pass_ms(12 * HOUR_MS - MINUTE_MS);
    assert!(idle.is_signed_in().await);
    app.pass_ms(12 * HOUR_MS - MINUTE_MS);
    assert!(idle.is_signed_in().await, "using it did not keep it");
    app.pass_ms(12 * HOUR_MS);
    assert!(!idle.is_signed_in().await);

    let mut busy = app.sign_in("admin").await;
    for _ in 0..16 {
        app.pass_ms(10 * HOUR_MS);
        assert!(busy.is_signed_in().await);
    }
    app.pass_ms(8 * HOUR_MS);
    assert!(!busy.is_signed_in().await, "it lasted longer than 7 days");
    app.stop().await;
}

#[tokio::test]
async fn changing_ones_password_ends_all_other_sessions() {
    let app = TestApp::start().await;
    let (mut here, mut there) = (app.sign_in("admin").await, app.sign_in("admin").await);
    let before = here.clone();

    let wrong = here
        .call(
            "session/change_password",
            json!({"current": "wrong", "new": "another fine one"}),
        )
        .await;
    assert_eq!(
        (wrong.status, &wrong.body["fields"]),
        (422, &json!({"current": "invalid"}))
    );
    let short = here
        .call("session/change_password", json!({"current": PASSWORD, "new": "short"}))
        .await;
    assert_eq!(
        (short.status, &short.body["fields"]),
        (422, &json!({"new": "too_short"}))
    );
    assert!(there.is_signed_in().await);

    let changed = here
        .call(
            "session/change_password",
            json!({"current": PASSWORD, "new": "another fine one"}),
        )
        .await;
    assert_eq!(changed.status, 200, "{}", changed.body);
    assert!(here.is_signed_in().await);
    assert_ne!(here.cookie, before.cookie);
    assert!(!there.is_signed_in().await);
    assert!(!before.clone().is_signed_in().await);
    assert_eq!(app.visitor().log_in("admin", PASSWORD).await.status, 401);
    assert_eq!(app.visitor().log_in("admin", "another fine one").await.status, 200);
    app.stop().await;
}

#[tokio::test]
async fn an_unknown_login_a_disabled_one_and_a_wrong_password_are_answered_alike() {
    let app = TestApp::start().await;
    let gone = app.member("gone", &["agents"]).await;
    let mut admin = app.sign_in("admin").await;
    admin
        .call("member/set_disabled", json!({"id": gone.id, "disabled": true}))
        .await;

    let wrong = app.visitor().log_in("admin", "wrong").await;
    let unknown = app.visitor().log_in("nobody", "wrong").await;
    let disabled = app.visitor().log_in("gone", PASSWORD).await;
    assert_eq!((wrong.status, wrong.code()), (401, "unauthorized"));
    assert_eq!((unknown.status, &unknown.body), (wrong.status, &wrong.body));
    assert_eq!((disabled.status, &disabled.body), (wrong.status, &wrong.body));
    app.stop().await;
}

#[tokio::test]
async fn guessing_is_slowed_down_whether_or_not_the_account_exists() {
    let app = TestApp::start().await;
    for login in ["admin", "nobody"] {
        for _ in 0..6 {
            assert_eq!(app.visitor().log_in(login, "wrong").await.status, 401);
        }
        let refused = app.visitor().log_in(login, PASSWORD).await;
        assert_eq!((refused.status, refused.code()), (429, "throttled"));
        assert_eq!(refused.body["retry_after_s"], json!(1));
        assert_eq!(refused.headers["retry-after"], "1");
    }
    // The owner waits, is let in, and starts afresh.
    app.pass_ms(1_000);
    assert_eq!(app.visitor().log_in("admin", PASSWORD).await.status, 200);
    assert_eq!(app.visitor().log_in("admin", "wrong").await.status, 401);
    assert_eq!(app.visitor().log_in("admin", PASSWORD).await.status, 200);
    app.stop().await;
}

#[tokio::test]
async fn many_machines_that_guess_do_not_lock_the_owner_out() {
    let app = TestApp::start_with(&["--trusted-proxies", "127.0.0.1"]).await;
    app.member("anna", &["agents"]).await;
    assert_eq!(app.visitor_from("192.0.2.1").log_in("anna", PASSWORD).await.status, 200);

    // Each waits as long as it is told to and no longer.
    for host in 0..70 {
        let machine = format!("198.51.100.{host}");
        let answer = app.visitor_from(&machine).log_in("anna", "wrong").await;
        app.pass_ms(answer.body["retry_after_s"].as_i64().unwrap_or(0) * 1_000);
    }
    assert_eq!(
        app.visitor_from("203.0.113.1").log_in("anna", PASSWORD).await.status,
        200,
        "a wait that is over"
    );
    for host in 0..70 {
        app.visitor_from(&format!("198.51.101.{host}"))
            .log_in("anna", "wrong")
            .await;
    }
    assert_eq!(
        app.visitor_from("203.0.113.2").log_in("anna", PASSWORD).await.status,
        429,
        "from a new address"
    );
    assert_eq!(
        app.visitor_from("192.0.2.1").log_in("anna", PASSWORD).await.status,
        200,
        "from where they were before"
    );
    app.stop().await;
}

#[tokio::test]
async fn one_machine_that_tries_many_accounts_is_slowed_down() {
    let app = TestApp::start_with(&["--trusted-proxies", "127.0.0.1"]).await;
    for account in 0..21 {
        let answer = app
            .visitor_from("198.51.100.1")
            .log_in(&format!("account{account}"), "wrong")
            .await;
        assert_eq!(answer.status, 401);
    }
    assert_eq!(
        app.visitor_from("198.51.100.1").log_in("admin", PASSWORD).await.status,
        429
    );
    assert_eq!(
        app.visitor_from("198.51.100.2").log_in("admin", PASSWORD).await.status,
        200
    );
    app.stop().await;
}

#[tokio::test]
async fn one_persons_wrong_passwords_do_not_lock_out_who_shares_their_address() {
    // With a proxy that is trusted, and with one that was forgotten and has everybody behind it.
    for (arguments, most_s) in [(&["--trusted-proxies", "127.0.0.1"][..], 300), (&[][..], 5)] {
        let app = TestApp::start_with(arguments).await;
        app.member("anna", &["agents"]).await;
        app.member("mei", &["agents"]).await;
        let office = || app.visitor_from("192.0.2.1");
        assert_eq!(office().log_in("anna", PASSWORD).await.status, 200);
        for account in 0..25 {
            office().log_in(&format!("account{account}"), "wrong").await;
        }
        assert_eq!(
            office().log_in("anna", PASSWORD).await.status,
            200,
            "she has been here before"
        );
        let mei = office().log_in("mei", PASSWORD).await;
        assert_eq!(mei.status, 429, "guessing is slowed down");
        assert!(mei.body["retry_after_s"].as_i64().unwrap() <= most_s, "{}", mei.body);
        // Guessing the password of who has been here before is slowed down as anywhere.
        for _ in 0..6 {
            office().log_in("anna", "wrong").await;
        }
        assert_eq!(office().log_in("anna", PASSWORD).await.status, 429);
        app.stop().await;
    }
}
