//! One client's life: connect, do something now and then, listen, connect again.

use super::Phase;
use crate::audit::Seen;
use rig::client::{Client, Memory};
use rig::dice::Dice;
use rig::socket::Lost;
use rig::{Violation, text};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Instant, sleep_until};

/// What a player is asked to do.
#[derive(Debug)]
pub(super) enum Order<M> {
    /// Show what is known; once connected, for who is on the way back.
    Show(oneshot::Sender<Seen<M>>),
    /// Lose the connection.
    Cut,
}

/// What a client does of its own accord.
pub(super) trait Actor<M>: Send + 'static {
    /// How long until the next deed, at most.
    fn pause(&self) -> Duration;

    fn act(&mut self, client: &mut Client<M>, dice: &mut Dice, phase: Phase) -> impl Future<Output = ()> + Send;

    /// The server says not to come back. Whether to try again all the same.
    fn refused(&mut self, _client: &mut Client<M>, _lost: &Lost) -> impl Future<Output = bool> + Send {
        async { false }
    }
}

/// Counts acknowledgements, for those who wait for progress. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(super) struct Pulse(watch::Sender<u64>);

impl Pulse {
    pub(super) fn beats(&self) -> u64 {
        *self.0.borrow()
    }

    pub(super) async fn reach(&self, goal: u64) {
        // The sender is in our hands, so the channel stays open.
        drop(self.0.subscribe().wait_for(|beats| *beats >= goal).await);
    }

    fn beat(&self) {
        self.0.send_modify(|beats| *beats = beats.saturating_add(1));
    }
}

/// A client that is about to begin.
#[derive(Debug)]
pub(super) struct Player<M> {
    pub(super) client: Client<M>,
    pub(super) dice: Dice,
    pub(super) phase: watch::Receiver<Phase>,
    pub(super) pulse: Pulse,
}

impl<M: Memory + Clone + Send + 'static> Player<M> {
    /// Plays until the sender is dropped.
    pub(super) fn start(self, actor: impl Actor<M>) -> mpsc::Sender<Order<M>> {
        let (orders, received) = mpsc::channel(8);
        tokio::spawn(self.play(actor, received));
        orders
    }

    async fn play(mut self, mut actor: impl Actor<M>, mut orders: mpsc::Receiver<Order<M>>) {
        let mut next = Instant::now();
        loop {
            if !self.client.is_connected() && !self.is_back(&mut actor).await {
                break;
            }
            tokio::select! {
                biased;
                order = orders.recv() => match order {
                    Some(order) => self.obey(order),
                    None => return,
                },
                frame = self.client.next() => {
                    if frame.is_ok_and(|frame| text(&frame, "type") == "ack") {
                        self.pulse.beat();
                    }
                }
                () = sleep_until(next) => {
                    let phase = *self.phase.borrow();
                    actor.act(&mut self.client, &mut self.dice, phase).await;
                    next = Instant::now() + self.dice.between(actor.pause() / 8, actor.pause());
                }
            }
        }
        while let Some(order) = orders.recv().await {
            self.obey(order);
        }
    }

    /// Comes back. False if that is not to be.
    async fn is_back(&mut self, actor: &mut impl Actor<M>) -> bool {
        while let Err(lost) = self.client.come_back(&mut self.dice).await {
            if !actor.refused(&mut self.client, &lost).await {
                let what = Violation::Other(format!("a client was told not to come back: {lost}"));
                self.client.memory.record().violations.push(what);
                return false;
            }
        }
        true
    }

    fn obey(&mut self, order: Order<M>) {
        match order {
            Order::Show(shown) => {
                // Who asked and did not wait needs no answer.
                drop(shown.send(Seen {
                    memory: self.client.memory.clone(),
                    welcomes: self.client.welcomes,
                    closed: self.client.closed.clone(),
                    is_connected: self.client.is_connected(),
                }));
            }
            Order::Cut => self.client.cut(),
        }
    }
}
