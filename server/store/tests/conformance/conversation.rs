use crate::world::{NOW, ODD_TEXT, World, seated};
use domain::{
    ClosedBy, ConversationId, ConversationState, GuestId, MissedReason, Place, Placement, SeatHow, SeatReason, Seq,
    WaitReason,
};
use store::StoreError;
use store::write::{Side, Write};
use uuid::Uuid;

fn closed(before: &Placement, by: ClosedBy, since_ms: i64) -> Placement {
    Placement {
        place: Place::Closed { by },
        since: NOW.plus_ms(since_ms),
        ..before.clone()
    }
}

fn missed(before: &Placement, reason: MissedReason) -> Placement {
    Placement {
        place: Place::Missed { reason },
        ..before.clone()
    }
}

on_both! {
    async fn every_placement_comes_back_as_it_was(world: &World) {
        let (agent, other) = (world.agent("agent").await.id, world.agent("other").await.id);
        let first = world.conversation().await;
        assert_eq!(world.store.placement(first.conversation).await.unwrap(), Some(first.clone()));

        let mut before = first.clone();
        let hows = [
            SeatHow::LeastBusy,
            SeatHow::LastAgent,
            SeatHow::Claimed,
            SeatHow::Transferred { by: other, over_limit: true },
        ];
        let waits = [WaitReason::Arrived, WaitReason::AgentLost, WaitReason::AgentLeft, WaitReason::Bounced];
        for (how, wait) in hows.into_iter().zip(waits) {
            let reason = SeatReason { how, on_duty: 2, overflow: true, after: Some(wait) };
            let after = Placement {
                place: Place::Seated { agent, reason, answered: true, guest_seen: true },
                priority: -3,
                ticket: 1 << 40,
                owed_since: Some(NOW.plus_ms(7)),
                bounces: 2,
                ..seated(&before, agent, NOW.plus_ms(5))
            };
            world.place(&before, &after).await.unwrap();
            assert_eq!(world.store.placement(first.conversation).await.unwrap(), Some(after.clone()));
            let again = Placement {
                epoch: after.epoch,
            place: Place::Waiting { reason: wait, returned: true },
                last_agent: Some(agent),
                ..first.clone()
            };
            world.place(&after, &again).await.unwrap();
            assert_eq!(world.store.placement(first.conversation).await.unwrap(), Some(again.clone()));
            before = again;
        }
        for reason in [
            MissedReason::NobodyOnDuty,
            MissedReason::EveryoneLeft,
            MissedReason::LineFull,
            MissedReason::WaitedTooLong,
            MissedReason::GuestLeft,
            MissedReason::NotConnected,
        ] {
            let after = missed(&before, reason);
            world.place(&before, &after).await.unwrap();
            assert_eq!(world.store.placement(first.conversation).await.unwrap(), Some(after.clone()));
            before = after;
        }
        for by in [ClosedBy::Agent, ClosedBy::Guest, ClosedBy::GuestLeft] {
            let waiting = world.conversation().await;
            let after = closed(&waiting, by, 9);
            world.place(&waiting, &after).await.unwrap();
            assert_eq!(world.store.placement(after.conversation).await.unwrap(), Some(after));
        }
        assert_eq!(world.store.placement(ConversationId(Uuid::now_v7())).await.unwrap(), None);
    }

    async fn a_placement_that_follows_from_an_older_seating_is_stale(world: &World) {
        let (agent, other) = (world.agent("agent").await.id, world.agent("other").await.id);
        let waiting = world.conversation().await;
        let first = seated(&waiting, agent, NOW);
        world.place(&waiting, &first).await.unwrap();
        let late = world.place(&waiting, &seated(&waiting, other, NOW)).await;
        assert!(matches!(late, Err(StoreError::Stale)), "{late:?}");
        assert_eq!(world.store.placement(waiting.conversation).await.unwrap(), Some(first));
    }

    async fn a_closed_conversation_stays_closed(world: &World) {
        let waiting = world.conversation().await;
        let over = closed(&waiting, ClosedBy::Guest, 1);
        world.place(&waiting, &over).await.unwrap();
        let late = world.place(&waiting, &waiting).await;
        assert!(matches!(late, Err(StoreError::Stale)), "{late:?}");
        assert_eq!(world.store.placement(waiting.conversation).await.unwrap(), Some(over));
    }

    async fn a_conversation_that_is_not_stored_cannot_be_placed(world: &World) {
        let unknown = world.waiting(world.guest().await);
        let refused = world.place(&unknown, &unknown).await;
        assert!(matches!(refused, Err(StoreError::Stale)), "{refused:?}");
    }

    async fn the_database_refuses_states_that_cannot_be(world: &World) {
        let agent = world.agent("agent").await.id;
        let waiting = world.conversation().await;
        let before = world.conversation().await;
        let seat = seated(&before, agent, NOW);
        world.place(&before, &seat).await.unwrap();
        for sql in [
            "UPDATE conversation SET agent_id = (SELECT MIN(id) FROM member) WHERE state = 'waiting'",
            "UPDATE conversation SET wait_reason = NULL WHERE state = 'waiting'",
            "UPDATE conversation SET closed_by = 'agent' WHERE state = 'waiting'",
            "UPDATE conversation SET state = 'missed' WHERE state = 'waiting'",
            "UPDATE conversation SET agent_id = NULL WHERE state = 'seated'",
            "UPDATE conversation SET seat_reason = NULL WHERE state = 'seated'",
            "UPDATE conversation SET missed_reason = 'line_full' WHERE state = 'seated'",
        ] {
            let refused = world.try_tamper(sql).await;
            assert!(matches!(refused, Err(sqlx::Error::Database(_))), "{sql}: {refused:?}");
        }
        assert_eq!(world.store.placement(waiting.conversation).await.unwrap(), Some(waiting));
        assert_eq!(world.store.placement(seat.conversation).await.unwrap(), Some(seat));
    }

    async fn marks_only_grow(world: &World) {
        let conversation = world.conversation().await.conversation;
        let guest = |read, delivered| Write::Marks { conversation, side: Side::Guest, read: Seq(read), delivered: Seq(delivered) };
        let agent = |read, delivered| Write::Marks { conversation, side: Side::Agent, read: Seq(read), delivered: Seq(delivered) };
        world.write(vec![guest(3, 5), agent(2, 4)]).await.unwrap();
        world.write(vec![guest(2, 6), agent(4, 1)]).await.unwrap();
        let talk = world.store.talk(conversation).await.unwrap().unwrap();
        assert_eq!((talk.guest_read, talk.guest_delivered), (Seq(3), Seq(6)));
        assert_eq!((talk.agent_read, talk.agent_delivered), (Seq(4), Seq(4)));
    }

    async fn a_guests_conversations_are_listed_newest_first(world: &World) {
        let guest = world.guest().await;
        let (first, second) = (world.waiting(guest), world.waiting(guest));
        world.begin(&first, NOW).await;
        world.begin(&second, NOW.plus_ms(10)).await;
        world.conversation().await;
        let long = ODD_TEXT.repeat(10);
        world.say(first.conversation, 1, &["before", &long]).await;
        world.place(&first, &closed(&first, ClosedBy::Guest, 5)).await.unwrap();

        let listed = world.store.earlier_conversations(guest, 10).await.unwrap();
        assert_eq!(listed.iter().map(|one| one.id).collect::<Vec<_>>(), [second.conversation, first.conversation]);
        assert_eq!((listed[0].state, listed[0].created_at), (ConversationState::Waiting, NOW.plus_ms(10)));
        assert_eq!(listed[0].last_text, "");
        assert_eq!((listed[1].state, listed[1].since), (ConversationState::Closed, NOW.plus_ms(5)));
        assert_eq!(listed[1].last_text, long.chars().take(240).collect::<String>());
        assert_eq!(world.store.earlier_conversations(guest, 1).await.unwrap().len(), 1);
        assert!(world.store.earlier_conversations(GuestId(Uuid::now_v7()), 1).await.unwrap().is_empty());
    }
}
