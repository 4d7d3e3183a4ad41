//! `docs/protocol.md` says what the types say: its examples, its codes and its limits.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

use domain::text::{EXCERPT_CHARS_MAX, TEXT_CHARS_MAX, UNANSWERED_MAX};
use protocol::desk::{DeskEvent, DeskFrame};
use protocol::guest::{GuestEvent, GuestFrame};
use protocol::live::{LiveEvent, LiveFrame};
use protocol::{CloseCode, RejectCode, limits};
use schemars::{JsonSchema, schema_for};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeSet;

const DOCS: &str = include_str!("../../../docs/protocol.md");

/// The texts of the fenced blocks that are marked as examples of `kind`.
fn examples(kind: &str) -> impl Iterator<Item = &'static str> {
    let fence = format!("```json {kind}\n");
    DOCS.split("\n```\n")
        .filter_map(move |text| text.split_once(&fence))
        .map(|(_, example)| example)
}

/// Reads and writes each example of the type, and sees that every kind of frame has one.
fn check<F: DeserializeOwned + Serialize + JsonSchema>() {
    let mut shown = BTreeSet::new();
    for text in examples(&F::schema_name()) {
        let example: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in\n{text}"));
        let frame: F = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in\n{text}"));
        assert_eq!(serde_json::to_value(frame).unwrap(), example);
        shown.extend(example["type"].as_str().map(str::to_owned));
    }
    assert_eq!(shown, constants::<F>("/properties/type/const"));
}

/// The names that tell the variants of an enum apart, by where its schema has them.
fn constants<F: JsonSchema>(pointer: &str) -> BTreeSet<String> {
    let schema = schema_for!(F).to_value();
    let variants = schema["oneOf"].as_array().unwrap().iter();
    variants
        .map(|variant| variant.pointer(pointer).and_then(Value::as_str).unwrap().to_owned())
        .collect()
}

#[test]
fn every_frame_has_an_example_and_every_example_is_a_frame() {
    check::<GuestFrame>();
    check::<GuestEvent>();
    check::<DeskFrame>();
    check::<DeskEvent>();
    check::<LiveFrame>();
    check::<LiveEvent>();
}

#[test]
fn close_codes_and_rejections_are_all_listed() {
    for close in CloseCode::ALL {
        let again = if close.retry() { "yes" } else { "no" };
        let row = format!("| {} | {} | {again} |", close.code(), close.reason());
        assert!(DOCS.contains(&row), "missing: {row}");
    }
    for code in constants::<RejectCode>("/const") {
        assert!(DOCS.contains(&format!("| `{code}` |")), "missing: {code}");
    }
}

#[test]
fn limits_are_those_of_the_code() {
    let rows = [
        format!("| client frame | {} bytes", limits::FRAME_BYTES_MAX),
        format!("| message text | {TEXT_CHARS_MAX} characters"),
        format!(
            "| frames of a client | {} at once, {} a second",
            limits::FRAMES_BURST,
            limits::FRAMES_PER_SECOND
        ),
        format!(
            "| new guests of one address | {0} at once, {0} a minute",
            limits::NEW_GUESTS_PER_MINUTE
        ),
        format!("| time to `hello` | {} ms", limits::HELLO_MS_MAX),
        format!("| heartbeat | {} ms", limits::HEARTBEAT_MS),
        format!("| silence | {} ms", limits::SILENCE_MS_MAX),
        format!(
            "| frames waiting to be sent to a client | {},",
            limits::OUTBOX_FRAMES_MAX
        ),
        format!("| messages of one page | {},", limits::HISTORY_PAGE),
        format!("| messages that a resume brings | {},", limits::RESUME_MAX),
        format!(
            "| frames that come too fast, one upon the other | {},",
            limits::FRAMES_LATE_MAX
        ),
        format!("| typing preview | {} characters", limits::PREVIEW_CHARS_MAX),
        format!("| guest's name | {} characters", limits::GUEST_NAME_CHARS_MAX),
        format!("| guest's contact | {} characters", limits::CONTACT_CHARS_MAX),
        format!(
            "| entries of the line and of the missed queue | {},",
            limits::LISTED_MAX
        ),
        format!("| unanswered texts of such an entry | {UNANSWERED_MAX}, of {EXCERPT_CHARS_MAX} characters"),
    ];
    for row in rows {
        assert!(DOCS.contains(&row), "missing: {row}");
    }
}
