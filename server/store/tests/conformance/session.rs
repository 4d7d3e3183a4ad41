use crate::world::{NOW, World};
use domain::MemberId;
use store::{NewSession, Session, StoreError};

async fn begin(world: &World, token: u8, member: MemberId, life_ms: i64) {
    let session = NewSession {
        token_hash: vec![token; 32],
        member,
        expires_at: NOW.plus_ms(life_ms),
    };
    world.store.create_session(&session, NOW).await.unwrap();
}

async fn exists(world: &World, token: u8) -> bool {
    world.store.session(&[token; 32]).await.unwrap().is_some()
}

on_both! {
    async fn a_session_is_found_by_its_token_hash(world: &World) {
        let member = world.agent("agent").await.id;
        begin(world, 1, member, 100).await;
        let expected = Session { member, created_at: NOW, last_used_at: NOW, expires_at: NOW.plus_ms(100) };
        assert_eq!(world.store.session(&[1; 32]).await.unwrap(), Some(expected.clone()));
        assert!(!exists(world, 2).await);

        world.store.touch_session(&[1; 32], NOW.plus_ms(5)).await.unwrap();
        let used = Session { last_used_at: NOW.plus_ms(5), ..expected };
        assert_eq!(world.store.session(&[1; 32]).await.unwrap(), Some(used));

        world.store.end_session(&[1; 32]).await.unwrap();
        assert!(!exists(world, 1).await);
    }

    async fn a_session_is_somebodys(world: &World) {
        let session = NewSession { token_hash: vec![1], member: MemberId(999), expires_at: NOW };
        let refused = world.store.create_session(&session, NOW).await;
        assert!(matches!(refused, Err(StoreError::Unknown { .. })), "{refused:?}");
    }

    async fn all_sessions_of_a_member_end_but_the_one_kept(world: &World) {
        let (member, other) = (world.agent("agent").await.id, world.agent("other").await.id);
        for token in 1..=3 {
            begin(world, token, member, 100).await;
        }
        begin(world, 4, other, 100).await;
        assert_eq!(world.store.end_sessions_of(member, Some(&[2; 32])).await.unwrap(), 2);
        assert!(!exists(world, 1).await && exists(world, 2).await && !exists(world, 3).await);
        assert_eq!(world.store.end_sessions_of(member, None).await.unwrap(), 1);
        assert!(!exists(world, 2).await && exists(world, 4).await);
    }

    async fn expired_and_idle_sessions_are_purged(world: &World) {
        let member = world.agent("agent").await.id;
        begin(world, 1, member, 10).await;
        begin(world, 2, member, 100).await;
        begin(world, 3, member, 100).await;
        world.store.touch_session(&[3; 32], NOW.plus_ms(8)).await.unwrap();
        assert_eq!(world.store.purge_sessions(NOW.plus_ms(9), NOW).await.unwrap(), 0);
        assert_eq!(world.store.purge_sessions(NOW.plus_ms(10), NOW).await.unwrap(), 1);
        assert!(!exists(world, 1).await && exists(world, 2).await);
        assert_eq!(world.store.purge_sessions(NOW.plus_ms(10), NOW.plus_ms(8)).await.unwrap(), 1);
        assert!(!exists(world, 2).await && exists(world, 3).await);
    }
}
