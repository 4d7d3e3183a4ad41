use crate::house::{ANNA, BEN, House, REPAIRS, SALES, agent, arrival, plain};
use dispatch::{Decision, Event, Refusal};
use domain::ConversationState::{Missed, Seated, Waiting};
use domain::{Duty, GroupId, GroupSpec, GuestId, MissedReason, SeatHow, WaitReason};

#[test]
fn a_guest_who_finds_a_free_seat_is_seated_at_once() {
    let mut house = House::with_anna(1);
    house.arrives("Ida");
    assert_eq!((house.state("Ida"), house.agent_of("Ida")), (Seated, Some(ANNA)));
    assert_eq!(house.placement("Ida").epoch.0, 1);
    assert!(house.placement("Ida").guest_seen());
    let conversation = crate::house::guest("Ida");
    assert_eq!(
        house.decisions,
        [
            Decision::Agent { agent: ANNA },
            Decision::Placed {
                conversation,
                from: None,
                was: None,
                service_ms: None,
            }
        ]
    );
}

#[test]
fn a_guest_who_finds_every_seat_taken_waits_in_line() {
    let mut house = House::with_anna(1);
    house.arrives("Ida").arrives("Jon").arrives("Kim");
    assert_eq!(
        (house.state("Jon"), house.placement("Jon").wait_reason()),
        (Waiting, Some(WaitReason::Arrived))
    );
    assert_eq!((house.ahead_of("Jon"), house.ahead_of("Kim")), (0, 1));
}

#[test]
fn a_guest_who_finds_nobody_on_duty_is_missed_at_once() {
    let mut house = House::with_anna(1);
    house.duty(ANNA, Duty::Break).arrives("Ida");
    assert_eq!(
        (house.state("Ida"), house.placement("Ida").missed_reason()),
        (Missed, Some(MissedReason::NobodyOnDuty))
    );
}

#[test]
fn a_message_by_form_takes_no_seat_and_can_be_claimed() {
    let mut house = House::with_anna(1);
    let conversation = crate::house::guest("Ida");
    house.happens(Event::ByForm {
        conversation,
        guest: GuestId(conversation.0),
        group: SALES,
        last_agent: None,
    });
    assert_eq!(
        (house.state("Ida"), house.placement("Ida").missed_reason()),
        (Missed, Some(MissedReason::NotConnected))
    );
    house.arrives("Jon");
    assert_eq!(house.agent_of("Jon"), Some(ANNA));
    house.loses_connection(ANNA).after_s(86_400);
    assert_eq!(house.state("Ida"), Missed);
}

#[test]
fn an_agent_without_seats_is_nobody_on_duty() {
    let mut house = House::with_anna(0);
    house.arrives("Ida");
    assert_eq!(house.placement("Ida").missed_reason(), Some(MissedReason::NobodyOnDuty));
}

#[test]
fn a_guest_who_finds_the_line_full_is_missed() {
    let mut house = House::with_anna(1);
    house.rules(GroupSpec {
        line_max: Some(1),
        ..plain(SALES)
    });
    house.arrives("Ida").arrives("Jon").arrives("Kim");
    assert_eq!(house.state("Jon"), Waiting);
    assert_eq!(house.placement("Kim").missed_reason(), Some(MissedReason::LineFull));
}

#[test]
fn a_line_that_may_hold_nobody_still_lets_guests_through_to_a_free_seat() {
    let mut house = House::with_anna(1);
    house
        .rules(GroupSpec {
            line_max: Some(0),
            ..plain(SALES)
        })
        .arrives("Ida");
    assert_eq!(house.state("Ida"), Seated);
}

#[test]
fn the_agent_with_the_fewest_conversations_gets_the_next() {
    let mut house = House::with_anna_and_ben(3);
    house.arrives("Ida").after_s(1).arrives("Jon").after_s(1).arrives("Kim");
    assert_eq!(house.agent_of("Ida"), Some(ANNA));
    assert_eq!(house.agent_of("Jon"), Some(BEN));
    assert_eq!(
        house.agent_of("Kim"),
        Some(ANNA),
        "of two equally busy ones, who was given a guest longest ago"
    );
    assert_eq!(
        (house.reason("Kim").how, house.reason("Kim").on_duty),
        (SeatHow::LeastBusy, 2)
    );
}

#[test]
fn a_guest_goes_back_to_the_agent_they_know_if_the_group_wants_that() {
    let mut house = House::with_anna_and_ben(2);
    house.arrives_who_knows(BEN, "Ida");
    assert_eq!(house.agent_of("Ida"), Some(ANNA), "the group does not");

    house.rules(GroupSpec {
        last_agent_first: true,
        ..plain(SALES)
    });
    house.arrives_who_knows(ANNA, "Jon");
    assert_eq!(
        (house.agent_of("Jon"), house.reason("Jon").how),
        (Some(ANNA), SeatHow::LastAgent)
    );
    house.arrives_who_knows(ANNA, "Kim");
    assert_eq!(
        (house.agent_of("Kim"), house.reason("Kim").how),
        (Some(BEN), SeatHow::LeastBusy),
        "Anna is full"
    );
}

#[test]
fn guests_overflow_to_the_other_group_only_when_their_own_has_no_free_seat() {
    let mut house = House::with_anna(1);
    house.rules(GroupSpec {
        overflow: Some(REPAIRS),
        ..plain(SALES)
    });
    house.at_work(agent(BEN, 1, &[REPAIRS]));
    house.arrives("Ida").arrives("Jon").arrives("Kim");
    assert_eq!(
        (house.agent_of("Ida"), house.reason("Ida").overflow),
        (Some(ANNA), false)
    );
    assert_eq!((house.agent_of("Jon"), house.reason("Jon").overflow), (Some(BEN), true));
    assert_eq!((house.reason("Ida").on_duty, house.reason("Jon").on_duty), (1, 2));
    assert_eq!(house.state("Kim"), Waiting);
}

#[test]
fn overflow_is_one_step_and_not_a_chain() {
    let mut house = House::empty();
    let third = GroupId(3);
    house.rules(GroupSpec {
        overflow: Some(REPAIRS),
        ..plain(SALES)
    });
    house
        .rules(GroupSpec {
            overflow: Some(third),
            ..plain(REPAIRS)
        })
        .rules(plain(third));
    house.at_work(agent(BEN, 1, &[third])).arrives("Ida");
    assert_eq!(house.placement("Ida").missed_reason(), Some(MissedReason::NobodyOnDuty));
}

#[test]
fn arriving_twice_changes_nothing() {
    let mut house = House::with_anna(1);
    house.arrives("Ida");
    assert_eq!(house.try_to(arrival(SALES, "Ida", 0, None)), Err(Refusal::Taken));
    assert!(house.decisions.is_empty());
}

#[test]
fn nobody_arrives_at_a_group_that_does_not_exist() {
    assert_eq!(
        House::with_anna(1).try_to(arrival(GroupId(7), "Ida", 0, None)),
        Err(Refusal::NoGroup)
    );
}
