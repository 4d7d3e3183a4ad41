//! What guests do.

use super::Room;
use super::absence::Somebody;
use super::presence::Who;
use crate::command::{Command, ConnectionId, GuestHello, GuestWelcome, KnownGuest};
use crate::effect::{Audience, Effect};
use crate::visit::{Visit, VisitKind};
use dispatch::Event;
use domain::guest::Environment;
use domain::write::Write;
use domain::{
    Author, ClientMessageId, ConversationId, ConversationState, GroupId, GuestId, MemberId, MessageText, PageView,
    Place, Placement, SiteId, TextError, Timestamp,
};
use protocol::desk::DeskEvent;
use protocol::guest::{GuestEvent, GuestFrame};
use protocol::limits::{CONTACT_CHARS_MAX, GUEST_NAME_CHARS_MAX, PREVIEW_CHARS_MAX};
use protocol::{RejectCode, Rejected};
use std::collections::HashSet;
use std::collections::hash_map::Entry;
use std::net::IpAddr;

use super::sent::Past;
use super::talk::{Mark, Talk};

/// A guest with at least one connection.
#[derive(Debug)]
pub(super) struct PresentGuest {
    connections: HashSet<ConnectionId>,
    /// What the guest may be sending again although it was stored in a conversation that is over.
    pub(super) past: Past,
    pub(super) site: SiteId,
    /// The site's default member group.
    pub(super) group: GroupId,
    pub(super) last_agent: Option<MemberId>,
    pub(super) name: String,
    pub(super) contact: String,
    pub(super) page: PageView,
    noted: Noted,
    pub(super) environment: Environment,
    user_agent: String,
    address: Option<IpAddr>,
    /// Whether anybody is on duty, as the guest was told last. `None`: their pages were told different things, or nothing.
    pub(super) on_duty: Option<bool>,
}

/// What the chores know of a guest's visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Noted {
    Nothing,
    /// That it began, and pages before this one.
    Visit,
    /// The page that the guest is on, too.
    Page,
}

impl Noted {
    fn leave_page(&mut self) {
        if *self == Self::Page {
            *self = Self::Visit;
        }
    }
}

impl PresentGuest {
    /// One who has no connection, as far as they are known; `reach` is the name and the way to be reached, if those are news.
    pub(super) fn absent(known: KnownGuest, reach: Option<&(String, String)>) -> Self {
        let (name, contact) = reach.cloned().unwrap_or((known.name, known.contact));
        Self {
            connections: HashSet::new(),
            past: Past::default(),
            site: known.site,
            group: known.group,
            last_agent: known.last_agent,
            name: bounded(&name, GUEST_NAME_CHARS_MAX),
            contact: bounded(&contact, CONTACT_CHARS_MAX),
            page: known.page,
            noted: Noted::Nothing,
            environment: known.environment,
            user_agent: known.user_agent,
            address: known.address,
            on_duty: None,
        }
    }

    /// One more page of theirs introduces itself.
    fn goes_on(&mut self, known: KnownGuest) {
        self.page = known.page;
        self.noted.leave_page();
        self.environment = known.environment;
        self.user_agent = known.user_agent;
        self.address = known.address;
    }

    /// For the chores: the page that the guest is on.
    pub(super) fn visit(&mut self, guest: GuestId, at: Timestamp) -> Visit {
        let before = std::mem::replace(&mut self.noted, Noted::Page);
        Visit {
            kind: match before {
                Noted::Nothing => VisitKind::New,
                Noted::Visit | Noted::Page => VisitKind::Page,
            },
            guest,
            at,
            page: self.page.clone(),
            environment: self.environment.clone(),
            user_agent: self.user_agent.clone(),
            address: self.address,
        }
    }
}

/// As names are kept, and no longer than that.
fn bounded(text: &str, chars_max: usize) -> String {
    domain::name::clean(&text.trim().chars().take(chars_max).collect::<String>())
}

impl Room {
    pub(super) fn guest_hello(&mut self, hello: GuestHello) {
        let GuestHello {
            connection,
            guest,
            is_new,
            known,
        } = hello;
        if is_new {
            let (site, at) = (known.site, self.now.wall);
            self.out.batch.writes.push(Write::NewGuest { guest, site, at });
        }
        self.presence.connect(connection, Who::Guest(guest));
        // Pages that are here already must not be told otherwise than this one.
        self.tell_guest_duty(guest);
        let on_duty = self.note_duty_told(known.group);
        let present = match self.presence.guest_entry(guest) {
            Entry::Vacant(entry) => entry.insert(PresentGuest {
                past: if is_new { Past::none() } else { Past::default() },
                on_duty: Some(on_duty),
                ..PresentGuest::absent(known, None)
            }),
            Entry::Occupied(entry) => {
                let present = entry.into_mut();
                present.goes_on(known);
                present
            }
        };
        if present.on_duty != Some(on_duty) {
            // An older page has been told otherwise: the next to be told is told to both.
            present.on_duty = None;
        }
        let first = present.connections.is_empty();
        present.connections.insert(connection);
        let was_shown_gone = first && !self.absences.returns(Somebody::Guest(guest));
        if let Some(conversation) = self.conversations.of(guest) {
            if first {
                self.event(Event::GuestConnected { conversation });
            }
            self.page_changed(guest, conversation, was_shown_gone);
        }
        let conversation = self
            .conversations
            .of(guest)
            .and_then(|open| self.guest_view(open))
            .map(|(_, view)| view);
        self.effect(Effect::WelcomeGuest {
            connection,
            guest,
            welcome: GuestWelcome { conversation, on_duty },
        });
        self.note_visit_if_served(guest);
    }

    pub(super) fn guest_gone(&mut self, guest: GuestId, connection: ConnectionId) {
        let Some(present) = self.presence.guest_mut(guest) else {
            return;
        };
        present.connections.remove(&connection);
        if !present.connections.is_empty() {
            return;
        }
        self.presence.forget_guest(guest);
        if let Some(conversation) = self.conversations.of(guest) {
            if let Some(talk) = self.conversations.talk_mut(conversation) {
                talk.left_at = Some(self.now.wall);
            }
            self.event(Event::GuestDisconnected { conversation });
            let until = self.absent_from();
            self.absences.leaves(Somebody::Guest(guest), until);
        }
    }

    pub(super) fn guest_frame(&mut self, connection: ConnectionId, frame: GuestFrame) {
        let Some(Who::Guest(guest)) = self.presence.who(connection) else {
            return;
        };
        match frame {
            // The connection answers these itself.
            GuestFrame::Hello(_) | GuestFrame::Earlier { .. } | GuestFrame::Ping => {}
            GuestFrame::Start => self.start(connection, guest),
            GuestFrame::Send { id, text } => self.guest_sends(connection, guest, id, text),
            GuestFrame::Typing { text } => self.guest_types(guest, &text),
            GuestFrame::Read { seq } => self.guest_marks(guest, Mark::Read, seq),
            GuestFrame::Delivered { seq } => self.guest_marks(guest, Mark::Delivered, seq),
            GuestFrame::Page(page) => {
                if let Some(present) = self.presence.guest_mut(guest) {
                    present.page = page;
                    present.noted.leave_page();
                }
                if let Some(conversation) = self.served(guest) {
                    self.page_changed(guest, conversation, false);
                    self.note_visit_if_served(guest);
                }
            }
            GuestFrame::Contact { name, contact } => self.guest_contact(guest, &name, &contact),
            GuestFrame::Leave => {
                if let Some(conversation) = self.conversations.of(guest) {
                    self.event(Event::Leave { conversation });
                }
            }
        }
    }

    /// The guest wants to talk.
    fn start(&mut self, connection: ConnectionId, guest: GuestId) {
        match self.conversations.of(guest) {
            Some(conversation) => {
                let before = self.dispatch.placement(conversation).map(Placement::state);
                if before == Some(ConversationState::Missed) {
                    self.event(Event::Rejoin { conversation });
                }
                if let Some((_, view)) = self.guest_view(conversation) {
                    self.send_one(connection, GuestEvent::Conversation(view));
                }
            }
            None => {
                self.open_conversation(guest);
            }
        }
    }

    /// A new conversation for a connected guest, placed and told.
    pub(super) fn open_conversation(&mut self, guest: GuestId) -> Option<ConversationId> {
        let present = self.presence.guest(guest)?;
        let conversation = self.ids.next(self.now.wall);
        let talk = Talk::begin(present);
        let event = Event::Arrive {
            conversation,
            guest,
            group: present.group,
            priority: 0,
            last_agent: present.last_agent,
        };
        self.begin(guest, conversation, talk, event)?;
        // The visit that brought the guest to us counts, whether or not anybody has time for them.
        self.note_visit(guest);
        Some(conversation)
    }

    /// Has dispatch place a conversation that nobody knows yet.
    pub(super) fn begin(
        &mut self,
        guest: GuestId,
        conversation: ConversationId,
        talk: Talk,
        event: Event,
    ) -> Option<()> {
        self.conversations.add(guest, conversation, talk);
        if let Err(refusal) = self.decide(event) {
            tracing::error!(?refusal, %conversation, "a guest could not be placed");
            self.conversations.remove(guest, conversation);
            return None;
        }
        Some(())
    }

    fn guest_sends(&mut self, connection: ConnectionId, guest: GuestId, id: ClientMessageId, text: String) {
        let text = match MessageText::parse(text) {
            Ok(text) => text,
            Err(error) => return self.refuse_text(connection, id, error),
        };
        let Some(present) = self.presence.guest(guest) else {
            return;
        };
        if let Some(unread) = self.unread_of(guest, &present.past) {
            let text = text.into_string();
            let frame = GuestFrame::Send { id, text };
            return self.held.hold(connection, Command::Guest { connection, frame }, unread);
        }
        let open = self.conversations.of(guest);
        let at = open.and_then(|open| Some((open, self.conversations.talk(open)?.sent.seq_of(id)?)));
        if at.is_some() || present.past.has(id) {
            return self.effect(Effect::Repeated {
                connection,
                id,
                text,
                at,
            });
        }
        let Some(conversation) = open.or_else(|| self.open_conversation(guest)) else {
            let rejected = Rejected::new(RejectCode::NoConversation).about(id);
            return self.send_one(connection, GuestEvent::Rejected(rejected));
        };
        self.guest_says(connection, conversation, id, text);
    }

    fn guest_says(
        &mut self,
        connection: ConnectionId,
        conversation: ConversationId,
        id: ClientMessageId,
        text: MessageText,
    ) {
        let Some(placement) = self.dispatch.placement(conversation).cloned() else {
            return;
        };
        let Some(message) = self.say(&placement, Author::Guest, text, id, Some(connection)) else {
            return;
        };
        let ack = GuestEvent::Ack {
            id,
            conversation,
            seq: message.seq,
            at: message.at,
        };
        self.send_one(connection, ack);
        self.guest_said(&placement);
    }

    /// A reply is owed now.
    pub(super) fn guest_said(&mut self, placement: &Placement) {
        let conversation = placement.conversation;
        self.event(Event::GuestSaid { conversation });
        if !matches!(placement.place, Place::Seated { .. }) {
            self.flush.lists = true;
        }
    }

    fn refuse_text(&mut self, connection: ConnectionId, id: ClientMessageId, error: TextError) {
        let rejected = Rejected::new(text_code(error)).about(id);
        self.send_one(connection, GuestEvent::Rejected(rejected));
    }

    fn guest_types(&mut self, guest: GuestId, text: &str) {
        let Some(placement) = self
            .conversations
            .of(guest)
            .and_then(|open| self.dispatch.placement(open))
        else {
            return;
        };
        let Some(member) = placement.agent() else { return };
        let text = text.chars().take(PREVIEW_CHARS_MAX).collect();
        let event = DeskEvent::Typing {
            conversation: placement.conversation,
            text,
        };
        self.tell_at_once(Audience::Desk(member), event);
    }

    pub(super) fn guest_contact(&mut self, guest: GuestId, name: &str, contact: &str) {
        let name = bounded(name, GUEST_NAME_CHARS_MAX);
        let contact = bounded(contact, CONTACT_CHARS_MAX);
        if let Some(present) = self.presence.guest_mut(guest) {
            present.name.clone_from(&name);
            present.contact.clone_from(&contact);
        }
        self.out.batch.writes.push(Write::Contact {
            guest,
            name: name.clone(),
            contact: contact.clone(),
        });
        let Some(conversation) = self.conversations.of(guest) else {
            return;
        };
        if let Some(talk) = self.conversations.talk_mut(conversation) {
            talk.name = name;
            talk.contact = contact;
        }
        self.tell_guest(conversation);
        self.tell_agent(conversation);
        self.flush.lists = true;
    }

    /// The guest of an open conversation is here, perhaps on another page: whoever looks at them learns of it, if that is
    /// not what they see.
    fn page_changed(&mut self, guest: GuestId, conversation: ConversationId, was_shown_gone: bool) {
        let is_elsewhere = self.follow_page(guest, conversation);
        if let Some(talk) = self.conversations.talk_mut(conversation) {
            talk.left_at = None;
        }
        if is_elsewhere || was_shown_gone {
            self.tell_agent(conversation);
            self.flush.lists = true;
        }
    }

    /// Where the guest is goes with their conversation as long as somebody is with them or will be. A missed one is left at
    /// the page that it was about.
    /// True if that is another page than was known.
    pub(super) fn follow_page(&mut self, guest: GuestId, conversation: ConversationId) -> bool {
        if self.served(guest) != Some(conversation) {
            return false;
        }
        let (Some(present), Some(talk)) = (self.presence.guest(guest), self.conversations.talk_mut(conversation))
        else {
            return false;
        };
        let language = &present.environment.language;
        let is_another = talk.page != present.page || talk.language != *language;
        talk.page.clone_from(&present.page);
        talk.language.clone_from(language);
        is_another
    }

    /// The guest's conversation, if it is in line or in a seat.
    fn served(&self, guest: GuestId) -> Option<ConversationId> {
        let open = self.conversations.of(guest)?;
        let state = self.dispatch.placement(open)?.state();
        matches!(state, ConversationState::Waiting | ConversationState::Seated).then_some(open)
    }

    /// Of guests whom nobody is with, or will be, nothing is recorded.
    pub(super) fn note_visit_if_served(&mut self, guest: GuestId) {
        if self.served(guest).is_some() {
            self.note_visit(guest);
        }
    }

    /// Has the page recorded that the guest is on, unless it is.
    fn note_visit(&mut self, guest: GuestId) {
        let Some(present) = self
            .presence
            .guest_mut(guest)
            .filter(|present| present.noted != Noted::Page)
        else {
            return;
        };
        let visit = present.visit(guest, self.now.wall);
        self.effect(Effect::Visit(Box::new(visit)));
    }
}

pub const fn text_code(error: TextError) -> RejectCode {
    match error {
        TextError::Empty => RejectCode::Empty,
        TextError::TooLong => RejectCode::TooLong,
    }
}
