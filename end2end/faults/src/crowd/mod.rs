//! Guests and agents who talk, at random but by the seed, while something is being broken.
//!
//! Each is a task of its own with a client of its own. *Absent:* any knowledge of what is broken: they connect again, send
//! again and go on, as the protocol has them.

mod agent;
mod guest;
mod player;

pub(crate) use agent::Worker;
pub(crate) use guest::Visitor;

use crate::audit::stored::Stored;
use crate::audit::{self, Evidence, Seen};
use crate::outcome::Failure;
use player::{Order, Player, Pulse};
use rig::Violation;
use rig::client::Client;
use rig::desk::Workbench;
use rig::dice::Dice;
use rig::guest::Page;
use rig::house::{Agent, House};
use rig::server::Address;
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep, timeout};

/// What everybody does at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Talk.
    Busy,
    /// Only listen.
    Quiet,
    /// Agents end every conversation they get.
    Closing,
}

/// Who comes, and how they behave.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    pub(crate) guests: u64,
    pub(crate) agents: u64,
    pub(crate) seats: u32,
    /// Longest pause between two things that one of them does.
    pub(crate) pause: Duration,
    /// Whether now and then a guest leaves, an agent closes, and connections are dropped.
    pub(crate) restless: bool,
    /// Whether agents go on a break, and off duty, and come back.
    pub(crate) changes_duty: bool,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            guests: 24,
            agents: 4,
            seats: 4,
            pause: Duration::from_millis(80),
            restless: true,
            changes_duty: false,
        }
    }
}

/// How long after the last deed everything may take to come to rest: what is told at intervals, and clients that wait
/// before they connect again.
const REST: Duration = Duration::from_secs(30);

/// How often is looked whether it has.
const LOOK: Duration = Duration::from_millis(150);

#[derive(Debug)]
pub(crate) struct Crowd {
    guests: Vec<mpsc::Sender<Order<Page>>>,
    desks: Vec<mpsc::Sender<Order<Workbench>>>,
    phase: watch::Sender<Phase>,
    pulse: Pulse,
    /// The members at the desks.
    pub(crate) agents: Vec<Agent>,
}

impl Crowd {
    /// Agents are created and on duty when this returns; guests come by themselves.
    pub(crate) async fn gather(house: &mut House, plan: Plan, dice: &Dice) -> Result<Self, Failure> {
        let address = house.address.clone();
        Self::gather_by(house, plan, dice, &address).await
    }

    /// The same, with everybody connecting by way of that address.
    pub(crate) async fn gather_by(
        house: &mut House,
        plan: Plan,
        dice: &Dice,
        address: &Address,
    ) -> Result<Self, Failure> {
        let mut crowd = Self {
            guests: Vec::new(),
            desks: Vec::new(),
            phase: watch::Sender::new(Phase::Busy),
            pulse: Pulse::default(),
            agents: Vec::new(),
        };
        for number in 0..plan.agents {
            let agent = house
                .agent(&format!("agent{number}"), plan.seats, &[house.group])
                .await?;
            let mut desk = house.desk(&agent);
            desk.connect().await?;
            desk.duty("on").await;
            desk.by_way_of(address.clone());
            let worker = Worker::new(agent.clone(), plan);
            crowd
                .desks
                .push(crowd.player(desk, dice.part(1_000 + number)).start(worker));
            crowd.agents.push(agent);
        }
        for number in 0..plan.guests {
            let mut guest = house.guest();
            guest.by_way_of(address.clone());
            crowd.add_guest(guest, plan, dice.part(2_000 + number));
        }
        Ok(crowd)
    }

    /// One more guest.
    pub(crate) fn add_guest(&mut self, guest: Client<Page>, plan: Plan, dice: Dice) {
        let visitor = Visitor::new(plan);
        self.guests.push(self.player(guest, dice).start(visitor));
    }

    fn player<M>(&self, client: Client<M>, dice: Dice) -> Player<M> {
        Player {
            client,
            dice,
            phase: self.phase.subscribe(),
            pulse: self.pulse.clone(),
        }
    }

    /// Messages acknowledged so far.
    pub(crate) fn acknowledged(&self) -> u64 {
        self.pulse.beats()
    }

    /// Waits until so many more messages are acknowledged.
    pub(crate) async fn acknowledges(&self, more: u64) -> Result<(), Failure> {
        let goal = self.pulse.beats().saturating_add(more);
        let reached = timeout(Duration::from_mins(1), self.pulse.reach(goal)).await;
        reached.map_err(|_| Failure::Unexpected(format!("no {more} messages were acknowledged within a minute")))
    }

    /// While nothing can be stored: waits until everything stored before is acknowledged, which is when some looks in a row
    /// find no more. How many that are.
    pub(crate) async fn stalls(&self) -> Result<u64, Failure> {
        const ALIKE: u32 = 4;
        let deadline = Instant::now() + REST;
        let (mut acknowledged, mut alike) = (self.acknowledged(), 0);
        while alike < ALIKE {
            if Instant::now() >= deadline {
                return Err(Failure::Unexpected("messages are still acknowledged".to_owned()));
            }
            sleep(LOOK).await;
            let now = self.acknowledged();
            alike = if now == acknowledged { alike + 1 } else { 0 };
            acknowledged = now;
        }
        Ok(acknowledged)
    }

    pub(crate) fn set(&self, phase: Phase) {
        self.phase.send_replace(phase);
    }

    /// Cuts the connection of a guest.
    pub(crate) fn cut_guest(&self, dice: &mut Dice) {
        if let Some(guest) = dice.pick(&self.guests) {
            // A player who is on the way back has no connection to cut.
            drop(guest.try_send(Order::Cut));
        }
    }

    /// Has everybody listen only, and looks until nothing is amiss any more, or for half a minute.
    pub(crate) async fn audit(&self, house: &House) -> Result<(Evidence, Vec<Violation>), Failure> {
        self.set(Phase::Quiet);
        let deadline = Instant::now() + REST;
        loop {
            let evidence = self.evidence().await?;
            let stored = Stored::read(&house.database).await?;
            let findings = audit::findings(&evidence, &stored);
            if findings.is_empty() || Instant::now() >= deadline {
                return Ok((evidence, findings));
            }
            sleep(LOOK).await;
        }
    }

    /// Has the agents end everything, until all seats are free, and looks for seats that are not.
    pub(crate) async fn disperse(&self, house: &House) -> Result<(Evidence, Vec<Violation>), Failure> {
        self.set(Phase::Closing);
        let deadline = Instant::now() + REST;
        loop {
            let evidence = self.evidence().await?;
            let leaks = audit::leaks(&evidence, &house.database).await?;
            if leaks.is_empty() || Instant::now() >= deadline {
                return Ok((evidence, leaks));
            }
            sleep(LOOK).await;
        }
    }

    /// What everybody knows now. Waits for those who are on their way back.
    pub(crate) async fn evidence(&self) -> Result<Evidence, Failure> {
        Ok(Evidence {
            guests: shown(&self.guests).await?,
            desks: shown(&self.desks).await?,
        })
    }
}

async fn shown<M>(players: &[mpsc::Sender<Order<M>>]) -> Result<Vec<Seen<M>>, Failure> {
    let mut all = Vec::with_capacity(players.len());
    for player in players {
        let (show, shown) = tokio::sync::oneshot::channel();
        let gone = || Failure::Unexpected("a client has stopped".to_owned());
        player.send(Order::Show(show)).await.map_err(|_| gone())?;
        let seen = timeout(Duration::from_mins(1), shown).await;
        let late = |_| Failure::Unexpected("a client could not connect again within a minute".to_owned());
        all.push(seen.map_err(late)?.map_err(|_| gone())?);
    }
    Ok(all)
}
