use crate::house::{ANNA, BEN, House, SALES, agent, guest, plain};
use dispatch::{Event, Refusal};
use domain::ConversationState::{Closed, Missed, Seated, Waiting};
use domain::{ClosedBy, Duty, GroupSpec, MissedReason, SeatHow, WaitReason};

#[test]
fn an_afterthought_of_a_guest_who_is_gone_takes_no_seat_from_one_who_is_there() {
    let mut house = House::with_anna(1);
    house.arrives("Thanks").says("Thanks").goes_offline("Thanks").after_s(7);
    assert_eq!(house.state("Thanks"), Seated, "this may be the next page");
    house.after_s(1);
    assert_eq!(
        (house.state("Thanks"), house.placement("Thanks").wait_reason()),
        (Waiting, Some(WaitReason::GuestAway))
    );
    house.arrives("Ida").answered("Ida").after_s(60);
    assert_eq!(house.agent_of("Ida"), Some(ANNA));
    assert!(!house.dispatcher.agent(ANNA).unwrap().away(), "she left nobody waiting");
    assert_eq!(house.placement("Thanks").bounces, 0);
    house.after_s(60);
    assert_eq!(house.placement("Thanks").missed_reason(), Some(MissedReason::GuestLeft));
}

#[test]
fn who_is_away_is_passed_over_and_has_their_place_when_they_are_back() {
    let mut house = House::with_anna(1);
    house.arrives("Ida").answered("Ida");
    house
        .arrives("Jon")
        .arrives("Kim")
        .arrives("Lea")
        .goes_offline("Jon")
        .after_s(8);
    assert_eq!(
        (house.ahead_of("Kim"), house.ahead_of("Lea")),
        (0, 1),
        "who is really ahead"
    );
    assert_eq!(house.dispatcher.passed_over(SALES).collect::<Vec<_>>(), [guest("Jon")]);
    house.done_with("Ida");
    assert_eq!((house.state("Jon"), house.agent_of("Kim")), (Waiting, Some(ANNA)));
    house.comes_online("Jon");
    assert_eq!((house.ahead_of("Jon"), house.ahead_of("Lea")), (0, 1));
    house.done_with("Kim");
    assert_eq!(house.agent_of("Jon"), Some(ANNA));
}

#[test]
fn a_free_seat_stays_free_for_those_who_are_there() {
    let mut house = House::with_anna(1);
    house.arrives("Ida").goes_offline("Ida").after_s(8);
    assert_eq!(house.dispatcher.agent(ANNA).unwrap().used(), 0);
    house.comes_online("Ida");
    assert_eq!(
        (house.agent_of("Ida"), house.reason("Ida").after),
        (Some(ANNA), Some(WaitReason::GuestAway))
    );
    assert_eq!(house.placement("Ida").epoch.0, 2);
}

#[test]
fn what_an_agent_has_taken_up_stays_with_them() {
    let mut house = House::with_anna(1);
    house
        .arrives("Ida")
        .answered("Ida")
        .goes_offline("Ida")
        .arrives("Jon")
        .after_s(60);
    assert_eq!(house.agent_of("Ida"), Some(ANNA));
}

#[test]
fn what_a_person_handed_over_stays_and_nobody_is_hurried_for_a_guest_who_is_away() {
    let mut house = House::with_anna_and_ben(1);
    house
        .arrives("Ida")
        .answered("Ida")
        .goes_offline("Ida")
        .after_s(60)
        .handed_to(BEN, "Ida");
    assert_eq!(house.dispatcher.accept_by(guest("Ida")), None);
    house.after_s(300);
    assert_eq!(house.agent_of("Ida"), Some(BEN));
    assert!(matches!(house.reason("Ida").how, SeatHow::Transferred { .. }));
    house.comes_online("Ida");
    let by = house.dispatcher.accept_by(guest("Ida")).unwrap();
    assert_eq!(by.0, house.now + 60_000, "from now on");
    house.after_s(60);
    assert_eq!(house.placement("Ida").bounces, 1);
}

#[test]
fn who_is_away_and_loses_the_seat_waits_without_one() {
    let mut house = House::with_anna_and_ben(1);
    house
        .arrives("Ida")
        .answered("Ida")
        .goes_offline("Ida")
        .after_s(60)
        .duty(ANNA, Duty::Off);
    assert_eq!(house.state("Ida"), Waiting, "although Ben has a free seat");
    house.comes_online("Ida");
    assert_eq!(house.reason("Ida").after, Some(WaitReason::AgentLeft));
}

#[test]
fn a_line_is_full_of_those_who_are_there() {
    let mut house = House::with_anna(1);
    house.rules(GroupSpec {
        line_max: Some(1),
        ..plain(SALES)
    });
    house
        .arrives("Ida")
        .answered("Ida")
        .arrives("Jon")
        .goes_offline("Jon")
        .after_s(8)
        .arrives("Kim");
    assert_eq!(house.state("Kim"), Waiting);
    house.comes_online("Jon");
    assert_eq!(
        (house.ahead_of("Jon"), house.ahead_of("Kim")),
        (0, 1),
        "and nobody is put out"
    );
}

#[test]
fn the_next_page_costs_neither_seat_nor_place() {
    let mut house = House::with_anna(1);
    house.arrives("Ida").arrives("Jon");
    for _ in 0..7 {
        house
            .goes_offline("Ida")
            .goes_offline("Jon")
            .after_s(7)
            .comes_online("Ida")
            .comes_online("Jon");
    }
    assert_eq!((house.agent_of("Ida"), house.ahead_of("Jon")), (Some(ANNA), 0));
    house.after_s(11);
    assert_eq!(house.placement("Ida").bounces, 1, "she was there for most of a minute");
}

/// Ida is offered to Anna, Jon is gone from his seat with Ben, Kim waits and is gone as well.
fn a_moment_before_the_stall() -> House {
    let mut house = House::with_anna_and_ben(1);
    house.rules(GroupSpec {
        wait_ms_max: Some(300_000),
        ..plain(SALES)
    });
    house
        .arrives("Ida")
        .arrives("Jon")
        .answered("Jon")
        .arrives("Kim")
        .goes_offline("Jon")
        .goes_offline("Kim");
    house
}

#[test]
fn nothing_is_overdue_after_the_server_stood_still() {
    let mut house = a_moment_before_the_stall();
    house.loses_connection(BEN);
    house.now += 130_000;
    house.happens(Event::Stalled { ms: 130_000 });
    assert_eq!((house.agent_of("Ida"), house.agent_of("Jon")), (Some(ANNA), Some(BEN)));
    assert_eq!(house.dispatcher.accept_by(guest("Ida")).unwrap().0, house.now + 60_000);
    house.after_s(29).is_back(BEN).after_s(30);
    assert_eq!((house.placement("Ida").bounces, house.agent_of("Jon")), (0, Some(BEN)));
    house.after_s(1);
    assert_eq!(house.placement("Ida").bounces, 1);
    house.after_s(59);
    assert_eq!(house.state("Kim"), Waiting);
    house.after_s(1);
    assert_eq!(house.placement("Kim").missed_reason(), Some(MissedReason::GuestLeft));
}

#[test]
fn what_the_server_stood_still_is_not_waited_in_line() {
    let mut house = a_moment_before_the_stall();
    house.comes_online("Kim").answered("Ida").after_s(10);
    house.now += 1_000_000;
    house.happens(Event::Stalled { ms: 1_000_000 }).after_s(289);
    assert_eq!(house.state("Kim"), Waiting);
    house.after_s(1);
    assert_eq!(
        house.placement("Kim").missed_reason(),
        Some(MissedReason::WaitedTooLong)
    );
}

#[test]
fn a_line_that_nobody_serves_has_its_grace_period_again_after_a_stall() {
    let mut house = House::with_anna(1);
    house
        .arrives("Ida")
        .answered("Ida")
        .arrives("Jon")
        .duty(ANNA, Duty::Break);
    house.now += 3_600_000;
    house.happens(Event::Stalled { ms: 3_600_000 }).after_s(59);
    assert_eq!(house.state("Jon"), Waiting);
    house.after_s(1);
    assert_eq!(house.placement("Jon").missed_reason(), Some(MissedReason::EveryoneLeft));
}

#[test]
fn what_nobody_can_act_on_is_closed_when_its_guest_is_gone() {
    let mut house = House::empty();
    let dismiss = Event::Dismiss {
        conversation: guest("Ida"),
    };
    house.arrives("Ida");
    assert_eq!(house.try_to(dismiss.clone()), Err(Refusal::Taken), "the guest is there");
    house.goes_offline("Ida").happens(dismiss.clone());
    assert_eq!(
        (house.state("Ida"), house.placement("Ida").closed_by()),
        (Closed, Some(ClosedBy::NothingSaid))
    );
    assert_eq!(house.try_to(dismiss.clone()), Err(Refusal::NoConversation));
    house
        .at_work(agent(ANNA, 1, &[SALES]))
        .arrives("Ida")
        .goes_offline("Ida")
        .after_s(3);
    assert_eq!(
        house.try_to(dismiss),
        Err(Refusal::Taken),
        "nor is a seated one dismissed"
    );
    assert_ne!(house.state("Ida"), Missed);
}
