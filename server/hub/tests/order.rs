//! What a connection is told of a conversation never goes back behind what it was told before.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop"
)]

mod support;

use domain::{ConversationId, Seq};
use protocol::Body;
use protocol::desk::DeskEvent;
use protocol::guest::{GuestEvent, GuestFrame};
use std::collections::HashMap;
use support::{Guest, House, message_id};

const GUESTS: usize = 20;
const TEXTS: usize = 6;
const ROUNDS: usize = 3;

/// The last `seq`, and how many were unread, as told last of each conversation.
#[derive(Default)]
struct Told(HashMap<ConversationId, (Seq, u32)>);

impl Told {
    /// A message, or the acknowledgement of one: what is told of the conversation may be ahead of it.
    fn message(&mut self, conversation: ConversationId, seq: Seq) {
        let (last, _) = self.0.entry(conversation).or_default();
        *last = seq.max(*last);
    }

    fn conversation(&mut self, conversation: ConversationId, seq: Seq, unread: u32) {
        let (last, before) = self.0.entry(conversation).or_default();
        assert!(seq >= *last, "{conversation}: up to {seq:?} after {last:?}");
        assert!(unread >= *before, "{conversation}: {unread} unread after {before}");
        (*last, *before) = (seq, unread);
    }
}

/// Everybody says everything at once, so that what is stored is ahead of what has been told.
async fn talk_at_once(guests: &mut [Guest]) {
    let talking = guests.iter_mut().map(async |guest| {
        for text in 0..TEXTS {
            let (id, text) = (message_id(), text.to_string());
            guest.send(&GuestFrame::Send { id, text }).await;
        }
    });
    futures_util::future::join_all(talking).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conversation_does_not_lag_behind_the_messages_sent_before_it() {
    let house = House::open().await;
    for round in 0..ROUNDS {
        let seats = i32::try_from(GUESTS).unwrap();
        let mut desk = house.agent_on_duty(&format!("mei{round}"), seats).await;
        let mut guests = Vec::new();
        for _ in 0..GUESTS {
            guests.push(house.guest().await);
        }
        talk_at_once(&mut guests).await;

        let (mut told, mut texts) = (Told::default(), 0);
        while texts < GUESTS * TEXTS {
            match desk.next().await {
                DeskEvent::Conversation(one) => told.conversation(one.id, one.last_seq, one.unread),
                DeskEvent::Message(message) => {
                    told.message(message.conversation, message.seq);
                    texts += usize::from(matches!(message.body, Body::Text { .. }));
                }
                _ => {}
            }
        }
        for guest in &mut guests {
            let (mut told, mut acks) = (Told::default(), 0);
            while acks < TEXTS {
                match guest.next().await {
                    GuestEvent::Conversation(one) => told.conversation(one.id, one.last_seq, 0),
                    GuestEvent::Message(message) => told.message(message.conversation, message.seq),
                    GuestEvent::Ack { conversation, seq, .. } => {
                        told.message(conversation, seq);
                        acks += 1;
                    }
                    _ => {}
                }
            }
        }
        desk.duty(domain::Duty::Off).await;
    }
}
