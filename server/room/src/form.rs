//! Messages that come by form: from guests with whom no live connection can be had. They hold no seat and stand in no line.

use super::Room;
use super::guest::PresentGuest;
use super::talk::Talk;
use crate::command::{Form, FormTaken, Said};
use crate::effect::Effect;
use dispatch::Event;
use domain::write::Write;
use domain::{Author, ClientMessageId, ConversationId, GuestId, MessageText};

impl Room {
    pub(super) fn take_form(&mut self, form: Form) {
        let Form {
            request,
            guest,
            is_new,
            known,
            message,
            reach,
        } = form;
        if is_new && !self.guests.contains_key(&guest) {
            let at = self.now.wall;
            self.batch.writes.push(Write::NewGuest {
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
            let open = self.open.get(&guest).copied();
            let conversation = open.or_else(|| self.open_by_form(guest, &mut absent))?;
            self.says_by_form(conversation, id, text)
        });
        let conversation = self.open.get(&guest).and_then(|open| self.guest_view(*open));
        let taken = FormTaken {
            conversation: conversation.map(|(_, view)| view),
            said,
        };
        self.effect(Effect::FormTaken { request, taken });
    }

    fn says_by_form(&mut self, conversation: ConversationId, id: ClientMessageId, text: MessageText) -> Option<Said> {
        // The store has just been asked for what was said before this start.
        if self.talks.get(&conversation)?.sent.seq_of(id).is_some() {
            return Some(Said::Before { id, text });
        }
        let placement = self.dispatch.placement(conversation)?.clone();
        let message = self.say(&placement, Author::Guest, text, id, None)?;
        self.guest_said(&placement);
        Some(Said::Now(message))
    }

    /// A conversation for a guest who has none: with whoever has time, if they are connected elsewhere after all.
    fn open_by_form(&mut self, guest: GuestId, absent: &mut PresentGuest) -> Option<ConversationId> {
        if self.guests.contains_key(&guest) {
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
