//! Which messages were sent before cannot be read for a while, though others can be stored: those who wait for it wait on,
//! and nobody else notices.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should stop")]

mod support;

use domain::Duty;
use protocol::desk::{DeskEvent, DeskFrame};
use protocol::guest::{GuestEvent, GuestFrame};
use sqlx::{Connection as _, SqliteConnection};
use std::time::Duration;
use store::StoreConfig;
use support::{House, Log, PATIENCE, message_id};

/// Another process at the same database.
async fn database(house: &House) -> SqliteConnection {
    let StoreConfig::Sqlite { path, .. } = &house.config else {
        panic!("{:?} is not SQLite", house.config);
    };
    SqliteConnection::connect(path.to_str().unwrap()).await.unwrap()
}

/// Gives a stored message another id, which need not be one.
async fn rename(database: &mut SqliteConnection, id: &[u8], new: &[u8]) {
    let update = sqlx::query("UPDATE message SET client_id = $2 WHERE client_id = $1");
    let done = update.bind(id).bind(new).execute(database).await.unwrap();
    assert_eq!(done.rows_affected(), 1);
}

/// Both the guest's ids and the conversation's could not be read, and were tried again.
async fn tried_again(log: &Log) {
    let tried = async {
        while log.text().matches("sent messages could not be read").count() < 4 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(PATIENCE, tried).await.unwrap();
}

#[tokio::test]
async fn ids_that_cannot_be_read_are_read_later_and_the_room_goes_on() {
    let log = Log::begin("warn");
    let mut house = House::open().await;
    let li = house.agent("li", 1).await;
    let mut anna = house.guest_returning("", None).await;
    let (token, _) = anna.welcomed().await;
    let old = message_id();
    let text = "one".to_owned();
    anna.send(&GuestFrame::Send { id: old, text }).await;
    let old_seq = anna.acknowledged(old).await;
    // A start, after which nobody knows the ids of before.
    house.restart().await;
    let mut desk = house.desk(li).await;
    desk.welcomed().await;
    let mut anna = house.guest_returning(&token, None).await;
    let (_, conversation) = anna.welcomed().await;
    let conversation = conversation.unwrap().id;
    anna.hear().await;
    desk.duty(Duty::On).await;
    desk.send(&DeskFrame::Claim { conversation }).await;
    let (_, epoch) = desk.seated_with(conversation).await;
    desk.hear().await;

    let mut database = database(&house).await;
    let (id, no_id) = (old.0.as_bytes().as_slice(), [0].as_slice());
    rename(&mut database, id, no_id).await;
    let (new, reply) = (message_id(), message_id());
    let text = "two".to_owned();
    anna.send(&GuestFrame::Send { id: new, text }).await;
    let text = "a reply".to_owned();
    desk.send(&DeskFrame::Send {
        conversation,
        epoch,
        id: reply,
        text,
    })
    .await;
    tried_again(&log).await;
    let mut other_desk = house.agent_on_duty("mei", 1).await;
    let mut other = house.guest().await;
    other.say("Hello").await;
    let seat = other_desk.seated().await;
    other_desk.say(seat, "Good morning").await;
    assert_eq!(other.hear().await.1, "Good morning");
    // Whatever is sent to those who wait is there before the answers to a ping.
    anna.send(&GuestFrame::Ping).await;
    anna.find("pong", |event| matches!(event, GuestEvent::Pong { .. }).then_some(()))
        .await;
    desk.send(&DeskFrame::Ping).await;
    desk.find("pong", |event| matches!(event, DeskEvent::Pong { .. }).then_some(()))
        .await;
    assert!(!anna.unread().any(|event| matches!(event, GuestEvent::Ack { .. })));
    assert!(!desk.unread().any(|event| matches!(event, DeskEvent::Ack { .. })));

    rename(&mut database, no_id, id).await;
    let new_seq = anna.acknowledged(new).await;
    let reply_seq = desk.find("ack", |event| match event {
        DeskEvent::Ack { id, seq, .. } if *id == reply => Some(*seq),
        _ => None,
    });
    let mut expected = [(old, old_seq), (new, new_seq), (reply, reply_seq.await)];
    // What was read is known.
    let text = "one".to_owned();
    anna.send(&GuestFrame::Send { id: old, text }).await;
    assert_eq!(anna.acknowledged(old).await, old_seq);
    let mut stored = house.store.message_ids(conversation).await.unwrap();
    expected.sort();
    stored.sort();
    assert_eq!(stored, expected);
}
