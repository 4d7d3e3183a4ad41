//! The state, and the way of an event through it.

use crate::changes::{Change, Changed, Changes};
use crate::conversation::Conversation;
use crate::conversations::Conversations;
use crate::roster::Roster;
use crate::timer::Timers;
use crate::{Decision, Event, Refusal, Settings};
use domain::{ConversationId, ConversationState};

/// The working copy of who sits and waits where. See the crate's documentation for how it works.
#[derive(Debug)]
pub struct Dispatcher {
    pub(crate) settings: Settings,
    /// The latest time seen; a clock that is set back stands still here.
    pub(crate) now: i64,
    /// What the next arrival gets.
    pub(crate) next_ticket: i64,
    /// Open conversations, and those closed by the latest call.
    pub(crate) conversations: Conversations,
    /// Those closed by the latest call, to be forgotten by the next.
    pub(crate) closed: Vec<ConversationId>,
    pub(crate) roster: Roster,
    pub(crate) timers: Timers,
    pub(crate) changes: Changes,
}

impl Dispatcher {
    /// A dispatcher that knows nobody yet.
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            now: i64::MIN,
            next_ticket: 1,
            conversations: Conversations::default(),
            closed: Vec::new(),
            roster: Roster::default(),
            timers: Timers::default(),
            changes: Changes::default(),
        }
    }

    /// Takes in one event that happened at `now` (milliseconds since 1970; a time before the latest one seen counts as
    /// that one) and appends what follows from it to `out`.
    ///
    /// Also when the event is refused, since the timers that were due have fired all the same.
    pub fn handle(&mut self, now: i64, event: Event, out: &mut Vec<Decision>) -> Result<(), Refusal> {
        for closed in self.closed.drain(..) {
            self.conversations.remove(closed);
        }
        self.now = self.now.max(now);
        if let Event::Stalled { ms } = event {
            self.stood_still(ms);
        }
        self.fire_due();
        let result = self.apply(event);
        self.settle();
        self.tell(out);
        result
    }

    fn apply(&mut self, event: Event) -> Result<(), Refusal> {
        match event {
            Event::Group(spec) => self.set_group(spec),
            Event::Agent(spec) => self.roster.set_agent(spec),
            Event::AgentRemoved { agent } => self.remove_agent(agent)?,
            Event::AgentConnected { agent } => self.agent_connected(agent)?,
            Event::AgentDisconnected { agent } => self.agent_disconnected(agent)?,
            Event::Duty { agent, duty } => self.set_duty(agent, duty)?,
            Event::AgentActive { agent } => self.agent_active(agent)?,
            Event::Arrive {
                conversation,
                guest,
                group,
                priority,
                last_agent,
            } => {
                self.arrive(conversation, guest, group, priority, last_agent)?;
            }
            Event::ByForm {
                conversation,
                guest,
                group,
                last_agent,
            } => self.by_form(conversation, guest, group, last_agent)?,
            Event::Rejoin { conversation } => self.rejoin(conversation)?,
            Event::GuestConnected { conversation } => self.guest_connected(conversation)?,
            Event::GuestDisconnected { conversation } => self.guest_disconnected(conversation)?,
            Event::GuestSaid { conversation } => self.guest_said(conversation)?,
            Event::Leave { conversation } => self.leave(conversation)?,
            Event::Accept {
                conversation,
                agent,
                epoch,
            } => self.accept(conversation, agent, epoch)?,
            Event::AgentSaid {
                conversation,
                agent,
                epoch,
            } => self.agent_said(conversation, agent, epoch)?,
            Event::Close {
                conversation,
                agent,
                epoch,
            } => self.close(conversation, agent, epoch)?,
            Event::Claim { conversation, agent } => self.claim(conversation, agent)?,
            Event::Transfer {
                conversation,
                epoch,
                to,
                by,
            } => self.transfer(conversation, epoch, to, by)?,
            Event::Dismiss { conversation } => self.dismiss(conversation)?,
            // Acted upon before anything was due.
            Event::Stalled { .. } | Event::Tick => {}
        }
        Ok(())
    }

    /// Turns what this call changed into decisions: agents first, then conversations in the order in which they were
    /// touched, then the staffing of groups.
    fn tell(&mut self, out: &mut Vec<Decision>) {
        out.extend(
            self.changes
                .presence
                .take()
                .map(|(agent, here)| Decision::AgentPresence { agent, here }),
        );

        let agents = &mut self.roster.attention.agents;
        agents.sort_unstable();
        agents.dedup();
        out.extend(agents.drain(..).map(|agent| Decision::Agent { agent }));

        for changed in self.changes.conversations.drain(..) {
            let Changed {
                conversation: id,
                change,
                service_ms,
            } = changed;
            let Some(conversation) = self.conversations.get_mut(id) else {
                continue;
            };
            conversation.change = None;
            let agent = conversation.placement.agent();
            out.push(match change {
                Change::Noted => Decision::Noted { conversation: id },
                Change::Moved { was, from } => Decision::Placed {
                    conversation: id,
                    from: from.filter(|from| agent != Some(*from)),
                    was,
                    service_ms,
                },
            });
        }

        for (id, was_closing) in std::mem::take(&mut self.changes.was_closing) {
            let Some(group) = self.roster.groups.get(&id) else {
                continue;
            };
            match (was_closing, group.closing_at.is_some()) {
                (false, true) => out.push(Decision::Staffing {
                    group: id,
                    staffed: false,
                }),
                (true, false) if self.roster.staffed(group) => {
                    out.push(Decision::Staffing {
                        group: id,
                        staffed: true,
                    });
                }
                _ => {}
            }
        }
    }

    /// The conversation, if it is open.
    pub(crate) fn open(&mut self, id: ConversationId) -> Result<&mut Conversation, Refusal> {
        let conversation = self.conversations.get_mut(id).ok_or(Refusal::NoConversation)?;
        match conversation.placement.state() {
            // By a timer that was due in this very call.
            ConversationState::Closed => Err(Refusal::Closed),
            _ => Ok(conversation),
        }
    }
}
