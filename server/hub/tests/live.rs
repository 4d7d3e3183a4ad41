//! What the live page is told of the room, over real sockets.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on should stop"
)]

mod support;

use domain::live::{LiveAgent, LiveGroup, LiveView};
use domain::{Duty, MissedReason, WaitReason};
use support::{House, wall_clock};

fn agent(view: &LiveView) -> &LiveAgent {
    view.agents.first().unwrap()
}

fn group(view: &LiveView) -> &LiveGroup {
    view.groups.first().unwrap()
}

#[tokio::test]
async fn the_live_page_sees_who_sits_where_who_waits_and_who_was_missed() {
    let house = House::open().await;
    let li = house.agent("li", 1).await;
    let mut desk = house.desk(li).await;
    desk.welcomed().await;
    let mut live = house.live(li).await;
    let view = live.view("the room", |_| true).await;
    assert_eq!((agent(&view).duty, agent(&view).duty_since), (Duty::Off, None));
    assert!(!group(&view).staffed);

    let mut missed = house.guest().await;
    missed.start().await;
    let view = live.view("the missed", |view| group(view).missed_total == 1).await;
    assert_eq!(group(&view).missed.first().unwrap().reason, MissedReason::NobodyOnDuty);

    let before = wall_clock();
    desk.duty(Duty::On).await;
    let view = live.view("who is on duty", |view| group(view).staffed).await;
    let chosen = agent(&view).duty_since.unwrap();
    assert!(before <= chosen && chosen <= wall_clock());

    let mut seated = house.guest().await;
    let seat = seated.start().await;
    let mut waiting = house.guest().await;
    let place = waiting.start().await;
    let view = live.view("both", |view| group(view).waiting == 1).await;
    let taken = agent(&view).seated.first().unwrap();
    assert_eq!((taken.conversation, taken.waiting_since), (seat.id, None));
    let first = group(&view).line.first().unwrap();
    assert_eq!((first.conversation, first.reason), (place.id, WaitReason::Arrived));

    seated.say("anybody there?").await;
    let owed = |view: &LiveView| {
        agent(view)
            .seated
            .first()
            .is_some_and(|seat| seat.waiting_since.is_some())
    };
    live.view("that a reply is owed", owed).await;
}

#[tokio::test]
async fn the_duty_is_as_old_after_a_restart() {
    let mut house = House::open().await;
    let li = house.agent("li", 1).await;
    let mut desk = house.desk(li).await;
    desk.welcomed().await;
    let mut live = house.live(li).await;
    desk.duty(Duty::On).await;
    let on = |view: &LiveView| agent(view).duty == Duty::On;
    let chosen = agent(&live.view("duty", on).await).duty_since;
    assert!(chosen.is_some());

    house.restart().await;
    let view = house.live(li).await.view("the room", |_| true).await;
    assert_eq!((agent(&view).duty, agent(&view).duty_since), (Duty::On, chosen));
}
