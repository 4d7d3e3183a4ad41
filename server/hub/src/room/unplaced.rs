//! Messages of guests that may have been stored in an earlier conversation: those of guests without an open one, and the
//! first that a connection sends into another than before.
//!
//! The store is asked first, by the connection the message came from. One that is new opens a conversation if none is
//! open. Meanwhile whatever else the guest sends waits behind it, so that nothing is overtaken.

use super::{Room, Who};
use crate::command::ConnectionId;
use crate::effect::Effect;
use crate::outbox::Out;
use domain::{ClientMessageId, GuestId, MessageText};
use protocol::guest::GuestEvent;
use protocol::{RejectCode, Rejected};

/// A message that has no conversation yet.
#[derive(Debug)]
pub(super) struct Unplaced {
    pub(super) connection: ConnectionId,
    pub(super) id: ClientMessageId,
    pub(super) text: MessageText,
}

impl Room {
    /// Queues a message; the first one in the queue is looked for in the store.
    pub(super) fn find_place(&mut self, guest: GuestId, message: Unplaced) {
        let Some(present) = self.guests.get_mut(&guest) else {
            return;
        };
        present.unplaced.push_back(message);
        if present.unplaced.len() == 1 {
            self.look_for_first(guest);
        }
    }

    /// The store has been asked for the first message of the queue. `new` if it does not have it; otherwise the
    /// connection has acknowledged it already.
    pub(super) fn looked_for(&mut self, connection: ConnectionId, id: ClientMessageId, new: bool) {
        let Some(Who::Guest(guest)) = self.connections.get(&connection).copied() else {
            return;
        };
        let Some(present) = self.guests.get_mut(&guest) else {
            return;
        };
        let first = present
            .unplaced
            .front()
            .is_some_and(|first| first.connection == connection && first.id == id);
        let Some(message) = present.unplaced.pop_front_if(|_| first) else {
            return;
        };
        if new {
            self.place_message(guest, message);
        }
        self.look_for_first(guest);
    }

    /// A connection is gone: what it sent and nobody has looked for will be sent again by another.
    pub(super) fn forget_unplaced(&mut self, guest: GuestId, connection: ConnectionId) {
        let Some(present) = self.guests.get_mut(&guest) else {
            return;
        };
        let looking = present.unplaced.front().map(|first| first.connection);
        present.unplaced.retain(|message| message.connection != connection);
        if looking == Some(connection) {
            self.look_for_first(guest);
        }
    }

    fn look_for_first(&mut self, guest: GuestId) {
        let Some(first) = self.guests.get(&guest).and_then(|present| present.unplaced.front()) else {
            return;
        };
        let (connection, out) = (
            first.connection,
            Out::Unplaced {
                id: first.id,
                text: first.text.clone(),
            },
        );
        self.effect(Effect::One { connection, out });
    }

    fn place_message(&mut self, guest: GuestId, message: Unplaced) {
        let Unplaced { connection, id, text } = message;
        let open = self.open.get(&guest).copied().or_else(|| self.open_conversation(guest));
        if let Some(conversation) = open {
            self.all_new_from(guest, connection, conversation);
            // The store has just been asked: it is none of what was said before this start. To wait for the ids of those
            // would let the messages behind it overtake it.
            return self.says_unless_known(connection, conversation, id, text);
        }
        let rejected = Rejected::new(RejectCode::NoConversation).about(id);
        self.send_one(connection, &GuestEvent::Rejected(rejected));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

    use super::*;
    use crate::clock::Clock;
    use crate::command::{Command, GuestHello};
    use crate::outbox::outbox;
    use crate::room::{Loaded, Outcome};
    use dispatch::{Dispatcher, Event, Settings};
    use domain::guest::Environment;
    use domain::{Body, GroupId, GroupSpec, PageView, SiteId, Timestamp};
    use protocol::guest::GuestFrame;
    use std::collections::{BTreeMap, HashMap};
    use store::write::Write;
    use tokio::sync::oneshot;
    use uuid::Uuid;

    const GROUP: GroupId = GroupId(1);
    const PAGE: ConnectionId = ConnectionId(1);

    /// A room with one guest in it, who has no conversation.
    fn room() -> Room {
        let mut dispatch = Dispatcher::new(Settings::default());
        let group = GroupSpec {
            id: GROUP,
            last_agent_first: false,
            line_max: None,
            wait_ms_max: None,
            overflow: None,
        };
        dispatch.handle(0, Event::Group(group), &mut Vec::new()).unwrap();
        let loaded = Loaded {
            dispatch,
            talks: Vec::new(),
            names: HashMap::new(),
            groups: BTreeMap::new(),
            duty_since: HashMap::new(),
        };
        let mut room = Room::new(Clock::new(|| Timestamp(0)), 60_000, loaded);
        let hello = GuestHello {
            connection: PAGE,
            outbox: outbox().0,
            guest: GuestId(Uuid::from_u128(1)),
            is_new: true,
            site: SiteId(1),
            group: GROUP,
            last_agent: None,
            name: String::new(),
            contact: String::new(),
            page: PageView::default(),
            environment: Environment::default(),
            user_agent: String::new(),
            address: None,
            reply: oneshot::channel().0,
        };
        room.on(Command::GuestHello(Box::new(hello)));
        room
    }

    fn id(number: u128) -> ClientMessageId {
        ClientMessageId(Uuid::from_u128(number))
    }

    fn send(room: &mut Room, number: u128) -> Outcome {
        let frame = GuestFrame::Send {
            id: id(number),
            text: number.to_string(),
        };
        room.on(Command::Guest {
            connection: PAGE,
            frame,
        })
    }

    fn looked_for(room: &mut Room, number: u128, new: bool) -> Outcome {
        room.on(Command::LookedFor {
            connection: PAGE,
            id: id(number),
            new,
        })
    }

    /// The texts that are stored.
    fn stored(outcome: &Outcome) -> Vec<String> {
        let text = |write: &Write| match write {
            Write::Message(message) => match &message.body {
                Body::Text { text } => Some(text.clone()),
                Body::Notice(_) => None,
            },
            _ => None,
        };
        outcome.batch.writes.iter().filter_map(text).collect()
    }

    /// The messages that the store is to be asked for.
    fn asked_for(outcome: &Outcome) -> Vec<ClientMessageId> {
        let asked = |effect: &Effect| match effect {
            Effect::One {
                out: Out::Unplaced { id, .. },
                ..
            } => Some(*id),
            _ => None,
        };
        outcome.batch.effects.iter().filter_map(asked).collect()
    }

    #[tokio::test]
    async fn nothing_overtakes_a_message_whose_place_is_being_looked_for() {
        let mut room = room();
        assert_eq!(asked_for(&send(&mut room, 1)), [id(1)]);
        // Meanwhile another tab opens a conversation, and the guest writes on.
        room.on(Command::Guest {
            connection: PAGE,
            frame: GuestFrame::Start,
        });
        let second = send(&mut room, 2);
        assert_eq!((stored(&second), asked_for(&second)), (vec![], vec![]));

        let first = looked_for(&mut room, 1, true);
        assert_eq!((stored(&first), asked_for(&first)), (vec!["1".to_owned()], vec![id(2)]));
        assert_eq!(stored(&looked_for(&mut room, 2, true)), ["2"]);
        // Nothing is being looked for any more: the next goes straight in.
        assert_eq!(stored(&send(&mut room, 3)), ["3"]);
    }

    #[tokio::test]
    async fn nothing_overtakes_the_first_message_after_a_restart() {
        let mut room = room();
        room.on(Command::Guest {
            connection: PAGE,
            frame: GuestFrame::Start,
        });
        let conversation = *room.open.values().next().unwrap();
        room.talks.get_mut(&conversation).unwrap().forget_sent();
        room.guests.values_mut().next().unwrap().has_past = true;

        let mut said = Vec::new();
        for number in 1..=3 {
            said.extend(stored(&send(&mut room, number)));
        }
        said.extend(stored(&looked_for(&mut room, 1, true)));
        said.extend(stored(&room.recalled(conversation, Vec::new())));
        said.extend(stored(&looked_for(&mut room, 2, true)));
        said.extend(stored(&looked_for(&mut room, 3, true)));
        assert_eq!(said, ["1", "2", "3"]);
    }

    #[tokio::test]
    async fn a_message_of_an_earlier_conversation_opens_none() {
        let mut room = room();
        send(&mut room, 1);
        let known = looked_for(&mut room, 1, false);
        assert!(known.batch.writes.is_empty());
        assert_eq!(asked_for(&send(&mut room, 2)), [id(2)]);
    }

    #[tokio::test]
    async fn a_page_that_goes_away_holds_nobody_up() {
        let mut room = room();
        send(&mut room, 1);
        room.on(Command::Bye { connection: PAGE });
        let late = looked_for(&mut room, 1, true);
        assert!(late.batch.writes.is_empty() && asked_for(&late).is_empty());
    }
}
