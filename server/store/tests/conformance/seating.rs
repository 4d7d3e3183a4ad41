use crate::world::{LEAST_BUSY, NOW, World, seated};
use domain::{ClosedBy, ConversationId, ConversationState, Epoch, MissedReason, Place, Placement, WaitReason};
use store::SeatingRecord;
use store::write::Write;
use uuid::Uuid;

on_both! {
    async fn decisions_are_kept_with_their_reasons(world: &World) {
        let agent = world.agent("agent").await;
        let waiting = world.conversation().await;
        let seat = seated(&waiting, agent.id, NOW);
        let missed = Placement {
            place: Place::Missed { reason: MissedReason::WaitedTooLong },
            ..waiting.clone()
        };
        let closed = Placement {
            place: Place::Closed { by: ClosedBy::Agent },
            epoch: Epoch(1),
            ..waiting.clone()
        };
        let decisions = [(&waiting, None), (&missed, None), (&seat, None), (&closed, Some(agent.id))];
        let batch = (0..).zip(decisions).map(|(ms, (placement, from))| Write::Seating {
            placement: placement.clone(),
            from,
            at: NOW.plus_ms(ms),
        });
        world.write(batch.collect()).await.unwrap();

        let record = |ms, state, epoch| SeatingRecord {
            at: NOW.plus_ms(ms),
            state,
            agent: None,
            from: None,
            epoch: Epoch(epoch),
            seat_reason: None,
            wait_reason: None,
            missed_reason: None,
            closed_by: None,
        };
        let expected = [
            SeatingRecord { wait_reason: Some(WaitReason::Arrived), ..record(0, ConversationState::Waiting, 0) },
            SeatingRecord { missed_reason: Some(MissedReason::WaitedTooLong), ..record(1, ConversationState::Missed, 0) },
            SeatingRecord {
                agent: Some(agent.name.clone()),
                seat_reason: Some(LEAST_BUSY),
                ..record(2, ConversationState::Seated, 1)
            },
            SeatingRecord {
                from: Some(agent.name),
                closed_by: Some(ClosedBy::Agent),
                ..record(3, ConversationState::Closed, 1)
            },
        ];
        assert_eq!(world.store.seatings(waiting.conversation).await.unwrap(), expected);
        assert!(world.store.seatings(ConversationId(Uuid::now_v7())).await.unwrap().is_empty());
    }
}
