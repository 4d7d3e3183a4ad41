//! How many messages a second the writer stores, and how long each waits for its acknowledgement.
//!
//! `cargo bench -p store` measures SQLite in a temporary folder; `SEATLINE_BENCH_FOLDER` names one on another disk, and
//! `SEATLINE_TEST_POSTGRES` a PostgreSQL database to be measured as well. So many conversations talk at once, each
//! sending its next message when the last one is acknowledged.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::indexing_slicing,
    reason = "a program for people, at their own desk"
)]

mod talk;

use domain::{Author, Body, ClientMessageId, ConversationId, GuestId, Message, Seq, Timestamp};
use std::time::Duration;
use store::write::Write;
use store::{Store, StoreConfig, Writer};
use tokio::time::Instant;
use uuid::Uuid;

const MESSAGES: usize = 20_000;

#[tokio::main]
async fn main() {
    let folder = match std::env::var_os("SEATLINE_BENCH_FOLDER") {
        Some(folder) => tempfile::tempdir_in(folder).expect("a folder to write in"),
        None => tempfile::tempdir().expect("a temporary folder"),
    };
    for talking in [1, 10, 100, 1_000] {
        let path = folder.path().join(format!("{talking}.db"));
        measure("SQLite", &StoreConfig::sqlite(path), talking).await;
    }
    if let Ok(url) = std::env::var("SEATLINE_TEST_POSTGRES") {
        for talking in [1, 10, 100, 1_000] {
            measure("PostgreSQL", &StoreConfig::postgres(&url), talking).await;
        }
    }
}

async fn measure(engine: &str, config: &StoreConfig, talking: usize) {
    let store = Store::open(config).await.expect("a store");
    store
        .initialise(Timestamp(0), "bench")
        .await
        .expect("an initialised store");
    let site = store.sites().await.unwrap().remove(0);
    let (writer, mut committed) = Writer::start(&store, talking.max(16));
    let mut conversations = Vec::new();
    for _ in 0..talking {
        let conversation = ConversationId(Uuid::now_v7());
        let begin = talk::begins(GuestId(Uuid::now_v7()), conversation, &site);
        writer.try_push(begin, (0, Instant::now())).unwrap();
        committed.recv().await.unwrap().unwrap();
        conversations.push(conversation);
    }

    let count = if talking == 1 { MESSAGES / 20 } else { MESSAGES };
    let mut seqs = vec![0; talking];
    let (mut sent, mut transactions, mut waits) = (0, 0, Vec::with_capacity(count));
    let began = Instant::now();
    let mut ready: Vec<usize> = (0..talking).collect();
    while waits.len() < count {
        for number in ready.drain(..).take(count - sent) {
            seqs[number] += 1;
            let batch = vec![Write::Message(message(conversations[number], seqs[number]))];
            writer.try_push(batch, (number, Instant::now())).unwrap();
            sent += 1;
        }
        let answered = committed.recv().await.unwrap().unwrap();
        transactions += 1;
        waits.extend(answered.iter().map(|(_, pushed)| pushed.elapsed()));
        ready.extend(answered.iter().map(|(number, _)| *number));
    }
    report(engine, talking, began.elapsed(), transactions, waits);
    store.close().await;
}

fn report(engine: &str, talking: usize, took: Duration, transactions: usize, mut waits: Vec<Duration>) {
    waits.sort_unstable();
    let wait = |part: usize| {
        waits
            .get(waits.len() * part / 100)
            .copied()
            .unwrap_or_default()
            .as_secs_f64()
            * 1e3
    };
    println!(
        "{engine}: {talking:>5} talking: {:>7.0} messages/s, {transactions:>5} transactions, \
         acknowledged after {:.1} ms (median), {:.1} ms (99 %)",
        waits.len() as f64 / took.as_secs_f64(),
        wait(50),
        wait(99),
    );
}

fn message(conversation: ConversationId, seq: i64) -> Message {
    Message {
        conversation,
        seq: Seq(seq),
        id: Some(ClientMessageId(Uuid::new_v4())),
        from: Author::Guest,
        body: Body::Text {
            text: "Hello, is the blue one still to be had in size 42? 有货吗？".to_owned(),
        },
        at: Timestamp(seq),
    }
}
