//! Sessions that end, and the sockets that end with them: at once, with a code that says whether to log in again.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that fails here should panic"
)]

mod common;

use common::socket::{Socket, close_code, desk, live, open};
use common::{PASSWORD, TestApp};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::json;
use std::process::Command;
use tokio_tungstenite::tungstenite::Message;

async fn is_alive(mut socket: Socket) {
    socket.send(Message::text(r#"{"type":"ping"}"#)).await.unwrap();
    loop {
        let message = socket.next().await.unwrap().unwrap();
        if message.is_text() && message.to_text().unwrap().starts_with(r#"{"type":"pong""#) {
            return;
        }
        assert!(!message.is_close());
    }
}

#[tokio::test]
async fn disabling_a_member_ends_their_sessions_and_sockets() {
    let app = TestApp::start().await;
    let anna = app.member("anna", &["supervisors"]).await;
    let (mut visitor, elsewhere) = (app.sign_in("anna").await, app.sign_in("anna").await);
    let sockets = [
        desk(&app, &visitor).await,
        live(&app, &visitor).await,
        desk(&app, &elsewhere).await,
    ];
    let mut admin = app.sign_in("admin").await;
    let unharmed = live(&app, &admin).await;

    let answer = admin
        .call("member/set_disabled", json!({"id": anna.id, "disabled": true}))
        .await;
    assert_eq!((answer.status, &answer.body["disabled"]), (200, &json!(true)));
    for socket in sockets {
        assert_eq!(close_code(socket).await, 4401);
    }
    assert!(!visitor.is_signed_in().await);
    assert!(!elsewhere.clone().is_signed_in().await);
    for path in ["/ws/desk", "/ws/live"] {
        assert!(open(&app, &visitor, path).await.is_err(), "{path}");
    }
    is_alive(unharmed).await;

    admin
        .call("member/set_disabled", json!({"id": anna.id, "disabled": false}))
        .await;
    assert!(!visitor.is_signed_in().await, "an old session came back to life");
    assert_eq!(app.visitor().log_in("anna", PASSWORD).await.status, 200);
    app.stop().await;
}

/// 4500 would have them come back for ever, to be refused for ever.
#[tokio::test]
async fn who_loses_the_right_to_be_there_is_told_to_stay_away() {
    let app = TestApp::start().await;
    let anna = app.member("anna", &["supervisors"]).await;
    let visitor = app.sign_in("anna").await;
    let mut admin = app.sign_in("admin").await;
    let groups = admin.call("auth_group/list", json!({})).await.body;
    let named = |name: &str| {
        let group = groups.as_array().unwrap().iter().find(|group| group["name"] == name);
        group.unwrap()["id"].clone()
    };
    let mut version = json!(anna.version);
    let mut change = async |auth_groups: serde_json::Value| {
        let member = json!({"name": "Anna", "seats": 1, "groups": [], "auth_groups": auth_groups});
        let answer = admin
            .call(
                "member/update",
                json!({"id": anna.id, "version": version, "change": member}),
            )
            .await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        version = answer.body["version"].clone();
    };

    let (desk_socket, live_socket) = (desk(&app, &visitor).await, live(&app, &visitor).await);
    change(json!([named("agents")])).await;
    assert_eq!(close_code(desk_socket).await, 4500, "may still serve");
    assert_eq!(close_code(live_socket).await, 4403);
    let desk_socket = desk(&app, &visitor).await;
    change(json!([])).await;
    assert_eq!(close_code(desk_socket).await, 4403);
    app.stop().await;
}

#[tokio::test]
async fn resetting_a_password_ends_sessions_and_desk() {
    let app = TestApp::start().await;
    let anna = app.member("anna", &["agents"]).await;
    let mut visitor = app.sign_in("anna").await;
    let socket = desk(&app, &visitor).await;
    let mut admin = app.sign_in("admin").await;
    let reset = admin
        .call("member/reset_password", json!({"id": anna.id, "version": anna.version}))
        .await;
    assert_eq!(close_code(socket).await, 4401);
    assert!(!visitor.is_signed_in().await);
    assert_eq!(
        app.visitor()
            .log_in("anna", reset.body["password"].as_str().unwrap())
            .await
            .status,
        200
    );
    app.stop().await;
}

#[tokio::test]
async fn logging_out_closes_the_sockets_of_that_session_only() {
    let app = TestApp::start().await;
    app.member("anna", &["agents"]).await;
    let (mut here, there) = (app.sign_in("anna").await, app.sign_in("anna").await);
    let (leaving, staying) = (desk(&app, &here).await, desk(&app, &there).await);
    let also_leaving = desk(&app, &here).await;
    here.call("session/logout", json!({})).await;
    assert_eq!(close_code(leaving).await, 4401);
    assert_eq!(close_code(also_leaving).await, 4401);
    is_alive(staying).await;
    app.stop().await;
}

#[tokio::test]
async fn changing_ones_password_logs_out_elsewhere_and_goes_on_here() {
    let app = TestApp::start().await;
    app.member("anna", &["agents"]).await;
    let (mut here, there) = (app.sign_in("anna").await, app.sign_in("anna").await);
    let (mine, other) = (desk(&app, &here).await, desk(&app, &there).await);
    let change = json!({"current": PASSWORD, "new": "another fine one"});
    assert_eq!(here.call("session/change_password", change).await.status, 200);
    assert_eq!(close_code(mine).await, 4500, "it comes back with the fresh session");
    assert_eq!(close_code(other).await, 4401);
    is_alive(desk(&app, &here).await).await;
    app.stop().await;
}

/// The server is another process and not told, but looks every few seconds.
#[tokio::test]
async fn a_password_given_on_the_command_line_ends_what_is_open_on_the_server() {
    let app = TestApp::start().await;
    app.member("anna", &["supervisors"]).await;
    let mut visitor = app.sign_in("anna").await;
    let sockets = [desk(&app, &visitor).await, live(&app, &visitor).await];
    let data = app.folder.path().to_owned();
    let passwd = tokio::task::spawn_blocking(move || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_seatline"));
        command.args(["member", "passwd", "anna", "--data"]).arg(data).output()
    });
    let output = passwd.await.unwrap().unwrap();
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8(output.stdout).unwrap();
    let password = said.trim().strip_prefix("anna  ").unwrap();

    assert!(!visitor.is_signed_in().await);
    for socket in sockets {
        assert_eq!(close_code(socket).await, 4401);
    }
    assert_eq!(app.visitor().log_in("anna", PASSWORD).await.status, 401);
    assert_eq!(app.visitor().log_in("anna", password).await.status, 200);
    app.stop().await;
}

#[tokio::test]
async fn a_server_that_stops_tells_desks_to_come_back() {
    let app = TestApp::start().await;
    let socket = desk(&app, &app.sign_in("admin").await).await;
    let closing = tokio::spawn(close_code(socket));
    app.stop().await;
    assert_eq!(closing.await.unwrap(), 4503);
}
