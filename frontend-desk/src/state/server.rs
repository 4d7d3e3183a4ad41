//! What the server says, taken in.

use super::alert::{Alert, News};
use super::talk::Arrival;
use super::{DeskState, Effect, Ended, Pending, PendingState, Talk, Tell};
use domain::message::{Body, Message};
use domain::{Author, ClientMessageId, ClosedBy, ConversationId, SeatHow, Seq, Timestamp};
use protocol::desk::{DeskConversation, DeskEvent, Gone};
use protocol::{RejectCode, Rejected};

impl DeskState {
    pub(super) fn on_server(&mut self, event: DeskEvent) -> Vec<Effect> {
        if let DeskEvent::Welcome { member, .. } = &event {
            self.stranger = Some(member.id).filter(|id| self.me.is_some_and(|me| me != *id));
        }
        match event {
            DeskEvent::Welcome { .. } if self.is_foreign() => return vec![Effect::AskWhoIsLoggedIn],
            _ if self.is_foreign() => {}
            DeskEvent::Welcome {
                member,
                me,
                groups,
                conversations,
                line,
                missed,
                ..
            } => {
                (self.me, self.seats, self.groups) = (Some(member.id), me, groups);
                (self.line, self.missed) = (line, missed);
                return self.on_welcome(conversations);
            }
            DeskEvent::Groups { groups } => self.groups = groups,
            DeskEvent::Me(seats) => self.seats = seats,
            DeskEvent::Line(line) => self.line = line,
            DeskEvent::Missed(missed) => self.missed = missed,
            DeskEvent::Conversation(card) => return self.on_conversation(card),
            DeskEvent::Gone { conversation, why } => return self.on_gone(conversation, why),
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
            DeskEvent::Pong { .. } | DeskEvent::Unknown => {}
        }
        Vec::new()
    }

    /// Replaces what the desk knew, but keeps the messages it has: the server sends what comes after them.
    fn on_welcome(&mut self, cards: Vec<DeskConversation>) -> Vec<Effect> {
        let again = std::mem::replace(&mut self.welcomed, true);
        let mut before = std::mem::take(&mut self.talks);
        let mut effects = Vec::new();
        for card in cards {
            // Who loads the page looks at it; who was cut off is told what came meanwhile.
            if again {
                effects.extend(news_of(&card, before.get(&card.id)).map(Effect::Alert));
            }
            let talk = match before.remove(&card.id) {
                Some(talk) if talk.ended.is_none() => Talk {
                    card,
                    typing: String::new(),
                    delivered: Seq(0),
                    resuming: true,
                    ..talk
                },
                _ => self.new_talk(card),
            };
            self.talks.insert(talk.card.id, talk);
        }
        if let Some((id, mut talk)) = self.open.and_then(|open| before.remove_entry(&open)) {
            talk.end(Ended::WhileAway);
            self.talks.insert(id, talk);
        }
        self.forget_stored();
        effects.extend(self.resend(|_| true));
        effects
    }

    fn on_conversation(&mut self, card: DeskConversation) -> Vec<Effect> {
        let id = card.id;
        let mut effects = Vec::new();
        match self.talks.get_mut(&id) {
            Some(talk) if talk.ended.is_none() => talk.renew(card),
            before => {
                effects.extend(news_of(&card, before.as_deref()).map(Effect::Alert));
                let talk = self.new_talk(card);
                self.talks.insert(id, talk);
            }
        }
        if self.claiming == Some(id) {
            self.claiming = None;
            effects.push(Effect::Open(id));
        }
        effects
    }

    fn on_gone(&mut self, conversation: ConversationId, why: Gone) -> Vec<Effect> {
        for pending in &mut self.outbox {
            if pending.conversation == conversation && pending.state == PendingState::Sending {
                pending.state = PendingState::Failed(RejectCode::NoConversation);
            }
        }
        let Some(mut talk) = self.talks.remove(&conversation) else {
            return Vec::new();
        };
        let guest = talk.card.guest.clone();
        if self.open == Some(conversation) {
            talk.end(Ended::Gone(why));
            self.talks.insert(conversation, talk);
        }
        let closed = matches!(why, Gone::Closed { by: ClosedBy::Agent });
        closed
            .then_some(Effect::Tell(Tell::Closed(guest)))
            .into_iter()
            .collect()
    }

    fn on_message(&mut self, message: Message) -> Vec<Effect> {
        let Some(talk) = self.talks.get_mut(&message.conversation) else {
            return Vec::new();
        };
        let conversation = message.conversation;
        let (id, from_guest) = (message.id, message.from == Author::Guest);
        // What the server already counted in the card it sent; a resume repeats it.
        let counted = message.seq <= talk.card.last_seq;
        let preview = match &message.body {
            Body::Text { text } => Some(domain::text::excerpt(text)),
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
        let heard = !counted && from_guest && talk.ended.is_none();
        let alert = Alert {
            conversation,
            news: News::Message,
        };
        heard.then_some(Effect::Alert(alert)).into_iter().collect()
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
            None => vec![Effect::Tell(match (rejected.code, rejected.agent) {
                (RejectCode::Taken, Some(agent)) => Tell::Taken { agent },
                (code, _) => Tell::Rejected(code),
            })],
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

/// What is new about a conversation that the server lists, to who last saw it as `before`.
fn news_of(card: &DeskConversation, before: Option<&Talk>) -> Option<Alert> {
    let news = match before.filter(|talk| talk.ended.is_none()) {
        // What the agent took out of the missed queue, here or in another tab, is no surprise.
        None => (card.reason.how != SeatHow::Claimed).then_some(News::Guest),
        Some(talk) => (card.unread > talk.card.unread).then_some(News::Message),
    };
    news.map(|news| Alert {
        conversation: card.id,
        news,
    })
}
