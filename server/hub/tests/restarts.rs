//! A restart loses, doubles and moves nothing.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop"
)]

mod support;

use domain::{Duty, Seq};
use protocol::RejectCode;
use protocol::desk::{DeskEvent, DeskFrame};
use protocol::guest::{GuestFrame, GuestPlace};
use support::{House, message_id};

#[tokio::test]
async fn a_restart_keeps_seats_line_and_messages() {
    let mut house = House::open().await;
    let li = house.agent("li", 1).await;
    let mut desk = house.desk(li).await;
    desk.welcomed().await;
    desk.duty(Duty::On).await;
    let mut tokens = Vec::new();
    let mut conversations = Vec::new();
    for _ in 0..3 {
        let mut guest = house.guest_returning("", None).await;
        tokens.push(guest.welcomed().await.0);
        conversations.push(guest.start().await.id);
        guest.say("before").await;
        guest.vanish();
    }
    house.restart().await;
    let mut guests = Vec::new();
    for (token, conversation) in tokens.iter().zip(&conversations) {
        let mut guest = house.guest_returning(token, None).await;
        let (_, same) = guest.welcomed().await;
        let same = same.expect("the conversation");
        assert_eq!(same.id, *conversation);
        assert_eq!(guest.hear().await.1, "before");
        guests.push((guest, same.place));
    }
    let ahead: Vec<_> = guests
        .iter()
        .filter_map(|(_, place)| {
            if let GuestPlace::Waiting { ahead, .. } = place {
                Some(*ahead)
            } else {
                None
            }
        })
        .collect();
    assert_eq!(ahead, [0, 1]);
    let mut desk = house.desk(li).await;
    let seat = desk
        .find("the seat", |event| match event {
            DeskEvent::Welcome { conversations, .. } => conversations.first().map(|one| (one.id, one.epoch)),
            _ => None,
        })
        .await;
    assert_eq!(Some(&seat.0), conversations.first());
    assert_eq!(desk.hear().await.1, "before");
    desk.say(seat, "after").await;
    assert_eq!(guests[0].0.hear().await.1, "after");
}

#[tokio::test]
async fn what_a_guest_sent_before_a_restart_is_recognised_after_it() {
    let mut house = House::open().await;
    let mut guest = house.guest_returning("", None).await;
    let (token, _) = guest.welcomed().await;
    let (first, second) = (message_id(), message_id());
    let said = |id, text: &str| GuestFrame::Send { id, text: text.into() };
    guest.send(&said(first, "one")).await;
    assert_eq!(guest.acknowledged(first).await, Seq(2));
    guest.vanish();
    house.restart().await;

    let mut guest = house.guest_returning(&token, None).await;
    let (_, open) = guest.welcomed().await;
    assert_eq!(open.map(|one| one.last_seq), Some(Seq(2)));
    // All at once: the second waits behind the first, whose id has to be looked up.
    guest.send(&said(first, "one")).await;
    guest.send(&said(second, "two")).await;
    guest.send(&said(first, "other")).await;
    assert_eq!(guest.acknowledged(first).await, Seq(2));
    assert_eq!(guest.acknowledged(second).await, Seq(3));
    assert_eq!(guest.rejection().await, (RejectCode::IdReused, Some(first)));
}

#[tokio::test]
async fn what_an_agent_sent_before_a_restart_is_recognised_after_it() {
    let mut house = House::open().await;
    let li = house.agent("li", 1).await;
    let mut desk = house.desk(li).await;
    desk.welcomed().await;
    desk.duty(Duty::On).await;
    let mut guest = house.guest_returning("", None).await;
    let (token, _) = guest.welcomed().await;
    let conversation = guest.start().await.id;
    let seat = desk.seated_with(conversation).await;
    let said = |id, text: &str| DeskFrame::Send {
        conversation: seat.0,
        epoch: seat.1,
        id,
        text: text.to_owned(),
    };
    let (first, second) = (message_id(), message_id());
    desk.send(&said(first, "one")).await;
    guest.hear().await;
    house.restart().await;

    let mut guest = house.guest_returning(&token, None).await;
    guest.welcomed().await;
    let mut desk = house.desk(li).await;
    desk.welcomed().await;
    // All at once: the second and the guest's own wait behind the first, whose id has to be looked up.
    desk.send(&said(first, "one")).await;
    desk.send(&said(second, "two")).await;
    desk.send(&said(first, "other")).await;
    let mut answers = Vec::new();
    for _ in 0..3 {
        let answer = desk.find("an answer", |event| match event {
            DeskEvent::Ack { id, seq, .. } => Some((Some(*id), seq.0)),
            DeskEvent::Rejected(rejected) => Some((rejected.id, 0)),
            _ => None,
        });
        answers.push(answer.await);
    }
    answers.sort_by_key(|(_, seq)| *seq);
    let seqs: Vec<_> = answers.iter().map(|(_, seq)| *seq).collect();
    assert_eq!(seqs.len(), 3);
    assert_eq!(answers.first(), Some(&(Some(first), 0)), "another text under that id");
    assert_eq!(
        answers
            .iter()
            .filter(|(id, seq)| *id == Some(first) && *seq > 0)
            .count(),
        1
    );
    let heard = [guest.hear().await.1, guest.hear().await.1];
    assert_eq!(heard, ["one", "two"], "each once");
    assert_eq!(guest.say("three").await.0, seqs.last().copied().unwrap_or_default() + 1);
}
