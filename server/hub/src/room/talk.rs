//! What is kept in memory of an open conversation, beside its placement.

use domain::{Author, Body, ClientMessageId, Epoch, Message, PageView, Seq, SiteId};
use std::collections::HashSet;
use store::write::TalkRow;

/// Longest excerpt of a last text, in characters.
const EXCERPT_CHARS_MAX: usize = 120;

#[derive(Debug)]
pub(super) struct Talk {
    pub(super) site: SiteId,
    /// The epoch the store will have once everything handed to the writer is committed; `None` if the conversation is
    /// not handed to the writer yet.
    pub(super) stored_epoch: Option<Epoch>,
    pub(super) last_seq: Seq,
    pub(super) guest_read: Seq,
    pub(super) guest_delivered: Seq,
    pub(super) agent_read: Seq,
    pub(super) agent_delivered: Seq,
    /// The `seq` of each of the guest's texts after `agent_read`.
    unread: Vec<Seq>,
    pub(super) last_text: String,
    /// The ids of all messages so far.
    sent: HashSet<ClientMessageId>,
    pub(super) name: String,
    pub(super) contact: String,
    pub(super) page: PageView,
    /// What the guest was told last of their place in line: ahead, estimate, staffed.
    pub(super) told: Option<(u32, Option<u32>, bool)>,
}

impl Talk {
    pub(super) fn new(site: SiteId, name: String, contact: String, page: PageView) -> Self {
        Self {
            site,
            stored_epoch: None,
            last_seq: Seq::default(),
            guest_read: Seq::default(),
            guest_delivered: Seq::default(),
            agent_read: Seq::default(),
            agent_delivered: Seq::default(),
            unread: Vec::new(),
            last_text: String::new(),
            sent: HashSet::new(),
            name,
            contact,
            page,
            told: None,
        }
    }

    pub(super) fn load(row: TalkRow, epoch: Epoch) -> Self {
        // Which of the messages are unread is not loaded, only how many: as if they were the last ones.
        let unread = vec![row.last_seq; usize::try_from(row.unread).unwrap_or(usize::MAX)];
        Self {
            site: row.site,
            stored_epoch: Some(epoch),
            last_seq: row.last_seq,
            guest_read: row.guest_read,
            guest_delivered: row.guest_delivered,
            agent_read: row.agent_read,
            agent_delivered: row.agent_delivered,
            unread,
            last_text: row.last_text,
            sent: row.sent.into_iter().map(|(id, _)| id).collect(),
            name: row.guest_name,
            contact: row.guest_contact,
            page: row.page,
            told: None,
        }
    }

    /// Whether a message of this id has been handed in before.
    pub(super) fn knows(&self, id: ClientMessageId) -> bool {
        self.sent.contains(&id)
    }

    /// Takes note of a message; its `seq` is [`Seq::next`] of the last one.
    pub(super) fn note(&mut self, message: &Message) {
        debug_assert_eq!(message.seq, self.last_seq.next());
        self.last_seq = message.seq;
        self.sent.extend(message.id);
        if let Body::Text { text } = &message.body {
            self.last_text = text.chars().take(EXCERPT_CHARS_MAX).collect();
            if message.from == Author::Guest {
                self.unread.push(message.seq);
            }
        }
    }

    pub(super) fn unread(&self) -> u32 {
        u32::try_from(self.unread.len()).unwrap_or(u32::MAX)
    }

    /// The agent has seen everything up to `seq`. False if that is nothing new.
    pub(super) fn agent_reads(&mut self, seq: Seq) -> bool {
        let seq = seq.min(self.last_seq);
        if seq <= self.agent_read {
            return false;
        }
        self.agent_read = seq;
        self.agent_delivered = self.agent_delivered.max(seq);
        self.unread.retain(|unread| *unread > seq);
        true
    }

    /// The agent's desk has everything up to `seq`. False if that is nothing new.
    pub(super) fn agent_has(&mut self, seq: Seq) -> bool {
        let seq = seq.min(self.last_seq);
        let new = seq > self.agent_delivered;
        self.agent_delivered = self.agent_delivered.max(seq);
        new
    }

    /// The guest has seen everything up to `seq`. False if that is nothing new.
    pub(super) fn guest_reads(&mut self, seq: Seq) -> bool {
        let seq = seq.min(self.last_seq);
        if seq <= self.guest_read {
            return false;
        }
        self.guest_read = seq;
        self.guest_delivered = self.guest_delivered.max(seq);
        true
    }

    /// The guest's page has everything up to `seq`. False if that is nothing new.
    pub(super) fn guest_has(&mut self, seq: Seq) -> bool {
        let seq = seq.min(self.last_seq);
        let new = seq > self.guest_delivered;
        self.guest_delivered = self.guest_delivered.max(seq);
        new
    }
}
