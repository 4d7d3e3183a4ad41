//! However a client sends again what it has sent, it is stored once.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop"
)]

mod support;

use connection::Limits;
use domain::{ClientMessageId, ConversationId, Duty, MemberId, Message, Seq};
use protocol::guest::{GuestEvent, GuestFrame, GuestPlace};
use std::collections::HashMap;
use store::examine;
use support::{Desk, Guest, House, message_id, patient};

type At = (ConversationId, Seq);

fn limits() -> Limits {
    Limits {
        frames_burst: 100_000,
        ..Limits::default()
    }
}

/// Where that message is, by its acknowledgement.
async fn acknowledged(guest: &mut Guest, sent: ClientMessageId) -> At {
    guest
        .find("ack", |event| match event {
            GuestEvent::Ack {
                id, conversation, seq, ..
            } if *id == sent => Some((*conversation, *seq)),
            _ => None,
        })
        .await
}

async fn send(guest: &mut Guest, id: ClientMessageId) {
    let text = id.to_string();
    guest.send(&GuestFrame::Send { id, text }).await;
}

/// One guest with two tabs and an agent, and chance.
struct Play {
    house: House,
    agent: MemberId,
    desk: Desk,
    token: String,
    tabs: Vec<Guest>,
    sent: Vec<ClientMessageId>,
    at: HashMap<ClientMessageId, At>,
    chance: u64,
}

impl Play {
    async fn begin(house: House, seed: u64) -> Self {
        let agent = house.agent("mei", 3).await;
        let mut desk = house.desk(agent).await;
        desk.welcomed().await;
        desk.duty(Duty::On).await;
        let mut tab = house.guest_returning("", None).await;
        let (token, _) = tab.welcomed().await;
        let mut play = Self {
            house,
            agent,
            desk,
            token,
            tabs: vec![tab],
            sent: Vec::new(),
            at: HashMap::new(),
            chance: seed,
        };
        play.tabs.push(play.tab().await);
        play
    }

    async fn tab(&self) -> Guest {
        let mut tab = self.house.guest_returning(&self.token, None).await;
        tab.welcomed().await;
        tab
    }

    /// One of so many.
    fn one_of(&mut self, many: usize) -> usize {
        self.chance = self.chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(self.chance >> 33).unwrap() % many
    }

    async fn step(&mut self) {
        let tab = self.one_of(2);
        match self.one_of(10) {
            0 => self.tabs[tab] = self.tab().await,
            1 => self.close(tab).await,
            // Several at once, in any order, some of them new, before anything is acknowledged.
            2..=4 => {
                let many: Vec<_> = (0..5).map(|_| self.any()).collect();
                for id in &many {
                    send(&mut self.tabs[tab], *id).await;
                }
                // From the other tab as well.
                send(&mut self.tabs[1 - tab], many[0]).await;
                self.takes(1 - tab, many[0]).await;
                for id in many {
                    self.takes(tab, id).await;
                }
            }
            _ => {
                let id = self.any();
                send(&mut self.tabs[tab], id).await;
                self.takes(tab, id).await;
            }
        }
    }

    /// A message, new or one of before.
    fn any(&mut self) -> ClientMessageId {
        let again = self.one_of(2 * self.sent.len() + 2);
        if let Some(id) = self.sent.get(again) {
            return *id;
        }
        let id = message_id();
        self.sent.push(id);
        id
    }

    async fn takes(&mut self, tab: usize, id: ClientMessageId) {
        let at = acknowledged(&mut self.tabs[tab], id).await;
        assert_eq!(*self.at.entry(id).or_insert(at), at, "{id} is in two places");
        self.tabs[tab].forget();
        self.desk.forget();
    }

    /// The conversation ends, and so does what is said in it.
    async fn close(&mut self, tab: usize) {
        let tab = &mut self.tabs[tab];
        if matches!(tab.start().await.place, GuestPlace::Seated { .. }) {
            tab.forget();
            tab.send(&GuestFrame::Leave).await;
            tab.conversation("the end", |place| matches!(place, GuestPlace::Closed { .. }))
                .await;
        }
        tab.forget();
    }

    async fn restart(&mut self) {
        self.house.restart().await;
        self.desk = self.house.desk(self.agent).await;
        self.desk.welcomed().await;
        self.tabs = vec![self.tab().await, self.tab().await];
    }

    /// Everything once more, from the last to the first; then the store is looked at.
    async fn end(mut self) {
        for id in self.sent.clone().into_iter().rev() {
            send(&mut self.tabs[0], id).await;
            self.takes(0, id).await;
        }
        let mut stored: HashMap<ClientMessageId, Vec<At>> = HashMap::new();
        let mut conversations: Vec<_> = self.at.values().map(|(conversation, _)| *conversation).collect();
        conversations.sort_unstable();
        conversations.dedup();
        assert!(conversations.len() > 1, "nothing was ended");
        for conversation in conversations {
            for Message { id, seq, .. } in self
                .house
                .store
                .messages_after(conversation, Seq(0), 10_000)
                .await
                .unwrap()
            {
                if let Some(id) = id {
                    stored.entry(id).or_default().push((conversation, seq));
                }
            }
        }
        for id in &self.sent {
            assert_eq!(stored.remove(id), Some(vec![self.at[id]]), "{id}");
        }
        assert!(stored.is_empty(), "{stored:?}");
        let found = examine::examine(&self.house.config).await.unwrap().findings;
        assert!(found.is_empty(), "{found:?}");
        self.house.close().await;
    }
}

async fn play(house: House) {
    let mut play = Play::begin(house, 10).await;
    for _ in 0..4 {
        for _ in 0..40 {
            play.step().await;
        }
        play.restart().await;
    }
    play.end().await;
}

#[tokio::test]
async fn in_any_order_across_tabs_closes_and_restarts_on_sqlite() {
    play(House::open_within(patient(), limits()).await).await;
}

#[tokio::test]
async fn in_any_order_across_tabs_closes_and_restarts_on_postgres() {
    let Some(house) = House::open_on_postgres(limits()).await else {
        return;
    };
    play(house).await;
}

#[tokio::test]
async fn out_of_order_after_a_close_on_the_same_connection() {
    let house = House::open().await;
    let mut desk = house.agent_on_duty("li", 1).await;
    let mut guest = house.guest().await;
    let one = guest.start().await.id;
    let seating = desk.seated_with(one).await;
    let (old, new) = (message_id(), message_id());
    send(&mut guest, old).await;
    let first = acknowledged(&mut guest, old).await;
    desk.close(seating).await;
    send(&mut guest, new).await;
    let second = acknowledged(&mut guest, new).await;
    assert_ne!(first.0, second.0);
    for (id, at) in [(old, first), (new, second), (old, first)] {
        send(&mut guest, id).await;
        assert_eq!(acknowledged(&mut guest, id).await, at);
    }
}

/// Who sends and goes away at once has said it.
#[tokio::test]
async fn what_a_page_sends_before_it_goes_is_stored() {
    let house = House::open().await;
    let mut guest = house.guest_returning("", None).await;
    let (token, _) = guest.welcomed().await;
    let conversation = guest.start().await.id;
    let mut tab = house.guest_returning(&token, None).await;
    tab.welcomed().await;
    guest.vanish();
    tab.vanish();
    // Another page of a guest with a past, whose ids have to be read first.
    let mut back = house.guest_returning(&token, None).await;
    back.welcomed().await;
    let last = message_id();
    send(&mut back, last).await;
    back.send(&GuestFrame::Leave).await;
    back.goodbye().await;
    let mut after = house.guest_returning(&token, None).await;
    after.welcomed().await;
    send(&mut after, last).await;
    assert_eq!(acknowledged(&mut after, last).await.0, conversation);
    let stored = house.store.messages_after(conversation, Seq(0), 10).await.unwrap();
    assert_eq!(stored.iter().filter(|message| message.id == Some(last)).count(), 1);
}
