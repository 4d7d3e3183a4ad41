//! How much of a conversation a page is sent, and how it comes by the rest.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop"
)]

mod support;

use connection::Limits;
use domain::text::TEXT_CHARS_MAX;
use domain::{ConversationId, Seq};
use protocol::guest::{GuestEvent, GuestFrame, GuestPlace, Resume};
use protocol::limits::{HISTORY_PAGE, RESUME_MAX};
use protocol::{Message, RejectCode};
use support::{Guest, House, message_id, patient};
use uuid::Uuid;

async fn house() -> House {
    let limits = Limits {
        frames_burst: 10_000,
        ..Limits::default()
    };
    House::open_within(patient(), limits).await
}

/// A guest with so many entries in one conversation, the first of them the notice that nobody is on duty.
async fn talkative(house: &House, last: i64) -> (Guest, String, ConversationId) {
    let mut guest = house.guest_returning("", None).await;
    let (token, _) = guest.welcomed().await;
    let conversation = guest.start().await.id;
    say_until(&mut guest, last).await;
    (guest, token, conversation)
}

async fn say_until(guest: &mut Guest, last: i64) {
    loop {
        let seq = guest.say("and").await;
        if seq == Seq(last) {
            return guest.forget();
        }
    }
}

/// Where what follows a welcome begins, and the `seq` of each message up to the end.
async fn welcome(guest: &mut Guest, last: i64) -> (i64, Vec<i64>) {
    let after = guest.find("welcome", |event| match event {
        GuestEvent::Welcome { after, .. } => Some(after.0),
        _ => None,
    });
    let after = after.await;
    let mut seqs = vec![];
    while seqs.last().is_some_and(|seq| *seq < last) || seqs.is_empty() && after < last {
        let next = guest.find("a message", |event| match event {
            GuestEvent::Message(message) => Some(message.seq.0),
            _ => None,
        });
        seqs.push(next.await);
    }
    (after, seqs)
}

async fn earlier(guest: &mut Guest, conversation: ConversationId, before: i64) -> (Vec<Message>, bool) {
    let before = Seq(before);
    guest.send(&GuestFrame::Earlier { conversation, before }).await;
    guest
        .find("earlier messages", |event| match event {
            GuestEvent::Earlier {
                conversation: of,
                before: asked,
                messages,
                more,
            } if (*of, *asked) == (conversation, before) => Some((messages.clone(), *more)),
            _ => None,
        })
        .await
}

fn seqs(messages: &[Message]) -> Vec<i64> {
    messages.iter().map(|message| message.seq.0).collect()
}

#[tokio::test]
async fn a_page_begins_with_the_end_and_asks_for_what_is_before_it() {
    let (house, page) = (house().await, i64::from(HISTORY_PAGE));
    let last = 2 * page + 20;
    let (_, token, conversation) = talkative(&house, last).await;

    let mut back = house.guest_returning(&token, None).await;
    let sent = welcome(&mut back, last).await;
    assert_eq!(sent, (last - page, (last - page + 1..=last).collect()));
    let (messages, more) = earlier(&mut back, conversation, last - page + 1).await;
    assert_eq!((seqs(&messages), more), ((21..=20 + page).collect(), true));
    let (messages, more) = earlier(&mut back, conversation, 21).await;
    assert_eq!((seqs(&messages), more), ((1..=20).collect(), false));
    assert_eq!(earlier(&mut back, conversation, 1).await, (vec![], false));

    // A page that has nothing of it says so, or knows another one.
    for resume in [
        (conversation, 0),
        (ConversationId(Uuid::from_u128(1)), 7),
        (conversation, last + 1),
    ] {
        let (conversation, last_seq) = (resume.0, Seq(resume.1));
        let resume = Resume { conversation, last_seq };
        let mut back = house.guest_returning(&token, Some(resume)).await;
        assert_eq!(welcome(&mut back, last).await, sent, "{resume:?}");
    }
}

#[tokio::test]
async fn who_was_away_has_no_gap_or_is_told_of_it() {
    let (house, most) = (house().await, i64::from(RESUME_MAX));
    let last = most + 10;
    let (_, token, conversation) = talkative(&house, last).await;
    let resuming = async |at: i64| {
        let last_seq = Seq(at);
        let resume = Resume { conversation, last_seq };
        let mut back = house.guest_returning(&token, Some(resume)).await;
        welcome(&mut back, last).await
    };
    assert_eq!(resuming(10).await, (10, (11..=last).collect()));
    assert_eq!(resuming(last).await, (last, vec![]));
    // One more would be too many: the end only, which the client learns from `after`.
    let from = last - i64::from(HISTORY_PAGE);
    assert_eq!(resuming(9).await, (from, (from + 1..=last).collect()));
}

#[tokio::test]
async fn a_short_conversation_comes_whole() {
    let house = house().await;
    let (_, token, _) = talkative(&house, 3).await;
    let mut back = house.guest_returning(&token, None).await;
    assert_eq!(welcome(&mut back, 3).await, (0, vec![1, 2, 3]));
}

#[tokio::test]
async fn only_ones_own_past_can_be_asked_for() {
    let house = house().await;
    let (mut guest, _, one) = talkative(&house, 3).await;
    let (mut other, ..) = talkative(&house, 3).await;
    for conversation in [one, ConversationId(Uuid::from_u128(1))] {
        let before = Seq(4);
        other.send(&GuestFrame::Earlier { conversation, before }).await;
        let refused = other.find("a rejection", |event| match event {
            GuestEvent::Rejected(rejected) => Some((rejected.code, rejected.conversation)),
            _ => None,
        });
        assert_eq!(refused.await, (RejectCode::NoConversation, Some(conversation)));
    }
    // Also one that is over, and that this connection was never sent.
    let mut mei = house.agent_on_duty("mei", 1).await;
    guest.start().await;
    let seating = mei.seated_with(one).await;
    mei.close(seating).await;
    guest
        .conversation("the end", |place| matches!(place, GuestPlace::Closed { .. }))
        .await;
    guest.forget();
    let two = guest.start().await.id;
    assert_ne!(one, two);
    assert_eq!(seqs(&earlier(&mut guest, one, 3).await.0), [1, 2]);
}

#[tokio::test]
async fn long_texts_make_a_short_page() {
    let house = house().await;
    let (mut guest, _, conversation) = talkative(&house, 2).await;
    for _ in 0..10 {
        guest.say(&"😀".repeat(TEXT_CHARS_MAX)).await;
    }
    // 32,000 bytes each, and the worst that JSON makes of others.
    let (messages, more) = earlier(&mut guest, conversation, 13).await;
    assert_eq!((seqs(&messages), more), (vec![9, 10, 11, 12], true));
    let escaped = "\u{1}".repeat(TEXT_CHARS_MAX);
    let mut last = Seq(0);
    for _ in 0..20 {
        let id = message_id();
        let text = format!("x{}", &escaped[1..]);
        guest.send(&GuestFrame::Send { id, text }).await;
        last = guest.acknowledged(id).await;
    }
    let (messages, _) = earlier(&mut guest, conversation, last.0 + 1).await;
    assert_eq!(seqs(&messages), (last.0 - 15..=last.0).collect::<Vec<_>>());
}
