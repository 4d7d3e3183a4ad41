//! Who may read what was said, and what is kept of a visit.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that fails here should panic"
)]

mod common;

use common::{TestApp, Visitor};
use domain::guest::{Environment, PageView};
use domain::{
    Author, Body, ClientMessageId, ConversationId, Epoch, GroupId, GuestId, Message, MissedReason, Place, Placement,
    Seq, SiteId, Timestamp,
};
use room::{Visit, VisitKind};
use serde_json::{Value, json};
use server::chores::Profile;
use store::write::Write;
use store::{Store, Writer};
use tokio::sync::mpsc;
use uuid::Uuid;

const AT: Timestamp = Timestamp(1_800_000_000_000);

fn missed(group: GroupId) -> Placement {
    Placement {
        conversation: ConversationId(Uuid::now_v7()),
        guest: GuestId(Uuid::now_v7()),
        group,
        priority: 0,
        ticket: 1,
        epoch: Epoch(0),
        place: Place::Missed {
            reason: MissedReason::NobodyOnDuty,
        },
        since: AT,
        owed_since: None,
        bounces: 0,
        last_agent: None,
    }
}

/// Stores a missed conversation of that group with that many messages.
async fn conversation(store: &Store, group: GroupId, messages: i64) -> Placement {
    let site = SiteId(1);
    let placement = missed(group);
    let said = (1..=messages).map(|seq| {
        Write::Message(Message {
            conversation: placement.conversation,
            seq: Seq(seq),
            id: Some(ClientMessageId(Uuid::now_v7())),
            from: Author::Guest,
            body: Body::Text {
                text: format!("message {seq}"),
            },
            at: AT,
        })
    });
    let mut batch = vec![
        Write::NewGuest {
            guest: placement.guest,
            site,
            at: AT,
        },
        Write::NewConversation {
            site,
            placement: placement.clone(),
            at: AT,
        },
        Write::Seating {
            placement: placement.clone(),
            from: None,
            at: AT,
        },
    ];
    batch.extend(said);
    let (writer, mut committed) = Writer::start(store, 1);
    writer.try_push(batch, ()).unwrap();
    committed.recv().await.unwrap().unwrap();
    placement
}

async fn statuses(visitor: &mut Visitor, placement: &Placement) -> [u16; 4] {
    let conversation = json!({"conversation": placement.conversation});
    [
        visitor.call("conversation/show", conversation.clone()).await.status,
        visitor.call("conversation/history", conversation.clone()).await.status,
        visitor.call("conversation/decisions", conversation).await.status,
        visitor
            .call("guest/profile", json!({"guest": placement.guest}))
            .await
            .status,
    ]
}

#[tokio::test]
async fn agents_read_their_groups_conversations_and_supervisors_all() {
    let app = TestApp::start().await;
    app.member("anna", &["agents"]).await;
    let other = app.group("After-sales", &[]).await;
    let theirs = conversation(&app.store, GroupId(1), 1).await;
    let foreign = conversation(&app.store, other, 1).await;

    let mut anna = app.sign_in("anna").await;
    assert_eq!(statuses(&mut anna, &theirs).await, [200; 4]);
    assert_eq!(statuses(&mut anna, &foreign).await, [404; 4]);
    let earlier = anna.call("conversation/earlier", json!({"guest": theirs.guest})).await;
    assert_eq!(earlier.body[0]["last_text"], "message 1");
    let earlier = anna.call("conversation/earlier", json!({"guest": foreign.guest})).await;
    assert_eq!((earlier.status, earlier.body), (200, json!([])));

    let mut admin = app.sign_in("admin").await;
    assert_eq!(statuses(&mut admin, &foreign).await, [200; 4]);
    app.stop().await;
}

#[tokio::test]
async fn history_comes_in_pages_from_the_end() {
    let app = TestApp::start().await;
    let placement = conversation(&app.store, GroupId(1), 51).await;
    let mut admin = app.sign_in("admin").await;
    let seqs = |body: &Value| -> Vec<i64> {
        body["messages"]
            .as_array()
            .unwrap()
            .iter()
            .map(|message| message["seq"].as_i64().unwrap())
            .collect()
    };
    let last = admin
        .call("conversation/history", json!({"conversation": placement.conversation}))
        .await
        .body;
    assert_eq!((seqs(&last), &last["more"]), ((2..=51).collect(), &json!(true)));
    let before = json!({"conversation": placement.conversation, "before": 2});
    let first = admin.call("conversation/history", before).await.body;
    assert_eq!((seqs(&first), &first["more"]), (vec![1], &json!(false)));
    app.stop().await;
}

#[tokio::test]
async fn a_visit_becomes_a_profile() {
    let app = TestApp::start().await;
    let guest = conversation(&app.store, GroupId(1), 0).await.guest;
    let (visits, reported) = mpsc::channel(1);
    let page = PageView {
        url: "https://shop.example/cart".into(),
        title: "x".repeat(300),
        ..PageView::default()
    };
    let visit = Visit {
        kind: VisitKind::New,
        guest,
        at: AT,
        page,
        environment: Environment {
            language: "zh-CN".into(),
            ..Environment::default()
        },
        user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0".into(),
        address: "192.0.2.77".parse().ok(),
    };
    visits.send(visit).await.unwrap();
    drop(visits);
    Profile {
        store: app.store.clone(),
        truncate_addresses: true,
    }
    .run(reported)
    .await;

    let profile = app
        .sign_in("admin")
        .await
        .call("guest/profile", json!({"guest": guest}))
        .await
        .body;
    assert_eq!(
        (
            &profile["browser"],
            &profile["system"],
            &profile["address"],
            &profile["visits"]
        ),
        (&json!("Firefox 128"), &json!("Linux"), &json!("192.0.2.0"), &json!(1))
    );
    assert_eq!(profile["current_page"]["url"], "https://shop.example/cart");
    assert_eq!(profile["first_page"]["title"].as_str().unwrap().len(), 256);
    app.stop().await;
}
