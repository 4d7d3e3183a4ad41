//! What is acknowledged survives loss of power: SQLite's write-ahead log is synced at each commit.

use crate::world::{World, guest_says, run};
use store::Writer;
use store::write::Write;

/// As many transactions, many more than those that set a database up.
const BATCHES: i64 = 200;

#[tokio::test]
async fn batches_are_committed_one_by_one() {
    run(World::sqlite().await, async |world| {
        let conversation = world.conversation().await.conversation;
        let (writer, mut committed) = Writer::start(&world.store, 1);
        for seq in 1..=BATCHES {
            let message = guest_says(conversation, seq, "a message");
            writer.try_push(vec![Write::Message(message)], seq).unwrap();
            assert_eq!(committed.recv().await.unwrap().unwrap(), [seq]);
        }
    })
    .await;
}

/// Runs the test above once more, under `strace`.
#[cfg(target_os = "linux")]
#[test]
fn each_commit_is_synced() {
    use std::process::Command;

    if crate::world::is_skipped(Command::new("strace").arg("-V").output().is_err(), "strace is missing") {
        return;
    }
    let folder = tempfile::TempDir::new().unwrap();
    let calls = folder.path().join("calls");
    // `-y` names the file of each call.
    let traced = Command::new("strace")
        .args(["-f", "-y", "-e", "trace=fsync,fdatasync", "-o"])
        .arg(&calls)
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "durability::batches_are_committed_one_by_one"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&traced.stdout);
    assert!(traced.status.success() && said.contains("1 passed"), "{traced:?}");
    let calls = std::fs::read_to_string(calls).unwrap();
    let synced = calls
        .lines()
        .filter(|call| call.contains("seatline.db-wal>"))
        .filter(|call| !call.contains("resumed>"))
        .count();
    assert!(
        synced >= usize::try_from(BATCHES).unwrap(),
        "the log was synced {synced} times in {BATCHES} commits"
    );
}
