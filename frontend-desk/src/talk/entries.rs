//! The rows of a conversation: what was said, with a line between days and one where the new begins, and what is on its
//! way below.

use crate::state::{Pending, PendingState};
use domain::{Author, Body, ClientMessageId, MemberId, Message, Seq, Timestamp};
use std::collections::HashSet;
use std::sync::Arc;

/// Words of one person within this time belong together.
const RUN_MS: i64 = 5 * 60_000;

/// One row. Only what stands above a row decides how it looks, so what is added below changes none.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Entry {
    Day(Timestamp),
    /// What follows came while the agent looked elsewhere.
    New,
    Said {
        message: Arc<Message>,
        /// The first of a run has a gap above it.
        first: bool,
    },
    Pending {
        pending: Pending,
        first: bool,
    },
}

/// Tells rows apart; a row that changes its looks is another row.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Day(i64),
    New,
    Said(Seq, bool),
    Pending(ClientMessageId, bool, bool),
}

impl Entry {
    pub(super) fn key(&self) -> Key {
        match self {
            Self::Day(at) => Key::Day(at.0),
            Self::New => Key::New,
            Self::Said { message, first } => Key::Said(message.seq, *first),
            Self::Pending { pending, first } => {
                Key::Pending(pending.id, *first, matches!(pending.state, PendingState::Failed(_)))
            }
        }
    }
}

/// The rows that end a run, each by its key: those that show their time.
pub(super) fn ends(entries: &[Entry]) -> HashSet<Key> {
    let follows = |next: Option<&Entry>| {
        matches!(
            next,
            Some(Entry::Said { first: false, .. } | Entry::Pending { first: false, .. })
        )
    };
    let mut rest = entries.iter().peekable();
    let mut ends = HashSet::new();
    while let Some(entry) = rest.next() {
        if !follows(rest.peek().copied()) {
            ends.insert(entry.key());
        }
    }
    ends
}

/// What the rows depend on besides the messages.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Setting {
    /// The reader; what is on its way is theirs.
    pub(super) me: Option<MemberId>,
    /// How far they had read.
    pub(super) new_after: Option<Seq>,
    /// Written and not yet acknowledged.
    pub(super) pending: Vec<Pending>,
    pub(super) now: Timestamp,
}

/// The rows of `messages`. `same_day` knows the reader's calendar.
pub(super) fn entries<'a>(
    messages: impl DoubleEndedIterator<Item = &'a Arc<Message>> + Clone,
    setting: Setting,
    same_day: impl Fn(Timestamp, Timestamp) -> bool,
) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut before: Option<&Arc<Message>> = None;
    let (mut spoken, mut new_after) = (false, setting.new_after);
    // Asking the calendar is slow, and most conversations end on the day they began.
    let last_at = messages.clone().next_back().map(|last| last.at);
    let mut last_day = false;
    for message in messages {
        let mut first = before.is_none_or(|before| !one_run(before, message));
        if before.is_none_or(|before| !last_day && !same_day(before.at, message.at)) {
            entries.push(Entry::Day(message.at));
            last_day = last_at.is_some_and(|last| same_day(message.at, last));
            first = true;
        }
        if message.from == Author::Guest && new_after.is_some_and(|after| message.seq > after) {
            new_after = None;
            // A conversation that is new as a whole needs no line.
            if spoken {
                entries.push(Entry::New);
                first = true;
            }
        }
        entries.push(Entry::Said {
            message: Arc::clone(message),
            first,
        });
        spoken |= is_text(message);
        before = Some(message);
    }
    let follows =
        before.is_some_and(|last| is_text(last) && own(last, setting.me) && setting.now.ms_since(last.at) < RUN_MS);
    let pending = setting.pending.into_iter().enumerate();
    entries.extend(pending.map(|(index, pending)| Entry::Pending {
        pending,
        first: index == 0 && !follows,
    }));
    entries
}

fn is_text(message: &Message) -> bool {
    matches!(message.body, Body::Text { .. })
}

fn own(message: &Message, me: Option<MemberId>) -> bool {
    matches!(message.from, Author::Agent { id, .. } if Some(id) == me)
}

fn one_run(one: &Message, next: &Message) -> bool {
    let same = match (&one.from, &next.from) {
        // A name may be missing from our own words that were just acknowledged.
        (Author::Agent { id: one, .. }, Author::Agent { id: next, .. }) => one == next,
        (one, next) => one == next,
    };
    same && is_text(one) && is_text(next) && next.at.ms_since(one.at) < RUN_MS
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{ConversationId, Notice};
    use uuid::Uuid;

    const ME: MemberId = MemberId(7);
    const DAY_MS: i64 = 86_400_000;
    const MINUTE_MS: i64 = 60_000;

    fn said(seq: i64, from: Author, at: i64) -> Arc<Message> {
        let text = format!("text {seq}");
        Arc::new(Message {
            conversation: ConversationId(Uuid::nil()),
            seq: Seq(seq),
            id: None,
            from,
            body: Body::Text { text },
            at: Timestamp(at),
        })
    }

    fn me() -> Author {
        let name = String::new();
        Author::Agent { id: ME, name }
    }

    fn seated(seq: i64) -> Arc<Message> {
        let mut message = Arc::unwrap_or_clone(said(seq, Author::System, 0));
        let agent = "Anna".into();
        message.body = Body::Notice(Notice::Seated { agent, after: None });
        Arc::new(message)
    }

    /// One word for each row.
    fn rows(messages: &[Arc<Message>], new_after: Option<i64>, pending: usize, now: i64) -> Vec<String> {
        let one = |n: usize| Pending {
            id: ClientMessageId(Uuid::from_u128(n as u128)),
            conversation: ConversationId(Uuid::nil()),
            text: String::new(),
            state: PendingState::Sending,
        };
        let setting = Setting {
            me: Some(ME),
            new_after: new_after.map(Seq),
            pending: (0..pending).map(one).collect(),
            now: Timestamp(now),
        };
        let same_day = |a: Timestamp, b: Timestamp| a.0 / DAY_MS == b.0 / DAY_MS;
        let word = |entry: Entry| match entry {
            Entry::Day(at) => format!("day {}", at.0 / DAY_MS),
            Entry::New => "new".into(),
            Entry::Said { message, first: true } => format!("{} first", message.seq),
            Entry::Said { message, .. } => message.seq.to_string(),
            Entry::Pending { first: true, .. } => "pending first".into(),
            Entry::Pending { .. } => "pending".into(),
        };
        entries(messages.iter(), setting, same_day)
            .into_iter()
            .map(word)
            .collect()
    }

    #[test]
    fn words_of_one_person_in_short_order_belong_together() {
        let messages = [
            said(1, Author::Guest, 0),
            said(2, Author::Guest, MINUTE_MS),
            said(3, Author::Guest, 10 * MINUTE_MS),
            said(4, me(), 10 * MINUTE_MS),
        ];
        assert_eq!(
            rows(&messages, None, 0, 0),
            ["day 0", "1 first", "2", "3 first", "4 first"]
        );
    }

    #[test]
    fn the_last_of_a_run_ends_it() {
        let said = |seq, first| Entry::Said {
            message: said(seq, Author::Guest, 0),
            first,
        };
        let rows = [
            said(1, true),
            said(2, false),
            said(3, true),
            Entry::Day(Timestamp(0)),
            said(4, true),
        ];
        let ends = ends(&rows);
        let ending: Vec<_> = rows.iter().map(|row| ends.contains(&row.key())).collect();
        assert_eq!(ending, [false, true, true, true, true]);
    }

    #[test]
    fn every_day_begins_with_its_date_and_a_run_of_its_own() {
        let messages = [
            said(1, Author::Guest, DAY_MS - MINUTE_MS),
            said(2, Author::Guest, DAY_MS + MINUTE_MS),
        ];
        assert_eq!(rows(&messages, None, 0, 0), ["day 0", "1 first", "day 1", "2 first"]);
        let three = [
            said(1, Author::Guest, 0),
            said(2, Author::Guest, DAY_MS),
            said(3, Author::Guest, DAY_MS + 1),
            said(4, Author::Guest, 2 * DAY_MS),
        ];
        assert_eq!(
            rows(&three, None, 0, 0),
            ["day 0", "1 first", "day 1", "2 first", "3", "day 2", "4 first"]
        );
    }

    #[test]
    fn the_new_begins_with_the_guests_first_words_after_what_was_read() {
        let messages = [
            said(1, Author::Guest, 0),
            said(2, me(), 0),
            said(3, Author::Guest, 0),
            said(4, Author::Guest, 0),
        ];
        assert_eq!(
            rows(&messages, Some(1), 0, 0),
            ["day 0", "1 first", "2 first", "new", "3 first", "4"]
        );
        assert_eq!(
            rows(&messages, Some(3), 0, 0),
            ["day 0", "1 first", "2 first", "3 first", "new", "4 first"]
        );
    }

    #[test]
    fn what_is_new_as_a_whole_has_no_line() {
        let messages = [seated(1), said(2, Author::Guest, 0), said(3, Author::Guest, 0)];
        assert_eq!(rows(&messages, Some(0), 0, 0), ["day 0", "1 first", "2 first", "3"]);
    }

    #[test]
    fn what_is_on_its_way_goes_on_with_ones_own_words_of_just_now() {
        let messages = [said(1, me(), 0)];
        assert_eq!(
            rows(&messages, None, 2, MINUTE_MS),
            ["day 0", "1 first", "pending", "pending"]
        );
        assert_eq!(
            rows(&messages, None, 1, 6 * MINUTE_MS),
            ["day 0", "1 first", "pending first"]
        );
        let guests = [said(1, Author::Guest, 0)];
        assert_eq!(rows(&guests, None, 1, 0), ["day 0", "1 first", "pending first"]);
    }
}
