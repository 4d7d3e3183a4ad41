//! Agents who vanish, do not answer or may not serve any more: their guests move on, and everybody is told why.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod support;

use dispatch::Settings;
use domain::{ConversationId, ConversationState, Notice, WaitReason};
use protocol::Body;
use protocol::desk::{DeskEvent, Gone};
use protocol::guest::{GuestEvent, Place};
use support::{Desk, Guest, House, patient};

/// Agents who lost the connection get little time to come back.
fn short_grace() -> Settings {
    Settings {
        agent_grace_ms: 50,
        ..patient()
    }
}

/// Agents get little time to answer.
fn short_accept() -> Settings {
    Settings {
        accept_ms: 50,
        ..patient()
    }
}

/// The next notice that the guest's conversation keeps.
async fn notice(guest: &mut Guest) -> Notice {
    guest
        .find("a notice", |event| match event {
            GuestEvent::Message(message) => match &message.body {
                Body::Notice(notice) => Some(notice.clone()),
                Body::Text { .. } => None,
            },
            _ => None,
        })
        .await
}

/// Why the conversation came to this desk after another.
async fn after(desk: &mut Desk, id: ConversationId) -> Option<WaitReason> {
    desk.find("the conversation", |event| match event {
        DeskEvent::Conversation(one) if one.id == id => Some(one.reason.after),
        _ => None,
    })
    .await
}

fn waits(reason: WaitReason) -> impl Fn(&Place) -> bool {
    move |place| matches!(place, Place::Waiting { reason: told, .. } if *told == reason)
}

#[tokio::test]
async fn the_guest_of_an_agent_who_vanished_waits_at_the_front_and_is_told_why() {
    let house = House::open_with(short_grace()).await;
    let mut desk = house.agent_on_duty("anna", 1).await;
    let mut guest = house.guest().await;
    let conversation = guest.start().await.id;
    let seat = desk.seated_with(conversation).await;
    desk.say(seat, "one moment").await;
    let mut behind = house.guest().await;
    behind.start().await;
    desk.vanish();

    let held = |place: &Place| matches!(place, Place::Seated { agent_here: false, .. });
    guest.conversation("that the agent is gone", held).await;
    let place = guest.conversation("the line", waits(WaitReason::AgentLost)).await.place;
    assert!(matches!(place, Place::Waiting { ahead: 0, .. }), "{place:?}");
    assert!(matches!(notice(&mut guest).await, Notice::Seated { after: None, .. }));
    let reason = WaitReason::AgentLost;
    assert_eq!(notice(&mut guest).await, Notice::Waiting { reason });
    behind.waiting(1).await;
}

#[tokio::test]
async fn with_a_colleague_who_has_a_seat_the_guest_is_told_who_took_over_and_why() {
    let house = House::open_with(short_grace()).await;
    let mut anna = house.agent_on_duty("anna", 1).await;
    let mut guest = house.guest().await;
    let conversation = guest.start().await.id;
    let seat = anna.seated_with(conversation).await;
    anna.say(seat, "one moment").await;
    let mut ben = house.agent_on_duty("ben", 1).await;
    anna.vanish();

    assert_eq!(after(&mut ben, conversation).await, Some(WaitReason::AgentLost));
    notice(&mut guest).await;
    let told = Notice::Seated {
        agent: "BEN".into(),
        after: Some(WaitReason::AgentLost),
    };
    assert_eq!(notice(&mut guest).await, told);
}

#[tokio::test]
async fn a_seat_that_goes_unanswered_moves_on_and_both_are_told() {
    let house = House::open_with(short_accept()).await;
    let mut anna = house.agent_on_duty("anna", 1).await;
    let mut guest = house.guest().await;
    let conversation = guest.start().await.id;
    anna.seated_with(conversation).await;

    let reason = WaitReason::Bounced;
    assert_eq!(anna.gone(conversation).await, Gone::Moved { reason });
    anna.find("that she counts as away", |event| {
        matches!(event, DeskEvent::Me(me) if me.away).then_some(())
    })
    .await;
    guest.conversation("the line", waits(reason)).await;
    assert!(matches!(notice(&mut guest).await, Notice::Seated { after: None, .. }));
    assert_eq!(notice(&mut guest).await, Notice::Waiting { reason });

    let mut ben = house.agent_on_duty("ben", 1).await;
    assert_eq!(after(&mut ben, conversation).await, Some(reason));
    let told = Notice::Seated {
        agent: "BEN".into(),
        after: Some(reason),
    };
    assert_eq!(notice(&mut guest).await, told);
}

#[tokio::test]
async fn the_guests_of_a_disabled_agent_move_on_at_once() {
    let house = House::open().await;
    let anna = house.agent("anna", 1).await;
    let mut desk = house.desk(anna).await;
    desk.welcomed().await;
    desk.duty(domain::Duty::On).await;
    let mut guest = house.guest().await;
    guest.start().await;
    house
        .store
        .set_member_disabled(anna, true, support::wall_clock())
        .await
        .unwrap();
    house.hub.member_changed(anna).await.unwrap();
    let place = guest
        .conversation("the line", |place| place.state() == ConversationState::Waiting)
        .await
        .place;
    assert!(waits(WaitReason::AgentLeft)(&place), "{place:?}");
}
