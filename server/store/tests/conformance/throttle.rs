use crate::world::{NOW, World};
use domain::Timestamp;
use store::Throttle;

/// An account nobody has, as somebody might type it.
const KEY: &str = "account:\u{0}x";

on_both! {
    async fn failures_are_counted_until_they_are_old(world: &World) {
        assert_eq!(world.store.throttle(KEY).await.unwrap(), None);
        let first = world.store.throttle_fail(KEY, NOW, NOW.plus_ms(-100)).await.unwrap();
        assert_eq!(first, Throttle { failures: 1, last_failure_at: NOW, blocked_until: Timestamp(0) });
        let later = NOW.plus_ms(50);
        let second = world.store.throttle_fail(KEY, later, later.plus_ms(-100)).await.unwrap();
        assert_eq!((second.failures, second.last_failure_at), (2, later));
        assert_eq!(world.store.throttle(KEY).await.unwrap(), Some(second));
        let much_later = NOW.plus_ms(151);
        let again = world.store.throttle_fail(KEY, much_later, much_later.plus_ms(-100)).await.unwrap();
        assert_eq!(again.failures, 1);
    }

    async fn failures_at_the_same_moment_all_count(world: &World) {
        let tasks: Vec<_> = (0..20)
            .map(|_| {
                let store = world.store.clone();
                tokio::spawn(async move { store.throttle_fail(KEY, NOW, NOW).await.unwrap().failures })
            })
            .collect();
        let mut counts = Vec::new();
        for task in tasks {
            counts.push(task.await.unwrap());
        }
        counts.sort_unstable();
        assert_eq!(counts, (1..=20).collect::<Vec<i64>>());
    }

    async fn a_block_is_never_shortened(world: &World) {
        world.store.throttle_fail(KEY, NOW, NOW).await.unwrap();
        world.store.throttle_block(KEY, NOW.plus_ms(100)).await.unwrap();
        world.store.throttle_block(KEY, NOW.plus_ms(50)).await.unwrap();
        assert_eq!(world.store.throttle(KEY).await.unwrap().unwrap().blocked_until, NOW.plus_ms(100));
        let failed = world.store.throttle_fail(KEY, NOW, NOW).await.unwrap();
        assert_eq!(failed.blocked_until, NOW.plus_ms(100));
    }

    async fn a_good_login_clears_its_own_failures(world: &World) {
        world.store.throttle_fail(KEY, NOW, NOW).await.unwrap();
        world.store.throttle_fail("other", NOW, NOW).await.unwrap();
        world.store.throttle_clear(KEY).await.unwrap();
        assert_eq!(world.store.throttle(KEY).await.unwrap(), None);
        assert!(world.store.throttle("other").await.unwrap().is_some());
    }

    async fn what_is_over_is_purged(world: &World) {
        world.store.throttle_fail("old", NOW, NOW).await.unwrap();
        world.store.throttle_fail("blocked", NOW, NOW).await.unwrap();
        world.store.throttle_block("blocked", NOW.plus_ms(100)).await.unwrap();
        world.store.throttle_fail("new", NOW.plus_ms(50), NOW).await.unwrap();
        assert_eq!(world.store.throttle_purge(NOW.plus_ms(50)).await.unwrap(), 1);
        assert_eq!(world.store.throttle("old").await.unwrap(), None);
        assert_eq!(world.store.throttle_purge(NOW.plus_ms(101)).await.unwrap(), 2);
    }
}
