//! What the server says, taken in.

use super::talk::Arrival;
use super::{DeskState, Effect, Ended, Pending, PendingState, Talk, Tell};
use domain::message::{Body, Message};
use domain::{Author, ClientMessageId, ConversationId, Seq, Timestamp};
use protocol::desk::{DeskConversation, DeskEvent, Gone};
use protocol::{RejectCode, Rejected};

impl DeskState {
    pub(super) fn on_server(&mut self, event: DeskEvent) -> Vec<Effect> {
        match event {
            DeskEvent::Welcome {
                member,
                me,
                conversations,
                line,
                missed,
                ..
            } => {
                (self.me, self.seats, self.line, self.missed) = (Some(member.id), me, line, missed);
                return self.on_welcome(conversations);
            }
            DeskEvent::Me(seats) => self.seats = seats,
            DeskEvent::Line(line) => self.line = line,
            DeskEvent::Missed(missed) => self.missed = missed,
            DeskEvent::Conversation(card) => return self.on_conversation(card),
            DeskEvent::Gone { conversation, why } => self.on_gone(conversation, why),
            DeskEvent::Message(message) => return self.on_message(message),
            DeskEvent::Ack {
                id,
                conversation,
                seq,
                at,
            } => return self.on_ack(id, conversation, seq, at),
            DeskEvent::Typing { conversation, text } => {
                if let Some(talk) = self.talks.get_mut(&conversation) {
                    talk.typing = text;
                }
            }
            DeskEvent::Read { conversation, seq } => {
                if let Some(talk) = self.talks.get_mut(&conversation) {
                    talk.card.guest_read = talk.card.guest_read.max(seq);
                    talk.card.guest_delivered = talk.card.guest_delivered.max(seq);
                }
            }
            DeskEvent::Delivered { conversation, seq } => {
                if let Some(talk) = self.talks.get_mut(&conversation) {
                    talk.card.guest_delivered = talk.card.guest_delivered.max(seq);
                }
            }
            DeskEvent::Rejected(rejected) => return self.on_rejected(rejected),
            DeskEvent::Pong => {}
        }
        Vec::new()
    }

    /// Replaces what the desk knew, but keeps the messages it has: the server sends what comes after them.
    fn on_welcome(&mut self, cards: Vec<DeskConversation>) -> Vec<Effect> {
        self.welcomed = true;
        let mut before = std::mem::take(&mut self.talks);
        for card in cards {
            let talk = match before.remove(&card.id) {
                Some(talk) if talk.ended.is_none() => Talk {
                    card,
                    typing: String::new(),
                    delivered: Seq(0),
                    resuming: true,
                    ..talk
                },
                _ => Talk::new(card),
            };
            self.talks.insert(talk.card.id, talk);
        }
        if let Some((id, mut talk)) = self.open.and_then(|open| before.remove_entry(&open)) {
            talk.ended = talk.ended.or(Some(Ended::WhileAway));
            self.talks.insert(id, talk);
        }
        self.forget_stored();
        self.resend(|_| true)
    }

    fn on_conversation(&mut self, card: DeskConversation) -> Vec<Effect> {
        let id = card.id;
        match self.talks.get_mut(&id) {
            Some(talk) if talk.ended.is_none() => talk.renew(card),
            _ => {
                self.talks.insert(id, Talk::new(card));
            }
        }
        if self.claiming == Some(id) {
            self.claiming = None;
            return vec![Effect::Open(id)];
        }
        Vec::new()
    }

    fn on_gone(&mut self, conversation: ConversationId, why: Gone) {
        if self.open == Some(conversation) {
            if let Some(talk) = self.talks.get_mut(&conversation) {
                talk.ended = Some(Ended::Gone(why));
                talk.typing.clear();
            }
        } else {
            self.talks.remove(&conversation);
        }
        for pending in &mut self.outbox {
            if pending.conversation == conversation && pending.state == PendingState::Sending {
                pending.state = PendingState::Failed(RejectCode::NoConversation);
            }
        }
    }

    fn on_message(&mut self, message: Message) -> Vec<Effect> {
        let Some(talk) = self.talks.get_mut(&message.conversation) else {
            return Vec::new();
        };
        let (id, from_guest) = (message.id, message.from == Author::Guest);
        // What the server already counted in the card it sent; a resume repeats it.
        let counted = message.seq <= talk.card.last_seq;
        let preview = match &message.body {
            Body::Text { text } => Some(text.chars().take(120).collect()),
            Body::Notice(_) => None,
        };
        match talk.add(message) {
            Arrival::Known => return Vec::new(),
            Arrival::Gap => return vec![Effect::Resync],
            Arrival::Added => {}
        }
        if !counted {
            talk.card.unread += u32::from(from_guest);
            talk.card.last_text = preview.unwrap_or(std::mem::take(&mut talk.card.last_text));
        }
        self.outbox.retain(|pending| Some(pending.id) != id);
        Vec::new()
    }

    /// The server has the message: it moves from the outbox into the conversation.
    fn on_ack(&mut self, id: ClientMessageId, conversation: ConversationId, seq: Seq, at: Timestamp) -> Vec<Effect> {
        let Some(position) = self.outbox.iter().position(|pending| pending.id == id) else {
            return Vec::new();
        };
        let Pending { text, .. } = self.outbox.remove(position);
        let Some(me) = self.me else {
            return Vec::new();
        };
        self.on_message(Message {
            conversation,
            seq,
            id: Some(id),
            from: Author::Agent {
                id: me,
                name: String::new(),
            },
            body: Body::Text { text },
            at,
        })
    }

    fn on_rejected(&mut self, rejected: Rejected) -> Vec<Effect> {
        if rejected.conversation.is_some() && rejected.conversation == self.claiming {
            self.claiming = None;
        }
        let pending = rejected
            .id
            .and_then(|id| self.outbox.iter_mut().find(|pending| pending.id == id));
        match pending {
            // Shown where the message stands.
            Some(pending) => {
                pending.state = PendingState::Failed(rejected.code);
                Vec::new()
            }
            None => vec![Effect::Tell(Tell::Rejected(rejected.code))],
        }
    }

    /// What turns out to be stored needs no sending.
    fn forget_stored(&mut self) {
        let talks = &self.talks;
        self.outbox.retain(|pending| {
            !talks
                .get(&pending.conversation)
                .is_some_and(|talk| talk.has(pending.id))
        });
    }
}
