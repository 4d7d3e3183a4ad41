//! Reading, beside the hub's task, which messages were sent into conversations of before this start.

use domain::{ClientMessageId, ConversationId, Seq};
use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use std::collections::VecDeque;
use store::{Store, StoreError};

/// Conversations read at once: after a start many may be asked for, and others want to read as well.
const AT_ONCE: usize = 2;

/// The ids of a conversation's messages, and where each is.
type Recalled = (ConversationId, Result<Vec<(ClientMessageId, Seq)>, StoreError>);

pub(crate) struct Recalls {
    store: Store,
    waiting: VecDeque<ConversationId>,
    reading: FuturesUnordered<BoxFuture<'static, Recalled>>,
}

impl Recalls {
    pub(crate) fn new(store: Store) -> Self {
        Self {
            store,
            waiting: VecDeque::new(),
            reading: FuturesUnordered::new(),
        }
    }

    pub(crate) fn ask(&mut self, conversations: Vec<ConversationId>) {
        self.waiting.extend(conversations);
        while self.reading.len() < AT_ONCE
            && let Some(conversation) = self.waiting.pop_front()
        {
            let store = self.store.clone();
            self.reading.push(Box::pin(async move {
                (conversation, store.message_ids(conversation).await)
            }));
        }
    }

    /// The next that has been read; waits for ever while there is none to read. May be dropped half-way without losing
    /// anything.
    pub(crate) async fn next(&mut self) -> Recalled {
        match self.reading.next().await {
            Some(recalled) => recalled,
            None => std::future::pending().await,
        }
    }
}
