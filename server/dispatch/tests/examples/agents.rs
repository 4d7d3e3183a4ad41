use crate::house::{ANNA, BEN, House, REPAIRS, SALES, agent, guest};
use dispatch::{Decision, Event, Refusal};
use domain::ConversationState::{Seated, Waiting};
use domain::{Duty, WaitReason};

#[test]
fn a_lost_agents_seats_are_held_for_a_grace_period() {
    let mut house = House::with_anna_and_ben(1);
    house
        .arrives("Ida")
        .answered("Ida")
        .loses_connection(ANNA)
        .after_s(29)
        .is_back(ANNA);
    assert!(house.decisions.contains(&Decision::AgentPresence {
        agent: ANNA,
        here: true
    }));
    house.after_s(3_600);
    assert_eq!(house.agent_of("Ida"), Some(ANNA));
}

#[test]
fn after_the_grace_period_a_colleague_takes_over_and_it_is_told_once() {
    let mut house = House::with_anna_and_ben(1);
    house.arrives("Ida").answered("Ida").loses_connection(ANNA).after_s(30);
    assert_eq!(
        (house.agent_of("Ida"), house.reason("Ida").after),
        (Some(BEN), Some(WaitReason::AgentLost))
    );
    assert_eq!((house.placement("Ida").epoch.0, house.placed("Ida")), (2, 1));
    let told = Decision::Placed {
        conversation: guest("Ida"),
        from: Some(ANNA),
        was: Some(Seated),
        service_ms: None,
    };
    assert!(house.decisions.contains(&told));
}

#[test]
fn without_a_free_colleague_they_wait_at_the_front_and_are_told_why() {
    let mut house = House::with_anna_and_ben(1);
    house
        .arrives("Ida")
        .arrives("Jon")
        .arrives("Kim")
        .answered("Ida")
        .answered("Jon");
    house.loses_connection(ANNA).after_s(30);
    assert_eq!((house.ahead_of("Ida"), house.ahead_of("Kim")), (0, 1));
    assert_eq!(house.placement("Ida").wait_reason(), Some(WaitReason::AgentLost));
}

#[test]
fn who_is_not_connected_gets_nobody_new() {
    let mut house = House::with_anna(2);
    house.loses_connection(ANNA).arrives("Ida");
    assert_eq!(
        house.state("Ida"),
        Waiting,
        "expected back, so there is somebody to wait for"
    );
    house.is_back(ANNA);
    assert_eq!(house.state("Ida"), Seated);
}

#[test]
fn a_break_keeps_current_guests_and_takes_no_new_ones() {
    let mut house = House::with_anna_and_ben(1);
    house
        .arrives("Ida")
        .answered("Ida")
        .duty(ANNA, Duty::Break)
        .arrives("Jon")
        .arrives("Kim");
    assert_eq!((house.agent_of("Ida"), house.agent_of("Jon")), (Some(ANNA), Some(BEN)));
    assert_eq!(house.state("Kim"), Waiting);
}

#[test]
fn going_off_duty_releases_everybody_at_once() {
    let mut house = House::with_anna_and_ben(1);
    house.arrives("Ida").duty(ANNA, Duty::Off);
    assert_eq!(
        (house.agent_of("Ida"), house.reason("Ida").after),
        (Some(BEN), Some(WaitReason::AgentLeft))
    );
}

#[test]
fn a_removed_agent_is_forgotten_and_their_guests_move_on() {
    let mut house = House::with_anna(1);
    house.arrives("Ida").happens(Event::AgentRemoved { agent: ANNA });
    assert_eq!(house.placement("Ida").wait_reason(), Some(WaitReason::AgentLeft));
    assert!(house.dispatcher.agent(ANNA).is_none());
    assert_eq!(house.try_to(Event::AgentActive { agent: ANNA }), Err(Refusal::NoAgent));
}

#[test]
fn fewer_seats_put_nobody_out_but_let_nobody_in() {
    let mut house = House::with_anna(2);
    house
        .arrives("Ida")
        .arrives("Jon")
        .arrives("Kim")
        .happens(Event::Agent(agent(ANNA, 1, &[SALES])));
    assert_eq!((house.state("Ida"), house.state("Jon")), (Seated, Seated));
    house.done_with("Ida");
    assert_eq!(house.state("Kim"), Waiting, "one conversation in one seat");
    house.done_with("Jon");
    assert_eq!(house.state("Kim"), Seated);
}

#[test]
fn more_seats_are_taken_at_once() {
    let mut house = House::with_anna(1);
    house
        .arrives("Ida")
        .arrives("Jon")
        .happens(Event::Agent(agent(ANNA, 2, &[SALES])));
    assert_eq!(house.state("Jon"), Seated);
}

#[test]
fn an_agent_in_another_group_keeps_their_guests_and_gets_new_ones_from_there() {
    let mut house = House::with_anna(2);
    house
        .arrives("Ida")
        .happens(Event::Agent(agent(ANNA, 2, &[REPAIRS])))
        .arrives_for(REPAIRS, "Jon");
    assert_eq!((house.agent_of("Ida"), house.agent_of("Jon")), (Some(ANNA), Some(ANNA)));
}

#[test]
fn connecting_and_disconnecting_twice_is_once() {
    let mut house = House::with_anna(1);
    house.is_back(ANNA);
    assert!(house.decisions.is_empty());
    house.loses_connection(ANNA).after_s(10).loses_connection(ANNA);
    assert!(house.decisions.is_empty());
    assert_eq!(
        house.dispatcher.next_deadline(),
        Some(house.now + 20_000),
        "from the first time on"
    );
}
