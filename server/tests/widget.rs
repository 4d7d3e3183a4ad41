//! What pages ask over HTTP: messages left by form where no socket gets through, and whether there is an answer.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

mod common;

use common::TestApp;
use domain::{ConversationId, ConversationState, GuestId, MissedReason, Placement};
use serde_json::{Value, json};
use store::SiteUpdate;
use uuid::Uuid;

const SHOP: &str = "https://shop.example";

/// An answer: status and body, which any page may read.
async fn post(app: &TestApp, path: &str, key: &str, origin: &str, body: String) -> (u16, Value) {
    let address = format!("{}/widget/{path}?site={key}", app.base);
    let request = reqwest::Client::new().post(address).header("origin", origin).body(body);
    let answer = request.send().await.unwrap();
    assert_eq!(answer.headers()["access-control-allow-origin"], "*");
    (
        answer.status().as_u16(),
        serde_json::from_str(&answer.text().await.unwrap()).unwrap(),
    )
}

/// The shop's page leaves something.
async fn leave(app: &TestApp, body: Value) -> Value {
    let (status, answer) = post(app, "message", "sitekey", SHOP, body.to_string()).await;
    assert_eq!(status, 200, "{answer}");
    answer
}

async fn open_to_shop(arguments: &[&str]) -> TestApp {
    let app = TestApp::start_with(arguments).await;
    let site = app.store.site_by_key("sitekey").await.unwrap().unwrap();
    let update = SiteUpdate {
        name: site.name,
        allowed_origins: vec![SHOP.to_owned()],
        group: site.group,
    };
    app.store.update_site(site.id, None, &update).await.unwrap();
    app
}

/// A visitor who has been told who they are.
async fn token(app: &TestApp) -> String {
    let first = leave(app, json!({"id": Uuid::now_v7(), "text": "Hello"})).await;
    assert_eq!(first["events"], json!([]), "nobody is kept who has not said it twice");
    first["token"].as_str().unwrap().to_owned()
}

/// Where the conversation of an answer is, and what it has in store.
async fn stored(app: &TestApp, answer: &Value) -> (Placement, Vec<String>) {
    let id: ConversationId = serde_json::from_value(answer["events"][0]["id"].clone()).unwrap();
    let messages = app.store.messages_after(id, domain::Seq(0), 100).await.unwrap();
    let texts = messages.into_iter().filter_map(|message| match message.body {
        domain::Body::Text { text } => Some(text),
        domain::Body::Notice(_) => None,
    });
    (app.store.placement(id).await.unwrap().unwrap(), texts.collect())
}

#[tokio::test]
async fn a_form_is_a_missed_conversation_with_the_true_reason() {
    let app = open_to_shop(&[]).await;
    let token = token(&app).await;
    let form = json!({
        "token": token,
        "id": Uuid::now_v7(),
        "text": "Do you ship to Norway?",
        "name": " Anna ",
        "contact": "anna@example.org",
        "page": {"url": "https://shop.example/cart", "title": "Cart"},
    });
    let answer = leave(&app, form.clone()).await;
    let conversation = &answer["events"][0];
    assert_eq!(
        conversation["place"],
        json!({"state": "missed", "reason": "not_connected", "resumes_at": null})
    );
    assert_eq!(conversation["contact_left"], json!(true));
    assert_eq!(answer["events"][1]["type"], json!("ack"));
    let (placement, texts) = stored(&app, &answer).await;
    assert_eq!(placement.state(), ConversationState::Missed);
    assert_eq!(placement.missed_reason(), Some(MissedReason::NotConnected));
    assert_eq!(texts, ["Do you ship to Norway?"]);
    let row = app.store.guest(placement.guest).await.unwrap().unwrap();
    assert_eq!((row.name.as_str(), row.contact.as_str()), ("Anna", "anna@example.org"));
    app.stop().await;
}

#[tokio::test]
async fn a_form_that_is_sent_again_is_kept_once() {
    let app = open_to_shop(&[]).await;
    let token = token(&app).await;
    let form = json!({"token": token, "id": Uuid::now_v7(), "text": "Once"});
    let both = tokio::join!(leave(&app, form.clone()), leave(&app, form.clone()));
    let third = leave(&app, form.clone()).await;
    let seqs: Vec<_> = [&both.0, &both.1, &third]
        .map(|answer| answer["events"][1]["seq"].clone())
        .into();
    assert!(seqs.iter().all(|seq| *seq == seqs[0] && seq.is_i64()), "{seqs:?}");
    let other = json!({"token": token, "id": form["id"], "text": "Something else"});
    let reused = leave(&app, other).await;
    assert_eq!(reused["events"][1]["code"], json!("id_reused"));
    let next = leave(&app, json!({"token": token, "id": Uuid::now_v7(), "text": "Twice"})).await;
    assert_eq!(stored(&app, &next).await.1, ["Once", "Twice"]);
    app.stop().await;
}

#[tokio::test]
async fn a_form_passes_the_checks_of_a_socket() {
    let app = open_to_shop(&["--new-guests-per-minute", "2"]).await;
    let form = json!({"id": Uuid::now_v7(), "text": "Hello"}).to_string();
    let strange = post(&app, "message", "sitekey", "https://stranger.example", form.clone()).await;
    assert_eq!((strange.0, &strange.1["code"]), (403, &json!("forbidden")));
    let unknown = post(&app, "message", "nosuchkey", SHOP, form).await;
    assert_eq!((unknown.0, &unknown.1["code"]), (404, &json!("not_found")));
    let broken = post(&app, "message", "sitekey", SHOP, "{".to_owned()).await;
    assert_eq!((broken.0, &broken.1["code"]), (400, &json!("malformed")));

    let token = token(&app).await;
    let long = json!({"token": token, "id": Uuid::now_v7(), "text": "x".repeat(8_001)});
    assert_eq!(leave(&app, long).await["events"][0]["code"], json!("too_long"));
    let empty = json!({"token": token, "id": Uuid::now_v7(), "text": " \n"});
    assert_eq!(leave(&app, empty).await["events"][0]["code"], json!("empty"));
    let third = json!({"token": token, "id": Uuid::now_v7(), "text": "Hello"}).to_string();
    let crowd = post(&app, "message", "sitekey", SHOP, third).await;
    assert_eq!((crowd.0, &crowd.1["code"]), (429, &json!("throttled")));
    app.stop().await;
}

#[tokio::test]
async fn whether_a_missed_conversation_has_come_on_can_be_asked() {
    let app = open_to_shop(&[]).await;
    let token = token(&app).await;
    let answer = leave(&app, json!({"token": token, "id": Uuid::now_v7(), "text": "Hello"})).await;
    let [conversation, last_seq] = ["id", "last_seq"].map(|field| answer["events"][0][field].clone());
    let news = async |token: &str, last_seq: &Value| {
        let known = json!({"token": token, "conversation": conversation, "last_seq": last_seq}).to_string();
        post(&app, "news", "sitekey", SHOP, known).await
    };
    assert_eq!(news(&token, &last_seq).await, (200, json!({"news": false})));
    assert_eq!(news(&token, &json!(0)).await, (200, json!({"news": true})));
    assert_eq!(news("1.nobody.at", &json!(0)).await, (200, json!({"news": false})));
    let guest: GuestId = serde_json::from_value(answer["guest"].clone()).unwrap();
    let (placement, _) = stored(&app, &answer).await;
    assert_eq!(placement.guest, guest);
    app.stop().await;
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_in_words_that_any_page_may_read() {
    let app = open_to_shop(&[]).await;
    for path in ["message", "news"] {
        let (status, answer) = post(&app, path, "sitekey", SHOP, "x".repeat(200_000)).await;
        assert_eq!((status, &answer["code"]), (413, &json!("too_large")), "{path}");
    }
    app.stop().await;
}
