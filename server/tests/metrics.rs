//! What Prometheus reads: from a real server after real traffic, against the rules of the format, the documentation and
//! the dashboard.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::float_cmp,
    reason = "a test that fails here should panic"
)]

mod common;

use common::TestApp;
use common::exposition::{Exposition, Kind};
use common::socket::{desk, guest, next, say};
use futures_util::SinkExt as _;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;
use tokio_tungstenite::tungstenite::Message;
use uuid::Uuid;

const PATIENCE: Duration = Duration::from_secs(30);

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

async fn scraped_app() -> TestApp {
    TestApp::start_with(&["--metrics-listen", "127.0.0.1:0"]).await
}

async fn scrape(app: &TestApp) -> Exposition {
    let answer = reqwest::get(app.metrics.as_ref().unwrap()).await.unwrap();
    assert_eq!(answer.status(), 200);
    let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
    assert!(
        kind.starts_with("application/openmetrics-text; version=1.0.0"),
        "{kind}"
    );
    Exposition::parse(&answer.text().await.unwrap())
}

/// They are in no list.
#[tokio::test]
async fn a_guest_who_left_without_a_word_is_counted() {
    let app = TestApp::start_with(&["--metrics-listen", "127.0.0.1:0", "--absence-s", "1"]).await;
    let left = async || scrape(&app).await.value("seatline_left_silently_total", &[]);
    assert_eq!(left().await, 0.0);
    let mut silent = guest(&app).await;
    silent
        .send(Message::text(json!({"type": "start"}).to_string()))
        .await
        .unwrap();
    while next(&mut silent).await["type"] != "conversation" {}
    drop(silent);
    let counted = async {
        while left().await == 0.0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, counted).await.unwrap();
    assert_eq!(left().await, 1.0);
    app.stop().await;
}

#[tokio::test]
async fn what_happened_is_what_is_scraped() {
    let app = scraped_app().await;
    let before = scrape(&app).await;
    assert_eq!(before.value("seatline_healthy", &[]), 1.0);
    assert_eq!(before.value("seatline_connections", &[("role", "guest")]), 0.0);

    app.member("anna", &["agents"]).await;
    let anna = app.sign_in("anna").await;
    let mut anna = desk(&app, &anna).await;
    let mut waiting = guest(&app).await;
    // Nobody is on duty yet: the first guest is missed.
    say(&mut waiting, Uuid::now_v7(), "is anybody there?").await;
    anna.send(Message::text(json!({"type": "duty", "duty": "on"}).to_string()))
        .await
        .unwrap();
    while next(&mut anna).await["type"] != "me" {}
    let mut served = guest(&app).await;
    say(&mut served, Uuid::now_v7(), "one").await;
    say(&mut served, Uuid::now_v7(), "two").await;

    let after = scrape(&app).await;
    let expected = [
        ("seatline_connections", ("role", "guest"), 2.0),
        ("seatline_connections", ("role", "desk"), 1.0),
        ("seatline_connections", ("role", "live"), 0.0),
        ("seatline_connections_opened_total", ("role", "guest"), 2.0),
        ("seatline_messages_stored_total", ("author", "guest"), 3.0),
        ("seatline_messages_stored_total", ("author", "agent"), 0.0),
        ("seatline_agents", ("duty", "on"), 1.0),
        ("seatline_resumes_total", ("role", "guest"), 0.0),
        (
            "seatline_connections_closed_total",
            ("reason", "connection too slow"),
            0.0,
        ),
    ];
    for (name, label, value) in expected {
        assert_eq!(after.value(name, &[label]), value, "{name} {label:?}");
    }
    let group = after.labels("seatline_line_length")[0].clone();
    let group = [(group[0].0.as_str(), group[0].1.as_str())];
    assert_eq!(
        after.value("seatline_missed", &group) + after.value("seatline_line_length", &group),
        1.0
    );
    let plain = |name| after.value(name, &[]);
    assert_eq!(
        (
            plain("seatline_seats"),
            plain("seatline_seats_used"),
            plain("seatline_seats_held")
        ),
        (3.0, 1.0, 0.0)
    );
    assert_eq!(
        (plain("seatline_seated"), plain("seatline_commit_failures_total")),
        (1.0, 0.0)
    );
    assert!(plain("seatline_commit_seconds_count") >= 4.0);
    assert!(plain("seatline_commit_writes_sum") >= plain("seatline_commit_writes_count"));
    assert!(plain("seatline_dispatch_seconds_count") > before.value("seatline_dispatch_seconds_count", &[]));
    assert!(plain("seatline_publish_seconds_sum") > 0.0);

    drop((waiting, served));
    // The hub hears of it when their sockets are gone.
    let gone = async {
        while scrape(&app).await.value("seatline_connections", &[("role", "guest")]) > 0.0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, gone).await.unwrap();
    app.stop().await;
}

#[tokio::test]
async fn who_comes_back_is_counted_and_who_says_nonsense_too() {
    let app = scraped_app().await;
    let mut first = guest(&app).await;
    first.send(Message::text("{")).await.unwrap();
    assert_eq!(common::socket::close_code(first).await, 4400);
    let mut again = common::socket::open(&app, &app.visitor(), "/ws/guest?site=sitekey")
        .await
        .unwrap();
    let resume = json!({"conversation": Uuid::now_v7(), "last_seq": 3});
    let hello = json!({"type": "hello", "protocol": protocol::PROTOCOL, "resume": resume});
    again.send(Message::text(hello.to_string())).await.unwrap();
    assert_eq!(next(&mut again).await["type"], "welcome");
    let scraped = scrape(&app).await;
    assert_eq!(scraped.value("seatline_resumes_total", &[("role", "guest")]), 1.0);
    let malformed = [("reason", "malformed frame")];
    assert_eq!(scraped.value("seatline_connections_closed_total", &malformed), 1.0);
    app.stop().await;
}

#[tokio::test]
async fn metrics_are_on_an_address_of_their_own_or_not_at_all() {
    let app = scraped_app().await;
    let status = async |url: String| reqwest::get(url).await.unwrap().status().as_u16();
    assert_eq!(status(format!("{}/metrics", app.base)).await, 404);
    let own = app.metrics.clone().unwrap();
    assert_eq!(status(own.replace("/metrics", "/desk")).await, 404);
    app.stop().await;
    let quiet = TestApp::start().await;
    assert_eq!(
        (quiet.metrics.clone(), status(format!("{}/metrics", quiet.base)).await),
        (None, 404)
    );
    quiet.stop().await;
}

/// Names by type, as the table of docs/operating.md has them: `| `name` | type | … |`.
fn documented() -> BTreeSet<(String, Kind)> {
    let text = std::fs::read_to_string(format!("{ROOT}/docs/operating.md")).unwrap();
    let rows = text
        .lines()
        .filter(|line| line.starts_with("| `seatline_") || line.starts_with("| `process_"));
    rows.map(|row| {
        let mut cells = row.split('|').map(str::trim).skip(1);
        let name = cells.next().unwrap().trim_matches('`').to_owned();
        (name, Kind::named(cells.next().unwrap()))
    })
    .collect()
}

#[tokio::test]
async fn every_metric_is_documented_and_keeps_its_name() {
    let app = scraped_app().await;
    let scraped = scrape(&app).await;
    let exported: BTreeSet<_> = scraped.families().collect();
    assert_eq!(exported, documented());
    app.stop().await;
}

/// Every metric that an expression of the dashboard names.
fn in_dashboard(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                if let (true, Some(text)) = (matches!(key.as_str(), "expr" | "query"), value.as_str()) {
                    let words = text.split(|char: char| !(char.is_alphanumeric() || char == '_'));
                    let ours = words.filter(|word| word.starts_with("seatline_") || word.starts_with("process_"));
                    names.extend(ours.map(str::to_owned));
                }
                in_dashboard(value, names);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| in_dashboard(value, names)),
        _ => {}
    }
}

#[tokio::test]
async fn the_dashboard_shows_what_is_exported_and_leaves_nothing_out() {
    let text = std::fs::read_to_string(format!("{ROOT}/docs/grafana/seatline.json")).unwrap();
    let mut shown = BTreeSet::new();
    in_dashboard(&serde_json::from_str(&text).unwrap(), &mut shown);
    let app = scraped_app().await;
    let mut guest = guest(&app).await;
    say(&mut guest, Uuid::now_v7(), "hello").await;
    let scraped = scrape(&app).await;
    for name in &shown {
        assert!(
            scraped.has_sample(name),
            "the dashboard shows {name}, which is not exported"
        );
    }
    for (family, _) in scraped.families() {
        assert!(
            shown.iter().any(|name| name.starts_with(&family)),
            "{family} is on no panel"
        );
    }
    app.stop().await;
}
