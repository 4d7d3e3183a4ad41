//! Who is told that service comes and goes, and what those who wait are told of the agents, over real sockets.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop"
)]

mod support;

use domain::{ConversationState, Duty};
use protocol::desk::{DeskEvent, DeskFrame};
use protocol::guest::{GuestEvent, GuestFrame, GuestPlace};
use store::MemberUpdate;
use support::{Guest, House, short_absence};

/// The next word on whether anybody is on duty.
async fn duty(guest: &mut Guest) -> bool {
    guest
        .find("duty", |event| match event {
            GuestEvent::Duty { on_duty } => Some(*on_duty),
            _ => None,
        })
        .await
}

/// Whether anybody was on duty, by the welcome.
async fn welcomed(guest: &mut Guest) -> bool {
    guest
        .find("welcome", |event| match event {
            GuestEvent::Welcome { on_duty, .. } => Some(*on_duty),
            _ => None,
        })
        .await
}

#[tokio::test]
async fn guests_who_could_begin_to_talk_are_told_when_service_comes_and_goes() {
    let house = House::open().await;
    let mut idle = house.guest_returning("", None).await;
    assert!(!welcomed(&mut idle).await);
    let mut missed = house.guest().await;
    missed.start().await;

    let mut desk = house.agent_on_duty("li", 1).await;
    assert!(duty(&mut idle).await);
    assert!(duty(&mut missed).await);
    let mut late = house.guest_returning("", None).await;
    assert!(welcomed(&mut late).await);

    // Now that somebody is there, the missed one takes the seat, and so is told of the seat and not of the service.
    missed.start().await;
    missed.seated().await;
    let seat = desk.seated().await;
    desk.duty(Duty::Break).await;
    assert!(!duty(&mut idle).await);
    assert!(!duty(&mut late).await);
    desk.close(seat).await;
    missed
        .conversation("the end", |place| place.state() == ConversationState::Closed)
        .await;
    assert!(!duty(&mut missed).await, "now it matters to them");
    missed.send(&GuestFrame::Ping).await;
    missed
        .find("pong", |event| matches!(event, GuestEvent::Pong { .. }).then_some(()))
        .await;
    let told_twice = missed.unread().any(|event| matches!(event, GuestEvent::Duty { .. }));
    assert!(!told_twice);
}

#[tokio::test]
async fn a_second_page_does_not_leave_the_first_behind() {
    let house = House::open().await;
    let mut first = house.guest_returning("", None).await;
    let (token, _) = first.welcomed().await;
    let _desk = house.agent_on_duty("li", 1).await;
    let mut second = house.guest_returning(&token, None).await;
    assert!(welcomed(&mut second).await);
    assert!(duty(&mut first).await);
}

/// Pages that were told different things while their guest had a seat, when it did not matter to them. Whichever way it is
/// when it does, one of them has to be told.
#[tokio::test]
async fn pages_that_were_told_different_things_are_both_told_when_it_matters_again() {
    for on_duty in [true, false] {
        let house = House::open().await;
        let mut desk = house.agent_on_duty("li", 1).await;
        let mut first = house.guest_returning("", None).await;
        let (token, _) = first.welcomed().await;
        let conversation = first.start().await.id;
        let seat = desk.seated_with(conversation).await;
        desk.duty(Duty::Break).await;
        let mut second = house.guest_returning(&token, None).await;
        assert!(!welcomed(&mut second).await, "the first was told otherwise");
        if on_duty {
            desk.duty(Duty::On).await;
        }
        desk.close(seat).await;
        assert_eq!(duty(&mut first).await, on_duty);
        assert_eq!(duty(&mut second).await, on_duty);
    }
}

#[tokio::test]
async fn who_waits_for_an_agent_who_lost_the_connection_is_not_told_that_everyone_is_busy() {
    let house = House::open_with(short_absence()).await;
    let li = house.agent("li", 2).await;
    let mut desk = house.desk(li).await;
    desk.welcomed().await;
    desk.duty(Duty::On).await;
    let mut seated = house.guest().await;
    seated.start().await;
    desk.vanish();
    let alone = |place: &GuestPlace| matches!(place, GuestPlace::Seated { agent_here: false, .. });
    seated.conversation("that the agent is gone", alone).await;

    let mut waiting = house.guest().await;
    let forsaken = |place: &GuestPlace| {
        matches!(
            place,
            GuestPlace::Waiting {
                staffed: true,
                agents_here: false,
                ..
            }
        )
    };
    let place = waiting.start().await.place;
    assert!(forsaken(&place), "{place:?}");
    let mut desk = house.desk(li).await;
    desk.welcomed().await;
    waiting.seated().await;

    // Now every seat is taken, and then again the agent goes.
    let mut last = house.guest().await;
    let place = last.start().await.place;
    assert!(
        matches!(place, GuestPlace::Waiting { agents_here: true, .. }),
        "{place:?}"
    );
    desk.vanish();
    last.conversation("that the agent is gone", forsaken).await;
}

#[tokio::test]
async fn a_desk_sees_what_is_written_in_line() {
    let house = House::open().await;
    let mut desk = house.agent_on_duty("li", 1).await;
    let mut seated = house.guest().await;
    seated.start().await;
    desk.seated().await;
    let mut waiting = house.guest().await;
    assert!(matches!(waiting.start().await.place, GuestPlace::Waiting { .. }));
    for text in ["", "Is anybody there?"] {
        if !text.is_empty() {
            waiting.say(text).await;
        }
        desk.find("what is written in line", |event| match event {
            DeskEvent::Line(line) => (line.waiting.first()?.unanswered.concat() == text).then_some(()),
            _ => None,
        })
        .await;
    }
}

#[tokio::test]
async fn a_desk_knows_the_groups_by_name_and_what_the_missed_wanted() {
    let house = House::open_with(short_absence()).await;
    let mut guest = house.guest().await;
    guest.start().await;
    for text in ["one", "two", "three", "four"] {
        guest.say(text).await;
    }
    let li = house.agent("li", 1).await;
    let mut desk = house.desk(li).await;
    let (groups, missed) = desk
        .find("welcome", |event| match event {
            DeskEvent::Welcome { groups, missed, .. } => Some((groups.clone(), missed.clone())),
            _ => None,
        })
        .await;
    let names: Vec<_> = groups.iter().map(|group| (group.name.as_str(), group.mine)).collect();
    assert_eq!(names, [("Service", true)]);
    let entry = missed.missed.first().unwrap();
    assert_eq!(entry.unanswered, ["two", "three", "four"]);
    assert!(entry.guest_here);

    desk.duty(Duty::On).await;
    desk.send(&DeskFrame::Claim {
        conversation: entry.conversation,
    })
    .await;
    let seat = desk.seated_with(entry.conversation).await;
    guest.vanish();
    let left_at = desk.find("that the guest left", |event| match event {
        DeskEvent::Conversation(one) if one.id == seat.0 && !one.guest_here => Some(one.left_at),
        _ => None,
    });
    assert!(left_at.await.is_some());

    let change = MemberUpdate {
        name: "Li".into(),
        seats: 1,
        groups: vec![],
        auth_groups: house.store.member(li).await.unwrap().unwrap().auth_groups,
    };
    house.store.update_member(li, None, &change).await.unwrap();
    house.hub.member_changed(li).await.unwrap();
    let groups = desk.find("the groups", |event| match event {
        DeskEvent::Groups { groups } => Some(groups.clone()),
        _ => None,
    });
    let names: Vec<_> = groups
        .await
        .iter()
        .map(|group| (group.name.clone(), group.mine))
        .collect();
    assert_eq!(names, [("Service".to_owned(), false)]);
}
