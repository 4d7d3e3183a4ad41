//! Whoever may be sending a message again waits until the ids of what was sent before are read: in a conversation of before
//! this start, or by a guest who was here before. In whichever order a client sends, what is stored is known.
//!
//! Meanwhile everything that the same connection sends, its end included, waits behind it. So nothing is overtaken, and what a
//! client has sent is done even if it does not stay for the answer. A form waits by itself.

use super::sent::Past;
use super::{Outcome, Room};
use crate::command::{Command, ConnectionId};
use crate::effect::Effect;
use crate::now::Now;
use domain::{ClientMessageId, ConversationId, GuestId, Seq};
use protocol::CloseCode;
use std::collections::HashMap;

/// Commands of one connection that may wait. One that sends more is told to come back: what was not acknowledged it sends
/// again.
const HELD_MAX: usize = 256;

/// Ids of stored messages that have to be known before one can tell whether another is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ids {
    /// Those of a conversation.
    Conversation(ConversationId),
    /// Those of a guest, in whichever conversation.
    Guest(GuestId),
}

/// The same, read.
#[derive(Debug)]
pub enum Recalled {
    Conversation(ConversationId, Vec<(ClientMessageId, Seq)>),
    Guest(GuestId, Vec<ClientMessageId>),
}

/// Commands that wait, and what they wait for.
#[derive(Debug, Default)]
pub(crate) struct Held {
    /// Each connection's, in order.
    commands: HashMap<ConnectionId, Vec<Command>>,
    /// What is being read, and for whom.
    awaited: HashMap<Ids, Vec<ConnectionId>>,
    /// What is to be read.
    wanted: Vec<Ids>,
}

/// Whether a command has to wait behind others.
enum Queued {
    Free(Command),
    Waits,
    /// It is dropped.
    TooMany(ConnectionId),
}

impl Held {
    /// Has what a connection said wait until the ids are read.
    pub(super) fn hold(&mut self, connection: ConnectionId, said: Command, until: Ids) {
        self.commands.insert(connection, vec![said]);
        let waiting = self.awaited.entry(until).or_default();
        if waiting.is_empty() {
            self.wanted.push(until);
        }
        waiting.push(connection);
    }

    fn queue(&mut self, command: Command) -> Queued {
        if self.commands.is_empty() {
            return Queued::Free(command);
        }
        let Some((connection, held)) = command
            .connection()
            .and_then(|one| Some((one, self.commands.get_mut(&one)?)))
        else {
            return Queued::Free(command);
        };
        if held.len() >= HELD_MAX && !matches!(command, Command::Bye { .. }) {
            return Queued::TooMany(connection);
        }
        held.push(command);
        Queued::Waits
    }

    fn take_wanted(&mut self) -> Vec<Ids> {
        std::mem::take(&mut self.wanted)
    }

    fn those_awaiting(&mut self, ids: Ids) -> Vec<ConnectionId> {
        self.awaited.remove(&ids).unwrap_or_default()
    }

    fn release(&mut self, connection: ConnectionId) -> Vec<Command> {
        self.commands.remove(&connection).unwrap_or_default()
    }

    #[cfg(test)]
    pub(super) fn is_empty(&self) -> bool {
        self.commands.is_empty() && self.awaited.is_empty()
    }
}

impl Room {
    /// What has to be read before one can tell whether a guest with that past sends something again.
    pub(super) fn unread_of(&self, guest: GuestId, past: &Past) -> Option<Ids> {
        if !past.is_whole() {
            return Some(Ids::Guest(guest));
        }
        let open = self.conversations.of(guest)?;
        let sent = &self.conversations.talk(open)?.sent;
        (!sent.is_whole()).then_some(Ids::Conversation(open))
    }

    /// The command, unless it has to wait behind what the same connection sent before it.
    pub(super) fn unless_held(&mut self, command: Command) -> Option<Command> {
        match self.held.queue(command) {
            Queued::Free(command) => return Some(command),
            Queued::Waits => {}
            Queued::TooMany(connection) => {
                let code = CloseCode::TryAgain;
                self.out.instant.push(Effect::CloseOne { connection, code });
            }
        }
        None
    }

    /// What is to be read from the store, for [`Room::recalled`].
    pub fn take_recalls(&mut self) -> Vec<Ids> {
        self.held.take_wanted()
    }

    /// Ids are read: what waited for them is acted upon, in the order in which it came.
    pub fn recalled(&mut self, now: Now, recalled: Recalled) -> Outcome {
        self.look(now);
        let (ids, read) = match recalled {
            Recalled::Conversation(conversation, ids) => {
                let read = ids.iter().map(|(id, _)| *id).collect();
                if let Some(talk) = self.conversations.talk_mut(conversation) {
                    talk.sent.recall(ids);
                }
                (Ids::Conversation(conversation), read)
            }
            Recalled::Guest(guest, ids) => {
                if let Some(present) = self.presence.guest_mut(guest) {
                    present.past.recall(ids.clone());
                }
                (Ids::Guest(guest), ids)
            }
        };
        for connection in self.held.those_awaiting(ids) {
            for mut command in self.held.release(connection) {
                // The conversation may be over by the time its ids are read.
                if let Command::Form(form) = &mut command {
                    form.past.recall(read.clone());
                }
                // The first of them may have to wait for other ids, and then the rest behind it.
                self.act(command);
            }
        }
        self.outcome()
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        reason = "a test that cannot go on should stop"
    )]

    use super::*;
    use crate::Loaded;
    use crate::sent::{Past, Sent};
    use crate::testing::{TestRoom, hello};
    use dispatch::{Dispatcher, Event, Settings};
    use domain::write::Write;
    use domain::{Body, GroupId, GroupSpec};
    use protocol::guest::GuestFrame;
    use std::collections::BTreeMap;
    use uuid::Uuid;

    const GROUP: GroupId = GroupId(1);
    const PAGE: ConnectionId = ConnectionId(1);
    const GUEST: GuestId = GuestId(Uuid::from_u128(1));

    /// A room with one guest in it, who was here before and has no conversation.
    fn room() -> TestRoom {
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
        let mut room = TestRoom::new(60_000, loaded);
        room.on(Command::GuestHello(Box::new(hello(PAGE, GUEST))));
        room
    }

    fn id(number: u128) -> ClientMessageId {
        ClientMessageId(Uuid::from_u128(number))
    }

    fn send(room: &mut TestRoom, number: u128) -> Outcome {
        let frame = GuestFrame::Send {
            id: id(number),
            text: number.to_string(),
        };
        room.on(Command::Guest {
            connection: PAGE,
            frame,
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

    /// The messages that are acknowledged or rejected because their id is taken.
    fn repeated(outcome: &Outcome) -> Vec<ClientMessageId> {
        let repeated = |effect: &Effect| match effect {
            Effect::Repeated { id, .. } => Some(*id),
            _ => None,
        };
        outcome.batch.effects.iter().filter_map(repeated).collect()
    }

    /// The store has messages of the guest with these numbers.
    fn recalled(room: &mut TestRoom, numbers: &[u128]) -> Outcome {
        let ids = numbers.iter().copied().map(id).collect();
        room.recalled(Recalled::Guest(GUEST, ids))
    }

    #[test]
    fn nothing_overtakes_a_message_that_waits() {
        let mut room = room();
        assert!(stored(&send(&mut room, 1)).is_empty());
        assert_eq!(room.take_recalls(), [Ids::Guest(GUEST)]);
        for number in 2..=3 {
            assert!(stored(&send(&mut room, number)).is_empty());
        }
        room.on(Command::Guest {
            connection: PAGE,
            frame: GuestFrame::Leave,
        });
        assert!(room.take_recalls().is_empty(), "asked once");

        let all = recalled(&mut room, &[]);
        assert_eq!(stored(&all), ["1", "2", "3"]);
        // Nothing has to be read any more: the next goes straight in.
        assert_eq!(stored(&send(&mut room, 4)), ["4"]);
    }

    #[test]
    fn nothing_overtakes_a_message_that_waits_twice() {
        let mut room = room();
        send(&mut room, 1);
        recalled(&mut room, &[]);
        // As after a start: neither what the guest sent before is known, nor what was said in the open conversation.
        let conversation = room.conversations.of(GUEST).unwrap();
        room.conversations.talk_mut(conversation).unwrap().sent = Sent::default();
        room.presence.guest_mut(GUEST).unwrap().past = Past::default();
        send(&mut room, 2);
        send(&mut room, 3);
        assert!(stored(&recalled(&mut room, &[])).is_empty());
        assert_eq!(room.take_recalls().last(), Some(&Ids::Conversation(conversation)));
        let known = room.recalled(Recalled::Conversation(conversation, vec![(id(1), Seq(2))]));
        assert_eq!(stored(&known), ["2", "3"]);
    }

    #[test]
    fn who_sends_more_than_may_wait_is_told_to_come_back() {
        let mut room = room();
        for number in 1..=HELD_MAX {
            assert!(send(&mut room, number as u128).instant.is_empty());
        }
        let more = send(&mut room, 1_000);
        let closed = |effect: &Effect| {
            matches!(
                effect,
                Effect::CloseOne {
                    connection: PAGE,
                    code: CloseCode::TryAgain
                }
            )
        };
        assert!(more.instant.iter().any(closed));
        room.on(Command::Bye { connection: PAGE });
        assert_eq!(stored(&recalled(&mut room, &[])).len(), HELD_MAX);
        assert!(!room.presence.has_guest(GUEST), "the end of the connection is not lost");
    }

    #[test]
    fn what_is_repeated_is_known_in_whichever_order_it_comes() {
        let mut room = room();
        send(&mut room, 9);
        send(&mut room, 1);
        let known = recalled(&mut room, &[1, 2]);
        assert_eq!((stored(&known), repeated(&known)), (vec!["9".to_owned()], vec![id(1)]));
        let again = send(&mut room, 2);
        assert_eq!((stored(&again).len(), repeated(&again)), (0, vec![id(2)]));
        let again = send(&mut room, 9);
        assert_eq!((stored(&again).len(), repeated(&again)), (0, vec![id(9)]));
    }

    #[test]
    fn a_message_of_an_earlier_conversation_opens_none() {
        let mut room = room();
        send(&mut room, 1);
        let known = recalled(&mut room, &[1]);
        assert!(known.batch.writes.is_empty());
        assert_eq!(repeated(&known), [id(1)]);
        assert_eq!(room.conversations.of(GUEST), None);
    }

    #[test]
    fn what_a_page_sent_is_done_although_it_has_gone_away() {
        let mut room = room();
        send(&mut room, 1);
        room.on(Command::Bye { connection: PAGE });
        assert!(room.presence.has_guest(GUEST));
        assert_eq!(stored(&recalled(&mut room, &[])), ["1"]);
        assert!(!room.presence.has_guest(GUEST) && room.presence.who(PAGE).is_none());
    }

    #[test]
    fn what_was_sent_before_a_restart_is_read_as_well() {
        let mut room = room();
        send(&mut room, 1);
        recalled(&mut room, &[]);
        let conversation = room.conversations.of(GUEST).unwrap();
        room.conversations.talk_mut(conversation).unwrap().sent = Sent::default();
        send(&mut room, 2);
        send(&mut room, 1);
        assert_eq!(room.take_recalls().last(), Some(&Ids::Conversation(conversation)));
        let known = room.recalled(Recalled::Conversation(conversation, vec![(id(1), Seq(2))]));
        assert_eq!((stored(&known), repeated(&known)), (vec!["2".to_owned()], vec![id(1)]));
    }
}
