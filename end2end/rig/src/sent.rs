//! What a client has sent, and what became of it.

use crate::Violation;
use crate::value::{number, text, uuid};
use serde_json::Value;
use std::collections::{HashMap, VecDeque};
use uuid::Uuid;

#[derive(Clone, Debug)]
pub struct Sent {
    pub id: Uuid,
    pub text: String,
    /// The frame, to be sent again just as it was.
    pub frame: Value,
    pub fate: Fate,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Not known: it may be stored, and it may not.
    Open,
    Acknowledged {
        conversation: Uuid,
        seq: i64,
        at: i64,
    },
    /// With this code.
    Rejected(String),
}

/// Everything one client has sent, in order.
#[derive(Clone, Debug, Default)]
pub struct Book {
    all: Vec<Sent>,
    by_id: HashMap<Uuid, usize>,
    open: VecDeque<usize>,
}

impl Book {
    pub fn add(&mut self, id: Uuid, text: &str, frame: Value) {
        let index = self.all.len();
        self.by_id.insert(id, index);
        self.open.push_back(index);
        self.all.push(Sent {
            id,
            text: text.to_owned(),
            frame,
            fate: Fate::Open,
        });
    }

    /// Everything, in the order in which it was sent first.
    pub fn all(&self) -> &[Sent] {
        &self.all
    }

    /// What is to be sent again after a lost connection, in order.
    pub fn again(&self) -> Vec<Value> {
        let open = self.open.iter().filter_map(|index| self.all.get(*index));
        open.map(|sent| sent.frame.clone()).collect()
    }

    /// How many have no answer yet.
    pub fn open(&self) -> usize {
        self.open.len()
    }

    /// Takes an `ack` frame: what was sent, if this is the first one for it.
    ///
    /// # Errors
    /// Nobody sent that, or it was acknowledged as something else, or rejected.
    pub fn acknowledged(&mut self, frame: &Value) -> Result<Option<&Sent>, Violation> {
        let fate = Fate::Acknowledged {
            conversation: uuid(frame, "conversation")
                .ok_or_else(|| Violation::Other(format!("no conversation in {frame}")))?,
            seq: number(frame, "seq"),
            at: number(frame, "at"),
        };
        self.settle(frame, &fate)
    }

    /// Takes a `rejected` frame that has an `id`.
    ///
    /// # Errors
    /// Nobody sent that, or it was acknowledged before.
    pub fn rejected(&mut self, frame: &Value) -> Result<(), Violation> {
        let fate = Fate::Rejected(text(frame, "code").to_owned());
        self.settle(frame, &fate).map(drop)
    }

    fn settle(&mut self, frame: &Value, fate: &Fate) -> Result<Option<&Sent>, Violation> {
        let index = uuid(frame, "id").and_then(|id| self.by_id.get(&id).copied());
        let sent = index.and_then(|index| self.all.get_mut(index));
        let (Some(index), Some(sent)) = (index, sent) else {
            return Err(Violation::Other(format!("nobody sent what {frame} is about")));
        };
        if sent.fate == *fate {
            return Ok(None);
        }
        if sent.fate != Fate::Open {
            let what = format!("{} was {:?} and is {fate:?}", sent.id, sent.fate);
            return Err(Violation::Doubled(what));
        }
        sent.fate = fate.clone();
        self.open.retain(|open| *open != index);
        Ok(Some(sent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_message_has_one_fate() {
        let (mut book, id) = (Book::default(), Uuid::from_u128(1));
        book.add(id, "a", json!({"type": "send"}));
        assert_eq!(book.again().len(), 1);
        let ack = |seq: i64| json!({"type": "ack", "id": id, "conversation": Uuid::from_u128(2), "seq": seq, "at": 1});
        assert!(matches!(book.acknowledged(&ack(4)), Ok(Some(_))));
        assert!(matches!(book.acknowledged(&ack(4)), Ok(None)));
        assert!(book.acknowledged(&ack(5)).is_err(), "stored twice");
        assert!(book.rejected(&json!({"id": id, "code": "closed"})).is_err());
        assert!(
            book.rejected(&json!({"id": Uuid::from_u128(9), "code": "closed"}))
                .is_err()
        );
        assert_eq!((book.open(), book.again().len()), (0, 0));
    }
}
