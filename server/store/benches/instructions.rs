//! What one message costs to store, in instructions: `scripts/instructions` runs this under valgrind.
//!
//! `instructions FIGURE ROUNDS`; without them, as `cargo bench` calls it, it does nothing. From the writer's queue to the
//! token that says it is committed, SQLite included.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a program for people, at their own desk"
)]

mod talk;

use domain::{Author, Body, ClientMessageId, ConversationId, GuestId, Message, Seq, Timestamp};
use std::hint::black_box;
use store::write::Write;
use store::{Store, StoreConfig, Writer};
use uuid::Uuid;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(figure), Some(rounds)) = (arguments.next(), arguments.next()) else {
        return;
    };
    let rounds: i64 = rounds.parse().expect("a number of rounds");
    match figure.as_str() {
        "message_alone" => store_messages(rounds, 1).await,
        "message_of_50" => store_messages(rounds, 50).await,
        "step_nobody_follows" => steps_nobody_follows(rounds),
        other => panic!("no figure: {other}"),
    }
}

/// So many messages to a transaction.
async fn store_messages(rounds: i64, together: i64) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&StoreConfig::sqlite(folder.path().join("seatline.db")))
        .await
        .unwrap();
    store.initialise(Timestamp(0), "count").await.unwrap();
    let site = store.sites().await.unwrap().remove(0);
    let (writer, mut committed) = Writer::start(&store, 16);
    let guest = GuestId(Uuid::from_u128(1));
    let conversation = ConversationId(Uuid::from_u128(2));
    let begin = talk::begins(guest, conversation, &site);
    writer.try_push(begin, ()).unwrap();
    committed.recv().await.unwrap().unwrap();
    for first in (1..=rounds).step_by(usize::try_from(together).unwrap()) {
        let batch = (first..first + together).map(|seq| Write::Message(message(conversation, seq)));
        writer.try_push(batch.collect(), ()).unwrap();
        committed.recv().await.unwrap().unwrap();
    }
    store.close().await;
}

fn message(conversation: ConversationId, seq: i64) -> Message {
    Message {
        conversation,
        seq: Seq(seq),
        // Ids as clients make them: they grow with time.
        id: Some(ClientMessageId(Uuid::from_u128(u128::try_from(seq).unwrap() << 64))),
        from: Author::Guest,
        body: Body::Text { text: "x".repeat(128) },
        at: Timestamp(seq),
    }
}

/// A message's way in the log, while nobody listens to it.
fn steps_nobody_follows(rounds: i64) {
    for seq in 0..rounds {
        tracing::debug!(target: "message", seq = black_box(seq), "numbered");
    }
}
