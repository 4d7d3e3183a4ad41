//! What the desk knows, and how it changes: a pure reducer. Something happens ([`Input`]), the state changes, and what
//! must be done about it comes back as [`Effect`]s.
//!
//! Invariant: no DOM, no socket, no clock, no randomness, so that every rule of delivery is tested without a browser.

mod alert;
mod effect;
mod guest;
mod input;
mod lists;
mod outbox;
mod reading;
mod server;
mod talk;

#[cfg(test)]
mod tests;

pub use alert::{Alert, Bell, News, REMIND_EVERY_MS, Ring, Surroundings, Ways};
pub use effect::{Effect, Tell};
pub use guest::Presence;
pub use input::Input;
pub use lists::Hindrance;
pub use outbox::{Pending, PendingState, read_outbox};
pub use talk::{Ended, Talk};

use domain::{ConversationId, MemberId};
use protocol::desk::{DeskFrame, DeskGroup, GuestCard, Line, Missed, Seats};
use protocol::guest::Resume;
use std::collections::BTreeMap;

/// Everything the desk shows that came over the socket, and what is on its way there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeskState {
    /// The agent at this desk; their own messages are told by it.
    pub me: Option<MemberId>,
    /// The connection is of somebody else, who has logged in in this browser: nothing is taken from it, and nothing
    /// said.
    stranger: Option<MemberId>,
    pub seats: Seats,
    /// Every member group; some of them the agent serves.
    pub groups: Vec<DeskGroup>,
    /// The agent's conversations, and the open one even if it is not theirs any more.
    pub talks: BTreeMap<ConversationId, Talk>,
    pub line: Line,
    pub missed: Missed,
    /// The conversation in the middle pane.
    pub open: Option<ConversationId>,
    /// The page can be seen.
    pub visible: bool,
    /// The end of the open conversation is in sight; with `visible`, it is being read.
    at_end: bool,
    /// Written and not yet acknowledged, in the order written.
    pub outbox: Vec<Pending>,
    /// The server has said at least once what there is.
    pub welcomed: bool,
    /// A conversation asked for from the missed queue; it opens when it comes.
    claiming: Option<ConversationId>,
    /// The guest of a conversation that is nowhere in the lists: the last one that was looked at.
    looked_up: Option<(ConversationId, GuestCard)>,
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

    /// The same for that agent and nobody else.
    #[must_use]
    pub fn of(self, me: MemberId) -> Self {
        Self { me: Some(me), ..self }
    }

    /// The connection is of somebody else.
    pub const fn is_foreign(&self) -> bool {
        self.stranger.is_some()
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

    /// The conversation below (1) or above (-1) that one in the list, around its ends; the first or last if it is not in
    /// the list.
    pub fn neighbour(&self, from: Option<ConversationId>, step: isize) -> Option<ConversationId> {
        let mine = self.mine_in_order();
        let len = isize::try_from(mine.len()).ok().filter(|len| *len > 0)?;
        let position = mine.iter().position(|talk| Some(talk.card.id) == from);
        let next = match position.and_then(|position| isize::try_from(position).ok()) {
            Some(position) => (position + step).rem_euclid(len),
            None => step.min(0).rem_euclid(len),
        };
        mine.get(usize::try_from(next).ok()?).map(|talk| talk.card.id)
    }

    /// Where the agent is wanted most, besides the open one: who waits longest for a reply, else who came first.
    pub fn next(&self) -> Option<&Talk> {
        self.mine()
            .filter(|talk| Some(talk.card.id) != self.open)
            .min_by_key(|talk| {
                let waiting = talk.card.waiting_since;
                (waiting.is_none(), waiting, talk.card.seated_at, talk.card.id)
            })
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
            Input::Lost => {
                // What a guest types is told as it happens; without a connection nobody knows what they do.
                for talk in self.talks.values_mut() {
                    talk.typing.clear();
                }
                self.claiming = None;
                Vec::new()
            }
            Input::Visible(visible) => {
                self.on_visible(visible);
                Vec::new()
            }
            Input::AtEnd(at_end) => {
                self.at_end = at_end;
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
            Input::LookedUp { conversation, guest } => {
                self.looked_up = Some((conversation, guest));
                Vec::new()
            }
            Input::MarksDue => self.marks(),
        }
    }
}
