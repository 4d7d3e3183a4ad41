//! SQLite's write-ahead log.

use crate::world::{World, guest_says, run};
use std::time::Duration;
use store::write::Write;
use store::{StoreConfig, Writer};

/// More than the writes after which the log is copied, in far fewer pages than SQLite lets a log have.
const MESSAGES: i64 = 6_000;

#[tokio::test]
async fn the_log_is_copied_into_the_file_while_the_writer_waits_for_more() {
    run(World::sqlite().await, async |world| {
        let StoreConfig::Sqlite { path, .. } = &world.config else {
            panic!("a world of SQLite is a file");
        };
        let size = || std::fs::metadata(path).unwrap().len();
        let conversation = world.conversation().await.conversation;
        let before = size();
        let (writer, mut committed) = Writer::start(&world.store, 10_000);
        for seq in 1..=MESSAGES {
            let message = guest_says(conversation, seq, "a message of some length, as people write them");
            writer.try_push(vec![Write::Message(message)], seq).unwrap();
        }
        let mut last = 0;
        while last < MESSAGES {
            last = *committed.recv().await.unwrap().unwrap().last().unwrap();
        }
        // Another thread does it: its file is looked at until it has.
        let copied = async {
            while size() < before + 400_000 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let in_time = tokio::time::timeout(Duration::from_secs(30), copied).await;
        assert!(in_time.is_ok(), "{before} bytes before, {} now", size());
        drop(writer);
    })
    .await;
}
