use crate::house::{ANNA, BEN, House, REPAIRS, SALES, START, agent, guest, plain};
use dispatch::{Decision, Dispatcher, Event, Settings};
use domain::ConversationState::{Missed, Seated, Waiting};
use domain::{AgentSpec, Duty, GroupSpec, Placement, WaitReason};

impl House {
    /// The process is killed, and `seconds` later it starts again with these agents and what was stored of the rest.
    fn restarted_after_s(&mut self, seconds: i64, agents: Vec<AgentSpec>) -> &mut Self {
        self.now += seconds * 1_000;
        let stored: Vec<Placement> = self.dispatcher.placements().cloned().collect();
        let groups: Vec<GroupSpec> = self.dispatcher.groups().cloned().collect();
        self.dispatcher = Dispatcher::restore(Settings::default(), self.now, groups, agents, stored, &[]);
        self.happens(Event::Tick)
    }
}

/// A full house: Ida is with Anna, Jon and then Kim wait.
fn full_house() -> House {
    let mut house = House::with_anna(1);
    house.arrives("Ida").answered("Ida").arrives("Jon").arrives("Kim");
    house
}

#[test]
fn seats_and_places_in_line_survive_a_restart() {
    let mut house = full_house();
    house.restarted_after_s(3_600, vec![agent(ANNA, 1, &[SALES])]);
    assert_eq!((house.agent_of("Ida"), house.placement("Ida").epoch.0), (Some(ANNA), 1));
    assert_eq!((house.ahead_of("Jon"), house.ahead_of("Kim")), (0, 1));
    house.is_back(ANNA).comes_online("Jon").comes_online("Kim").after_s(30);
    assert_eq!(house.agent_of("Ida"), Some(ANNA));
    house.arrives("Lea");
    assert_eq!(house.ahead_of("Lea"), 2, "tickets go on where they were");
}

#[test]
fn after_a_restart_agents_and_guests_have_their_time_to_come_back() {
    let mut house = full_house();
    house
        .restarted_after_s(3_600, vec![agent(ANNA, 1, &[SALES])])
        .after_s(29);
    assert_eq!(house.state("Ida"), Seated);
    house.after_s(1);
    assert_eq!(house.placement("Ida").wait_reason(), Some(WaitReason::AgentLost));
    assert!(house.decisions.contains(&Decision::Staffing {
        group: SALES,
        staffed: false
    }));
    house.after_s(60);
    assert_eq!(house.state("Jon"), Missed);
}

#[test]
fn who_was_being_asked_to_accept_is_asked_again_after_a_restart() {
    let mut house = House::with_anna(1);
    house
        .arrives("Ida")
        .restarted_after_s(3_600, vec![agent(ANNA, 1, &[SALES])])
        .is_back(ANNA)
        .comes_online("Ida")
        .after_s(59);
    assert_eq!(house.state("Ida"), Seated);
    house.after_s(1);
    assert_eq!(house.placement("Ida").wait_reason(), Some(WaitReason::Bounced));
}

#[test]
fn the_longest_wait_counts_from_before_the_restart() {
    let mut house = full_house();
    house.rules(GroupSpec {
        wait_ms_max: Some(600_000),
        ..plain(SALES)
    });
    house.restarted_after_s(601, vec![agent(ANNA, 1, &[SALES])]);
    assert_eq!(house.state("Jon"), Missed);
}

#[test]
fn the_guests_of_an_agent_who_is_gone_after_a_restart_go_back_to_line_and_it_is_told() {
    let mut house = full_house();
    house.restarted_after_s(1, vec![agent(BEN, 1, &[SALES])]);
    assert_eq!((house.state("Ida"), house.ahead_of("Ida")), (Waiting, 0));
    assert_eq!(house.placement("Ida").wait_reason(), Some(WaitReason::AgentLeft));
    let told = Decision::Placed {
        conversation: guest("Ida"),
        from: Some(ANNA),
        was: Some(Seated),
        service_ms: None,
    };
    assert_eq!(house.decisions, [told]);
}

#[test]
fn a_line_that_nobody_serves_after_a_restart_has_its_grace_period() {
    let mut house = full_house();
    let off = AgentSpec {
        duty: Duty::Off,
        ..agent(BEN, 1, &[SALES])
    };
    house.restarted_after_s(1, vec![off]);
    assert!(house.decisions.contains(&Decision::Staffing {
        group: SALES,
        staffed: false
    }));
    house.after_s(59);
    assert_eq!(house.state("Kim"), Waiting);
    house.after_s(1);
    assert_eq!(house.state("Kim"), Missed);
}

#[test]
fn recent_service_times_are_the_basis_of_the_estimate_again() {
    let services: Vec<_> = [10, 10, 10, 100]
        .into_iter()
        .map(|seconds| (REPAIRS, seconds * 1_000))
        .collect();
    let spec = agent(ANNA, 1, &[REPAIRS]);
    let restore = |services| {
        Dispatcher::restore(
            Settings::default(),
            START,
            vec![plain(REPAIRS)],
            vec![spec.clone()],
            vec![],
            services,
        )
    };
    let mut dispatcher = restore(&services);
    assert_eq!(
        dispatcher.estimate_s(REPAIRS, 0),
        Some(33),
        "130 seconds in four services, by an agent who is expected back"
    );
    dispatcher.handle(START + 30_000, Event::Tick, &mut vec![]).unwrap();
    assert_eq!(dispatcher.estimate_s(REPAIRS, 0), None, "and who did not come");
}
