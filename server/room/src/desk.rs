//! What agents do.

use super::Room;
use super::decide::reject_code;
use super::guest::text_code;
use super::presence::Who;
use super::recall::Ids;
use super::talk::Mark;
use crate::command::{Command, ConnectionId, DeskHello, DeskWelcome};
use crate::effect::{Audience, Effect};
use dispatch::{Event, Refusal};
use domain::write::Write;
use domain::{AgentSpec, Author, ClientMessageId, ConversationId, Duty, Epoch, MemberId, MessageText, Placement, Rule};
use protocol::desk::{DeskEvent, DeskFrame};
use protocol::guest::GuestEvent;
use protocol::{RejectCode, Rejected};

impl Room {
    pub(super) fn desk_hello(&mut self, hello: DeskHello) {
        let DeskHello {
            connection,
            me,
            agent,
            session,
        } = hello;
        let member = me.id;
        self.directory.name_member(member, me.name.clone());
        if let Some(agent) = agent {
            self.event(Event::Agent(agent));
        }
        let may_transfer = me.may(Rule::ConversationTransfer);
        self.presence.connect(connection, Who::Desk { member, may_transfer });
        if self.presence.open_desk(member) {
            self.event(Event::AgentConnected { agent: member });
        }
        self.flush.forget_lists();
        let groups = self.groups_of(member);
        let welcome = Box::new(DeskWelcome {
            me: self.seats(member),
            groups: self.desk_groups(&groups),
            conversations: self.desk_conversations(member),
            line: self.line(&groups),
            missed: self.missed(&groups),
        });
        self.effect(Effect::WelcomeDesk {
            connection,
            member,
            session,
            welcome,
        });
    }

    pub(super) fn desk_gone(&mut self, member: MemberId) {
        if self.presence.close_desk(member) {
            self.event(Event::AgentDisconnected { agent: member });
        }
    }

    pub(super) fn desk_frame(&mut self, connection: ConnectionId, frame: DeskFrame) {
        let Some(Who::Desk { member, may_transfer }) = self.presence.who(connection) else {
            return;
        };
        let is_sign_of_life = is_sign_of_life(&frame);
        match frame {
            // The connection answers these itself.
            DeskFrame::Hello { .. } | DeskFrame::Ping => {}
            // Of somebody else's conversation nothing is told, not even that it is there.
            DeskFrame::Accept { conversation, .. }
            | DeskFrame::Close { conversation, .. }
            | DeskFrame::Claim { conversation }
            | DeskFrame::Transfer { conversation, .. }
                if !self.may_know_of(member, conversation) =>
            {
                self.answer(connection, conversation, Err(Refusal::NoConversation));
            }
            DeskFrame::Duty { duty } => self.duty(member, duty),
            DeskFrame::Accept { conversation, epoch } => {
                let accepted = self.decide(Event::Accept {
                    conversation,
                    agent: member,
                    epoch,
                });
                self.answer(connection, conversation, accepted);
            }
            DeskFrame::Send {
                conversation,
                epoch,
                id,
                text,
            } => {
                self.agent_sends(connection, member, conversation, epoch, id, text);
            }
            DeskFrame::Typing { conversation, active } => self.agent_types(member, conversation, active),
            DeskFrame::Read { conversation, seq } => self.agent_marks(member, conversation, Mark::Read, seq),
            DeskFrame::Delivered { conversation, seq } => self.agent_marks(member, conversation, Mark::Delivered, seq),
            DeskFrame::Close { conversation, epoch } => {
                let closed = self.decide(Event::Close {
                    conversation,
                    agent: member,
                    epoch,
                });
                self.answer(connection, conversation, closed);
            }
            DeskFrame::Claim { conversation } => {
                let claimed = self.decide(Event::Claim {
                    conversation,
                    agent: member,
                });
                self.answer(connection, conversation, claimed);
            }
            DeskFrame::Transfer {
                conversation,
                epoch,
                to,
            } if may_transfer => {
                let transferred = self.decide(Event::Transfer {
                    conversation,
                    epoch,
                    to,
                    by: member,
                });
                self.answer(connection, conversation, transferred);
            }
            DeskFrame::Transfer { conversation, .. } => {
                let rejected = Rejected::new(RejectCode::Forbidden).within(conversation);
                self.send_one(connection, DeskEvent::Rejected(rejected));
            }
        }
        // Only now, so that what the agent asked for comes before whoever waits: a seat that is claimed is not given away
        // a moment earlier.
        if is_sign_of_life && self.dispatch.agent(member).is_some_and(|agent| agent.away()) {
            self.event(Event::AgentActive { agent: member });
        }
    }

    fn duty(&mut self, agent: MemberId, duty: Duty) {
        let at = self.now.wall;
        self.out.batch.writes.push(Write::Duty {
            member: agent,
            duty,
            at,
        });
        if self.dispatch.agent(agent).is_some_and(|view| view.duty() != duty) {
            self.directory.duty_chosen(agent, at);
        }
        self.event(Event::Duty { agent, duty });
        self.agent_told(agent);
    }

    /// `me` is the answer to `duty`, also where nothing changed.
    fn agent_told(&mut self, agent: MemberId) {
        let seats = self.seats(agent);
        self.send_desk(agent, DeskEvent::Me(seats));
        self.flush.live = true;
    }

    fn answer(&mut self, connection: ConnectionId, conversation: ConversationId, result: Result<(), Refusal>) {
        if let Err(refusal) = result {
            let mut rejected = Rejected::new(reject_code(refusal)).within(conversation);
            if refusal == Refusal::Taken {
                let holder = self.dispatch.placement(conversation).and_then(Placement::agent);
                rejected.agent = holder.map(|agent| self.directory.name_of(agent));
            }
            self.send_one(connection, DeskEvent::Rejected(rejected));
        }
    }

    fn agent_sends(
        &mut self,
        connection: ConnectionId,
        agent: MemberId,
        conversation: ConversationId,
        epoch: Epoch,
        id: ClientMessageId,
        text: String,
    ) {
        let text = match MessageText::parse(text) {
            Ok(text) => text,
            Err(error) => {
                let rejected = Rejected::new(text_code(error)).about(id).within(conversation);
                return self.send_one(connection, DeskEvent::Rejected(rejected));
            }
        };
        let sent = self.conversations.talk(conversation).map(|talk| &talk.sent);
        if sent.is_some_and(|sent| !sent.is_whole()) {
            let text = text.into_string();
            let frame = DeskFrame::Send {
                conversation,
                epoch,
                id,
                text,
            };
            let said = Command::Desk { connection, frame };
            return self.held.hold(connection, said, Ids::Conversation(conversation));
        }
        let seq = sent.and_then(|sent| sent.seq_of(id));
        let said = Event::AgentSaid {
            conversation,
            agent,
            epoch,
        };
        // That an id is taken is told to those only who may speak here.
        let refused = match self.hindrance(agent, conversation, epoch) {
            None if seq.is_some() => Err(RejectCode::IdReused),
            Some(hindrance) if seq.is_some() || hindrance == Refusal::NoConversation => Err(reject_code(hindrance)),
            _ => self.decide(said).map_err(reject_code),
        };
        if let Err(code) = refused {
            return self.effect(Effect::Refused {
                connection,
                seq,
                id,
                text,
                conversation,
                code,
            });
        }
        let Some(placement) = self.dispatch.placement(conversation).cloned() else {
            return;
        };
        let from = Author::Agent {
            id: agent,
            name: self.directory.name_of(agent),
        };
        if let Some(message) = self.say(&placement, from, text, id, Some(connection)) {
            let ack = DeskEvent::Ack {
                id,
                conversation,
                seq: message.seq,
                at: message.at,
            };
            self.send_one(connection, ack);
        }
    }

    /// Whether an agent can have heard of a conversation: it is theirs, or of a group they serve.
    fn may_know_of(&self, agent: MemberId, conversation: ConversationId) -> bool {
        let placement = self.dispatch.placement(conversation);
        placement.is_some_and(|one| one.agent() == Some(agent) || self.dispatch.serves(agent, one.group))
    }

    /// Why an agent may not speak in a conversation, in the seating they mean.
    fn hindrance(&self, agent: MemberId, conversation: ConversationId, epoch: Epoch) -> Option<Refusal> {
        let placement = self.dispatch.placement(conversation);
        let known = placement.filter(|_| self.may_know_of(agent, conversation));
        match known {
            Some(placement) if placement.epoch != epoch => Some(Refusal::StaleEpoch),
            Some(placement) if placement.agent() == Some(agent) => None,
            _ => Some(Refusal::NoConversation),
        }
    }

    fn agent_types(&mut self, member: MemberId, conversation: ConversationId, active: bool) {
        let Some(guest) = self.held_by(member, conversation).map(|placement| placement.guest) else {
            return;
        };
        self.tell_at_once(Audience::Guest(guest), GuestEvent::Typing { active });
    }

    pub(super) fn held_by(&self, member: MemberId, conversation: ConversationId) -> Option<&Placement> {
        self.dispatch
            .placement(conversation)
            .filter(|placement| placement.agent() == Some(member))
    }

    pub(super) fn member_changed(&mut self, member: MemberId, name: String, agent: Option<AgentSpec>) {
        self.directory.name_member(member, name);
        if let Some(spec) = agent {
            self.event(Event::Agent(spec));
            if self.presence.has_desk(member) {
                // A desk may have been open before the right to serve came.
                self.event(Event::AgentConnected { agent: member });
            }
        } else {
            self.event(Event::AgentRemoved { agent: member });
            self.directory.forget_duty(member);
        }
        self.agent_told(member);
        self.flush.forget_lists();
        self.tell_groups_to(member);
        self.flush.lists = true;
    }

    /// Tells every desk the member groups.
    pub(super) fn tell_groups(&mut self) {
        let members: Vec<_> = self.presence.desks().collect();
        for member in members {
            self.tell_groups_to(member);
        }
    }

    fn tell_groups_to(&mut self, member: MemberId) {
        let groups = self.desk_groups(&self.groups_of(member));
        self.send_desk(member, DeskEvent::Groups { groups });
    }
}

/// Whether an agent did something of their own accord, done or refused; what a desk sends by itself says nothing about
/// who sits before it.
const fn is_sign_of_life(frame: &DeskFrame) -> bool {
    !matches!(
        frame,
        DeskFrame::Hello { .. } | DeskFrame::Ping | DeskFrame::Read { .. } | DeskFrame::Delivered { .. }
    )
}
