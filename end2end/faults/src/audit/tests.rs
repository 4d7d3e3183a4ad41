//! An audit that finds nothing in a sound world, and every kind of damage in one that is not.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use super::stored::{Conversation, Member, Message, Seating, Stored};
use super::{Evidence, Seen, findings};
use rig::Violation;
use rig::client::Memory;
use rig::desk::Workbench;
use rig::guest::Page;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

const TALK: Uuid = Uuid::from_u128(1);
const GUEST: Uuid = Uuid::from_u128(2);
const TEXTS: [(Uuid, &str); 2] = [(Uuid::from_u128(11), "one"), (Uuid::from_u128(12), "two")];
const ADA: i64 = 1;
const GROUP: i64 = 1;

fn seen<M>(memory: M) -> Seen<M> {
    Seen {
        memory,
        welcomes: 1,
        closed: BTreeMap::new(),
        is_connected: true,
    }
}

/// A guest who said two things, and the agent who heard them.
fn evidence() -> Evidence {
    let mut page = Page::default();
    let place = json!({"state": "seated", "agent": "ada", "agent_here": true});
    page.take(&json!({"type": "welcome", "guest": GUEST, "token": "t", "conversation": null}));
    page.take(&json!({"type": "conversation", "id": TALK, "place": place, "last_seq": 0}));
    let mut desk = Workbench::new(ADA, "");
    desk.take(&json!({
        "type": "welcome",
        "me": {"duty": "on", "seats": 1, "used": 1},
        "conversations": [{"id": TALK, "epoch": 1, "last_seq": 0}],
    }));
    for ((id, text), seq) in TEXTS.into_iter().zip(1..) {
        page.record.sent.add(id, text, Value::Null);
        page.take(&json!({"type": "ack", "id": id, "conversation": TALK, "seq": seq, "at": 5}));
        desk.take(
            &json!({"type": "message", "conversation": TALK, "seq": seq, "id": id, "at": 5,
                          "from": {"role": "guest"}, "body": {"kind": "text", "text": text}}),
        );
    }
    Evidence {
        guests: vec![seen(page)],
        desks: vec![seen(desk)],
    }
}

/// The store that they saw.
fn stored() -> Stored {
    let conversation = Conversation {
        id: TALK,
        guest_id: GUEST,
        group_id: GROUP,
        priority: 0,
        ticket: 1,
        returned: false,
        epoch: 1,
        state: "seated".to_owned(),
        agent_id: Some(ADA),
        seat_reason: Some("{}".to_owned()),
        wait_reason: None,
        missed_reason: None,
        closed_by: None,
    };
    let seating = Seating {
        id: 1,
        conversation_id: TALK,
        state: "seated".to_owned(),
        agent_id: Some(ADA),
        epoch: 1,
        wait_reason: None,
        missed_reason: None,
        closed_by: None,
    };
    let member = Member {
        id: ADA,
        name: "ada".to_owned(),
        seats: 1,
        duty: "on".to_owned(),
        disabled: false,
    };
    let message = |((id, text), seq): ((Uuid, &str), i64)| Message {
        conversation_id: TALK,
        seq,
        client_id: Some(id),
        author: "guest".to_owned(),
        member_id: None,
        kind: "text".to_owned(),
        body: text.to_owned(),
        at: 5,
    };
    Stored {
        conversations: [(TALK, conversation)].into(),
        messages: [(TALK, TEXTS.into_iter().zip(1..).map(message).collect())].into(),
        seatings: [(TALK, vec![seating])].into(),
        members: [(ADA, member)].into(),
        teams: [(ADA, GROUP)].into(),
    }
}

/// What is found once `damage` is done.
fn found(damage: impl FnOnce(&mut Evidence, &mut Stored)) -> Vec<Violation> {
    let (mut evidence, mut stored) = (evidence(), stored());
    damage(&mut evidence, &mut stored);
    findings(&evidence, &stored)
}

fn messages(stored: &mut Stored) -> &mut Vec<Message> {
    stored.messages.get_mut(&TALK).unwrap()
}

fn conversation(stored: &mut Stored) -> &mut Conversation {
    stored.conversations.get_mut(&TALK).unwrap()
}

#[test]
fn a_sound_world_passes() {
    assert_eq!(found(|_, _| {}), []);
}

#[test]
fn what_was_acknowledged_and_is_gone_or_changed_is_lost() {
    let gone = found(|_, stored| drop(messages(stored).pop()));
    assert!(gone.iter().any(|one| matches!(one, Violation::Lost(_))), "{gone:?}");
    let changed = found(|_, stored| messages(stored).first_mut().unwrap().body = "none".to_owned());
    assert!(
        changed.iter().any(|one| matches!(one, Violation::Lost(_))),
        "{changed:?}"
    );
}

#[test]
fn what_is_stored_twice_is_doubled() {
    let found = found(|_, stored| {
        let mut again = messages(stored).first().unwrap().clone();
        again.seq = 3;
        messages(stored).push(again);
    });
    assert!(
        found.iter().any(|one| matches!(one, Violation::Doubled(_))),
        "{found:?}"
    );
}

#[test]
fn what_stands_before_what_was_sent_before_it_is_out_of_order() {
    let found = found(|evidence, _| {
        let page = &mut evidence.guests.first_mut().unwrap().memory;
        for (number, seq) in [(21, 9), (22, 8)] {
            let id = Uuid::from_u128(number);
            page.record.sent.add(id, "late", Value::Null);
            let ack = json!({"id": id, "conversation": Uuid::from_u128(3), "seq": seq, "at": 5});
            page.record.sent.acknowledged(&ack).unwrap();
        }
    });
    assert!(
        found.iter().any(|one| matches!(one, Violation::Disorder(_))),
        "{found:?}"
    );
}

#[test]
fn a_place_or_seat_that_is_not_the_stores_is_found() {
    type Damage = fn(&mut Evidence, &mut Stored);
    let damages: [(&str, Damage); 8] = [
        ("another place than the guest was told", |_, stored| {
            let one = conversation(stored);
            (one.state, one.agent_id) = ("waiting".to_owned(), None);
        }),
        ("a place told that was never decided", |_, stored| {
            stored.seatings.get_mut(&TALK).unwrap().first_mut().unwrap().agent_id = None;
        }),
        ("an epoch that counts otherwise", |_, stored| {
            conversation(stored).epoch = 2;
        }),
        ("a second open conversation", |_, stored| {
            let mut other = conversation(stored).clone();
            other.id = Uuid::from_u128(9);
            stored.conversations.insert(other.id, other);
        }),
        ("more conversations than seats", |_, stored| {
            stored.members.get_mut(&ADA).unwrap().seats = 0;
        }),
        ("a desk that counts otherwise", |evidence, _| {
            evidence.desks.first_mut().unwrap().memory.me = json!({"duty": "on", "seats": 1, "used": 0});
        }),
        ("a message nobody sent", |evidence, _| evidence.guests.clear()),
        ("a message that a desk was not told", |evidence, _| {
            let desk = &mut evidence.desks.first_mut().unwrap().memory;
            desk.record.histories.get_mut(&TALK).unwrap().0.pop_last();
        }),
    ];
    for (what, damage) in damages {
        assert_ne!(found(damage), [], "{what}");
    }
}

#[test]
fn who_waits_beside_a_free_seat_is_found() {
    let found = found(|evidence, stored| {
        let one = conversation(stored);
        (one.state, one.agent_id) = ("waiting".to_owned(), None);
        let desk = &mut evidence.desks.first_mut().unwrap().memory;
        desk.me = json!({"duty": "on", "seats": 1, "used": 0});
    });
    let waits = |one: &Violation| matches!(one, Violation::Other(what) if what.contains("free seat"));
    assert!(found.iter().any(waits), "{found:?}");
}
