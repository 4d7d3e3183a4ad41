//! One conversation as the desk has it.

use app::api::conversation::HistoryPage;
use domain::{Author, ClientMessageId, Message, Seq};
use protocol::desk::{DeskConversation, Gone};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A conversation with the messages that are here.
#[derive(Clone, Debug, PartialEq)]
pub struct Talk {
    pub card: DeskConversation,
    /// By `seq`, without gaps from the first that is here to the last.
    pub messages: BTreeMap<Seq, Arc<Message>>,
    /// Messages before the first may exist. Known for certain once a page of history said so.
    pub earlier: bool,
    /// What the guest is typing; empty if nothing.
    pub typing: String,
    /// How far the agent had read when they came to it with something unread.
    pub(super) came_at: Option<Seq>,
    /// It is not the agent's any more.
    pub ended: Option<Ended>,
    /// How far the server knows that this desk has it.
    pub(super) delivered: Seq,
    /// A welcome came and no message since: the server may have left some out, since it sends 200 at most.
    pub(super) resuming: bool,
}

/// Why it is not the agent's any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The server said so.
    Gone(Gone),
    /// It happened while there was no connection.
    WhileAway,
}

/// What became of a message that arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arrival {
    Added,
    /// It was here already.
    Known,
    /// Others are missing before it.
    Gap,
}

impl Talk {
    pub(super) fn new(card: DeskConversation) -> Self {
        Self {
            earlier: card.last_seq > Seq(0),
            card,
            messages: BTreeMap::new(),
            typing: String::new(),
            came_at: None,
            ended: None,
            delivered: Seq(0),
            resuming: true,
        }
    }

    pub fn first_seq(&self) -> Option<Seq> {
        self.messages.keys().next().copied()
    }

    pub fn last_seq(&self) -> Option<Seq> {
        self.messages.keys().next_back().copied()
    }

    /// Nothing of what was said is here yet.
    pub fn is_blank(&self) -> bool {
        self.messages.is_empty() && self.card.last_seq > Seq(0)
    }

    pub(super) fn add(&mut self, message: Message) -> Arrival {
        let seq = message.seq;
        if self.messages.contains_key(&seq) || self.first_seq().is_some_and(|first| seq < first) {
            return Arrival::Known;
        }
        if self.last_seq().is_some_and(|last| seq != last.next()) {
            if !self.resuming {
                return Arrival::Gap;
            }
            // More was missed than the server sends again: begin anew here, history has the rest.
            self.messages.clear();
        }
        self.resuming = false;
        self.card.last_seq = self.card.last_seq.max(seq);
        if message.from == Author::Guest {
            self.typing.clear();
        }
        self.messages.insert(seq, Arc::new(message));
        self.earlier = self.first_seq() > Some(Seq(1));
        Arrival::Added
    }

    /// Adds a page of history, as far as it joins what is here.
    pub(super) fn add_earlier(&mut self, page: HistoryPage) {
        let joins = match (page.messages.last(), self.first_seq()) {
            (Some(last), Some(first)) => last.seq.next() >= first,
            (Some(_), None) => true,
            (None, _) => false,
        };
        if joins {
            for message in page.messages {
                self.messages.entry(message.seq).or_insert_with(|| Arc::new(message));
            }
        }
        self.earlier = page.more;
    }

    pub(super) fn has(&self, id: ClientMessageId) -> bool {
        self.messages.values().rev().any(|message| message.id == Some(id))
    }

    /// The last message of the guest's that is here.
    fn last_of_guest(&self) -> Option<Seq> {
        self.messages
            .iter()
            .rev()
            .find(|(_, message)| message.from == Author::Guest)
            .map(|(seq, _)| *seq)
    }

    /// How far the server should learn that this desk has it, if it does not know.
    pub(super) fn delivered_due(&self) -> Option<Seq> {
        self.last_of_guest().filter(|seq| *seq > self.delivered)
    }

    /// How far the agent has it in front of them, if the server does not know that they read it.
    pub(super) fn unread_seq(&self) -> Option<Seq> {
        self.last_of_guest().filter(|seq| *seq > self.card.agent_read)
    }

    /// The card as the server has it now, except that a read mark on its way there is not taken back.
    pub(super) fn renew(&mut self, card: DeskConversation) {
        let read = self.card.agent_read;
        self.card = card;
        if !self.card.guest_here {
            self.typing.clear();
        }
        if read > self.card.agent_read {
            self.card.agent_read = read;
            if self.unread_seq().is_none() {
                self.card.unread = 0;
            }
        }
    }

    /// It is not the agent's any more. The first reason stands.
    pub(super) fn end(&mut self, ended: Ended) {
        self.ended = self.ended.or(Some(ended));
        self.typing.clear();
    }

    /// The agent comes to it, or comes back to it.
    pub(super) fn mark_new(&mut self) {
        self.came_at = (self.card.unread > 0).then_some(self.card.agent_read);
    }

    /// What follows is new to the agent. Whoever answered, from another tab perhaps, knew what came before.
    pub fn new_after(&self) -> Option<Seq> {
        let answered = || {
            let mut messages = self.messages.values().rev();
            let answer = messages.find(|message| matches!(message.from, Author::Agent { .. }));
            answer.map(|message| message.seq).unwrap_or_default()
        };
        self.came_at.map(|read| read.max(answered()))
    }

    pub(super) fn read_up_to(&mut self, seq: Seq) {
        self.card.agent_read = self.card.agent_read.max(seq);
        self.card.unread = 0;
    }
}
