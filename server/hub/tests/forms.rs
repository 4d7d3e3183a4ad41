//! What guests leave by form, where no socket gets through.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should stop")]

mod support;

use connection::FormAnswer;
use domain::{ClientMessageId, ConversationId, Seq};
use protocol::desk::DeskFrame;
use protocol::guest::{GuestConversation, GuestEvent, GuestPlace};
use support::{House, message_id, short_absence};

fn conversation(answer: &FormAnswer) -> Option<&GuestConversation> {
    answer.events.iter().find_map(|event| match event {
        GuestEvent::Conversation(one) => Some(one),
        _ => None,
    })
}

fn acknowledged(answer: &FormAnswer, sent: ClientMessageId) -> Option<(ConversationId, Seq)> {
    answer.events.iter().find_map(|event| match event {
        GuestEvent::Ack {
            id, conversation, seq, ..
        } if *id == sent => Some((*conversation, *seq)),
        _ => None,
    })
}

/// The guest has lost the connection for good, and others go first.
#[tokio::test]
async fn who_is_passed_over_in_line_is_told_that_their_conversation_goes_on() {
    let house = House::open_with(short_absence()).await;
    let _desk = house.agent_on_duty("li", 1).await;
    let mut seated = house.guest().await;
    seated.say("Hello").await;
    let mut guest = house.guest_returning("", None).await;
    let (token, _) = guest.welcomed().await;
    let waiting = guest.start().await.id;
    let mut behind = house.guest().await;
    let place = behind.start().await.place;
    assert!(matches!(place, GuestPlace::Waiting { ahead: 1, .. }), "{place:?}");
    guest.vanish();
    behind.waiting(0).await;

    let id = message_id();
    let answer = house.post(&token, id, "Are you there?").await;
    let told = conversation(&answer).unwrap();
    assert_eq!(told.id, waiting);
    // All who are there are ahead of them.
    assert!(
        matches!(told.place, GuestPlace::Waiting { ahead: 1, .. }),
        "{:?}",
        told.place
    );
    assert_eq!(acknowledged(&answer, id), Some((waiting, told.last_seq)));
}

#[tokio::test]
async fn a_form_that_is_sent_again_is_stored_once_also_after_a_close_and_a_restart() {
    let mut house = House::open().await;
    let token = house.post("", message_id(), "without a token").await.token;
    let id = message_id();
    let first = house.post(&token, id, "Do you ship to Norway?").await;
    let at = acknowledged(&first, id).unwrap();
    assert_eq!(
        acknowledged(&house.post(&token, id, "Do you ship to Norway?").await, id),
        Some(at)
    );

    let mut desk = house.agent_on_duty("li", 1).await;
    desk.send(&DeskFrame::Claim { conversation: at.0 }).await;
    let seat = desk.seated_with(at.0).await;
    desk.close(seat).await;
    for _ in 0..2 {
        let again = house.post(&token, id, "Do you ship to Norway?").await;
        assert_eq!(acknowledged(&again, id), Some(at));
        let told = conversation(&again).unwrap();
        assert!(matches!(told.place, GuestPlace::Closed { .. }), "{:?}", told.place);
        house.restart().await;
    }
    let other = house.post(&token, id, "Another text").await;
    assert!(
        other
            .events
            .iter()
            .any(|event| matches!(event, GuestEvent::Rejected(_)))
    );
}
