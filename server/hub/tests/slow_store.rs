//! A database that takes its time: nobody is told before it has answered, and nothing is lost or doubled.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop"
)]

mod support;

use connection::Limits;
use domain::{Body, ClientMessageId, Seq};
use protocol::desk::{DeskEvent, DeskFrame};
use protocol::guest::{GuestEvent, GuestFrame, Resume};
use sqlx::{Connection as _, Executor as _, PgConnection};
use std::collections::HashMap;
use store::StoreConfig;
use support::{Guest, House, message_id};

const GUESTS: usize = 5;
const TEXTS: usize = 6;

/// What guest number `guest` says, in order.
fn texts(guest: usize) -> Vec<(ClientMessageId, String)> {
    (0..TEXTS)
        .map(|text| (message_id(), format!("{text} of {guest}")))
        .collect()
}

async fn say_all(guest: &mut Guest, texts: &[(ClientMessageId, String)]) {
    for (id, text) in texts {
        let (id, text) = (*id, text.clone());
        guest.send(&GuestFrame::Send { id, text }).await;
    }
}

/// All of them are stored, in order.
async fn acknowledged(guest: &mut Guest, texts: &[(ClientMessageId, String)]) {
    for (seq, (id, _)) in (2..).zip(texts) {
        assert_eq!(guest.acknowledged(*id).await, Seq(seq));
    }
}

#[tokio::test]
async fn who_talks_while_the_database_is_busy_is_answered_late_and_once() {
    let Some(house) = House::open_on_postgres(Limits::default()).await else {
        return;
    };
    let mut desk = house.agent_on_duty("li", i32::try_from(GUESTS).unwrap()).await;
    let mut guests = Vec::new();
    for number in 0..GUESTS {
        let mut guest = house.guest_returning("", None).await;
        let (token, _) = guest.welcomed().await;
        let conversation = guest.start().await.id;
        desk.seated_with(conversation).await;
        guests.push((guest, token, conversation, texts(number)));
    }

    // No message is stored until this ends.
    let StoreConfig::Postgres { url, .. } = &house.config else {
        panic!("{:?} is not PostgreSQL", house.config);
    };
    let mut other = PgConnection::connect(url).await.unwrap();
    let mut busy = other.begin().await.unwrap();
    busy.execute("LOCK TABLE message IN EXCLUSIVE MODE").await.unwrap();
    let mut again = Vec::new();
    for (guest, token, conversation, texts) in &mut guests {
        say_all(guest, texts).await;
        // Another page of the guest believes that all of it was lost.
        let resume = Resume {
            conversation: *conversation,
            last_seq: Seq(1),
        };
        let mut page = house.guest_returning(token, Some(resume)).await;
        say_all(&mut page, texts).await;
        again.push(page);
    }
    // That somebody types is not stored: when they hear of it, the room has heard everything that came before.
    let is_text = |event: &DeskEvent| matches!(event, DeskEvent::Message(one) if matches!(one.body, Body::Text { .. }));
    for (guest, _, conversation, _) in &mut guests {
        let (conversation, text) = (*conversation, "more".to_owned());
        guest.send(&GuestFrame::Typing { text }).await;
        let typing =
            |event: &DeskEvent| matches!(event, DeskEvent::Typing { conversation: one, .. } if *one == conversation);
        desk.find("typing", |event| typing(event).then_some(())).await;
        desk.send(&DeskFrame::Typing {
            conversation,
            active: true,
        })
        .await;
        guest
            .find("typing", |event| {
                matches!(event, GuestEvent::Typing { active: true }).then_some(())
            })
            .await;
        let told = guest.unread().any(|event| matches!(event, GuestEvent::Ack { .. }));
        assert!(!told, "acknowledged before it is stored");
    }
    assert!(!desk.unread().any(is_text), "told before it is stored");
    busy.commit().await.unwrap();

    for ((guest, _, _, texts), page) in guests.iter_mut().zip(&mut again) {
        acknowledged(guest, texts).await;
        acknowledged(page, texts).await;
    }
    let mut heard: HashMap<_, Vec<_>> = HashMap::new();
    for _ in 0..GUESTS * TEXTS {
        let message = desk.find("a text", |event| match event {
            DeskEvent::Message(message) if is_text(event) => Some((message.conversation, message.id)),
            _ => None,
        });
        let (conversation, id) = message.await;
        heard.entry(conversation).or_default().push(id);
    }
    for (_, _, conversation, texts) in &guests {
        let said: Vec<_> = texts.iter().map(|(id, _)| Some(*id)).collect();
        assert_eq!(heard[conversation], said, "each once, and in order");
        let stored = house.store.messages_after(*conversation, Seq(1), 100).await.unwrap();
        let stored: Vec<_> = stored.iter().map(|message| message.id).collect();
        assert_eq!(stored, said);
    }
    drop((guests, again, desk));
    house.close().await;
}
