//! Agents who vanish, do not answer or may not serve any more: their guests move on, and everybody is told why.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod support;

use dispatch::Settings;
use domain::{ConversationId, ConversationState, Duty, Epoch, MemberId, Notice, Seq, WaitReason};
use protocol::desk::{DeskEvent, DeskFrame, Gone};
use protocol::guest::{GuestEvent, GuestPlace};
use protocol::{Body, RejectCode};
use support::{Desk, Guest, House, message_id, patient};

/// Agents who lost the connection get little time to come back.
fn short_grace() -> Settings {
    Settings {
        absence_ms: 20,
        agent_grace_ms: 300,
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

fn waits(reason: WaitReason) -> impl Fn(&GuestPlace) -> bool {
    move |place| matches!(place, GuestPlace::Waiting { reason: told, .. } if *told == reason)
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

    let held = |place: &GuestPlace| matches!(place, GuestPlace::Seated { agent_here: false, .. });
    guest.conversation("that the agent is gone", held).await;
    let place = guest.conversation("the line", waits(WaitReason::AgentLost)).await.place;
    assert!(matches!(place, GuestPlace::Waiting { ahead: 0, .. }), "{place:?}");
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

async fn is_away(desk: &mut Desk, away: bool) {
    desk.find("whether she counts as away", |event| {
        matches!(event, DeskEvent::Me(me) if me.away == away).then_some(())
    })
    .await;
}

#[tokio::test]
async fn whoever_waits_for_an_agent_who_counts_as_away_goes_on_waiting_and_is_not_told_that_nobody_is_on_duty() {
    let settings = Settings {
        // A line without anybody on duty is missed with the next thing that happens.
        unstaffed_ms: 0,
        ..short_accept()
    };
    let house = House::open_with(settings).await;
    let mut anna = house.agent_on_duty("anna", 1).await;
    let mut idle = house.guest().await;
    let mut guest = house.guest().await;
    let conversation = guest.start().await.id;
    anna.seated_with(conversation).await;
    is_away(&mut anna, true).await;

    let expected = |place: &GuestPlace| {
        matches!(
            place,
            GuestPlace::Waiting {
                staffed: true,
                agents_here: false,
                estimate_s: None,
                ..
            }
        )
    };
    guest.conversation("that somebody is to come back", expected).await;
    let mut behind = house.guest().await;
    let place = behind.start().await.place;
    assert!(
        matches!(
            place,
            GuestPlace::Waiting {
                ahead: 1,
                staffed: true,
                ..
            }
        ),
        "{place:?}"
    );
    anna.forget();
    anna.duty(Duty::On).await;
    let seat = anna.seated_with(conversation).await;
    anna.say(seat, "sorry").await;
    guest.seated().await;
    behind.waiting(0).await;
    idle.send(&protocol::guest::GuestFrame::Ping).await;
    idle.find("pong", |event| matches!(event, GuestEvent::Pong { .. }).then_some(()))
        .await;
    let told = idle
        .unread()
        .any(|event| matches!(event, GuestEvent::Duty { on_duty: false }));
    assert!(!told, "she was on duty all the while");
}

async fn pong(desk: &mut Desk) {
    desk.send(&DeskFrame::Ping).await;
    desk.find("pong", |event| matches!(event, DeskEvent::Pong { .. }).then_some(()))
        .await;
}

#[tokio::test]
async fn whatever_an_agent_does_ends_that_they_count_as_away_even_if_it_is_refused() {
    let house = House::open_with(short_accept()).await;
    let mut anna = house.agent_on_duty("anna", 1).await;
    let mut guest = house.guest().await;
    let conversation = guest.start().await.id;
    let (epoch, text) = (Epoch(7), "too late".to_owned());
    let signs = [
        DeskFrame::Typing {
            conversation,
            active: true,
        },
        DeskFrame::Claim { conversation },
        DeskFrame::Accept { conversation, epoch },
        DeskFrame::Close { conversation, epoch },
        DeskFrame::Send {
            conversation,
            epoch,
            id: message_id(),
            text: text.clone(),
        },
        // Refused before anybody looks whose it is.
        DeskFrame::Send {
            conversation,
            epoch,
            id: message_id(),
            text: " ".to_owned(),
        },
        DeskFrame::Transfer {
            conversation,
            epoch,
            to: MemberId(99),
        },
        DeskFrame::Duty { duty: Duty::On },
        DeskFrame::Duty { duty: Duty::Break },
    ];
    for sign in signs {
        is_away(&mut anna, true).await;
        anna.forget();
        // What a desk says by itself is none.
        anna.send(&DeskFrame::Read {
            conversation,
            seq: Seq(1),
        })
        .await;
        anna.send(&DeskFrame::Delivered {
            conversation,
            seq: Seq(1),
        })
        .await;
        pong(&mut anna).await;
        // The room has heard it when it answers somebody else; what it says to her is there before another pong.
        guest.say("Hello?").await;
        pong(&mut anna).await;
        let early = anna
            .unread()
            .any(|event| matches!(event, DeskEvent::Me(me) if !me.away));
        assert!(!early, "{sign:?} was not sent yet");
        anna.send(&sign).await;
        // Then the guest is back in the seat, and goes unanswered again.
        is_away(&mut anna, false).await;
    }
}

#[tokio::test]
async fn a_claim_comes_before_whoever_waits_for_the_seat() {
    let house = House::open_with(short_accept()).await;
    let mut missed = house.guest().await;
    let claimed = missed.start().await.id;
    let mut anna = house.agent_on_duty("anna", 1).await;
    let mut guest = house.guest().await;
    guest.start().await;
    is_away(&mut anna, true).await;
    anna.forget();
    anna.send(&DeskFrame::Claim { conversation: claimed }).await;
    anna.seated_with(claimed).await;
    let refused = anna
        .unread()
        .any(|event| matches!(event, DeskEvent::Rejected(one) if one.code == RejectCode::NoFreeSeat));
    assert!(!refused);
}
