//! The faults, one file each, named after what is broken.

mod agents;
mod clock_jump;
mod disk_full;
mod drain;
mod frames;
mod kill;
mod locked;
mod mixed;
mod noisy_neighbour;
mod postgres_restart;
mod power_loss;
mod races;
mod replays;
mod soak;
mod sockets;
mod stall;
pub(crate) mod upgrade;

use crate::crowd::Crowd;
use crate::outcome::{Failure, Outcome};
use rig::database::Engine;
use rig::dice::Dice;
use rig::house::House;
use std::pin::Pin;

/// What a fault run is given.
#[derive(Clone, Debug)]
pub(crate) struct Context {
    pub(crate) engine: Engine,
    /// Of this fault on this engine.
    pub(crate) dice: Dice,
    /// How often to kill the server.
    pub(crate) kills: u64,
    /// How many minutes to soak.
    pub(crate) minutes: u64,
    /// Part of `make test`, so seconds and not minutes.
    pub(crate) is_short: bool,
}

impl Context {
    /// `long`, or `short` in the short run.
    pub(crate) const fn size(&self, short: u64, long: u64) -> u64 {
        if self.is_short { short } else { long }
    }
}

type Running<'a> = Pin<Box<dyn Future<Output = Result<Outcome, Failure>> + 'a>>;

/// In which runs a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// Also in the short one that is part of `make test`.
    Always,
    /// Not in the short one.
    Long,
    /// Only when asked for by name.
    Named,
}

/// One way to break Seatline.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fault {
    pub(crate) name: &'static str,
    pub(crate) what: &'static str,
    pub(crate) when: When,
    /// The engine it is about; both, if it is about neither.
    pub(crate) only: Option<Engine>,
    pub(crate) run: for<'a> fn(&'a Context) -> Running<'a>,
}

macro_rules! fault {
    ($module:ident, $what:literal, $when:ident, $on:expr) => {
        Fault {
            name: stringify!($module),
            what: $what,
            when: When::$when,
            only: $on,
            run: |context| Box::pin($module::run(context)),
        }
    };
}

/// All of them, in the order in which they are run.
pub(crate) const ALL: &[Fault] = &[
    fault!(kill, "kill -9 at random instants under load", Always, None),
    fault!(races, "many at once after one thing", Always, None),
    fault!(
        replays,
        "frames twice, late, out of order, with another body",
        Always,
        None
    ),
    fault!(
        sockets,
        "connections cut, swallowed, slowed down, chopped; all back at once",
        Always,
        None
    ),
    fault!(
        frames,
        "bytes that are no frame, or none that a client may send",
        Always,
        Some(Engine::Sqlite)
    ),
    fault!(
        agents,
        "agents who change duty, seats and groups, log out, are disabled",
        Always,
        None
    ),
    fault!(drain, "SIGTERM under load", Always, None),
    fault!(
        power_loss,
        "the database file as it is at any instant",
        Always,
        Some(Engine::Sqlite)
    ),
    fault!(disk_full, "no room for another byte", Always, Some(Engine::Sqlite)),
    fault!(
        locked,
        "another program holds the database file",
        Always,
        Some(Engine::Sqlite)
    ),
    fault!(
        postgres_restart,
        "PostgreSQL stops and starts",
        Always,
        Some(Engine::Postgres)
    ),
    fault!(
        clock_jump,
        "the clock jumps an hour forwards and backwards",
        Always,
        None
    ),
    fault!(stall, "the server stands still for a while", Always, None),
    fault!(noisy_neighbour, "30 MB to a connection that reads nothing", Long, None),
    fault!(
        upgrade,
        "databases that earlier schemas left, with conversations running",
        Always,
        Some(Engine::Sqlite)
    ),
    fault!(mixed, "one after the other on the same crowd, at random", Always, None),
    fault!(soak, "half an hour of coming, talking and going", Named, None),
];

/// The end of a run with a crowd: everybody rests, is heard, says good-bye; then the server is looked at and closed.
async fn finish(crowd: Crowd, mut house: House, outcome: &mut Outcome) -> Result<(), Failure> {
    let (evidence, findings) = crowd.audit(&house).await?;
    if findings.is_empty() {
        let (evidence, leaks) = crowd.disperse(&house).await?;
        outcome.add(&evidence, leaks);
    } else {
        outcome.add(&evidence, findings);
    }
    close(&mut house, outcome);
    Ok(house.close().await?)
}

/// What the server must not have said, nor done.
fn close(house: &mut House, outcome: &mut Outcome) {
    for panic in house.log.panics() {
        outcome.expect(false, || panic);
    }
    let has_ended = house.server().is_ok_and(rig::server::Server::has_ended);
    outcome.expect(!has_ended, || "the server has ended by itself".to_owned());
    if !outcome.findings.is_empty() {
        outcome.note(format!("the server said last:\n{}", house.log.tail(12)));
    }
}
