use crate::house::{ANNA, BEN, House, REPAIRS, SALES, agent, guest, plain};
use dispatch::{Decision, Event};
use domain::ConversationState::{Missed, Seated, Waiting};
use domain::{Duty, GroupSpec, MissedReason};

#[test]
fn first_come_first_seated() {
    let mut house = House::with_anna(1);
    house.arrives("Ida").arrives("Jon").arrives("Kim").done_with("Ida");
    assert_eq!((house.state("Jon"), house.ahead_of("Kim")), (Seated, 0));
}

#[test]
fn a_higher_priority_goes_first_but_puts_nobody_out_of_a_seat() {
    let mut house = House::with_anna(1);
    house
        .arrives("Ida")
        .arrives("Jon")
        .arrives_with_priority(5, "Queen")
        .arrives_with_priority(5, "King");
    assert_eq!(
        (house.ahead_of("Queen"), house.ahead_of("King"), house.ahead_of("Jon")),
        (0, 1, 2)
    );
    assert_eq!(house.state("Ida"), Seated);
}

#[test]
fn who_lost_a_seat_goes_before_every_priority() {
    let mut house = House::with_anna_and_ben(1);
    house
        .arrives("Ida")
        .arrives("Jon")
        .arrives_with_priority(5, "Queen")
        .duty(ANNA, Duty::Off);
    assert_eq!((house.ahead_of("Ida"), house.ahead_of("Queen")), (0, 1));
}

#[test]
fn a_seat_that_several_lines_could_use_goes_to_whoever_came_first() {
    let mut house = House::empty();
    house.at_work(agent(ANNA, 1, &[SALES, REPAIRS])).arrives("Ida");
    house
        .arrives_for(REPAIRS, "Jon")
        .arrives_for(SALES, "Kim")
        .done_with("Ida");
    assert_eq!((house.state("Jon"), house.state("Kim")), (Seated, Waiting));
}

#[test]
fn a_place_in_line_outlives_a_short_absence() {
    let mut house = House::with_anna(1);
    house
        .arrives("Ida")
        .answered("Ida")
        .arrives("Jon")
        .goes_offline("Jon")
        .after_s(119)
        .comes_online("Jon")
        .after_s(500);
    assert_eq!(house.state("Jon"), Waiting);
}

#[test]
fn a_guest_who_is_away_for_a_moment_can_be_seated_all_the_same() {
    let mut house = House::with_anna(1);
    house.arrives("Ida").arrives("Jon").goes_offline("Jon").done_with("Ida");
    assert_eq!(
        (house.state("Jon"), house.placement("Jon").guest_seen()),
        (Seated, false)
    );
}

#[test]
fn who_stays_away_from_the_line_is_missed() {
    let mut house = House::with_anna(1);
    house
        .arrives("Ida")
        .answered("Ida")
        .arrives("Jon")
        .goes_offline("Jon")
        .after_s(120);
    assert_eq!(house.placement("Jon").missed_reason(), Some(MissedReason::GuestLeft));
}

#[test]
fn who_waits_too_long_is_missed() {
    let mut house = House::with_anna(1);
    house.rules(GroupSpec {
        wait_ms_max: Some(300_000),
        ..plain(SALES)
    });
    house.arrives("Ida").answered("Ida").arrives("Jon").after_s(299);
    assert_eq!(house.state("Jon"), Waiting);
    house.after_s(1);
    assert_eq!(
        house.placement("Jon").missed_reason(),
        Some(MissedReason::WaitedTooLong)
    );
}

#[test]
fn a_new_longest_wait_holds_for_those_who_wait_already() {
    let mut house = House::with_anna(1);
    house.arrives("Ida").answered("Ida").arrives("Jon").after_s(100);
    house.rules(GroupSpec {
        wait_ms_max: Some(90_000),
        ..plain(SALES)
    });
    assert_eq!(house.dispatcher.next_deadline(), Some(house.now - 10_000), "overdue");
    house.after_s(0);
    assert_eq!(house.state("Jon"), Missed);
}

#[test]
fn when_the_last_agent_leaves_the_waiting_are_told_and_then_missed() {
    let mut house = House::with_anna(1);
    house
        .arrives("Ida")
        .answered("Ida")
        .arrives("Jon")
        .duty(ANNA, Duty::Break);
    assert!(house.decisions.contains(&Decision::Staffing {
        group: SALES,
        staffed: false
    }));
    house.after_s(59);
    assert_eq!(house.state("Jon"), Waiting);
    house.after_s(1);
    assert_eq!(house.placement("Jon").missed_reason(), Some(MissedReason::EveryoneLeft));
    assert_eq!(house.state("Ida"), Seated, "a break keeps the guests who are seated");
}

#[test]
fn when_somebody_is_back_in_time_nobody_is_missed() {
    let mut house = House::with_anna(1);
    house
        .arrives("Ida")
        .answered("Ida")
        .arrives("Jon")
        .duty(ANNA, Duty::Break)
        .after_s(59)
        .duty(ANNA, Duty::On);
    assert!(house.decisions.contains(&Decision::Staffing {
        group: SALES,
        staffed: true
    }));
    house.after_s(3_600);
    assert_eq!(house.state("Jon"), Waiting);
}

#[test]
fn an_agent_of_the_overflow_group_is_enough_to_wait_for() {
    let mut house = House::with_anna(1);
    house.rules(GroupSpec {
        overflow: Some(REPAIRS),
        ..plain(SALES)
    });
    house
        .at_work(agent(BEN, 1, &[REPAIRS]))
        .arrives("Ida")
        .arrives("Jon")
        .arrives("Kim");
    house
        .answered("Ida")
        .answered("Jon")
        .duty(ANNA, Duty::Break)
        .after_s(3_600);
    assert_eq!(house.state("Kim"), Waiting);
}

#[test]
fn the_missed_can_rejoin_at_the_end_of_the_line_when_somebody_is_on_duty() {
    let mut house = House::with_anna(1);
    house.duty(ANNA, Duty::Break).arrives("Ida");
    house.happens(Event::Rejoin {
        conversation: guest("Ida"),
    });
    assert_eq!(
        (house.state("Ida"), house.decisions.len()),
        (Missed, 0),
        "nobody is on duty"
    );

    house
        .duty(ANNA, Duty::On)
        .arrives("Jon")
        .arrives("Kim")
        .happens(Event::Rejoin {
            conversation: guest("Ida"),
        });
    assert_eq!((house.state("Ida"), house.ahead_of("Ida")), (Waiting, 1));
}

#[test]
fn the_estimate_needs_three_services_and_somebody_to_serve() {
    let mut house = House::with_anna(1);
    for (name, seconds) in [("Ida", 60), ("Jon", 90), ("Kim", 120)] {
        assert_eq!(house.dispatcher.estimate_s(SALES, 0), None, "no basis yet");
        house.arrives(name).answered(name).after_s(seconds).done_with(name);
    }
    assert_eq!(
        house.dispatcher.estimate_s(SALES, 0),
        Some(90),
        "one seat, ninety seconds on average"
    );
    assert_eq!(
        house.dispatcher.estimate_s(SALES, 2),
        Some(270),
        "the third seat that falls free is theirs"
    );
    house.at_work(agent(BEN, 3, &[SALES]));
    assert_eq!(
        house.dispatcher.estimate_s(SALES, 0),
        Some(23),
        "22.5 seconds with four seats, rounded up"
    );
    house.duty(ANNA, Duty::Off).duty(BEN, Duty::Off);
    assert_eq!(house.dispatcher.estimate_s(SALES, 0), None, "nobody serves");
}

#[test]
fn the_estimate_learns_from_every_way_a_seating_can_end() {
    let mut house = House::with_anna(1);
    house.arrives("Ida").answered("Ida").after_s(60).leaves("Ida");
    house.arrives("Jon").answered("Jon").goes_offline("Jon").after_s(600);
    house
        .arrives("Kim")
        .answered("Kim")
        .says("Kim")
        .goes_offline("Kim")
        .after_s(600);
    assert_eq!(house.state("Kim"), Missed, "a reply was owed");
    assert_eq!(house.dispatcher.estimate_s(SALES, 0), Some(420));

    // A seat that was lost was no service: the conversation goes on in another.
    house
        .arrives("Lea")
        .answered("Lea")
        .after_s(7_200)
        .duty(ANNA, Duty::Off);
    house.duty(ANNA, Duty::On);
    assert_eq!(house.dispatcher.estimate_s(SALES, 0), Some(420));
}

#[test]
fn only_lines_that_changed_are_told() {
    let mut house = House::with_anna(1);
    house.arrives("Ida").answered("Ida");
    house.dispatcher.take_changed_lines();
    house.says("Ida");
    assert!(house.dispatcher.take_changed_lines().is_empty());
    house.arrives("Jon");
    assert_eq!(house.dispatcher.take_changed_lines(), [SALES]);
    assert!(house.dispatcher.take_changed_lines().is_empty(), "told once");
}
