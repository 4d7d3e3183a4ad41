use crate::house::{ANNA, BEN, House};
use domain::ConversationState::{Closed, Missed, Seated, Waiting};
use domain::{ClosedBy, Duty, MissedReason};

#[test]
fn a_seated_guest_who_leaves_ends_the_conversation() {
    let mut house = House::with_anna(1);
    house.arrives("Ida").arrives("Jon").leaves("Ida");
    assert_eq!(
        (house.state("Ida"), house.placement("Ida").closed_by()),
        (Closed, Some(ClosedBy::Guest))
    );
    assert_eq!(house.state("Jon"), Seated);
}

#[test]
fn a_waiting_guest_who_leaves_is_done_if_they_said_nothing_and_work_to_do_if_they_did() {
    let mut house = House::with_anna(1);
    house
        .arrives("Ida")
        .arrives("Jon")
        .arrives("Kim")
        .says("Kim")
        .leaves("Jon");
    assert_eq!(house.placement("Jon").closed_by(), Some(ClosedBy::Guest));
    assert_eq!(house.ahead_of("Kim"), 0);
    house.leaves("Kim");
    assert_eq!(house.placement("Kim").missed_reason(), Some(MissedReason::GuestLeft));
    house.leaves("Kim");
    assert_eq!(house.state("Kim"), Missed, "leaving twice is leaving once");
}

#[test]
fn a_seated_guest_who_is_gone_for_long_gives_up_the_seat() {
    let mut house = House::with_anna(1);
    house.arrives("Ida").answered("Ida").goes_offline("Ida").after_s(599);
    assert_eq!(house.state("Ida"), Seated);
    house.after_s(1);
    assert_eq!(house.placement("Ida").closed_by(), Some(ClosedBy::GuestLeft));
}

#[test]
fn who_is_gone_but_owed_a_reply_is_work_to_do() {
    let mut house = House::with_anna(1);
    house
        .arrives("Ida")
        .answered("Ida")
        .says("Ida")
        .goes_offline("Ida")
        .after_s(600);
    assert_eq!(house.placement("Ida").missed_reason(), Some(MissedReason::GuestLeft));
}

#[test]
fn a_reload_changes_nothing() {
    let mut house = House::with_anna(1);
    house
        .arrives("Ida")
        .answered("Ida")
        .goes_offline("Ida")
        .after_s(2)
        .comes_online("Ida")
        .after_s(3_600);
    assert_eq!(house.agent_of("Ida"), Some(ANNA));
}

#[test]
fn who_is_put_back_in_line_while_away_has_the_full_time_to_come_back() {
    let mut house = House::with_anna_and_ben(1);
    house.arrives("Ida").answered("Ida").arrives("Jon").answered("Jon");
    house
        .goes_offline("Ida")
        .after_s(500)
        .duty(ANNA, Duty::Off)
        .after_s(119);
    assert_eq!(house.state("Ida"), Waiting);
    house.after_s(1);
    assert_eq!(house.placement("Ida").missed_reason(), Some(MissedReason::GuestLeft));
    assert_eq!(house.agent_of("Jon"), Some(BEN));
}

#[test]
fn a_clock_set_back_fires_nothing_and_set_right_again_nothing_twice() {
    let mut house = House::with_anna(1);
    house.arrives("Ida").answered("Ida").goes_offline("Ida").after_s(-3_600);
    assert_eq!(house.state("Ida"), Seated);
    house.after_s(3_600 + 599);
    assert_eq!(house.state("Ida"), Seated);
    house.after_s(1);
    assert_eq!(house.state("Ida"), Closed);
}

#[test]
fn after_a_jump_of_the_clock_an_agent_still_has_the_full_time_to_accept() {
    let mut house = House::with_anna_and_ben(1);
    house.arrives("Ida").after_s(7_200);
    assert_eq!(
        (house.agent_of("Ida"), house.placement("Ida").bounces),
        (Some(BEN), 1),
        "bounced once and not twice"
    );
    assert_eq!(house.dispatcher.next_deadline(), Some(house.now + 60_000));
}
