//! Backups of SQLite files. What PostgreSQL is told is one sentence.

use crate::world::{World, guest_says};
use domain::{GuestId, Seq};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use store::backup::{self, BackupError};
use store::write::Write;
use store::{ServeLock, Store, StoreConfig, StoreError};
use tempfile::TempDir;

/// Where backups go.
fn folder() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("seatline.backup");
    (folder, file)
}

/// The names of everything in the folder, sorted.
fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Whether the database knows that guest.
async fn knows(config: &StoreConfig, guest: GuestId) -> bool {
    let store = Store::open(config).await.unwrap();
    let known = store.guest(guest).await.unwrap().is_some();
    store.close().await;
    known
}

async fn on_sqlite(test: impl AsyncFnOnce(&World)) {
    crate::world::run(World::sqlite().await, test).await;
}

#[tokio::test]
async fn a_backup_holds_what_was_committed_before_it_began_however_much_is_written_meanwhile() {
    on_sqlite(async |world| {
        let (folder, _) = folder();
        let conversation = world.conversation().await.conversation;
        let said = std::cell::Cell::new(0);
        let done = std::cell::Cell::new(false);
        let talk = async {
            while !done.get() {
                let message = guest_says(conversation, said.get() + 1, "on and on");
                world.write(vec![Write::Message(message)]).await.unwrap();
                said.set(said.get() + 1);
            }
        };
        let back_up = async {
            for number in 0..5 {
                let before = said.get();
                let file = folder.path().join(format!("{number}"));
                let examination = backup::backup(&world.config, &file).await.unwrap();
                let after = said.get();
                let held = examination.contents.messages;
                // One more may be committed than this test has been told of.
                assert!((before..=after + 1).contains(&held), "{before} {held} {after}");
                let copy = Store::open(&StoreConfig::sqlite(&file)).await.unwrap();
                let messages = copy.messages_after(conversation, Seq(0), u32::MAX).await.unwrap();
                assert_eq!(i64::try_from(messages.len()).unwrap(), held);
                copy.close().await;
            }
            done.set(true);
        };
        tokio::join!(talk, back_up);
        assert!(said.get() > 5);
    })
    .await;
}

#[tokio::test]
async fn a_backup_is_for_its_owner_alone_and_overwrites_nothing() {
    on_sqlite(async |world| {
        let (folder, file) = folder();
        backup::backup(&world.config, &file).await.unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        let first = fs::read(&file).unwrap();
        let again = backup::backup(&world.config, &file).await.unwrap_err();
        assert!(matches!(again, BackupError::FileExists(_)), "{again}");
        assert_eq!(fs::read(&file).unwrap(), first);
        let nowhere = backup::backup(&world.config, &folder.path().join("no/such/folder"))
            .await
            .unwrap_err();
        assert!(
            matches!(nowhere, BackupError::Store(StoreError::Unwritable { .. })),
            "{nowhere}"
        );
        assert_eq!(names_in(folder.path()), ["seatline.backup"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_restored_is_what_was_backed_up_and_what_it_replaces_is_kept() {
    on_sqlite(async |world| {
        let (folder, file) = folder();
        let before = world.guest().await;
        backup::backup(&world.config, &file).await.unwrap();
        let after = world.guest().await;

        let home = StoreConfig::sqlite(folder.path().join("new/seatline.db"));
        let restored = backup::restore(&home, &file, false).await.unwrap();
        assert_eq!(restored.kept, None);
        assert!(knows(&home, before).await && !knows(&home, after).await);

        let refused = backup::restore(&world.config, &file, false).await.unwrap_err();
        assert!(matches!(refused, BackupError::DatabaseExists(_)), "{refused}");
        assert!(knows(&world.config, after).await);

        // Its log is not folded in yet: it is kept with what is in it.
        let kept = backup::restore(&world.config, &file, true).await.unwrap().kept.unwrap();
        assert!(knows(&world.config, before).await && !knows(&world.config, after).await);
        assert!(knows(&StoreConfig::sqlite(kept), after).await);
    })
    .await;
}

#[tokio::test]
async fn a_database_too_damaged_to_open_is_kept_with_its_log() {
    let (folder, file) = folder();
    on_sqlite(async |world| drop(backup::backup(&world.config, &file).await.unwrap())).await;
    let path = folder.path().join("seatline.db");
    fs::write(&path, "no database, but long enough to be looked at by somebody").unwrap();
    fs::write(folder.path().join("seatline.db-wal"), "nor a log").unwrap();
    // A server has run here.
    fs::write(folder.path().join("seatline.db.lock"), "").unwrap();
    let kept = backup::restore(&StoreConfig::sqlite(&path), &file, true)
        .await
        .unwrap()
        .kept
        .unwrap();
    assert!(kept.ends_with("seatline.db.replaced-1"), "{}", kept.display());
    assert!(fs::read_to_string(kept).unwrap().starts_with("no database"));
    assert_eq!(
        fs::read_to_string(folder.path().join("seatline.db.replaced-1-wal")).unwrap(),
        "nor a log"
    );
    Store::open(&StoreConfig::sqlite(&path)).await.unwrap().close().await;
}

#[tokio::test]
async fn a_backup_that_is_not_sound_is_not_restored() {
    on_sqlite(async |world| {
        let (folder, file) = folder();
        let guest = world.guest().await;
        backup::backup(&world.config, &file).await.unwrap();
        let sound = fs::read(&file).unwrap();
        let refused = async || backup::restore(&world.config, &file, true).await.unwrap_err();

        let mut damaged = sound.clone();
        damaged[7 * 4_096..7 * 4_096 + 64].fill(0xff);
        fs::write(&file, &damaged).unwrap();
        refused().await;
        fs::write(&file, sound.get(..sound.len() / 2).unwrap()).unwrap();
        refused().await;
        fs::write(&file, "").unwrap();
        assert!(matches!(refused().await, BackupError::Store(StoreError::Foreign)));
        fs::remove_file(&file).unwrap();
        assert!(matches!(refused().await, BackupError::Store(StoreError::Absent { .. })));

        assert!(knows(&world.config, guest).await);
        assert_eq!(names_in(folder.path()), Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn nothing_is_restored_under_a_running_server() {
    on_sqlite(async |world| {
        let (_folder, file) = folder();
        backup::backup(&world.config, &file).await.unwrap();
        let _served = ServeLock::take(&world.config).await.unwrap();
        assert!(ServeLock::is_held(&world.config).await.unwrap());
        let refused = backup::restore(&world.config, &file, true).await.unwrap_err();
        assert!(
            matches!(refused, BackupError::Store(StoreError::InUse { .. })),
            "{refused}"
        );
    })
    .await;
}

#[tokio::test]
async fn postgresql_has_tools_of_its_own() {
    let Some(world) = World::postgres().await else { return };
    crate::world::run(world, async |world| {
        let (folder, file) = folder();
        let refused = backup::backup(&world.config, &file).await.unwrap_err();
        assert!(refused.to_string().contains("pg_dump"), "{refused}");
        let refused = backup::restore(&world.config, &file, true).await.unwrap_err();
        assert!(refused.to_string().contains("pg_restore"), "{refused}");
        assert_eq!(names_in(folder.path()), Vec::<String>::new());
        assert!(!ServeLock::is_held(&world.config).await.unwrap());
        let _served = ServeLock::take(&world.config).await.unwrap();
        assert!(ServeLock::is_held(&world.config).await.unwrap());
    })
    .await;
}
