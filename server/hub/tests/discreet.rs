//! A desk is told nothing of conversations that are not its business, not even that they are there.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop"
)]

mod support;

use domain::{ConversationId, Duty, Epoch};
use protocol::desk::{DeskEvent, DeskFrame};
use protocol::guest::GuestFrame;
use protocol::{CloseCode, PROTOCOL, RejectCode, Rejected};
use store::MemberUpdate;
use support::{Desk, House, message_id};
use uuid::Uuid;

async fn rejection(desk: &mut Desk, frame: DeskFrame) -> Rejected {
    desk.send(&frame).await;
    desk.find("a rejection", |event| match event {
        DeskEvent::Rejected(rejected) => Some(rejected.clone()),
        _ => None,
    })
    .await
}

#[tokio::test]
async fn somebody_elses_conversation_is_as_one_that_is_not_there() {
    let house = House::open().await;
    let mut mei = house.agent_on_duty("mei", 1).await;
    let other = house.another_group("After-sales").await;
    let li_id = house.agent_of("li", 1, other).await;
    let mut li = house.desk(li_id).await;
    li.welcomed().await;
    li.duty(Duty::On).await;

    let mut guest = house.guest().await;
    let (theirs, used) = (guest.start().await.id, message_id());
    let text = "hello".to_owned();
    guest.send(&GuestFrame::Send { id: used, text }).await;
    guest.acknowledged(used).await;
    let seating = mei.seated_with(theirs).await;
    let nowhere = ConversationId(Uuid::from_u128(1));
    for epoch in [seating.1, Epoch(0), Epoch(7)] {
        let frames = |conversation| {
            let (id, text) = (used, "hello".to_owned());
            [
                DeskFrame::Accept { conversation, epoch },
                DeskFrame::Send {
                    conversation,
                    epoch,
                    id,
                    text,
                },
                DeskFrame::Close { conversation, epoch },
                DeskFrame::Claim { conversation },
                DeskFrame::Transfer {
                    conversation,
                    epoch,
                    to: li_id,
                },
            ]
        };
        for (there, not_there) in frames(theirs).into_iter().zip(frames(nowhere)) {
            let told = rejection(&mut li, there.clone()).await;
            let expected = rejection(&mut li, not_there).await;
            assert_eq!(told.code, RejectCode::NoConversation, "{there:?}");
            assert_eq!(
                (told.code, told.agent, told.id),
                (expected.code, expected.agent, expected.id),
                "{there:?}"
            );
        }
    }

    // A colleague may know who has it; but not what is said there.
    let mut wang = house.agent_on_duty("wang", 1).await;
    let claim = DeskFrame::Claim { conversation: theirs };
    let taken = rejection(&mut wang, claim).await;
    assert_eq!((taken.code, taken.agent.as_deref()), (RejectCode::Taken, Some("MEI")));
    for id in [used, message_id()] {
        let (conversation, epoch) = seating;
        let text = "hello".to_owned();
        let send = DeskFrame::Send {
            conversation,
            epoch,
            id,
            text,
        };
        assert_eq!(rejection(&mut wang, send).await.code, RejectCode::NoConversation);
    }
    // And who is in another tab of the winner is told their own name.
    let again = rejection(&mut mei, DeskFrame::Claim { conversation: theirs }).await;
    assert_eq!((again.code, again.agent.as_deref()), (RejectCode::Taken, Some("MEI")));
}

/// A socket is let in by the rules of its upgrade, and may be silent for ten seconds.
#[tokio::test]
async fn who_loses_the_rule_before_the_hello_is_not_let_in() {
    let house = House::open().await;
    let mei = house.agent("mei", 1).await;
    let mut desk = house.raw_desk(mei).await;
    let update = MemberUpdate {
        name: "Mei".into(),
        seats: 1,
        groups: vec![],
        auth_groups: vec![],
    };
    house.store.update_member(mei, None, &update).await.unwrap();
    let (protocol, resume) = (PROTOCOL, vec![]);
    desk.send(&DeskFrame::Hello { protocol, resume }).await;
    assert_eq!(desk.close_code().await, CloseCode::Forbidden.code());
}
