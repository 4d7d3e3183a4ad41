//! What every client keeps, whichever end it is: what it sent, what came and in which order, and what should not have.

use crate::Violation;
use crate::history::{Author, Body, Entry, Followed, History};
use crate::sent::Book;
use crate::value::{number, text, uuid};
use serde_json::Value;
use std::collections::BTreeMap;
use uuid::Uuid;

#[derive(Clone, Debug, Default)]
pub struct Record {
    pub sent: Book,
    pub histories: BTreeMap<Uuid, History>,
    /// Messages received, sent again ones included.
    pub received: u64,
    /// Whole frames, in order, also of those that name no message.
    pub rejections: Vec<Value>,
    /// What the server did that the protocol does not allow.
    pub violations: Vec<Violation>,
    /// Of the connection there is.
    pub(crate) followed: Followed,
}

impl Record {
    /// Codes of the rejections so far.
    pub fn rejection_codes(&self) -> Vec<&str> {
        self.rejections.iter().map(|frame| text(frame, "code")).collect()
    }

    /// Takes a `message` frame.
    pub(crate) fn message(&mut self, frame: &Value) {
        self.received = self.received.saturating_add(1);
        let (Some(conversation), Some(entry)) = (uuid(frame, "conversation"), Entry::of_message(frame)) else {
            return self
                .violations
                .push(Violation::Other(format!("not a message: {frame}")));
        };
        let seq = number(frame, "seq");
        let in_turn = self.followed.message(conversation, seq);
        let kept = self.histories.entry(conversation).or_default().take(seq, entry);
        self.violations.extend(in_turn.err().into_iter().chain(kept.err()));
    }

    /// Takes an `ack` frame; what was sent stands in the history as `author`'s.
    pub(crate) fn acknowledged(&mut self, frame: &Value, author: Author) {
        let (conversation, seq) = (uuid(frame, "conversation").unwrap_or_default(), number(frame, "seq"));
        let entry = match self.sent.acknowledged(frame) {
            Ok(sent) => sent.map(|sent| Entry {
                id: Some(sent.id),
                author,
                body: Body::Text(sent.text.clone()),
                at: number(frame, "at"),
            }),
            Err(violation) => return self.violations.push(violation),
        };
        let in_turn = self.followed.acknowledged(conversation, seq);
        let history = self.histories.entry(conversation).or_default();
        let kept = entry.map_or(Ok(()), |entry| history.take(seq, entry));
        self.violations.extend(in_turn.err().into_iter().chain(kept.err()));
    }

    /// Takes a `rejected` frame.
    pub(crate) fn rejected(&mut self, frame: &Value) {
        self.rejections.push(frame.clone());
        if uuid(frame, "id").is_some()
            && let Err(violation) = self.sent.rejected(frame)
        {
            self.violations.push(violation);
        }
    }
}
