use crate::world::{LEAST_BUSY, NOW, World, seated};
use domain::{AgentSpec, ClosedBy, Duty, MemberId, Place, Placement, Timestamp};
use store::MemberUpdate;
use store::StoreError;
use store::write::Write;

on_both! {
    async fn agents_are_enabled_members_who_may_serve(world: &World) {
        let agent = world.agent("agent").await;
        let gone = world.agent("gone").await;
        let clerk = world.agent("clerk").await;
        world.store.set_member_disabled(gone.id, true, NOW).await.unwrap();
        let second = world.group_named("Second").await;
        let no_rules = MemberUpdate { name: clerk.name, seats: 1, groups: clerk.groups, auth_groups: vec![] };
        world.store.update_member(clerk.id, None, &no_rules).await.unwrap();
        let both = vec![world.auth_group("supervisors").await, world.auth_group("agents").await];
        let update =
            MemberUpdate { name: agent.name, seats: 3, groups: vec![second.id, world.group], auth_groups: both };
        world.store.update_member(agent.id, None, &update).await.unwrap();
        world.write(vec![Write::Duty { member: agent.id, duty: Duty::Break, at: NOW }]).await.unwrap();

        let spec = AgentSpec {
            id: agent.id,
            seats: 3,
            duty: Duty::Break,
            groups: vec![world.group, second.id],
            last_seated_at: Timestamp(0),
        };
        assert_eq!(world.store.agent(agent.id).await.unwrap().as_ref(), Some(&spec));
        assert_eq!(world.store.load_dispatch().await.unwrap().agents, world.store.agents().await.unwrap());
        assert_eq!(world.store.agents().await.unwrap(), [spec]);
        for nobody in [gone.id, clerk.id, MemberId(999)] {
            assert_eq!(world.store.agent(nobody).await.unwrap(), None);
        }
    }

    async fn a_seating_is_the_agents_latest_turn(world: &World) {
        let agent = world.agent("agent").await.id;
        let waiting = world.conversation().await;
        let first = seated(&waiting, agent, NOW.plus_ms(5));
        world.place(&waiting, &first).await.unwrap();
        assert_eq!(world.store.agent(agent).await.unwrap().unwrap().last_seated_at, NOW.plus_ms(5));

        // A change within the same seating is no new turn, and neither is an older one.
        let place = Place::Seated { agent, reason: LEAST_BUSY, answered: true, guest_seen: false };
        let noted = Placement { place, since: NOW.plus_ms(9), ..first.clone() };
        world.place(&first, &noted).await.unwrap();
        let at_once = seated(&world.waiting(world.guest().await), agent, NOW.plus_ms(3));
        world.begin(&at_once, NOW).await;
        assert_eq!(world.store.agent(agent).await.unwrap().unwrap().last_seated_at, NOW.plus_ms(5));
        assert_eq!(world.store.guest(at_once.guest).await.unwrap().unwrap().last_agent, Some(agent));
    }

    async fn a_row_that_names_no_place_hides_no_other(world: &World) {
        let agent = world.agent("agent").await.id;
        let broken = world.conversation().await;
        world.place(&broken, &seated(&broken, agent, NOW)).await.unwrap();
        let whole = world.conversation().await;
        world.tamper_unguarded("UPDATE conversation SET agent_id = NULL").await;
        assert_eq!(world.store.load_dispatch().await.unwrap().placements, [whole]);
        let read = world.store.placement(broken.conversation).await;
        assert!(matches!(read, Err(StoreError::Unreadable { .. })), "{read:?}");
    }

    async fn open_placements_are_loaded_in_order_of_arrival(world: &World) {
        let agent = world.agent("agent").await.id;
        let mut stored = Vec::new();
        for ticket in [3, 1, 2] {
            let placement = Placement { ticket, ..world.waiting(world.guest().await) };
            world.begin(&placement, NOW).await;
            stored.push(placement);
        }
        let over = Placement {
            place: Place::Closed { by: ClosedBy::GuestLeft },
            ..stored[2].clone()
        };
        world.place(&stored[2], &over).await.unwrap();
        let seat = seated(&stored[0], agent, NOW);
        world.place(&stored[0], &seat).await.unwrap();

        let rows = world.store.load_dispatch().await.unwrap();
        assert_eq!(rows.placements, [stored[1].clone(), seat]);
        assert_eq!(rows.groups, world.store.groups().await.unwrap());
        assert_eq!(rows.service_times, [(world.group, vec![])]);
    }

    async fn service_times_are_those_of_the_last_seatings_that_ended_for_good(world: &World) {
        let agent = world.agent("agent").await.id;
        let second = world.group_named("Second").await;
        for number in 1..=25 {
            let waiting = world.conversation().await;
            let seat = seated(&waiting, agent, NOW.plus_ms(number * 1_000));
            world.place(&waiting, &seat).await.unwrap();
            let end = Write::Place {
                expected_epoch: seat.epoch,
                placement: close_after(&seat, number),
                service_ms: Some(number),
            };
            world.write(vec![end]).await.unwrap();
        }
        // Given up in line: no service.
        let waiting = world.conversation().await;
        world.place(&waiting, &close_after(&waiting, 1_000_000)).await.unwrap();
        let rows = world.store.load_dispatch().await.unwrap();
        assert_eq!(rows.service_times, [(world.group, (6..=25).collect()), (second.id, vec![])]);
    }
}

fn close_after(before: &Placement, ms: i64) -> Placement {
    Placement {
        place: Place::Closed { by: ClosedBy::Agent },
        since: before.since.plus_ms(ms),
        ..before.clone()
    }
}
