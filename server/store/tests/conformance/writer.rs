use crate::world::{NOW, World, guest_says};
use domain::{ConversationId, Message, Seq};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use store::write::Write;
use store::{Store, StoreConfig, StoreError, WhyRefused, Writer};

/// Longest time anything here may take; reached only by a failing test.
const PATIENCE: Duration = Duration::from_mins(1);

/// Batch number `number` of two messages.
fn pair(conversation: ConversationId, number: i64) -> Vec<Write> {
    let say = |seq: i64| Write::Message(guest_says(conversation, seq, &format!("message {seq}")));
    vec![say(number * 2 - 1), say(number * 2)]
}

async fn stored(store: &Store, conversation: ConversationId) -> Vec<Message> {
    store.messages_after(conversation, Seq(0), 100_000).await.unwrap()
}

on_both! {
    async fn many_batches_share_few_transactions_and_tokens_keep_their_order(world: &World) {
        let conversation = world.conversation().await.conversation;
        let (writer, mut committed) = Writer::start(&world.store, 1_000);
        for number in 1..=1_000 {
            writer.try_push(pair(conversation, number), number).unwrap();
        }
        drop(writer);
        let mut transactions = 0;
        let mut tokens = Vec::new();
        while let Some(answer) = committed.recv().await {
            transactions += 1;
            tokens.extend(answer.unwrap());
        }
        assert_eq!(tokens, (1..=1_000).collect::<Vec<_>>());
        assert!(transactions <= 10, "{transactions} transactions for 1000 batches");
        let messages = stored(&world.store, conversation).await;
        assert_eq!(messages.len(), 2_000);
        assert!((1..).zip(&messages).all(|(seq, message)| message.seq == Seq(seq)));
    }

    async fn a_token_means_stored(world: &World) {
        let conversation = world.conversation().await.conversation;
        let (writer, mut committed) = Writer::start(&world.store, 10);
        for number in 1..=5 {
            writer.try_push(pair(conversation, number), number).unwrap();
            assert_eq!(committed.recv().await.unwrap().unwrap(), [number]);
            assert_eq!(stored(&world.store, conversation).await.len(), usize::try_from(number * 2).unwrap());
        }
    }

    async fn a_full_queue_gives_the_batch_back(world: &World) {
        let conversation = world.conversation().await.conversation;
        let (writer, mut committed) = Writer::start(&world.store, 2);
        // Nothing has been awaited since, so the task has not begun to empty the queue.
        writer.try_push(pair(conversation, 1), 1).unwrap();
        writer.try_push(pair(conversation, 2), 2).unwrap();
        let refused = writer.try_push(pair(conversation, 3), 3).unwrap_err();
        assert_eq!((refused.why, refused.batch.len(), refused.token), (WhyRefused::Full, 2, 3));
        assert_eq!(committed.recv().await.unwrap().unwrap(), [1, 2]);
        writer.try_push(refused.batch, refused.token).unwrap();
        assert_eq!(committed.recv().await.unwrap().unwrap(), [3]);
    }

    async fn a_stale_placement_fails_the_transaction_and_stops_the_writer(world: &World) {
        let placement = world.conversation().await;
        let conversation = placement.conversation;
        let (writer, mut committed) = Writer::start(&world.store, 10);
        writer.try_push(pair(conversation, 1), 1).unwrap();
        assert_eq!(committed.recv().await.unwrap().unwrap(), [1]);

        let stale = Write::Place { expected_epoch: placement.epoch.next(), placement, service_ms: None };
        writer.try_push(pair(conversation, 2), 2).unwrap();
        writer.try_push(vec![stale], 3).unwrap();
        writer.try_push(pair(conversation, 3), 4).unwrap();
        assert!(matches!(committed.recv().await, Some(Err(StoreError::Stale))));
        assert!(committed.recv().await.is_none());
        let refused = writer.try_push(pair(conversation, 4), 5).unwrap_err();
        assert_eq!((refused.why, refused.token), (WhyRefused::Stopped, 5));
        assert_eq!(stored(&world.store, conversation).await.len(), 2, "of the failed transaction nothing is stored");
        // Whoever starts anew finds a database that works.
        world.write(pair(conversation, 2)).await.unwrap();
    }

    async fn a_seq_used_twice_fails_the_transaction(world: &World) {
        let conversation = world.conversation().await.conversation;
        let once = guest_says(conversation, 1, "once");
        let twice = guest_says(conversation, 1, "twice");
        let (writer, mut committed) = Writer::start(&world.store, 10);
        writer.try_push(vec![Write::Message(once)], 1).unwrap();
        writer.try_push(vec![Write::Message(twice)], 2).unwrap();
        assert!(matches!(committed.recv().await, Some(Err(StoreError::Conflict { .. }))));
        assert!(stored(&world.store, conversation).await.is_empty());
    }

    async fn what_is_queued_is_stored_though_nobody_listens(world: &World) {
        let conversation = world.conversation().await.conversation;
        let (writer, committed) = Writer::start(&world.store, 10);
        drop(committed);
        for number in 1..=10 {
            writer.try_push(pair(conversation, number), number).unwrap();
        }
        drop(writer);
        let messages = tokio::time::timeout(std::time::Duration::from_secs(30), async {
            loop {
                let messages = stored(&world.store, conversation).await;
                if messages.len() >= 20 {
                    return messages;
                }
                tokio::task::yield_now().await;
            }
        });
        assert_eq!(messages.await.unwrap().len(), 20);
    }

    async fn people_are_administered_while_messages_are_written(world: &World) {
        const MEMBERS: usize = 20;
        let conversation = world.conversation().await.conversation;
        let (writer, mut committed) = Writer::start(&world.store, 100);
        let created = AtomicUsize::new(0);
        let members = async {
            for number in 0..MEMBERS {
                world.agent(&format!("agent{number}")).await;
                created.fetch_add(1, Ordering::Relaxed);
            }
        };
        // The queue is filled up again while a transaction is committed: the writer always finds something in it.
        let messages = async {
            let (mut pushed, mut confirmed) = (0, 0);
            while created.load(Ordering::Relaxed) < MEMBERS {
                while writer.try_push(pair(conversation, pushed + 1), ()).is_ok() {
                    pushed += 1;
                }
                while let Ok(answer) = committed.try_recv() {
                    confirmed += answer.unwrap().len();
                }
                tokio::task::yield_now().await;
            }
            while confirmed < usize::try_from(pushed).unwrap() {
                confirmed += committed.recv().await.unwrap().unwrap().len();
            }
            confirmed
        };
        let both = tokio::time::timeout(PATIENCE, async { tokio::join!(members, messages) });
        let Ok(((), confirmed)) = both.await else {
            panic!("{created:?} of {MEMBERS} members were created");
        };
        let stored = world.store.messages_after(conversation, Seq(0), u32::MAX).await.unwrap();
        assert_eq!(stored.len(), confirmed * 2);
    }
}

/// The files as a crash would leave them, while the writer goes on: what was acknowledged is there, nothing is there by
/// halves.
#[tokio::test]
async fn a_copy_of_the_files_holds_what_was_acknowledged() {
    let world = World::sqlite().await;
    let conversation = world.conversation().await.conversation;
    let StoreConfig::Sqlite { path, .. } = &world.config else {
        panic!("not SQLite")
    };
    let copy = tempfile::TempDir::new().unwrap();
    let copied = copy.path().join("copy.db");

    let (writer, mut committed) = Writer::start(&world.store, 1_000);
    for number in 1..=10 {
        writer.try_push(pair(conversation, number), number).unwrap();
    }
    let mut acknowledged = 0;
    while acknowledged < 10 {
        acknowledged = *committed.recv().await.unwrap().unwrap().last().unwrap();
    }
    for number in 11..=300 {
        writer.try_push(pair(conversation, number), number).unwrap();
    }
    tokio::task::yield_now().await;
    // No checkpoint happens with so few pages, so the database file does not change between the two copies.
    std::fs::copy(path, &copied).unwrap();
    std::fs::copy(path.with_extension("db-wal"), copied.with_extension("db-wal")).unwrap();

    let recovered = Store::open(&StoreConfig::sqlite(&copied)).await.unwrap();
    let messages = stored(&recovered, conversation).await;
    assert!(
        messages.len() >= 20 && messages.len() % 2 == 0,
        "{} messages",
        messages.len()
    );
    assert!((1..).zip(&messages).all(|(seq, message)| message.seq == Seq(seq)));
    assert_eq!(messages[0].at, NOW.plus_ms(1));
}
