//! What operators do to a database: look whether it is sound, back it up, restore it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails here should panic"
)]

mod common;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use common::TestApp;
use common::socket::{guest, say};
use serde_json::Value;
use sqlx::{Connection as _, Executor as _, SqliteConnection};
use std::cell::RefCell;
use std::path::Path;
use std::process::Output;
use store::{ServeLock, Store, StoreConfig};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::process::Command;
use uuid::Uuid;

async fn seatline(data: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_seatline"));
    command.args(arguments).arg("--data").arg(data).env_clear();
    command.output().await.unwrap()
}

/// What was said, with the exit code.
fn said(output: &Output) -> (i32, String) {
    let text = [&output.stdout[..], &output.stderr[..]].concat();
    (output.status.code().unwrap(), String::from_utf8(text).unwrap())
}

async fn doctor(data: &Path, arguments: &[&str]) -> (i32, String) {
    said(&seatline(data, &[&["doctor"], arguments].concat()).await)
}

fn address_of(app: &TestApp) -> &str {
    app.base.strip_prefix("http://").unwrap()
}

/// A database that a server has used, in which a guest has said three things.
async fn used() -> TempDir {
    let app = TestApp::start().await;
    let mut guest = guest(&app).await;
    for text in ["one", "two", "three"] {
        say(&mut guest, Uuid::now_v7(), text).await;
    }
    drop(guest);
    app.store.close().await;
    let folder = app.stop_and_keep().await;
    assert_eq!(doctor(folder.path(), &[]).await.0, 0);
    folder
}

/// Does something to the database behind Seatline's back.
async fn tamper(data: &Path, sql: &'static str) {
    let url = format!("sqlite://{}", data.join("seatline.db").display());
    let mut conn = SqliteConnection::connect(&url).await.unwrap();
    conn.execute(sql).await.unwrap();
    conn.close().await.unwrap();
}

#[tokio::test]
async fn the_doctor_looks_at_a_running_server() {
    let app = TestApp::start().await;
    let mut guest = guest(&app).await;
    say(&mut guest, Uuid::now_v7(), "hello").await;
    let (code, text) = doctor(app.folder.path(), &["--listen", address_of(&app)]).await;
    assert_eq!(code, 0, "{text}");
    assert!(
        text.contains("conversations: 1 (open: 1), messages: ") && text.contains("is ready"),
        "{text}"
    );
    assert!(text.ends_with("Nothing is wrong.\n"), "{text}");
    app.stop().await;
}

#[tokio::test]
async fn the_doctor_says_what_is_wrong_since_when_and_what_to_do() {
    let folder = used().await;
    tamper(folder.path(), "DELETE FROM message WHERE seq = 2").await;
    let (code, text) = doctor(folder.path(), &[]).await;
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("no server runs on it"), "{text}");
    assert!(
        text.contains("1 message is not there, the first of them number 2, since 20"),
        "{text}"
    );
    assert!(
        text.contains("What to do: ") && text.contains("seatline restore FILE"),
        "{text}"
    );

    let (code, text) = doctor(folder.path(), &["--json"]).await;
    let report: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (code, &report["wrong"], &report["server"]["state"]),
        (1, &1.into(), &"not_running".into())
    );
    let finding = &report["findings"][0];
    assert_eq!(
        (&finding["finding"], &finding["severity"]),
        (&"messages_missing".into(), &"wrong".into())
    );
    assert_eq!((&finding["first"], &finding["last"]), (&2.into(), &finding["last"]));
    assert!(finding["what"].is_string() && finding["todo"].is_string() && finding["since_time"].is_string());
}

#[tokio::test]
async fn the_doctor_says_that_it_cannot_look() {
    let folder = TempDir::new().unwrap();
    let (code, text) = doctor(folder.path(), &[]).await;
    assert_eq!(code, 2);
    assert!(text.starts_with("seatline: there is no database at "), "{text}");
    std::fs::write(folder.path().join("seatline.db"), "").unwrap();
    assert_eq!(
        doctor(folder.path(), &[]).await,
        (2, "seatline: the database is not one of Seatline's\n".to_owned())
    );
}

#[tokio::test]
async fn the_doctor_tells_a_server_that_does_not_answer_or_is_not_ready() {
    let folder = used().await;
    let config = StoreConfig::sqlite(folder.path().join("seatline.db"));
    let _served = ServeLock::take(&config).await.unwrap();
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = nobody.local_addr().unwrap().to_string();
    drop(nobody);
    let (code, text) = doctor(folder.path(), &["--listen", &address]).await;
    assert!(code == 1 && text.contains("does not answer at"), "{text}");

    let ill = Router::new().route(
        "/readyz",
        get(|| async { (StatusCode::SERVICE_UNAVAILABLE, "the hub is not running\n") }),
    );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async { axum::serve(listener, ill).await.unwrap() });
    let (code, text) = doctor(folder.path(), &["--listen", &address]).await;
    assert!(
        code == 1 && text.contains("cannot serve anybody: the hub is not running."),
        "{text}"
    );
}

#[tokio::test]
async fn a_backup_made_under_load_holds_every_message_acknowledged_before_it_began() {
    let app = TestApp::start_with(&["--frames-burst", "1000000", "--frames-per-second", "1000000"]).await;
    let acknowledged = RefCell::new(Vec::new());
    let mut guests = Vec::new();
    for _ in 0..8 {
        guests.push(guest(&app).await);
    }
    let (stop, _) = tokio::sync::watch::channel(false);
    let talks = guests.iter_mut().map(|guest| async {
        let stopped = stop.subscribe();
        while !*stopped.borrow() {
            let id = Uuid::now_v7();
            say(guest, id, "written while a backup is made").await;
            acknowledged.borrow_mut().push(id);
        }
    });
    let backups = async {
        for number in 0..3 {
            let before = acknowledged.borrow().clone();
            let file = app.folder.path().join(format!("{number}.backup"));
            let (code, text) = said(&seatline(app.folder.path(), &["backup", file.to_str().unwrap()]).await);
            assert!(code == 0 && text.starts_with("Wrote "), "{text}");
            let held = client_ids(&file).await;
            assert!(
                before.iter().all(|id| held.contains(id)),
                "{} of {}",
                held.len(),
                before.len()
            );
            // As an installation of its own, it has nothing wrong.
            let home = TempDir::new().unwrap();
            let restored = seatline(home.path(), &["restore", file.to_str().unwrap()]).await;
            assert_eq!(said(&restored).0, 0);
            assert_eq!(doctor(home.path(), &[]).await.0, 0);
        }
        stop.send_replace(true);
    };
    tokio::join!(futures_util::future::join_all(talks), backups);
    assert!(!acknowledged.borrow().is_empty());
    app.stop().await;
}

async fn client_ids(database: &Path) -> std::collections::HashSet<Uuid> {
    let mut conn = SqliteConnection::connect(&format!("sqlite://{}", database.display()))
        .await
        .unwrap();
    let sql = "SELECT client_id FROM message WHERE client_id IS NOT NULL";
    let ids: Vec<Uuid> = sqlx::query_scalar(sql).fetch_all(&mut conn).await.unwrap();
    conn.close().await.unwrap();
    ids.into_iter().collect()
}

#[tokio::test]
async fn a_restore_waits_for_the_server_to_stop_and_is_asked_to_replace() {
    let app = TestApp::start().await;
    let folder = app.folder.path().to_owned();
    let file = folder.join("a.backup");
    let file = file.to_str().unwrap();
    assert_eq!(said(&seatline(&folder, &["backup", file]).await).0, 0);
    let again = said(&seatline(&folder, &["backup", file]).await);
    assert_eq!(
        again,
        (
            1,
            format!("seatline: {file} is there already, and a backup overwrites nothing\n")
        )
    );

    let (code, text) = said(&seatline(&folder, &["restore", file, "--replace"]).await);
    assert!(code == 1 && text.contains("is in use by another seatline"), "{text}");
    app.store.close().await;
    let folder = app.stop_and_keep().await;
    let (code, text) = said(&seatline(folder.path(), &["restore", file]).await);
    assert!(code == 1 && text.contains("--replace"), "{text}");
    let (code, text) = said(&seatline(folder.path(), &["restore", file, "--replace"]).await);
    assert!(code == 0 && text.contains("seatline.db.replaced-1"), "{text}");
    let store = Store::open(&StoreConfig::sqlite(folder.path().join("seatline.db")))
        .await
        .unwrap();
    assert!(store.member_by_login("admin").await.unwrap().is_some());
    store.close().await;
}
