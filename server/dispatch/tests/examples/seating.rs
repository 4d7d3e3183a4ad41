use crate::house::{ANNA, BEN, BOSS, House, REPAIRS, SALES, agent, guest, plain};
use dispatch::{Decision, Event, Refusal};
use domain::ConversationState::{Closed, Missed, Seated, Waiting};
use domain::{ClosedBy, Duty, Epoch, GroupSpec, MissedReason, SeatHow, WaitReason};

#[test]
fn an_unanswered_seat_bounces_to_the_next_agent_and_is_counted() {
    let mut house = House::with_anna_and_ben(1);
    house.arrives("Ida").after_s(59);
    assert_eq!(house.agent_of("Ida"), Some(ANNA));
    house.after_s(1);
    assert_eq!((house.agent_of("Ida"), house.placement("Ida").bounces), (Some(BEN), 1));
    assert_eq!(house.reason("Ida").after, Some(WaitReason::Bounced));
    assert!(house.dispatcher.agent(ANNA).unwrap().away());
}

#[test]
fn an_agent_who_let_it_bounce_gets_nobody_new_until_they_show_themselves() {
    let mut house = House::with_anna_and_ben(1);
    house.arrives("Ida").after_s(60).answered("Ida").arrives("Jon");
    assert_eq!(house.state("Jon"), Waiting);
    house.happens(Event::AgentActive { agent: ANNA });
    assert_eq!(house.agent_of("Jon"), Some(ANNA));
}

#[test]
fn an_agent_who_let_one_bounce_is_still_somebody_to_wait_for() {
    let mut house = House::with_anna(1);
    house.arrives("Ida").after_s(60).arrives("Jon");
    assert!(house.dispatcher.agent(ANNA).unwrap().away());
    assert!(house.dispatcher.staffed(SALES));
    assert!(!house.dispatcher.agents_here(SALES), "but nobody takes guests just now");
    assert_eq!((house.ahead_of("Ida"), house.ahead_of("Jon")), (0, 1));
    house.after_s(86_400);
    assert_eq!((house.state("Ida"), house.state("Jon")), (Waiting, Waiting));
    house.happens(Event::AgentActive { agent: ANNA });
    assert_eq!(house.agent_of("Ida"), Some(ANNA));
}

#[test]
fn an_agent_who_let_one_bounce_and_then_leaves_is_waited_for_no_longer() {
    let mut house = House::with_anna(1);
    house.arrives("Ida").after_s(60).loses_connection(ANNA).after_s(30);
    assert!(house.decisions.contains(&Decision::Staffing {
        group: SALES,
        staffed: false
    }));
    house.after_s(60);
    assert_eq!(house.placement("Ida").missed_reason(), Some(MissedReason::EveryoneLeft));
}

#[test]
fn whoever_chooses_a_duty_is_there() {
    for duty in [Duty::On, Duty::Break, Duty::Off] {
        let mut house = House::with_anna(1);
        house.arrives("Ida").after_s(60).duty(ANNA, duty);
        assert!(!house.dispatcher.agent(ANNA).unwrap().away());
    }
}

#[test]
fn an_agent_who_let_one_bounce_keeps_those_they_answered() {
    let mut house = House::with_anna(2);
    house.arrives("Ida").answered("Ida").arrives("Jon").after_s(60);
    assert_eq!((house.state("Ida"), house.state("Jon")), (Seated, Waiting));
    house.answered("Ida");
    assert_eq!(house.agent_of("Jon"), Some(ANNA), "a reply is a sign of life");
}

#[test]
fn accepting_or_replying_stops_the_clock() {
    let mut house = House::with_anna_and_ben(1);
    house.arrives("Ida").arrives("Jon").answered("Jon");
    let accept = Event::Accept {
        conversation: guest("Ida"),
        agent: ANNA,
        epoch: Epoch(1),
    };
    house.happens(accept.clone());
    assert_eq!(
        house.decisions,
        [Decision::Noted {
            conversation: guest("Ida")
        }]
    );
    house.happens(accept);
    assert!(house.decisions.is_empty(), "accepting twice is accepting once");
    house.after_s(3_600);
    assert_eq!((house.agent_of("Ida"), house.agent_of("Jon")), (Some(ANNA), Some(BEN)));
}

#[test]
fn a_reply_is_owed_from_the_first_unanswered_word_on() {
    let mut house = House::with_anna(1);
    house.arrives("Ida").says("Ida");
    let first = house.now;
    house.after_s(5).says("Ida");
    assert_eq!(house.placement("Ida").owed_since.map(|at| at.0), Some(first));
    house.answered("Ida");
    assert_eq!(house.placement("Ida").owed_since, None);
}

#[test]
fn nothing_acts_on_an_older_seating() {
    let mut house = House::with_anna_and_ben(1);
    house.arrives("Ida").after_s(60);
    let (conversation, epoch) = (guest("Ida"), Epoch(1));
    for late in [
        Event::Accept {
            conversation,
            agent: ANNA,
            epoch,
        },
        Event::AgentSaid {
            conversation,
            agent: ANNA,
            epoch,
        },
        Event::Close {
            conversation,
            agent: ANNA,
            epoch,
        },
        Event::Transfer {
            conversation,
            epoch,
            to: ANNA,
            by: BOSS,
        },
    ] {
        assert_eq!(house.try_to(late), Err(Refusal::StaleEpoch));
        assert!(house.decisions.is_empty());
    }
    assert!(
        house.dispatcher.agent(ANNA).unwrap().away(),
        "what is refused is no sign of life either"
    );
}

#[test]
fn nobody_acts_on_a_conversation_of_somebody_else() {
    let mut house = House::with_anna_and_ben(1);
    house.arrives("Ida");
    let close = Event::Close {
        conversation: guest("Ida"),
        agent: BEN,
        epoch: Epoch(1),
    };
    assert_eq!(house.try_to(close), Err(Refusal::NoConversation));
}

#[test]
fn a_closed_conversation_can_be_read_once_more_and_is_then_forgotten() {
    let mut house = House::with_anna(1);
    house.arrives("Ida").done_with("Ida");
    assert_eq!(
        (house.state("Ida"), house.placement("Ida").closed_by()),
        (Closed, Some(ClosedBy::Agent))
    );
    assert_eq!(house.dispatcher.placements().count(), 0);
    assert_eq!(
        house.try_to(Event::GuestSaid {
            conversation: guest("Ida")
        }),
        Err(Refusal::NoConversation)
    );
    assert!(house.dispatcher.placement(guest("Ida")).is_none());
}

#[test]
fn an_agent_claims_from_the_missed_queue_and_has_answered_by_that() {
    let mut house = House::empty();
    house
        .arrives("Ida")
        .goes_offline("Ida")
        .at_work(agent(ANNA, 1, &[SALES]))
        .claims(ANNA, "Ida");
    assert_eq!(
        (house.agent_of("Ida"), house.reason("Ida").how),
        (Some(ANNA), SeatHow::Claimed)
    );
    assert_eq!(
        (house.placement("Ida").answered(), house.placement("Ida").guest_seen()),
        (true, false)
    );
    house.after_s(86_400);
    assert_eq!(
        house.agent_of("Ida"),
        Some(ANNA),
        "the guest is not expected to be there"
    );
    house.comes_online("Ida").goes_offline("Ida").after_s(600);
    assert_eq!(
        house.placement("Ida").closed_by(),
        Some(ClosedBy::GuestLeft),
        "but was there, and left"
    );
}

#[test]
fn a_claim_needs_a_missed_conversation_and_an_agent_who_may() {
    let mut house = House::empty();
    house.arrives("Ida").arrives("Jon");
    house
        .at_work(agent(ANNA, 1, &[SALES]))
        .at_work(agent(BEN, 1, &[REPAIRS]));
    let claim = |agent, name| Event::Claim {
        conversation: guest(name),
        agent,
    };
    assert_eq!(house.try_to(claim(ANNA, "Nobody")), Err(Refusal::NoConversation));
    assert_eq!(house.try_to(claim(BOSS, "Ida")), Err(Refusal::NoAgent));
    assert_eq!(
        house.try_to(claim(BEN, "Ida")),
        Err(Refusal::NoConversation),
        "another group's"
    );
    house.claims(ANNA, "Ida");
    assert_eq!(house.try_to(claim(ANNA, "Ida")), Err(Refusal::Taken));
    assert_eq!(house.try_to(claim(ANNA, "Jon")), Err(Refusal::NoFreeSeat));
    house.duty(ANNA, Duty::Break);
    assert_eq!(house.try_to(claim(ANNA, "Jon")), Err(Refusal::NotOnDuty));
    house
        .rules(GroupSpec {
            overflow: Some(REPAIRS),
            ..plain(SALES)
        })
        .claims(BEN, "Jon");
    assert!(house.reason("Jon").overflow);
}

#[test]
fn a_supervisor_hands_over_even_beyond_the_seats_and_it_is_recorded() {
    let mut house = House::with_anna_and_ben(1);
    house
        .arrives("Ida")
        .answered("Ida")
        .arrives("Jon")
        .handed_to(BEN, "Ida");
    assert_eq!(
        house.reason("Ida").how,
        SeatHow::Transferred {
            by: BOSS,
            over_limit: true
        }
    );
    assert_eq!(house.dispatcher.agent(BEN).unwrap().used(), 2);
    assert!(!house.placement("Ida").answered(), "Ben has yet to accept");
    house.after_s(60);
    assert_eq!(house.placement("Ida").bounces, 1);
}

#[test]
fn a_handover_needs_somebody_to_hand_it_to() {
    let mut house = House::with_anna_and_ben(1);
    house.arrives("Ida");
    let transfer = |to| Event::Transfer {
        conversation: guest("Ida"),
        epoch: Epoch(1),
        to,
        by: BOSS,
    };
    assert_eq!(house.try_to(transfer(ANNA)), Err(Refusal::Taken), "she has it");
    assert_eq!(house.try_to(transfer(BOSS)), Err(Refusal::NoAgent));
    house.loses_connection(BEN);
    assert_eq!(house.try_to(transfer(BEN)), Err(Refusal::NotOnDuty));
    house.is_back(BEN).duty(BEN, Duty::Break).handed_to(BEN, "Ida");
    assert_eq!(
        house.agent_of("Ida"),
        Some(BEN),
        "a break is no obstacle to a supervisor"
    );
}

#[test]
fn missed_conversations_are_claimed_and_not_handed_over() {
    let mut house = House::empty();
    house.arrives("Ida").at_work(agent(ANNA, 1, &[SALES]));
    let transfer = Event::Transfer {
        conversation: guest("Ida"),
        epoch: Epoch(0),
        to: ANNA,
        by: BOSS,
    };
    assert_eq!(
        (house.try_to(transfer), house.state("Ida")),
        (Err(Refusal::Taken), Missed)
    );
}
