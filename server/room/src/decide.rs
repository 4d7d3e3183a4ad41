//! From an event to what is stored and who is told: the way through dispatch.

use super::Room;
use super::absence::Somebody;
use crate::command::ConnectionId;
use crate::effect::{Audience, Effect};
use dispatch::{Decision, Event, Refusal};
use domain::write::Write;
use domain::{
    Author, Body, ClientMessageId, ConversationId, GuestId, MemberId, Message, MessageText, Notice, Place, Placement,
    WaitReason,
};
use protocol::RejectCode;
use protocol::desk::{DeskEvent, Gone, Seats};
use protocol::guest::{GuestConversation, GuestEvent};

impl Room {
    /// Hands an event to dispatch that has no one to answer to.
    pub(super) fn event(&mut self, event: Event) {
        if let Err(refusal) = self.decide(event) {
            tracing::debug!(?refusal, "an event came too late");
        }
    }

    /// Hands an event to dispatch and sees to everything that follows from it.
    pub(super) fn decide(&mut self, event: Event) -> Result<(), Refusal> {
        let now = self.now.steady;
        let mut decisions = std::mem::take(&mut self.decisions);
        let result = self.dispatch.handle(now.0, event, &mut decisions);
        for decision in decisions.drain(..) {
            self.follow(decision);
        }
        self.decisions = decisions;
        result
    }

    fn follow(&mut self, decision: Decision) {
        match decision {
            Decision::Placed {
                conversation,
                from,
                was,
                service_ms,
            } => {
                tracing::debug!(%conversation, ?was, "placed");
                self.placed(conversation, from, service_ms);
            }
            Decision::Noted { conversation } => self.noted(conversation),
            Decision::AgentPresence { agent, here } => self.presence_changed(agent, here),
            Decision::Agent { agent } => self.agent_changed(agent),
            // The line of the group is told in the next flush.
            Decision::Staffing { .. } => self.flush.lists = true,
        }
    }

    fn placed(&mut self, conversation: ConversationId, from: Option<MemberId>, service_ms: Option<i64>) {
        let Some(placement) = self.dispatch.placement(conversation).cloned() else {
            return;
        };
        self.follow_page(placement.guest, conversation);
        self.note_visit_if_served(placement.guest);
        self.store_place(&placement, from, service_ms);
        let notice = self.notice(placement.place).map(Body::Notice);
        let entry = notice.and_then(|notice| self.enter(conversation, Author::System, notice, None));
        // The conversation first, then what is new in it; the agent's desk catches up by itself when it is told.
        self.tell_guest(conversation);
        if let Some(entry) = entry {
            self.send_guest(placement.guest, GuestEvent::Message(entry));
        }
        if let Some(from) = from.filter(|from| placement.agent() != Some(*from)) {
            let why = gone(placement.place);
            self.send_desk(from, DeskEvent::Gone { conversation, why });
        }
        self.tell_agent(conversation);
        self.flush.lists = true;
        if let Some(guest) = self.presence.guest_mut(placement.guest) {
            guest.last_agent = placement.agent().or(guest.last_agent);
        }
        if matches!(placement.place, Place::Closed { .. })
            && let Some(talk) = self.conversations.remove(placement.guest, conversation)
            && let Some(guest) = self.presence.guest_mut(placement.guest)
        {
            // What was sent in it may still be sent again.
            guest.past.add(talk.sent);
        }
        self.tell_guest_duty(placement.guest);
        if matches!(placement.place, Place::Missed { .. }) {
            self.perhaps_idle.push(conversation);
        }
    }

    fn store_place(&mut self, placement: &Placement, from: Option<MemberId>, service_ms: Option<i64>) {
        let at = self.now.wall;
        let Some(talk) = self.conversations.talk_mut(placement.conversation) else {
            return;
        };
        let write = match talk.stored_epoch.replace(placement.epoch) {
            Some(expected_epoch) => Write::Place {
                expected_epoch,
                placement: placement.clone(),
                service_ms,
            },
            None => Write::NewConversation {
                site: talk.site,
                placement: placement.clone(),
                at,
            },
        };
        self.out.batch.writes.push(write);
        self.out.batch.writes.push(Write::Seating {
            placement: placement.clone(),
            from,
            at,
        });
    }

    /// The line that the conversation itself keeps of the change.
    fn notice(&self, place: Place) -> Option<Notice> {
        match place {
            Place::Seated { agent, reason, .. } => Some(Notice::Seated {
                agent: self.directory.name_of(agent),
                after: reason.after,
            }),
            // Arriving in line is told by the place itself.
            Place::Waiting { reason, .. } => (reason != WaitReason::Arrived).then_some(Notice::Waiting { reason }),
            Place::Missed { reason } => Some(Notice::Missed { reason }),
            Place::Closed { by } => Some(Notice::Closed { by }),
        }
    }

    fn noted(&mut self, conversation: ConversationId) {
        let Some(placement) = self.dispatch.placement(conversation).cloned() else {
            return;
        };
        let Some(talk) = self.conversations.talk(conversation) else {
            return;
        };
        if let Some(expected_epoch) = talk.stored_epoch {
            self.out.batch.writes.push(Write::Place {
                expected_epoch,
                placement,
                service_ms: None,
            });
        }
        self.tell_agent(conversation);
        // Somebody waits for a reply, or does not any more.
        self.flush.live = true;
    }

    /// The agent's connection is lost or back: their guests are told, unless it is back before they were.
    fn presence_changed(&mut self, agent: MemberId, here: bool) {
        if !here {
            let until = self.absent_from();
            self.absences.leaves(Somebody::Agent(agent), until);
        } else if !self.absences.returns(Somebody::Agent(agent)) {
            self.tell_guests_of(agent);
        }
    }

    fn agent_changed(&mut self, agent: MemberId) {
        let seats = self.seats(agent);
        self.send_desk(agent, DeskEvent::Me(seats));
        self.flush.live = true;
    }

    pub(super) fn seats(&self, agent: MemberId) -> Seats {
        self.dispatch.agent(agent).map_or_else(Seats::default, |view| Seats {
            duty: view.duty(),
            seats: i32::try_from(view.seats()).unwrap_or(i32::MAX),
            used: i32::try_from(view.used()).unwrap_or(i32::MAX),
            away: view.away(),
        })
    }

    /// Somebody says something: it is stored, then told to both sides, and acknowledged to `sender` by the caller. Who says it by
    /// form has no connection.
    pub(super) fn say(
        &mut self,
        placement: &Placement,
        from: Author,
        text: MessageText,
        id: ClientMessageId,
        sender: Option<ConnectionId>,
    ) -> Option<Message> {
        let body = Body::Text {
            text: text.into_string(),
        };
        let message = self.enter(placement.conversation, from, body, Some(id))?;
        self.effect(Effect::Tell {
            to: Audience::Both {
                guest: placement.guest,
                agent: placement.agent(),
            },
            except: sender,
            event: GuestEvent::Message(message.clone()).into(),
        });
        Some(message)
    }

    /// Adds an entry to a conversation; telling it is the caller's business.
    fn enter(
        &mut self,
        conversation: ConversationId,
        from: Author,
        body: Body,
        id: Option<ClientMessageId>,
    ) -> Option<Message> {
        let at = self.now.wall;
        let talk = self.conversations.talk_mut(conversation)?;
        let seq = talk.last_seq.next();
        let message = Message {
            conversation,
            seq,
            id,
            from,
            body,
            at,
        };
        talk.note(&message);
        trace_numbered(&message);
        self.out.batch.writes.push(Write::Message(message.clone()));
        Some(message)
    }

    /// Tells the guest their conversation as it is now.
    pub(super) fn tell_guest(&mut self, conversation: ConversationId) {
        if let Some((guest, view)) = self.guest_view(conversation) {
            self.tell_view(guest, view);
        }
    }

    /// Tells a guest what is shown to them.
    pub(super) fn tell_view(&mut self, guest: GuestId, view: GuestConversation) {
        if let Some(talk) = self.conversations.talk_mut(view.id) {
            talk.told = super::view::told(&view.place);
        }
        if self.presence.has_guest(guest) {
            self.send_guest(guest, GuestEvent::Conversation(view));
        }
    }

    /// Tells the agent who holds it, if any, their conversation as it is now.
    pub(super) fn tell_agent(&mut self, conversation: ConversationId) {
        if let Some((member, view)) = self.desk_view(conversation) {
            self.send_desk(member, DeskEvent::Conversation(view));
        }
    }
}

/// One step of a message's trace, see `connection::message_trace`.
fn trace_numbered(message: &Message) {
    if let Some(id) = message.id {
        let (conversation, seq) = (message.conversation, message.seq.0);
        tracing::debug!(target: "message", %id, %conversation, seq, "numbered");
    }
}

/// Why a conversation that is now at `place` is gone from the desk that held it.
fn gone(place: Place) -> Gone {
    match place {
        Place::Seated { reason, .. } => match reason.after {
            Some(reason) => Gone::Moved { reason },
            None => Gone::Transferred,
        },
        Place::Waiting { reason, .. } => Gone::Moved { reason },
        Place::Missed { reason } => Gone::Missed { reason },
        Place::Closed { by } => Gone::Closed { by },
    }
}

/// The refusal in the protocol's words.
pub(super) const fn reject_code(refusal: Refusal) -> RejectCode {
    match refusal {
        Refusal::NoConversation | Refusal::NoAgent | Refusal::NoGroup => RejectCode::NoConversation,
        Refusal::Closed => RejectCode::Closed,
        Refusal::StaleEpoch => RejectCode::StaleEpoch,
        Refusal::Taken => RejectCode::Taken,
        Refusal::NoFreeSeat => RejectCode::NoFreeSeat,
        Refusal::NotOnDuty => RejectCode::NotOnDuty,
    }
}
