//! Members with their groups and rules, in memory; dropped on every change.

use domain::member::Me;
use domain::{GroupId, MemberId};
use moka::future::Cache;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use store::{Store, StoreError};

/// Members kept at most.
const MEMBERS_MAX: u64 = 10_000;

/// A change made by another process, such as the command line beside a running server, is seen after this at the latest.
const FRESH: Duration = Duration::from_secs(10);

/// What every call needs to know of the member who makes it.
#[derive(Clone, Debug)]
pub struct CachedMember {
    pub me: Arc<Me>,
    pub groups: Arc<[GroupId]>,
}

/// The cache. Cheap to clone.
#[derive(Clone, Debug)]
pub struct MemberCache {
    store: Store,
    members: Cache<MemberId, Option<CachedMember>>,
    /// Counts the changes, so that what was read before a change is not kept after it.
    changes: Arc<AtomicU64>,
}

impl MemberCache {
    pub(super) fn new(store: Store) -> Self {
        Self {
            store,
            members: Cache::builder().max_capacity(MEMBERS_MAX).time_to_live(FRESH).build(),
            changes: Arc::default(),
        }
    }

    /// The member with that id, unless there is none or they are disabled.
    ///
    /// # Errors
    /// The store failed.
    pub async fn get(&self, id: MemberId) -> Result<Option<CachedMember>, Arc<StoreError>> {
        loop {
            let before = self.changes.load(Ordering::SeqCst);
            let member = self.members.try_get_with(id, load(&self.store, id)).await?;
            if self.changes.load(Ordering::SeqCst) == before {
                return Ok(member);
            }
            self.members.invalidate(&id).await;
        }
    }

    /// Has the member read again: to be called after each change of theirs is stored.
    pub async fn changed(&self, id: MemberId) {
        self.changes.fetch_add(1, Ordering::SeqCst);
        self.members.invalidate(&id).await;
    }
}

async fn load(store: &Store, id: MemberId) -> Result<Option<CachedMember>, StoreError> {
    let (me, member) = (store.me(id).await?, store.member(id).await?);
    Ok(me.zip(member).map(|(me, member)| CachedMember {
        me: Arc::new(me),
        groups: member.groups.into(),
    }))
}
