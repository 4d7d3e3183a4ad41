//! `docs/protocol.schema.json`: every frame of every endpoint as JSON Schema.

#![allow(clippy::unwrap_used, reason = "a test")]

mod generated;

use protocol::desk::{DeskEvent, DeskFrame};
use protocol::guest::{GuestEvent, GuestFrame};
use protocol::live::{LiveEvent, LiveFrame};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::json;

#[test]
fn the_schema_is_that_of_the_types() {
    let mut text = serde_json::to_string_pretty(&schema()).unwrap();
    text.push('\n');
    generated::check("docs/protocol.schema.json", &text);
}

/// One document; a frame's schema is found under `$defs`.
fn schema() -> serde_json::Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let frames = [
        (GuestFrame::schema_name(), generator.subschema_for::<GuestFrame>()),
        (GuestEvent::schema_name(), generator.subschema_for::<GuestEvent>()),
        (DeskFrame::schema_name(), generator.subschema_for::<DeskFrame>()),
        (DeskEvent::schema_name(), generator.subschema_for::<DeskEvent>()),
        (LiveFrame::schema_name(), generator.subschema_for::<LiveFrame>()),
        (LiveEvent::schema_name(), generator.subschema_for::<LiveEvent>()),
    ];
    let references: Vec<_> = frames.iter().map(|(_, reference)| reference).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Seatline WebSocket protocol",
        "description": "What clients send: GuestFrame, DeskFrame, LiveFrame. What the server sends: GuestEvent, \
            DeskEvent, LiveEvent. See protocol.md.",
        "anyOf": references,
        "$defs": generator.definitions(),
    })
}
