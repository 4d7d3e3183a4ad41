//! An agent at work, as a desk would be one.

use crate::Violation;
use crate::client::{Client, Memory};
use crate::history::{Author, Followed};
use crate::record::Record;
use crate::server::Address;
use crate::value::{number, text, uuid};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Messages of a conversation that a desk is sent at most.
const HISTORY: i64 = 200;

pub type Desk = Client<Workbench>;

/// What a desk remembers.
#[derive(Clone, Debug, Default)]
pub struct Workbench {
    pub member: i64,
    pub cookie: String,
    /// The conversations the agent holds, each as it was told last.
    pub held: BTreeMap<Uuid, Value>,
    /// The epoch of the last seating at this desk of every conversation it has held.
    epochs: BTreeMap<Uuid, i64>,
    /// The most it ever held at once.
    pub held_most: usize,
    /// `duty`, `seats`, `used`, `away`.
    pub me: Value,
    pub line: Value,
    pub missed: Value,
    pub record: Record,
    resumed: BTreeMap<Uuid, i64>,
}

impl Desk {
    /// The desk of a member who has logged in.
    pub fn new(address: Address, member: i64, cookie: &str) -> Self {
        Self::with(Workbench::new(member, cookie), address)
    }

    /// `on`, `break` or `off`.
    pub async fn duty(&mut self, duty: &str) {
        self.send(&json!({"type": "duty", "duty": duty})).await;
    }

    /// Says something in a conversation that is held, or was. Nothing happens in one that was never seen.
    pub async fn say(&mut self, conversation: Uuid, id: Uuid, said: &str) {
        let epoch = self.memory.epoch(conversation);
        self.say_in(conversation, epoch, id, said).await;
    }

    /// The same, in the seating of that epoch.
    pub async fn say_in(&mut self, conversation: Uuid, epoch: i64, id: Uuid, said: &str) {
        let frame = json!({"type": "send", "conversation": conversation, "epoch": epoch, "id": id, "text": said});
        self.memory.record.sent.add(id, said, frame.clone());
        self.send(&frame).await;
    }

    /// `accept` or `close` of a conversation that is held.
    pub async fn act(&mut self, verb: &str, conversation: Uuid) {
        let epoch = self.memory.epoch(conversation);
        self.send(&json!({"type": verb, "conversation": conversation, "epoch": epoch}))
            .await;
    }

    /// Takes a conversation out of the missed queue.
    pub async fn claim(&mut self, conversation: Uuid) {
        self.send(&json!({"type": "claim", "conversation": conversation})).await;
    }

    /// Hands a conversation to a colleague.
    pub async fn transfer(&mut self, conversation: Uuid, to: i64) {
        let epoch = self.memory.epoch(conversation);
        self.send(&json!({"type": "transfer", "conversation": conversation, "epoch": epoch, "to": to}))
            .await;
    }
}

impl Workbench {
    /// One that has seen nothing yet.
    pub fn new(member: i64, cookie: &str) -> Self {
        Self {
            member,
            cookie: cookie.to_owned(),
            ..Self::default()
        }
    }

    /// The epoch of the seating that is, or was last, held; 0 if there was none.
    pub fn epoch(&self, conversation: Uuid) -> i64 {
        self.epochs.get(&conversation).copied().unwrap_or_default()
    }

    /// Ids in the missed queue, as told last.
    pub fn missed_ids(&self) -> Vec<Uuid> {
        let entries = self.missed.get("missed").and_then(Value::as_array);
        entries
            .into_iter()
            .flatten()
            .filter_map(|entry| uuid(entry, "conversation"))
            .collect()
    }

    fn welcome(&mut self, frame: &Value) {
        self.held.clear();
        self.me = frame.get("me").cloned().unwrap_or_default();
        self.line = frame.get("line").cloned().unwrap_or_default();
        self.missed = frame.get("missed").cloned().unwrap_or_default();
        let conversations = frame.get("conversations").and_then(Value::as_array);
        for conversation in conversations.into_iter().flatten() {
            let Some(id) = uuid(conversation, "id") else { continue };
            let last = number(conversation, "last_seq");
            let from = match self.resumed.get(&id) {
                Some(had) if *had > last => {
                    let what = format!("{id} has {last} messages, but {had} were seen");
                    self.record.violations.push(Violation::Lost(what));
                    last
                }
                Some(had) => latest(last).max(*had),
                None => latest(last),
            };
            self.record.followed.begin(id, from);
            self.conversation(conversation);
        }
    }

    fn conversation(&mut self, view: &Value) {
        let Some(id) = uuid(view, "id") else {
            return self
                .record
                .violations
                .push(Violation::Other(format!("no conversation: {view}")));
        };
        self.record.followed.begin(id, latest(number(view, "last_seq")));
        self.held.insert(id, view.clone());
        self.held_most = self.held_most.max(self.held.len());
        let epoch = number(view, "epoch");
        let before = self.epochs.insert(id, epoch);
        if before.is_some_and(|before| before > epoch) {
            self.record
                .violations
                .push(Violation::Other(format!("the epoch of {id} went back")));
        }
    }

    fn gone(&mut self, frame: &Value) {
        let held = uuid(frame, "conversation").and_then(|id| self.held.remove(&id));
        if held.is_none() {
            self.record
                .violations
                .push(Violation::Other(format!("was not held: {frame}")));
        }
    }
}

impl Memory for Workbench {
    fn path(&self) -> String {
        "/ws/desk".to_owned()
    }

    fn cookie(&self) -> Option<String> {
        Some(self.cookie.clone())
    }

    fn hello(&mut self) -> Value {
        self.record.followed = Followed::default();
        let held = self.held.keys();
        self.resumed = held
            .filter_map(|id| Some((*id, self.record.histories.get(id)?.last())))
            .collect();
        let resume: Vec<Value> = self
            .resumed
            .iter()
            .map(|(conversation, last_seq)| json!({"conversation": conversation, "last_seq": last_seq}))
            .collect();
        json!({"type": "hello", "protocol": 1, "resume": resume})
    }

    fn take(&mut self, frame: &Value) {
        match text(frame, "type") {
            "welcome" => self.welcome(frame),
            "conversation" => self.conversation(frame),
            "gone" => self.gone(frame),
            "message" => self.record.message(frame),
            "ack" => self.record.acknowledged(frame, Author::Agent(self.member)),
            "rejected" => self.record.rejected(frame),
            "me" => self.me = frame.clone(),
            "line" => self.line = frame.clone(),
            "missed" => self.missed = frame.clone(),
            "groups" | "typing" | "read" | "delivered" | "pong" => {}
            _ => self
                .record
                .violations
                .push(Violation::Other(format!("unknown: {frame}"))),
        }
    }

    fn record(&mut self) -> &mut Record {
        &mut self.record
    }
}

fn latest(last_seq: i64) -> i64 {
    last_seq.saturating_sub(HISTORY).max(0)
}
