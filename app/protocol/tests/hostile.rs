//! Frames from clients that are not ours: whatever bytes come, reading them ends, and ends with a frame or an error.
//!
//! Length is bounded before a frame is read (`limits::FRAME_BYTES_MAX`); here is what may stand within that.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that fails here should panic"
)]

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use protocol::desk::DeskFrame;
use protocol::guest::GuestFrame;
use protocol::limits::FRAME_BYTES_MAX;
use protocol::live::LiveFrame;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Debug;

/// Reads it as all three; what is a frame is the same frame when it is written and read again.
fn read(text: &str) -> usize {
    fn read_as<F: DeserializeOwned + Serialize + PartialEq + Debug>(text: &str) -> usize {
        let Ok(frame) = serde_json::from_str::<F>(text) else {
            return 0;
        };
        let again = serde_json::to_string(&frame).unwrap();
        assert_eq!(serde_json::from_str::<F>(&again).unwrap(), frame);
        1
    }
    read_as::<GuestFrame>(text) + read_as::<DeskFrame>(text) + read_as::<LiveFrame>(text)
}

const TYPES: &[&str] = &[
    "hello",
    "start",
    "send",
    "typing",
    "read",
    "delivered",
    "page",
    "contact",
    "leave",
    "ping",
    "duty",
    "accept",
    "close",
    "claim",
    "transfer",
    "view",
    "",
    "Send",
];

const FIELDS: &[&str] = &[
    "protocol",
    "token",
    "resume",
    "page",
    "environment",
    "id",
    "text",
    "seq",
    "url",
    "title",
    "referrer",
    "name",
    "contact",
    "duty",
    "conversation",
    "epoch",
    "active",
    "to",
    "type",
    "last_seq",
];

/// Values that fields have, and values that they have not.
fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        select(vec![0, 1, -1, 2_147_483_648_i64, i64::MAX, i64::MIN]).prop_map(Value::from),
        ".{0,40}".prop_map(Value::from),
        Just(json!("018f3c2e-7d10-7000-8000-000000000001")),
        select(vec!["on", "break", "off", "true", "00000000000000000000000000000000"]).prop_map(Value::from),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(3, 24, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            btree_map(select(FIELDS), inner, 0..6)
                .prop_map(|fields| fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()),
        ]
    })
}

/// What a field of that name has in some frame.
fn fitting(field: &str) -> BoxedStrategy<Value> {
    let id = json!("018f3c2e-7d10-7000-8000-000000000001");
    match field {
        "protocol" | "seq" | "last_seq" | "epoch" | "to" => (0..100).prop_map(Value::from).boxed(),
        "id" | "conversation" => Just(id).boxed(),
        "active" => any::<bool>().prop_map(Value::from).boxed(),
        "duty" => select(vec!["on", "break", "off"]).prop_map(Value::from).boxed(),
        "resume" => select(vec![json!([]), json!({"conversation": id, "last_seq": 1})]).boxed(),
        "page" | "environment" => Just(json!({})).boxed(),
        _ => ".{0,40}".prop_map(Value::from).boxed(),
    }
}

/// Objects that are nearly frames; some are.
fn frame() -> impl Strategy<Value = Value> {
    let field = select(FIELDS).prop_flat_map(|field| (Just(field), prop_oneof![9 => fitting(field), 1 => value()]));
    (select(TYPES), vec(field, 0..30)).prop_map(|(kind, fields)| {
        let mut frame: serde_json::Map<_, _> = fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        frame.insert("type".to_owned(), kind.into());
        frame.into()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_is_no_frame(text in ".{0,200}") {
        prop_assert_eq!(read(&text), 0);
    }

    #[test]
    fn any_bytes_are_no_frame(bytes in vec(any::<u8>(), 0..200)) {
        prop_assert_eq!(read(&String::from_utf8_lossy(&bytes)), 0);
    }

    #[test]
    fn a_value_of_json_is_no_frame(value in value()) {
        prop_assert_eq!(read(&value.to_string()), 0);
    }

    #[test]
    fn what_is_nearly_a_frame_is_read_to_an_end(frame in frame()) {
        read(&frame.to_string());
    }

    #[test]
    fn a_frame_with_changed_bytes_is_read_to_an_end(frame in frame(), changes in vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)) {
        let mut bytes = frame.to_string().into_bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            if let Some(changed) = bytes.get_mut(at) {
                *changed = byte;
            }
        }
        read(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn a_frame_cut_short_is_none(frame in frame(), at in any::<prop::sample::Index>()) {
        let text = frame.to_string();
        let short: String = text.chars().take(at.index(text.chars().count())).collect();
        prop_assert_eq!(read(&short), 0);
    }
}

/// Else the properties above would say little.
#[test]
fn of_what_is_nearly_a_frame_some_of_every_type_are_frames() {
    let mut runner = TestRunner::deterministic();
    let mut found = BTreeSet::new();
    for _ in 0..5_000 {
        let frame = frame().new_tree(&mut runner).unwrap().current();
        if read(&frame.to_string()) > 0 {
            found.insert(frame["type"].as_str().unwrap().to_owned());
        }
    }
    let types = TYPES.iter().filter(|name| !["view", "", "Send"].contains(name));
    assert_eq!(found, types.map(|name| (*name).to_owned()).collect());
}

#[test]
fn the_ordinary_frames_are_frames() {
    let id = "018f3c2e-7d10-7000-8000-000000000001";
    for frame in [
        json!({"type": "hello", "protocol": 1}),
        json!({"type": "send", "id": id, "text": "hello"}),
        json!({"type": "accept", "conversation": id, "epoch": 1}),
    ] {
        assert!(read(&frame.to_string()) > 0, "{frame}");
    }
}

#[test]
fn bombs_are_refused_before_they_go_off() {
    let half = FRAME_BYTES_MAX / 2;
    let nested = |open: &str, close: &str| open.repeat(half / open.len()) + &close.repeat(half / open.len());
    for bomb in [
        "[".repeat(FRAME_BYTES_MAX),
        nested("[", "]"),
        nested("{\"a\":", "}"),
        format!("{{\"type\":\"send\",\"id\":{}}}", nested("[", "]")),
        format!("{{\"type\":\"hello\",\"protocol\":1{}}}", "0".repeat(half)),
        format!("{{\"type\":\"hello\",\"protocol\":1e{}}}", "9".repeat(half)),
        format!("{{\"type\":\"read\",\"seq\":{}}}", "9".repeat(half)),
        "{\"type\":\"send\",\"type\":\"send\",\"id\":\"018f3c2e-7d10-7000-8000-000000000001\",\"text\":\"\"}"
            .to_owned(),
        "{\"type\":\"send\",\"id\":\"018f3c2e-7d10-7000-8000-000000000001\",\"text\":\"a\",\"text\":\"b\"}".to_owned(),
        "{\"type\":\"read\",\"seq\":1,\"seq\":2}".to_owned(),
        "{\"type\":\"read\",\"seq\":1}{\"type\":\"read\",\"seq\":1}".to_owned(),
        "{\"type\":\"typing\",\"text\":\"\\ud800\"}".to_owned(),
    ] {
        let shown: String = bomb.chars().take(80).collect();
        assert_eq!(read(&bomb), 0, "{shown}");
    }
}
