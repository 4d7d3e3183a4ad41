//! Messages that come by form: from guests with whom no live connection can be had. They hold no seat and stand in no line.

use super::Room;
use super::guest::PresentGuest;
use super::talk::Talk;
use crate::command::{Command, Form, FormTaken, Said};
use crate::effect::Effect;
use dispatch::Event;
use domain::write::Write;
use domain::{Author, ClientMessageId, ConversationId, GuestId, MessageText};

impl Room {
    /// Takes a form once it is known whether its message has been sent before.
    pub(super) fn take_form(&mut self, form: Form) {
        let past = self.presence.guest(form.guest).map_or(&form.past, |here| &here.past);
        let unread = form.message.as_ref().and_then(|_| self.unread_of(form.guest, past));
        if let Some(unread) = unread {
            return self.held.hold(form.connection, Command::Form(Box::new(form)), unread);
        }
        let is_past = form.message.as_ref().is_some_and(|(id, _)| past.has(*id));
        let Form {
            connection,
            guest,
            is_new,
            known,
            message,
            reach,
            past: _,
        } = form;
        if is_new && !self.presence.has_guest(guest) {
            let at = self.now.wall;
            self.out.batch.writes.push(Write::NewGuest {
                guest,
                site: known.site,
                at,
            });
        }
        let mut absent = PresentGuest::absent(known, reach.as_ref());
        if let Some((name, contact)) = reach {
            self.guest_contact(guest, &name, &contact);
        }
        let said = message.and_then(|(id, text)| {
            if is_past {
                return Some(Said::Before { id, text });
            }
            let open = self.conversations.of(guest);
            let conversation = open.or_else(|| self.open_by_form(guest, &mut absent))?;
            self.says_by_form(conversation, id, text)
        });
        let conversation = self.conversations.of(guest).and_then(|open| self.guest_view(open));
        let taken = FormTaken {
            conversation: conversation.map(|(_, view)| view),
            said,
        };
        self.effect(Effect::FormTaken { connection, taken });
    }

    fn says_by_form(&mut self, conversation: ConversationId, id: ClientMessageId, text: MessageText) -> Option<Said> {
        if self.conversations.talk(conversation)?.sent.seq_of(id).is_some() {
            return Some(Said::Before { id, text });
        }
        let placement = self.dispatch.placement(conversation)?.clone();
        let message = self.say(&placement, Author::Guest, text, id, None)?;
        self.guest_said(&placement);
        Some(Said::Now(message))
    }

    /// A conversation for a guest who has none: with whoever has time, if they are connected elsewhere after all.
    fn open_by_form(&mut self, guest: GuestId, absent: &mut PresentGuest) -> Option<ConversationId> {
        if self.presence.has_guest(guest) {
            return self.open_conversation(guest);
        }
        let conversation = self.ids.next(self.now.wall);
        let mut talk = Talk::begin(absent);
        talk.left_at = Some(self.now.wall);
        let event = Event::ByForm {
            conversation,
            guest,
            group: absent.group,
            last_agent: absent.last_agent,
        };
        self.begin(guest, conversation, talk, event)?;
        let visit = absent.visit(guest, self.now.wall);
        self.effect(Effect::Visit(Box::new(visit)));
        Some(conversation)
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        reason = "a test that cannot go on should stop"
    )]

    use super::super::sent::Sent;
    use super::super::testing::{TestRoom, guest, known, room};
    use super::super::{Ids, Outcome, Past, Recalled};
    use super::*;
    use crate::command::ConnectionId;
    use domain::Seq;
    use uuid::Uuid;

    fn id(number: u128) -> ClientMessageId {
        ClientMessageId(Uuid::from_u128(number))
    }

    /// A form of the first guest with the message of that number, on a connection of the same number from 100 on.
    fn posts(room: &mut TestRoom, number: u64) -> Outcome {
        let form = Form {
            connection: ConnectionId(100 + number),
            guest: guest(1),
            is_new: false,
            known: known(),
            message: Some((id(number.into()), MessageText::parse(number.to_string()).unwrap())),
            past: Past::default(),
            reach: None,
        };
        room.on(Command::Form(Box::new(form)))
    }

    fn recalled(room: &mut TestRoom, numbers: &[u128]) -> Outcome {
        let ids = numbers.iter().copied().map(id).collect();
        room.recalled(Recalled::Guest(guest(1), ids))
    }

    /// What is answered: whether the messages were there before.
    fn answers(outcome: &Outcome) -> Vec<bool> {
        let said = outcome.batch.effects.iter().filter_map(|effect| match effect {
            Effect::FormTaken { taken, .. } => taken.said.as_ref(),
            _ => None,
        });
        said.map(|said| matches!(said, Said::Before { .. })).collect()
    }

    fn stores(outcome: &Outcome) -> bool {
        let writes = &outcome.batch.writes;
        writes.iter().any(|write| matches!(write, Write::Message(_)))
    }

    #[test]
    fn a_form_of_before_this_start_is_known_in_an_open_conversation() {
        let mut room = room(1);
        assert_eq!(answers(&posts(&mut room, 1)), [false; 0]);
        assert_eq!(room.take_recalls(), [Ids::Guest(guest(1))]);
        let new = recalled(&mut room, &[]);
        assert!(stores(&new));
        assert_eq!(answers(&new), [false]);

        let conversation = room.conversations.of(guest(1)).unwrap();
        room.conversations.talk_mut(conversation).unwrap().sent = Sent::default();
        assert_eq!(answers(&posts(&mut room, 1)), [false; 0]);
        // One that was stored a moment after the guest's were read is among the conversation's.
        assert_eq!(answers(&recalled(&mut room, &[])), [false; 0]);
        assert_eq!(room.take_recalls().last(), Some(&Ids::Conversation(conversation)));
        let again = room.recalled(Recalled::Conversation(conversation, vec![(id(1), Seq(2))]));
        assert!(!stores(&again));
        assert_eq!(answers(&again), [true]);
    }

    #[test]
    fn a_form_of_a_conversation_that_is_over_opens_none() {
        let mut room = room(1);
        posts(&mut room, 1);
        let again = recalled(&mut room, &[1]);
        assert!(again.batch.writes.is_empty());
        assert_eq!(answers(&again), [true]);
        assert_eq!(room.conversations.of(guest(1)), None);
    }

    #[test]
    fn forms_that_wait_together_are_all_taken_and_each_once() {
        let mut room = room(1);
        for number in [1, 2, 3] {
            posts(&mut room, number);
        }
        assert_eq!(room.take_recalls(), [Ids::Guest(guest(1))], "asked once");
        let all = recalled(&mut room, &[2]);
        assert_eq!(answers(&all), [false, true, false]);
        posts(&mut room, 3);
        assert_eq!(answers(&recalled(&mut room, &[])), [true]);
        assert!(room.held.is_empty());
    }

    #[test]
    fn a_guest_who_is_here_by_socket_as_well_need_not_be_asked_for_twice() {
        let mut room = room(1);
        room.comes(1);
        posts(&mut room, 1);
        assert_eq!(answers(&recalled(&mut room, &[])), [false]);
        assert_eq!(answers(&posts(&mut room, 1)), [true]);
        assert_eq!(answers(&posts(&mut room, 2)), [false]);
    }
}
