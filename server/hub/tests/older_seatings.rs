//! What names an older seating is refused.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop"
)]

mod support;

use domain::{ConversationState, Duty, WaitReason};
use protocol::RejectCode;
use protocol::desk::{DeskEvent, DeskFrame, Gone};
use protocol::guest::GuestPlace;
use support::{House, message_id, patient};

#[tokio::test]
async fn a_late_word_of_an_agent_who_lost_the_guest_is_refused() {
    let house = House::open_with(dispatch::Settings {
        accept_ms: 50,
        ..patient()
    })
    .await;
    let mut slow = house.agent_on_duty("slow", 1).await;
    let mut guest = house.guest().await;
    guest.start().await;
    let seat = slow.seated().await;
    assert_eq!(
        slow.gone(seat.0).await,
        Gone::Moved {
            reason: WaitReason::Bounced
        }
    );
    let (conversation, epoch) = seat;
    slow.send(&DeskFrame::Send {
        conversation,
        epoch,
        id: message_id(),
        text: "too late".into(),
    })
    .await;
    assert_eq!(slow.rejection().await, RejectCode::NoConversation);
    let place = guest
        .conversation("back in line", |place| place.state() == ConversationState::Waiting)
        .await
        .place;
    assert!(matches!(
        place,
        GuestPlace::Waiting {
            reason: WaitReason::Bounced,
            ..
        }
    ));
    // A sign of life, and the guest is back.
    slow.duty(Duty::On).await;
    let (again, later) = slow.seated().await;
    assert_eq!((again, later), (conversation, epoch.next()));
}

/// The same agent has the guest again, but means the seating of before.
#[tokio::test]
async fn a_late_word_of_an_older_seating_is_refused() {
    let house = House::open().await;
    let li = house.agent("li", 1).await;
    let mut desk = house.desk(li).await;
    desk.welcomed().await;
    desk.duty(Duty::On).await;
    let mut guest = house.guest().await;
    guest.start().await;
    let (conversation, epoch) = desk.seated().await;
    let mei = house.agent("mei", 1).await;
    let mut colleague = house.desk(mei).await;
    colleague.welcomed().await;
    colleague.duty(Duty::On).await;
    let transfer = |epoch, to| DeskFrame::Transfer {
        conversation,
        epoch,
        to,
    };
    desk.send(&transfer(epoch, mei)).await;
    desk.gone(conversation).await;
    desk.forget();
    let (_, theirs) = colleague.seated_with(conversation).await;
    colleague.send(&transfer(theirs, li)).await;
    let (_, now) = desk.seated_with(conversation).await;
    assert_eq!(now, epoch.next().next());

    let send = DeskFrame::Send {
        conversation,
        epoch,
        id: message_id(),
        text: "too late".into(),
    };
    for late in [
        send,
        DeskFrame::Accept { conversation, epoch },
        transfer(epoch, mei),
        DeskFrame::Close { conversation, epoch },
    ] {
        desk.send(&late).await;
        let rejected = desk.find("a rejection", |event| match event {
            DeskEvent::Rejected(rejected) => Some(Ok(rejected.code)),
            DeskEvent::Ack { .. } | DeskEvent::Gone { .. } => Some(Err(event.clone())),
            _ => None,
        });
        assert_eq!(rejected.await, Ok(RejectCode::StaleEpoch), "{late:?}");
    }
    desk.say((conversation, now), "in time").await;
    assert_eq!(guest.hear().await.1, "in time", "nothing of it was done");
}
