//! What administrators do to members, and what that does to sessions and sockets that are open.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that fails here should panic"
)]

mod common;

use common::{PASSWORD, TestApp, Visitor};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

async fn open_desk(app: &TestApp, visitor: &Visitor) -> Result<Socket, Error> {
    let mut request = format!("{}/ws/desk", app.base.replace("http", "ws"))
        .into_client_request()
        .unwrap();
    if let Some(cookie) = &visitor.cookie {
        request.headers_mut().insert("cookie", cookie.parse().unwrap());
    }
    connect_async(request).await.map(|(socket, _)| socket)
}

/// A desk that has been welcomed.
async fn desk(app: &TestApp, visitor: &Visitor) -> Socket {
    let mut socket = open_desk(app, visitor).await.unwrap();
    socket
        .send(Message::text(
            json!({"type": "hello", "protocol": protocol::PROTOCOL}).to_string(),
        ))
        .await
        .unwrap();
    let Some(Ok(Message::Text(welcome))) = socket.next().await else {
        unreachable!("no welcome")
    };
    assert_eq!(serde_json::from_str::<Value>(&welcome).unwrap()["type"], "welcome");
    socket
}

/// The code that the socket is closed with.
async fn close_code(mut socket: Socket) -> u16 {
    loop {
        match socket.next().await {
            Some(Ok(Message::Close(Some(frame)))) => return frame.code.into(),
            Some(Ok(_)) => {}
            other => unreachable!("no close frame but {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_created_member_logs_in_with_the_password_shown_once() {
    let app = TestApp::start().await;
    let mut admin = app.sign_in("admin").await;
    let new = json!({"login": "Anna", "name": "安娜", "seats": 3, "groups": [1], "auth_groups": [3]});
    let created = admin.call("member/create", json!({"member": new})).await;
    assert_eq!(created.status, 200, "{}", created.body);
    let password = created.body["password"].as_str().unwrap();
    assert_eq!(app.visitor().log_in("anna", password).await.body["name"], "安娜");

    let again = admin
        .call(
            "member/create",
            json!({"member": {"login": "ANNA", "name": "A", "seats": 1}}),
        )
        .await;
    assert_eq!((again.status, &again.body["fields"]), (422, &json!({"login": "taken"})));
    let lost = json!({"login": "b2", "name": "B", "seats": 1, "groups": [999]});
    let lost = admin.call("member/create", json!({"member": lost})).await;
    assert_eq!(
        (lost.status, &lost.body["fields"]),
        (422, &json!({"groups": "unknown"}))
    );
    app.stop().await;
}

#[tokio::test]
async fn disabling_a_member_ends_their_sessions_and_their_desk() {
    let app = TestApp::start().await;
    let anna = app.member("anna", &["agents"]).await;
    let mut visitor = app.sign_in("anna").await;
    let socket = desk(&app, &visitor).await;

    let mut admin = app.sign_in("admin").await;
    let answer = admin
        .call("member/set_disabled", json!({"id": anna.id, "disabled": true}))
        .await;
    assert_eq!((answer.status, &answer.body["disabled"]), (200, &json!(true)));
    assert_eq!(close_code(socket).await, 4401);
    assert!(!visitor.is_signed_in().await);
    assert!(open_desk(&app, &visitor).await.is_err());

    admin
        .call("member/set_disabled", json!({"id": anna.id, "disabled": false}))
        .await;
    assert!(!visitor.is_signed_in().await, "an old session came back to life");
    assert_eq!(app.visitor().log_in("anna", PASSWORD).await.status, 200);
    app.stop().await;
}

#[tokio::test]
async fn resetting_a_password_ends_sessions_and_desk() {
    let app = TestApp::start().await;
    let anna = app.member("anna", &["agents"]).await;
    let mut visitor = app.sign_in("anna").await;
    let socket = desk(&app, &visitor).await;
    let mut admin = app.sign_in("admin").await;
    let reset = admin.call("member/reset_password", json!({"id": anna.id})).await;
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
async fn logging_out_closes_the_desk_of_that_session_only() {
    let app = TestApp::start().await;
    app.member("anna", &["agents"]).await;
    let (mut here, there) = (app.sign_in("anna").await, app.sign_in("anna").await);
    let (leaving, mut staying) = (desk(&app, &here).await, desk(&app, &there).await);
    here.call("session/logout", json!({})).await;
    assert_eq!(close_code(leaving).await, 4401);
    staying.send(Message::text(r#"{"type":"ping"}"#)).await.unwrap();
    while let Some(Ok(message)) = staying.next().await {
        if message.to_text().unwrap().contains("pong") {
            break;
        }
        assert!(!message.is_close());
    }
    app.stop().await;
}

#[tokio::test]
async fn a_change_of_rules_is_in_force_at_once() {
    let app = TestApp::start().await;
    let anna = app.member("anna", &["supervisors"]).await;
    let mut visitor = app.sign_in("anna").await;
    assert_eq!(visitor.call("member/list", json!({})).await.status, 200);
    let mut admin = app.sign_in("admin").await;
    let change = json!({"name": "Anna", "seats": 1, "groups": [], "auth_groups": []});
    let answer = admin
        .call("member/update", json!({"id": anna.id, "change": change}))
        .await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(visitor.call("member/list", json!({})).await.status, 403);
    app.stop().await;
}

#[tokio::test]
async fn nobody_hands_out_or_lays_hands_on_rules_they_do_not_hold() {
    let app = TestApp::start().await;
    let rules = [
        domain::Rule::MemberView,
        domain::Rule::MemberEdit,
        domain::Rule::ConversationServe,
    ];
    let personnel = app.store.create_auth_group("personnel", &rules).await.unwrap();
    app.member("petra", &["personnel"]).await;
    let anna = app.member("anna", &["agents"]).await;
    let mut petra = app.sign_in("petra").await;

    let promoted = json!({"name": "Anna", "seats": 1, "groups": [], "auth_groups": [1]});
    assert_eq!(
        petra
            .call("member/update", json!({"id": anna.id, "change": promoted}))
            .await
            .status,
        403
    );
    let new = json!({"login": "eve", "name": "Eve", "seats": 1, "auth_groups": [1]});
    assert_eq!(petra.call("member/create", json!({"member": new})).await.status, 403);
    assert_eq!(petra.call("member/reset_password", json!({"id": 1})).await.status, 403);
    assert_eq!(
        petra
            .call("member/set_disabled", json!({"id": 1, "disabled": true}))
            .await
            .status,
        403
    );

    let within = json!({"name": "Anna", "seats": 1, "groups": [], "auth_groups": [personnel.id]});
    assert_eq!(
        petra
            .call("member/update", json!({"id": anna.id, "change": within}))
            .await
            .status,
        200
    );
    app.stop().await;
}

#[tokio::test]
async fn the_last_who_can_edit_members_stays_one() {
    let app = TestApp::start().await;
    let mut admin = app.sign_in("admin").await;
    let stripped = json!({"id": 1, "change": {"name": "Admin", "seats": 0, "groups": [], "auth_groups": []}});
    let refused = admin.call("member/update", stripped.clone()).await;
    assert_eq!((refused.status, refused.code()), (409, "conflict"));
    assert_eq!(
        admin
            .call("member/set_disabled", json!({"id": 1, "disabled": true}))
            .await
            .status,
        409
    );

    app.member("second", &["administrators"]).await;
    assert_eq!(admin.call("member/update", stripped).await.status, 200);
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
