//! The guest's way, over real sockets.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop"
)]

mod support;

use domain::{ClosedBy, ConversationState, Duty, MissedReason, Seq, WaitReason};
use protocol::RejectCode;
use protocol::desk::{DeskEvent, DeskFrame};
use protocol::guest::{GuestEvent, GuestFrame, GuestPlace, Resume};
use support::{House, message_id, short_absence};

#[tokio::test]
async fn a_guest_gets_the_free_seat_and_the_two_talk() {
    let house = House::open().await;
    let mut desk = house.agent_on_duty("li", 2).await;
    let mut guest = house.guest().await;
    let place = guest.start().await.place;
    assert_eq!(
        place,
        GuestPlace::Seated {
            agent: "LI".into(),
            agent_here: true
        }
    );
    let seat = desk.seated().await;

    assert_eq!(guest.say("Do you have it in M?\n<b>\u{0}😀</b>").await, Seq(2));
    assert_eq!(
        desk.hear().await,
        (Seq(2), "Do you have it in M?\n<b>\u{0}😀</b>".into())
    );
    assert_eq!(desk.say(seat, "We do.").await, Seq(3));
    assert_eq!(guest.hear().await, (Seq(3), "We do.".into()));

    guest
        .send(&GuestFrame::Typing {
            text: "还有别的颜".into(),
        })
        .await;
    let preview = desk.find("typing", |event| match event {
        DeskEvent::Typing { text, .. } => Some(text.clone()),
        _ => None,
    });
    assert_eq!(preview.await, "还有别的颜");
    desk.send(&DeskFrame::Typing {
        conversation: seat.0,
        active: true,
    })
    .await;
    guest
        .find("typing", |event| {
            matches!(event, GuestEvent::Typing { active: true }).then_some(())
        })
        .await;
    desk.send(&DeskFrame::Read {
        conversation: seat.0,
        seq: Seq(2),
    })
    .await;
    guest
        .find("read", |event| {
            matches!(event, GuestEvent::Read { seq: Seq(2), .. }).then_some(())
        })
        .await;
    guest.send(&GuestFrame::Read { seq: Seq(99) }).await;
    desk.find("read", |event| {
        matches!(event, DeskEvent::Read { seq: Seq(3), .. }).then_some(())
    })
    .await;
}

#[tokio::test]
async fn those_who_wait_are_told_how_many_are_ahead_and_move_up() {
    let house = House::open().await;
    let mut desk = house.agent_on_duty("li", 1).await;
    let mut seated = house.guest().await;
    seated.start().await;
    let seat = desk.seated().await;
    let mut line = Vec::new();
    for ahead in 0..3 {
        let mut guest = house.guest().await;
        let place = guest.start().await.place;
        let told = matches!(place, GuestPlace::Waiting { ahead: told, reason: WaitReason::Arrived, staffed: true, .. } if told == ahead);
        assert!(told, "{place:?}");
        line.push(guest);
    }
    desk.close(seat).await;
    seated
        .conversation("the end", |place| *place == GuestPlace::Closed { by: ClosedBy::Agent })
        .await;
    let mut line = line.into_iter();
    line.next().unwrap().seated().await;
    line.next().unwrap().waiting(0).await;
    line.next().unwrap().waiting(1).await;
}

#[tokio::test]
async fn who_finds_nobody_on_duty_is_told_at_once_and_answered_later() {
    let house = House::open_with(short_absence()).await;
    let mut guest = house.guest_returning("not a token", None).await;
    let (token, none) = guest.welcomed().await;
    assert_eq!(none, None);
    let place = guest.start().await.place;
    assert_eq!(
        place,
        GuestPlace::Missed {
            reason: MissedReason::NobodyOnDuty,
            resumes_at: None
        }
    );
    guest.say("Please call me back").await;
    guest
        .send(&GuestFrame::Contact {
            name: " An\u{202E}na\u{200B} ".into(),
            contact: "anna@example.com".into(),
        })
        .await;
    let left = guest
        .conversation("the contact", |place| place.state() == ConversationState::Missed)
        .await;
    assert!(left.contact_left);
    guest.vanish();

    let mut desk = house.agent_on_duty("li", 1).await;
    let entry = desk
        .find("the missed queue", |event| match event {
            DeskEvent::Missed(missed) | DeskEvent::Welcome { missed, .. } => missed.missed.first().cloned(),
            _ => None,
        })
        .await;
    assert_eq!(
        (entry.guest.name.as_str(), entry.guest.contact.as_str()),
        ("Anna", "anna@example.com")
    );
    assert_eq!(entry.unanswered, ["Please call me back"]);
    assert!(!entry.guest_here);
    desk.send(&DeskFrame::Claim {
        conversation: entry.conversation,
    })
    .await;
    let seat = desk.seated_with(entry.conversation).await;
    assert_eq!(desk.hear().await.1, "Please call me back");
    desk.say(seat, "I will, this afternoon").await;

    let mut guest = house.guest_returning(&token, None).await;
    let (_, conversation) = guest.welcomed().await;
    assert_eq!(conversation.unwrap().id, entry.conversation);
    assert_eq!(guest.hear().await.1, "Please call me back");
    assert_eq!(guest.hear().await.1, "I will, this afternoon");
}

#[tokio::test]
async fn of_two_who_claim_at_once_one_wins_and_the_other_is_told() {
    let house = House::open().await;
    let mut desks = [
        house.agent_on_duty("first", 1).await,
        house.agent_on_duty("second", 1).await,
    ];
    for desk in &mut desks {
        desk.duty(Duty::Off).await;
    }
    let mut guest = house.guest().await;
    let conversation = guest.start().await.id;
    for desk in &mut desks {
        desk.duty(Duty::On).await;
    }
    // Neither waits for the answer to the other.
    for desk in &mut desks {
        desk.send(&DeskFrame::Claim { conversation }).await;
    }
    let mut winners = Vec::new();
    let mut told = Vec::new();
    for (desk, name) in desks.iter_mut().zip(["FIRST", "SECOND"]) {
        let answer = desk.find("an answer", |event| match event {
            DeskEvent::Conversation(_) => Some(None),
            DeskEvent::Rejected(rejected) => Some(Some((rejected.code, rejected.agent.clone()))),
            _ => None,
        });
        match answer.await {
            None => winners.push(name),
            Some(refused) => told.push(refused),
        }
    }
    assert_eq!(winners.len(), 1, "{winners:?} have it, others were told {told:?}");
    let holder = winners[0].to_owned();
    assert_eq!(told, [(RejectCode::Taken, Some(holder.clone()))]);
    let seated = guest.seated().await.place;
    assert!(
        matches!(&seated, GuestPlace::Seated { agent, .. } if *agent == holder),
        "{seated:?}"
    );
}

#[tokio::test]
async fn a_guest_who_comes_back_has_the_same_seat_and_gets_what_was_missed() {
    let house = House::open().await;
    let mut desk = house.agent_on_duty("li", 1).await;
    let mut guest = house.guest_returning("", None).await;
    let (token, _) = guest.welcomed().await;
    let conversation = guest.start().await.id;
    let seat = desk.seated().await;
    guest.say("one").await;
    guest.vanish();
    for text in ["two", "three", "four"] {
        desk.say(seat, text).await;
    }
    let resume = Resume {
        conversation,
        last_seq: Seq(2),
    };
    let mut back = house.guest_returning(&token, Some(resume)).await;
    let (_, same) = back.welcomed().await;
    assert_eq!(same.map(|one| one.id), Some(conversation));
    for (seq, text) in [(3, "two"), (4, "three"), (5, "four")] {
        assert_eq!(back.hear().await, (Seq(seq), text.into()));
    }
    // A second tab shows the same, from the beginning, and each hears what the other says.
    let mut tab = house.guest_returning(&token, None).await;
    assert_eq!(tab.hear().await, (Seq(2), "one".into()));
    back.say("five").await;
    for _ in 0..3 {
        tab.hear().await;
    }
    assert_eq!(tab.hear().await, (Seq(6), "five".into()));
}

#[tokio::test]
async fn the_same_message_sent_twice_is_stored_once() {
    let house = House::open().await;
    let mut desk = house.agent_on_duty("li", 1).await;
    let mut guest = house.guest_returning("", None).await;
    let (token, _) = guest.welcomed().await;
    let id = message_id();
    // The first one opens the conversation by itself.
    for _ in 0..3 {
        guest
            .send(&GuestFrame::Send {
                id,
                text: "once".into(),
            })
            .await;
        assert_eq!(guest.acknowledged(id).await, Seq(2));
    }
    guest
        .send(&GuestFrame::Send {
            id,
            text: "another text".into(),
        })
        .await;
    assert_eq!(guest.rejection().await, (RejectCode::IdReused, Some(id)));
    let seat = desk.seated().await;
    assert_eq!(desk.hear().await.1, "once");
    assert_eq!(desk.say(seat, "heard").await, Seq(3));
    desk.close(seat).await;
    // The conversation is closed now, but the message is still the same one.
    let mut guest = house.guest_returning(&token, None).await;
    guest.welcomed().await;
    guest
        .send(&GuestFrame::Send {
            id,
            text: "once".into(),
        })
        .await;
    assert_eq!(guest.acknowledged(id).await, Seq(2));
}

#[tokio::test]
async fn an_id_belongs_to_whoever_used_it_first() {
    let house = House::open().await;
    let mut desk = house.agent_on_duty("li", 1).await;
    let mut guest = house.guest().await;
    guest.start().await;
    let (conversation, epoch) = desk.seated().await;
    let (theirs, ours) = (message_id(), message_id());
    let of_guest = |id, text: &str| GuestFrame::Send { id, text: text.into() };
    let of_agent = |id, text: &str| DeskFrame::Send {
        conversation,
        epoch,
        id,
        text: text.into(),
    };
    guest.send(&of_guest(theirs, "hello")).await;
    assert_eq!(guest.acknowledged(theirs).await, Seq(2));
    desk.send(&of_agent(ours, "good morning")).await;
    assert_eq!(guest.hear().await, (Seq(3), "good morning".into()));

    // Even with the same words.
    guest.send(&of_guest(ours, "good morning")).await;
    assert_eq!(guest.rejection().await, (RejectCode::IdReused, Some(ours)));
    desk.send(&of_agent(theirs, "hello")).await;
    assert_eq!(desk.rejection().await, RejectCode::IdReused);
    assert_eq!(guest.say("well?").await, Seq(4), "nothing of it was stored");
}

#[tokio::test]
async fn what_was_stored_in_an_earlier_conversation_is_not_stored_in_the_next() {
    let house = House::open().await;
    let mut desk = house.agent_on_duty("li", 1).await;
    let mut guest = house.guest_returning("", None).await;
    let (token, _) = guest.welcomed().await;
    let earlier = guest.start().await.id;
    let seat = desk.seated_with(earlier).await;
    let lost = message_id();
    let hello = |text: &str| GuestFrame::Send {
        id: lost,
        text: text.into(),
    };
    guest.send(&hello("hello")).await;
    desk.hear().await;
    // Before the acknowledgement arrives, if you like.
    guest.vanish();
    desk.close(seat).await;

    let mut back = house.guest_returning(&token, None).await;
    back.welcomed().await;
    let now = back.start().await.id;
    assert_ne!(now, earlier);
    let fresh = message_id();
    back.send(&hello("hello")).await;
    back.send(&GuestFrame::Send {
        id: fresh,
        text: "anybody there?".into(),
    })
    .await;
    let place = back.find("the old message", |event| match event {
        GuestEvent::Ack {
            id, conversation, seq, ..
        } if *id == lost => Some((*conversation, *seq)),
        _ => None,
    });
    assert_eq!(place.await, (earlier, Seq(2)));
    assert_eq!(back.acknowledged(fresh).await, Seq(2));
    let stored = house.store.messages_after(now, Seq(1), 10).await.unwrap();
    assert_eq!(stored.len(), 1, "{stored:?}");
    assert_eq!(stored[0].id, Some(fresh));
    // From now on all is new, and nothing is looked for.
    assert_eq!(back.say("really?").await, Seq(3));
}
