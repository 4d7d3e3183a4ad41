//! What a client has of a conversation, and whether it came in order.

use crate::Violation;
use crate::value::{number, text, uuid};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// One entry of a conversation, as anybody may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The id its sender's client gave it; `None` for a notice.
    pub id: Option<Uuid>,
    pub author: Author,
    pub body: Body,
    /// Milliseconds since 1970.
    pub at: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Author {
    Guest,
    Agent(i64),
    System,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    Text(String),
    /// As in the frame, without its `kind`.
    Notice(Value),
}

impl Entry {
    /// That of a `message` frame; `None` if it is none.
    pub fn of_message(frame: &Value) -> Option<Self> {
        let from = frame.get("from")?;
        let author = match text(from, "role") {
            "guest" => Author::Guest,
            "agent" => Author::Agent(number(from, "id")),
            "system" => Author::System,
            _ => return None,
        };
        let body = frame.get("body")?;
        let body = match text(body, "kind") {
            "text" => Body::Text(text(body, "text").to_owned()),
            "notice" => {
                let mut notice = body.clone();
                notice.as_object_mut()?.remove("kind");
                Body::Notice(notice)
            }
            _ => return None,
        };
        Some(Self {
            id: uuid(frame, "id"),
            author,
            body,
            at: number(frame, "at"),
        })
    }
}

/// The entries of one conversation by `seq`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History(pub BTreeMap<i64, Entry>);

impl History {
    /// The last `seq` up to which nothing is missing, counted from the first there is; 0 if there is none.
    pub fn last(&self) -> i64 {
        self.0.last_key_value().map_or(0, |(seq, _)| *seq)
    }

    /// Nobody has said anything.
    pub fn is_silent(&self) -> bool {
        !self.0.values().any(|entry| matches!(entry.body, Body::Text(_)))
    }

    /// Whether it has everything from 1 on.
    pub fn is_whole(&self) -> bool {
        i64::try_from(self.0.len()).is_ok_and(|count| count == self.last())
    }

    /// Takes an entry.
    ///
    /// # Errors
    /// There is another at its place.
    pub fn take(&mut self, seq: i64, entry: Entry) -> Result<(), Violation> {
        match self.0.get(&seq) {
            Some(there) if *there != entry => Err(Violation::Lost(format!("{seq} was {there:?} and is {entry:?}"))),
            Some(_) => Ok(()),
            None => {
                self.0.insert(seq, entry);
                Ok(())
            }
        }
    }
}

/// What one connection has been sent: each conversation it follows, with the last `seq`.
#[derive(Clone, Debug, Default)]
pub struct Followed(HashMap<Uuid, i64>);

impl Followed {
    /// Follows a conversation after `seq`, unless it does already.
    pub fn begin(&mut self, conversation: Uuid, seq: i64) {
        self.0.entry(conversation).or_insert(seq);
    }

    /// A message comes.
    ///
    /// # Errors
    /// It is not its turn.
    pub fn message(&mut self, conversation: Uuid, seq: i64) -> Result<(), Violation> {
        let Some(last) = self.0.get_mut(&conversation) else {
            let what = format!("{seq} of {conversation}, which is not followed");
            return Err(Violation::Other(what));
        };
        if seq == last.saturating_add(1) {
            *last = seq;
            return Ok(());
        }
        let what = format!("{seq} of {conversation} comes after {last}");
        Err(if seq == *last {
            Violation::Doubled(what)
        } else {
            Violation::Disorder(what)
        })
    }

    /// One's own message is acknowledged: in its turn if it is new, and any number of times later.
    ///
    /// # Errors
    /// Something before it is missing.
    pub fn acknowledged(&mut self, conversation: Uuid, seq: i64) -> Result<(), Violation> {
        match self.0.get(&conversation) {
            Some(last) if seq > *last => self.message(conversation, seq),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_does_not_come_in_turn_is_found_out() {
        let (mut followed, conversation) = (Followed::default(), Uuid::from_u128(1));
        assert!(followed.message(conversation, 1).is_err(), "not followed");
        followed.begin(conversation, 0);
        assert!(followed.message(conversation, 1).is_ok());
        assert!(followed.message(conversation, 1).is_err(), "twice");
        assert!(followed.message(conversation, 3).is_err(), "a gap");
        assert!(followed.acknowledged(conversation, 2).is_ok());
        assert!(followed.acknowledged(conversation, 1).is_ok(), "acknowledged again");
        assert!(followed.acknowledged(conversation, 4).is_err(), "a gap");
    }

    #[test]
    fn a_message_that_changed_is_found_out() {
        let frame = |text: &str| {
            json!({"type": "message", "seq": 1, "id": null, "from": {"role": "guest"},
                   "body": {"kind": "text", "text": text}, "at": 5})
        };
        let mut history = History::default();
        for (text, fine) in [("a", true), ("a", true), ("b", false)] {
            let taken = Entry::of_message(&frame(text)).map(|entry| history.take(1, entry).is_ok());
            assert_eq!(taken, Some(fine), "{text}");
        }
        assert!(history.is_whole());
    }
}
