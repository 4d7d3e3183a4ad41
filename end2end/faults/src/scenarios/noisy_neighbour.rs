//! One connection that reads nothing while 30 MB are sent to it: the others do not feel it, memory stays bounded, it is closed
//! with a code, and has everything once it resumes.

use super::{Context, close};
use crate::outcome::{Failure, Outcome};
use rig::desk::Desk;
use rig::guest::{Guest, Page};
use rig::history::History;
use rig::house::House;
use rig::server::Launch;
use rig::text;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval};
use uuid::Uuid;

const PATIENCE: Duration = Duration::from_mins(2);

/// The close code `connection too slow`.
const TOO_SLOW: u16 = 4508;

/// One message, in bytes.
const SIZE: usize = 1_000;

/// What the talker sends at once, and how often: 1 MB a second. On a machine that is busy to its limits everybody waits for
/// everybody, and nothing is measured. At twice as much SQLite folds its log into the file so often (some 8 ms for 16 MB)
/// that just a hundredth of everybody's messages meet that, reader or not.
const BURST: u64 = 10;
const BURST_EVERY: Duration = Duration::from_millis(10);

/// Guests whose messages are timed, and how often each sends one.
const PROBES: u64 = 20;
const PROBE_EVERY: Duration = Duration::from_millis(40);

/// How much the others may feel it: a fifth, beside what a scheduler alone does to a 99th percentile.
const WORSE_PERCENT_MAX: u32 = 20;
const NOISE: Duration = Duration::from_millis(1);

/// Memory that the server may take beyond what it had, in bytes.
const GROWTH_BYTES_MAX: u64 = 24 * 1024 * 1024;

pub(super) async fn run(context: &Context) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::default();
    let mut house = House::open(context.engine, Launch::generous(&[])).await?;
    let (mut desk, mut guest) = pair(&mut house, context).await?;
    let messages = context.size(6_000, 30_000);

    // The same amount to somebody who reads it, so that only the reading makes the difference.
    let calm = measured(&house, context, async {
        let reading = async { guest.until("all of it", PATIENCE, |page| has(page, messages)).await };
        let (talked, read) = tokio::join!(talk(&mut desk, context, messages), reading);
        talked.and(read.map_err(Failure::from))
    })
    .await?;
    let before = house.usage()?.pss_bytes;
    let noisy = measured(&house, context, talk(&mut desk, context, messages)).await?;
    let grown = house.usage()?.pss_bytes.saturating_sub(before);
    outcome.injected += 1;

    let most = calm * (100 + WORSE_PERCENT_MAX) / 100 + NOISE;
    outcome.expect(noisy <= most, || {
        format!("p99 of the others: {calm:?} without, {noisy:?} beside it")
    });
    outcome.expect(grown <= GROWTH_BYTES_MAX, || format!("memory grew by {grown} bytes"));
    let lost = guest.until("the close code", PATIENCE, |_| false).await;
    let code = guest.closed.get(&TOO_SLOW).copied();
    outcome.expect(code == Some(1), || {
        format!("it was not closed as too slow, but {lost:?}")
    });
    let had = guest.memory.history().map_or(0, History::last);
    guest.connect().await?;
    guest
        .until("all of it", PATIENCE, |page| has(page, messages * 2))
        .await?;
    outcome.note(format!(
        "p99 of the others {} µs without and {} µs beside it; {had} of {} messages before it was closed, all of them after",
        calm.as_micros(),
        noisy.as_micros(),
        messages * 2
    ));
    outcome.findings.append(&mut guest.memory.record.violations);
    outcome.findings.append(&mut desk.memory.record.violations);
    outcome.sent = messages * 2;
    outcome.acknowledged = messages * 2;
    outcome.received = guest.memory.record.received;
    outcome.resumes = 1;
    close(&mut house, &mut outcome);
    house.close().await?;
    Ok(outcome)
}

/// An agent and their guest, who reads little ahead.
async fn pair(house: &mut House, context: &Context) -> Result<(Desk, Guest), Failure> {
    let talker = house.agent("talker", 1, &[house.group]).await?;
    let mut desk = house.desk(&talker);
    desk.connect().await?;
    desk.duty("on").await;
    desk.until("the duty", PATIENCE, |desk| text(&desk.me, "duty") == "on")
        .await?;
    let mut guest = house.guest();
    guest.dial.receive_bytes = Some(64 * 1_024);
    guest.connect().await?;
    guest.say(context.dice.part(1).uuid(), "hello").await;
    guest
        .until("the seat", PATIENCE, |page| page.state() == "seated")
        .await?;
    desk.until("the guest", PATIENCE, |desk| desk.held.len() == 1).await?;
    Ok((desk, guest))
}

/// Whether that many of the agent's messages are there, beside the guest's own and the notice of the seat.
fn has(page: &Page, messages: u64) -> bool {
    let is_whole = page.history().is_some_and(History::is_whole);
    is_whole && page.history().map_or(0, History::last) >= i64::try_from(messages).unwrap_or(i64::MAX) + 2
}

/// The agent says so many things.
async fn talk(desk: &mut Desk, context: &Context, messages: u64) -> Result<(), Failure> {
    let text = "x".repeat(SIZE);
    let conversation = desk.memory.held.keys().next().copied().unwrap_or_default();
    let already = u64::try_from(desk.memory.record.sent.all().len()).unwrap_or_default();
    let mut dice = context.dice.part(100 + already);
    let mut due = interval(BURST_EVERY);
    due.set_missed_tick_behavior(MissedTickBehavior::Delay);
    for _ in 0..messages / BURST {
        due.tick().await;
        for _ in 0..BURST {
            desk.say(conversation, dice.uuid(), &text).await;
        }
        desk.until("acknowledgements", PATIENCE, |desk| desk.record.sent.open() == 0)
            .await?;
    }
    Ok(())
}

/// The 99th percentile of how long other guests wait for an acknowledgement while `work` is done.
async fn measured(
    house: &House,
    context: &Context,
    work: impl Future<Output = Result<(), Failure>>,
) -> Result<Duration, Failure> {
    let (stop, _) = watch::channel(false);
    let mut probes = JoinSet::new();
    for number in 0..PROBES {
        let mut guest = house.guest();
        guest.connect().await?;
        let mut dice = context.dice.part(50_000 + number);
        let first = dice.uuid();
        probes.spawn(probe(guest, first, stop.subscribe()));
    }
    work.await?;
    stop.send_replace(true);
    let mut all = Vec::new();
    while let Some(timed) = probes.join_next().await {
        all.extend(timed.map_err(|error| Failure::Unexpected(error.to_string()))??);
    }
    all.sort_unstable();
    let index = all.len() * 99 / 100;
    let found = all.get(index).copied();
    found.ok_or_else(|| Failure::Unexpected("no probe was timed".to_owned()))
}

/// Sends now and then, and times the acknowledgements.
async fn probe(mut guest: Guest, first: Uuid, stop: watch::Receiver<bool>) -> Result<Vec<Duration>, Failure> {
    let mut timed = Vec::new();
    let mut due = interval(PROBE_EVERY);
    due.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut id = first.as_u128();
    while !*stop.borrow() {
        due.tick().await;
        id = id.wrapping_add(1);
        let sent = Instant::now();
        guest.say(Uuid::from_u128(id), "tick").await;
        guest
            .until("an acknowledgement", PATIENCE, |page| page.record.sent.open() == 0)
            .await?;
        timed.push(sent.elapsed());
    }
    Ok(timed)
}
