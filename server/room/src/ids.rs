//! The ids of new conversations.

use domain::{ConversationId, Timestamp};
use sha2::{Digest, Sha256};
use uuid::Builder;

/// Makes ids (UUID version 7) that nobody can guess who does not know the seed, and the same ones again from the same seed.
#[derive(Debug)]
pub(crate) struct ConversationIds {
    seed: [u8; 32],
    made: u64,
}

impl ConversationIds {
    pub(crate) fn new(seed: [u8; 32]) -> Self {
        Self { seed, made: 0 }
    }

    pub(crate) fn next(&mut self, at: Timestamp) -> ConversationId {
        self.made = self.made.wrapping_add(1);
        let hash = Sha256::new()
            .chain_update(self.seed)
            .chain_update(self.made.to_be_bytes())
            .finalize();
        let mut random = [0; 10];
        random.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
        let ms = u64::try_from(at.0).unwrap_or(0);
        ConversationId(Builder::from_unix_timestamp_millis(ms, &random).into_uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn ids_differ_from_each_other_and_between_seeds_and_are_the_same_again() {
        let made = |seed| {
            let mut ids = ConversationIds::new([seed; 32]);
            (0..1_000).map(|_| ids.next(Timestamp(1))).collect::<Vec<_>>()
        };
        let (one, other) = (made(1), made(2));
        assert_eq!(one, made(1));
        let all: HashSet<_> = one.iter().chain(&other).collect();
        assert_eq!(all.len(), 2_000);
    }

    #[test]
    fn ids_sort_by_the_time_they_were_made_at() {
        let mut ids = ConversationIds::new([0; 32]);
        assert!(ids.next(Timestamp(1_700_000_000_000)) < ids.next(Timestamp(1_700_000_000_001)));
        assert_eq!(ids.next(Timestamp(-1)).0.get_version_num(), 7);
    }
}
