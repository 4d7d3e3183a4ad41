//! What the desk knows, and how it changes: a pure reducer. Something happens ([`Input`]), the state changes, and what
//! must be done about it comes back as [`Effect`]s.
//!
//! Invariant: no DOM, no socket, no clock, no randomness, so that every rule of delivery is tested without a browser.

mod effect;
mod input;
mod outbox;
mod server;
mod talk;

#[cfg(test)]
mod tests;

pub use effect::{Effect, Tell};
pub use input::Input;
pub use outbox::{Pending, PendingState};
pub use talk::{Ended, Talk};

use domain::{ConversationId, MemberId};
use protocol::desk::{DeskFrame, Line, Missed, Seats};
use protocol::guest::Resume;
use std::collections::BTreeMap;

/// Everything the desk shows that came over the socket, and what is on its way there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeskState {
    /// The agent at this desk; their own messages are told by it.
    pub me: Option<MemberId>,
    pub seats: Seats,
    /// The agent's conversations, and the open one even if it is not theirs any more.
    pub talks: BTreeMap<ConversationId, Talk>,
    pub line: Line,
    pub missed: Missed,
    /// The conversation in the middle pane.
    pub open: Option<ConversationId>,
    /// The page can be seen, so what is open is being read.
    pub visible: bool,
    /// Written and not yet acknowledged, in the order written.
    pub outbox: Vec<Pending>,
    /// The server has said at least once what there is.
    pub welcomed: bool,
    /// A conversation asked for from the missed queue; it opens when it comes.
    claiming: Option<ConversationId>,
}

impl DeskState {
    /// A desk whose page was just loaded, with what was not acknowledged before the reload.
    pub fn new(outbox: Vec<Pending>, visible: bool) -> Self {
        Self {
            visible,
            outbox,
            ..Self::default()
        }
    }

    /// The first frame of a connection: what we have, so that only what is missing is sent.
    pub fn hello(&self) -> DeskFrame {
        let resume = self.mine().filter_map(|talk| {
            Some(Resume {
                conversation: talk.card.id,
                last_seq: talk.last_seq()?,
            })
        });
        DeskFrame::Hello {
            protocol: protocol::PROTOCOL,
            resume: resume.collect(),
        }
    }

    /// The conversations that are the agent's now.
    pub fn mine(&self) -> impl Iterator<Item = &Talk> {
        self.talks.values().filter(|talk| talk.ended.is_none())
    }

    /// The same as a list, first seated first: a row keeps its place while the conversation lasts.
    pub fn mine_in_order(&self) -> Vec<&Talk> {
        let mut mine: Vec<_> = self.mine().collect();
        mine.sort_by_key(|talk| (talk.card.seated_at, talk.card.id));
        mine
    }

    pub fn talk(&self, id: ConversationId) -> Option<&Talk> {
        self.talks.get(&id)
    }

    pub fn open_talk(&self) -> Option<&Talk> {
        self.talks.get(&self.open?)
    }

    /// Messages of guests that the agent has not read.
    pub fn unread(&self) -> u32 {
        self.mine().map(|talk| talk.card.unread).sum()
    }

    /// Takes in what happened.
    pub fn apply(&mut self, input: Input) -> Vec<Effect> {
        match input {
            Input::Server(event) => self.on_server(event),
            Input::Wrote { conversation, id, text } => self.on_wrote(conversation, id, text),
            Input::Retried { id, fresh } => self.on_retried(id, fresh),
            Input::Discarded { id } => {
                self.outbox.retain(|pending| pending.id != id);
                Vec::new()
            }
            Input::Opened(conversation) => {
                self.on_opened(conversation);
                Vec::new()
            }
            Input::Visible(visible) => {
                self.visible = visible;
                Vec::new()
            }
            Input::Earlier { conversation, page } => {
                if let Some(talk) = self.talks.get_mut(&conversation) {
                    talk.add_earlier(page);
                }
                Vec::new()
            }
            Input::Claimed { conversation } => {
                self.claiming = Some(conversation);
                vec![Effect::Send(DeskFrame::Claim { conversation })]
            }
            Input::MarksDue => self.marks(),
        }
    }

    fn on_opened(&mut self, conversation: Option<ConversationId>) {
        self.open = conversation;
        self.talks
            .retain(|id, talk| talk.ended.is_none() || Some(*id) == conversation);
    }

    /// Whether [`Input::MarksDue`] would send anything.
    pub fn marks_are_due(&self) -> bool {
        self.mine()
            .any(|talk| talk.delivered_due().is_some() || self.read_due(talk).is_some())
    }

    fn read_due(&self, talk: &Talk) -> Option<domain::Seq> {
        (self.visible && self.open == Some(talk.card.id))
            .then(|| talk.unread_seq())
            .flatten()
    }

    fn marks(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        let reading = self.visible.then_some(self.open).flatten();
        for talk in self.talks.values_mut().filter(|talk| talk.ended.is_none()) {
            let conversation = talk.card.id;
            if let Some(seq) = talk.delivered_due() {
                talk.delivered = seq;
                effects.push(Effect::Send(DeskFrame::Delivered { conversation, seq }));
            }
            if let (true, Some(seq)) = (reading == Some(conversation), talk.unread_seq()) {
                talk.read_up_to(seq);
                effects.push(Effect::Send(DeskFrame::Read { conversation, seq }));
            }
        }
        effects
    }
}
