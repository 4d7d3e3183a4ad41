//! What docs/protocol.md says of what follows upon what.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop"
)]

mod support;

use connection::Limits;
use domain::{ConversationId, Epoch, Seq};
use protocol::Body;
use protocol::desk::{DeskEvent, DeskFrame};
use protocol::guest::{GuestEvent, GuestFrame, Resume};
use protocol::limits::RESUME_MAX;
use support::{Desk, Guest, House, message_id, patient};

async fn conversation_of(desk: &mut Desk) -> (ConversationId, Epoch) {
    let seat = desk.seated().await;
    desk.send(&DeskFrame::Accept {
        conversation: seat.0,
        epoch: seat.1,
    })
    .await;
    desk.find("its being answered", |event| match event {
        DeskEvent::Conversation(one) if one.answered => Some(()),
        _ => None,
    })
    .await;
    seat
}

/// What a desk is told up to the answer to a ping.
async fn until_pong(desk: &mut Desk) -> Vec<DeskEvent> {
    desk.send(&DeskFrame::Ping).await;
    let mut told = Vec::new();
    loop {
        match desk.next().await {
            DeskEvent::Pong { .. } => return told,
            event => told.push(event),
        }
    }
}

#[tokio::test]
async fn an_acknowledgement_takes_the_place_of_the_message() {
    let house = House::open().await;
    let mut mei = house.agent_on_duty("mei", 1).await;
    let mut guest = house.guest().await;
    guest.start().await;
    let seat = conversation_of(&mut mei).await;
    let mine = guest.say("hello").await;
    let answer = mei.say(seat, "good morning").await;
    assert_eq!(answer, mine.next());
    assert_eq!(guest.hear().await, (answer, "good morning".into()));
    let own = |event: &GuestEvent| matches!(event, GuestEvent::Message(one) if one.seq == mine);
    assert!(!guest.unread().any(own));
    assert_eq!(mei.hear().await.0, mine);
    let own = |event: &DeskEvent| matches!(event, DeskEvent::Message(one) if one.seq == answer);
    assert!(!mei.unread().any(own));
}

#[tokio::test]
async fn a_message_alone_brings_no_conversation() {
    let house = House::open().await;
    let mut mei = house.agent_on_duty("mei", 1).await;
    let mut guest = house.guest().await;
    guest.start().await;
    let seat = conversation_of(&mut mei).await;
    guest.say("one").await;
    mei.hear().await;
    // The guest waits for an answer from then on, which is a change.
    let since = mei.find("since when the guest waits", |event| match event {
        DeskEvent::Conversation(one) => one.waiting_since,
        _ => None,
    });
    since.await;
    until_pong(&mut mei).await;

    guest.say("two").await;
    mei.hear().await;
    let told = until_pong(&mut mei).await;
    let is_whole = |event: &DeskEvent| matches!(event, DeskEvent::Conversation(_));
    assert!(!told.iter().any(is_whole), "{told:?}");
    mei.say(seat, "yes?").await;
    guest.hear().await;
    guest.forget();
    mei.say(seat, "well?").await;
    guest.hear().await;
    let is_whole = |event: &GuestEvent| matches!(event, GuestEvent::Conversation(_));
    assert!(!guest.unread().any(is_whole));
}

/// A guest whose missed conversation has so many entries.
async fn missed(house: &House, last: i64) -> Guest {
    let mut guest = house.guest().await;
    guest.start().await;
    while guest.say("hello?").await < Seq(last) {
        guest.forget();
    }
    guest
}

/// The `seq` of each message up to the end.
async fn seqs(desk: &mut Desk, last: i64) -> Vec<i64> {
    let mut seqs = Vec::new();
    while seqs.last().is_none_or(|seq| *seq < last) {
        let next = desk.find("a message", |event| match event {
            DeskEvent::Message(message) => Some(message.seq.0),
            _ => None,
        });
        seqs.push(next.await);
    }
    seqs
}

#[tokio::test]
async fn a_desk_is_sent_the_end_of_a_long_conversation() {
    let limits = Limits {
        frames_burst: 10_000,
        ..Limits::default()
    };
    let house = House::open_within(patient(), limits).await;
    let most = i64::from(RESUME_MAX);
    let mut guest = missed(&house, most + 10).await;
    let conversation = guest.start().await.id;
    let mei = house.agent("mei", 1).await;
    let mut desk = house.desk(mei).await;
    desk.welcomed().await;
    desk.duty(domain::Duty::On).await;
    desk.send(&DeskFrame::Claim { conversation }).await;
    desk.seated_with(conversation).await;
    // The notice of the seat is the last.
    let last = most + 11;
    assert_eq!(
        seqs(&mut desk, last).await,
        (last - most + 1..=last).collect::<Vec<_>>()
    );

    for (had, from) in [
        (1, last - most),
        (last - most - 1, last - most),
        (last - most, last - most),
        (last - 1, last - 1),
    ] {
        let last_seq = Seq(had);
        let resume = vec![Resume { conversation, last_seq }];
        let mut back = house.desk_resuming(mei, resume).await;
        back.welcomed().await;
        assert_eq!(
            seqs(&mut back, last).await,
            (from + 1..=last).collect::<Vec<_>>(),
            "{had}"
        );
    }
}

#[tokio::test]
async fn what_an_agent_sends_again_is_acknowledged_whatever_epoch_it_names() {
    let house = House::open().await;
    let mut mei = house.agent_on_duty("mei", 1).await;
    let mut guest = house.guest().await;
    guest.start().await;
    let (conversation, epoch) = conversation_of(&mut mei).await;
    let id = message_id();
    for epoch in [epoch, epoch, Epoch(7), Epoch(0)] {
        let text = "good morning".to_owned();
        mei.send(&DeskFrame::Send {
            conversation,
            epoch,
            id,
            text,
        })
        .await;
        let seq = mei.find("ack", |event| match event {
            DeskEvent::Ack { id: of, seq, .. } if *of == id => Some(*seq),
            _ => None,
        });
        assert_eq!(seq.await, Seq(2), "{epoch:?}");
    }
    let stored = house.store.messages_after(conversation, Seq(1), 10).await.unwrap();
    assert!(
        matches!(&stored[..], [one] if matches!(&one.body, Body::Text { .. })),
        "{stored:?}"
    );
}

/// Also a page that says goodbye in the same breath.
#[tokio::test]
async fn who_says_something_and_leaves_has_said_it_first() {
    let house = House::open().await;
    let mut mei = house.agent_on_duty("mei", 1).await;
    let mut first = house.guest_returning("", None).await;
    let (token, _) = first.welcomed().await;
    let conversation = first.start().await.id;
    conversation_of(&mut mei).await;
    first.vanish();
    let mut guest = house.guest_returning(&token, None).await;
    guest.welcomed().await;
    let (id, text) = (message_id(), "bye".to_owned());
    guest.send(&GuestFrame::Send { id, text }).await;
    guest.send(&GuestFrame::Leave).await;
    assert_eq!(mei.hear().await.1, "bye");
    mei.gone(conversation).await;
    assert_eq!(guest.acknowledged(id).await, Seq(2));
}
