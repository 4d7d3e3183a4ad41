//! What one frame costs to read and to write, in instructions: `scripts/instructions` runs this under valgrind.
//!
//! `instructions FIGURE ROUNDS`; without them, as `cargo bench` calls it, it does nothing.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a program for people, at their own desk"
)]

use domain::{Author, Body, ClientMessageId, ConversationId, Message, Seq, Timestamp};
use protocol::desk::DeskFrame;
use protocol::guest::{GuestEvent, GuestFrame};
use std::hint::black_box;
use uuid::Uuid;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(figure), Some(rounds)) = (arguments.next(), arguments.next()) else {
        return;
    };
    let rounds: u64 = rounds.parse().expect("a number of rounds");
    // 128 bytes, some of them more than one to a character.
    let text = format!("{}{}", "x".repeat(116), "王女士!");
    let id = ClientMessageId(Uuid::from_u128(7));
    let conversation = ConversationId(Uuid::from_u128(8));
    let guest_sends = format!(r#"{{"type":"send","id":"{}","text":"{text}"}}"#, id.0);
    let desk_sends = format!(
        r#"{{"type":"send","conversation":"{}","epoch":1,"id":"{}","text":"{text}"}}"#,
        conversation.0, id.0
    );
    let message = GuestEvent::Message(Message {
        conversation,
        seq: Seq(9),
        id: Some(id),
        from: Author::Guest,
        body: Body::Text { text },
        at: Timestamp(1_800_000_000_000),
    });
    let ack = GuestEvent::Ack {
        id,
        conversation,
        seq: Seq(9),
        at: Timestamp(1_800_000_000_000),
    };
    for _ in 0..rounds {
        match figure.as_str() {
            "read_guest_send" => drop(black_box(serde_json::from_str::<GuestFrame>(black_box(&guest_sends)))),
            "read_desk_send" => drop(black_box(serde_json::from_str::<DeskFrame>(black_box(&desk_sends)))),
            "write_message" => drop(black_box(serde_json::to_string(black_box(&message)))),
            "write_ack" => drop(black_box(serde_json::to_string(black_box(&ack)))),
            other => panic!("no figure: {other}"),
        }
    }
}
