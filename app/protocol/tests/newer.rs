//! A client reads what a later server of the same version of the protocol says, as far as it can: unknown frames, fields
//! and values cost nothing but themselves. A server reads its clients as strictly as ever.

#![allow(clippy::unwrap_used, reason = "a test that fails here should panic")]

use domain::conversation::{Author, SeatReason};
use domain::member::Me;
use domain::{Body, ClosedBy, Duty, Message, MissedReason, Notice, Rule, SeatHow, WaitReason};
use protocol::desk::{DeskEvent, DeskFrame, Gone, Seats};
use protocol::live::LiveEvent;
use protocol::{RejectCode, Rejected};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const ID: &str = "0198c0de-7a11-7000-8000-000000000001";

fn read<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

#[test]
fn a_frame_of_an_unknown_type_is_read_as_that() {
    let frame = json!({ "type": "weather", "of": { "tomorrow": [1, 2, 3] } });
    assert_eq!(read::<DeskEvent>(frame.clone()), DeskEvent::Unknown);
    assert_eq!(read::<LiveEvent>(frame), LiveEvent::Unknown);
}

#[test]
fn an_unknown_field_is_passed_over() {
    let frame = json!({ "type": "typing", "conversation": ID, "text": "a", "speed": 7 });
    assert!(matches!(read(frame), DeskEvent::Typing { .. }));
    assert_eq!(
        read::<DeskEvent>(json!({ "type": "pong" })),
        DeskEvent::Pong { now: None }
    );
}

#[test]
fn what_a_message_says_in_an_unknown_way_has_its_place_all_the_same() {
    let message = |from: Value, body: Value| -> Message {
        read(json!({ "conversation": ID, "seq": 3, "id": null, "from": from, "body": body, "at": 7 }))
    };
    let system = || json!({ "role": "system" });
    for body in [
        json!({ "kind": "picture", "url": "https://shop.example/a.png" }),
        json!({ "kind": "notice", "notice": "rated", "stars": 5 }),
    ] {
        assert_eq!(message(system(), body).body, Body::Notice(Notice::Unknown));
    }
    let reason = json!({ "kind": "notice", "notice": "waiting", "reason": "agent_asleep" });
    let waiting = Notice::Waiting {
        reason: WaitReason::Unknown,
    };
    assert_eq!(message(system(), reason).body, Body::Notice(waiting));
    let said = message(
        json!({ "role": "robot", "model": "x" }),
        json!({ "kind": "text", "text": "Beep" }),
    );
    assert_eq!(said.from, Author::System);
    assert_eq!(said.body, Body::Text { text: "Beep".into() });
}

#[test]
fn an_unknown_value_of_a_closed_set_is_read_as_that() {
    assert_eq!(read::<WaitReason>(json!("agent_asleep")), WaitReason::Unknown);
    assert_eq!(read::<MissedReason>(json!("holiday")), MissedReason::Unknown);
    assert_eq!(read::<ClosedBy>(json!("robot")), ClosedBy::Unknown);
    assert_eq!(read::<Gone>(json!({ "why": "merged", "into": ID })), Gone::Unknown);
    let rejected: Rejected = read(json!({ "code": "too_late", "conversation": ID }));
    assert_eq!(rejected.code, RejectCode::Unknown);
    let reason: SeatReason = read(json!({ "how": "drawn_by_lot", "on_duty": 3, "overflow": false, "after": "dawn" }));
    assert_eq!(
        (reason.how, reason.after),
        (SeatHow::Unknown, Some(WaitReason::Unknown))
    );
}

#[test]
fn a_member_has_the_rules_that_are_known_and_a_duty_that_promises_nothing() {
    let me: Me = read(json!({ "id": 3, "login": "mei", "name": "Mei", "rules": ["tea.make", "conversation.serve"] }));
    assert_eq!(me.rules, [Rule::ConversationServe]);
    let seats: Seats = read(json!({ "duty": "training", "seats": 3, "used": 0, "away": false }));
    assert_eq!(seats.duty, Duty::Break);
}

#[test]
fn a_server_takes_nothing_that_it_does_not_know() {
    for frame in [
        json!({ "type": "weather" }),
        json!({ "type": "duty", "duty": "training" }),
    ] {
        assert!(serde_json::from_value::<DeskFrame>(frame).is_err());
    }
}
