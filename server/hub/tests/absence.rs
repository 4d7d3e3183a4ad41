//! Who goes away for a moment, and who for longer, over real sockets.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop"
)]

mod support;

use dispatch::Settings;
use domain::{ClosedBy, ConversationId, ConversationState, Duty, WaitReason};
use protocol::desk::{DeskEvent, Gone, Line, Missed};
use protocol::guest::{GuestEvent, GuestFrame, GuestPlace};
use support::{Desk, Guest, House, patient, short_absence};

/// The next line of which that is true.
async fn line(desk: &mut Desk, what: &str, fits: impl Fn(&Line) -> bool) -> Line {
    desk.find(what, |event| match event {
        DeskEvent::Line(line) | DeskEvent::Welcome { line, .. } if fits(line) => Some(line.clone()),
        _ => None,
    })
    .await
}

async fn missed(desk: &mut Desk, what: &str, fits: impl Fn(&Missed) -> bool) -> Missed {
    desk.find(what, |event| match event {
        DeskEvent::Missed(missed) | DeskEvent::Welcome { missed, .. } if fits(missed) => Some(missed.clone()),
        _ => None,
    })
    .await
}

/// What the guest was told since they were last asked.
async fn frames(guest: &mut Guest) -> Vec<String> {
    guest.send(&GuestFrame::Ping).await;
    guest
        .find("pong", |event| matches!(event, GuestEvent::Pong { .. }).then_some(()))
        .await;
    let frames = guest.unread().map(|event| format!("{event:?}")).collect();
    guest.forget();
    frames
}

#[tokio::test]
async fn an_agents_reload_is_told_to_nobody() {
    let house = House::open().await;
    let li = house.agent("li", 1).await;
    let mut desk = house.desk(li).await;
    desk.welcomed().await;
    desk.duty(Duty::On).await;
    let mut guests = Vec::new();
    for _ in 0..4 {
        let mut guest = house.guest().await;
        guest.start().await;
        guests.push(guest);
    }
    line(&mut desk, "all who wait", |line| line.total == 3).await;
    for guest in &mut guests {
        frames(guest).await;
    }

    desk.vanish();
    let mut desk = house.desk(li).await;
    desk.welcomed().await;
    // Whatever there is to tell has been told when the next change is.
    let mut last = house.guest().await;
    last.start().await;
    line(&mut desk, "one more", |line| line.total == 4).await;
    for guest in &mut guests {
        assert_eq!(frames(guest).await, [""; 0]);
    }
}

#[tokio::test]
async fn a_guests_next_page_is_told_to_nobody() {
    let house = House::open().await;
    let mut desk = house.agent_on_duty("li", 1).await;
    let mut seated = house.guest_returning("", None).await;
    let (token, _) = seated.welcomed().await;
    let conversation = seated.start().await.id;
    desk.seated_with(conversation).await;
    let mut waiting = house.guest_returning("", None).await;
    let (waiting_token, _) = waiting.welcomed().await;
    waiting.start().await;
    line(&mut desk, "who waits", |line| line.total == 1).await;
    desk.forget();

    for _ in 0..5 {
        seated.vanish();
        waiting.vanish();
        seated = house.guest_returning(&token, None).await;
        seated.welcomed().await;
        waiting = house.guest_returning(&waiting_token, None).await;
        waiting.welcomed().await;
    }
    let mut last = house.guest().await;
    last.start().await;
    line(&mut desk, "one more", |line| line.total == 2).await;
    let told: Vec<_> = desk
        .unread()
        .filter(|event| !matches!(event, DeskEvent::Missed(_) | DeskEvent::Line(Line { total: 2, .. })))
        .collect();
    assert!(told.is_empty(), "{told:?}");
}

#[tokio::test]
async fn an_absence_that_lasts_is_told_and_so_is_its_end() {
    let house = House::open_with(short_absence()).await;
    let mut desk = house.agent_on_duty("li", 1).await;
    let mut guest = house.guest_returning("", None).await;
    let (token, _) = guest.welcomed().await;
    let conversation = guest.start().await.id;
    let seat = desk.seated_with(conversation).await;
    desk.say(seat, "hello").await;
    desk.forget();
    guest.vanish();
    let here = |expected: bool| {
        move |event: &DeskEvent| match event {
            DeskEvent::Conversation(one) if one.id == conversation && one.guest_here == expected => Some(one.left_at),
            _ => None,
        }
    };
    assert!(desk.find("that the guest is gone", here(false)).await.is_some());
    house.guest_returning(&token, None).await.welcomed().await;
    assert_eq!(desk.find("that the guest is back", here(true)).await, None);
}

#[tokio::test]
async fn an_afterthought_of_a_guest_who_is_gone_holds_no_seat_and_nobody_is_away_for_it() {
    let settings = Settings {
        accept_ms: 400,
        ..short_absence()
    };
    let house = House::open_with(settings).await;
    let mut desk = house.agent_on_duty("li", 1).await;
    let mut guest = house.guest_returning("", None).await;
    let (token, _) = guest.welcomed().await;
    guest.say("Thanks!").await;
    let (thanks, _) = desk.seated().await;
    guest.vanish();
    let reason = WaitReason::GuestAway;
    assert_eq!(desk.gone(thanks).await, Gone::Moved { reason });
    let waits = line(&mut desk, "the afterthought", |line| {
        line.waiting.first().is_some_and(|entry| !entry.guest_here)
    })
    .await;
    let entry = &waits.waiting[0];
    assert_eq!(entry.reason, reason);
    assert_eq!(entry.unanswered, ["Thanks!"]);

    let mut real = house.guest().await;
    let place = real.start().await;
    assert!(matches!(place.place, GuestPlace::Seated { .. }), "{place:?}");
    let seat = desk.seated_with(place.id).await;
    desk.say(seat, "hello").await;
    let away = desk.unread().any(|event| matches!(event, DeskEvent::Me(me) if me.away));
    assert!(!away, "she left nobody waiting");
    desk.close(seat).await;
    desk.forget();

    let mut back = house.guest_returning(&token, None).await;
    let (_, place) = back.welcomed().await;
    assert!(matches!(place.unwrap().place, GuestPlace::Seated { .. }));
    let why = desk.find("the conversation", |event| match event {
        DeskEvent::Conversation(one) if one.id == thanks => Some(one.reason.after),
        _ => None,
    });
    assert_eq!(why.await, Some(reason));
}

/// Three guests found nobody on duty and are gone: one without a trace, one left words, one a way to be reached. Comes
/// back with the first one's token.
async fn three_who_are_gone(house: &House) -> (String, ConversationId) {
    let mut silent = house.guest_returning("", None).await;
    let (token, _) = silent.welcomed().await;
    let conversation = silent.start().await.id;
    let mut wrote = house.guest().await;
    wrote.say("Please call me back").await;
    let mut reachable = house.guest().await;
    reachable.start().await;
    let contact = GuestFrame::Contact {
        name: String::new(),
        contact: "anna@example.com".into(),
    };
    reachable.send(&contact).await;
    frames(&mut reachable).await;
    for guest in [silent, wrote, reachable] {
        guest.vanish();
    }
    (token, conversation)
}

async fn only_two_are_work(house: &House, token: &str, silent: ConversationId) {
    let mut desk = house.agent_on_duty("li", 1).await;
    let listed = missed(&mut desk, "the missed queue", |missed| {
        missed.total == 2 && missed.missed.iter().all(|one| !one.guest_here)
    })
    .await;
    assert!(listed.missed.iter().all(|entry| entry.conversation != silent));
    let (_, none) = house.guest_returning(token, None).await.welcomed().await;
    assert_eq!(none, None, "to the guest there was none");
    let seatings = house.store.seatings(silent).await.unwrap();
    let last = seatings.last().unwrap();
    assert_eq!(
        (last.state, last.closed_by),
        (ConversationState::Closed, Some(ClosedBy::NothingSaid))
    );
}

#[tokio::test]
async fn who_is_gone_without_a_word_and_cannot_be_reached_is_counted_and_not_listed() {
    let house = House::open_with(short_absence()).await;
    let (token, silent) = three_who_are_gone(&house).await;
    only_two_are_work(&house, &token, silent).await;
}

#[tokio::test]
async fn so_is_who_went_before_this_start() {
    let mut house = House::open_with(patient()).await;
    let (token, silent) = three_who_are_gone(&house).await;
    house.restart_with(short_absence()).await;
    only_two_are_work(&house, &token, silent).await;
}

#[tokio::test]
async fn who_waits_without_a_word_and_goes_is_no_work_either() {
    let settings = Settings {
        guest_grace_ms: 100,
        ..short_absence()
    };
    let house = House::open_with(settings).await;
    let mut desk = house.agent_on_duty("li", 1).await;
    let mut seated = house.guest().await;
    seated.start().await;
    let mut waiting = house.guest().await;
    waiting.start().await;
    line(&mut desk, "who waits", |line| line.total == 1).await;
    desk.forget();
    waiting.vanish();
    line(&mut desk, "nobody", |line| line.total == 0).await;
    let listed = desk
        .unread()
        .any(|event| matches!(event, DeskEvent::Missed(missed) if missed.total > 0));
    assert!(!listed);
}
