//! What is kept in memory of an open conversation, beside its placement.

use super::guest::PresentGuest;
use super::sent::Sent;
use super::view::Waiting;
use domain::text::{UNANSWERED_MAX, excerpt};
use domain::write::{Side, TalkRow};
use domain::{Author, Body, Epoch, Message, PageView, Seq, SiteId, Timestamp};
use std::collections::VecDeque;

#[derive(Debug)]
pub(super) struct Talk {
    pub(super) site: SiteId,
    /// The epoch the store will have once everything handed to the writer is committed; `None` if the conversation is
    /// not handed to the writer yet.
    pub(super) stored_epoch: Option<Epoch>,
    pub(super) last_seq: Seq,
    pub(super) guest: Marks,
    pub(super) agent: Marks,
    /// The `seq` of each of the guest's texts that no agent has read.
    unread: Vec<Seq>,
    pub(super) last_text: String,
    /// Excerpts of what the guest wrote since an agent did, oldest first; the last few.
    pub(super) unanswered: VecDeque<String>,
    pub(super) sent: Sent,
    pub(super) name: String,
    pub(super) contact: String,
    pub(super) page: PageView,
    pub(super) language: String,
    /// When the guest's last connection went; `None` while there is one.
    pub(super) left_at: Option<Timestamp>,
    /// What the guest was told last of their place in line.
    pub(super) told: Option<Waiting>,
}

impl Talk {
    /// That of a guest who has come to talk.
    pub(super) fn begin(guest: &PresentGuest) -> Self {
        Self {
            site: guest.site,
            stored_epoch: None,
            last_seq: Seq::default(),
            guest: Marks::default(),
            agent: Marks::default(),
            unread: Vec::new(),
            last_text: String::new(),
            unanswered: VecDeque::new(),
            sent: Sent::default().whole(),
            name: guest.name.clone(),
            contact: guest.contact.clone(),
            page: guest.page.clone(),
            language: guest.environment.language.clone(),
            left_at: None,
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
            guest: Marks {
                read: row.guest_read,
                delivered: row.guest_delivered,
            },
            agent: Marks {
                read: row.agent_read,
                delivered: row.agent_delivered,
            },
            unread,
            last_text: row.last_text,
            unanswered: row.unanswered.into(),
            sent: Sent::default(),
            name: row.guest_name,
            contact: row.guest_contact,
            page: row.page,
            language: row.language,
            left_at: None,
            told: None,
        }
    }

    /// Takes note of a message; its `seq` is [`Seq::next`] of the last one.
    pub(super) fn note(&mut self, message: &Message) {
        debug_assert_eq!(message.seq, self.last_seq.next());
        self.last_seq = message.seq;
        if let Some(id) = message.id {
            self.sent.note(id, message.seq);
        }
        if let Body::Text { text } = &message.body {
            self.last_text = excerpt(text);
            if message.from == Author::Guest {
                self.unread.push(message.seq);
                if self.unanswered.len() == UNANSWERED_MAX {
                    self.unanswered.pop_front();
                }
                self.unanswered.push_back(self.last_text.clone());
            } else {
                self.unanswered.clear();
            }
        }
    }

    pub(super) fn unread(&self) -> u32 {
        u32::try_from(self.unread.len()).unwrap_or(u32::MAX)
    }

    pub(super) const fn marks(&self, side: Side) -> Marks {
        match side {
            Side::Guest => self.guest,
            Side::Agent => self.agent,
        }
    }

    /// One side has received or seen everything up to `seq`. False if that is nothing new.
    pub(super) fn moves(&mut self, side: Side, mark: Mark, seq: Seq) -> bool {
        let seq = seq.min(self.last_seq);
        let marks = match side {
            Side::Guest => &mut self.guest,
            Side::Agent => &mut self.agent,
        };
        let moved = marks.forward(mark, seq);
        let agent_read = self.agent.read;
        self.unread.retain(|unread| *unread > agent_read);
        moved
    }
}

/// How far one side has got.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Marks {
    pub(super) read: Seq,
    /// At least `read`.
    pub(super) delivered: Seq,
}

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Read,
    Delivered,
}

impl Marks {
    fn forward(&mut self, mark: Mark, seq: Seq) -> bool {
        let moved = match mark {
            Mark::Read => &mut self.read,
            Mark::Delivered => &mut self.delivered,
        };
        if seq <= *moved {
            return false;
        }
        *moved = seq;
        self.delivered = self.delivered.max(seq);
        true
    }
}
