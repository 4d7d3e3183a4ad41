//! The network between clients and server: cut, swallowing, slow, one byte at a time; and everybody at once after a restart.

use super::{Context, close, finish};
use crate::audit::stored::Stored;
use crate::crowd::{Crowd, Plan};
use crate::outcome::{Failure, Outcome};
use rig::database::Engine;
use rig::guest::{Guest, Page};
use rig::history::History;
use rig::house::House;
use rig::proxy::{Proxy, Weather};
use rig::server::Launch;
use rig::socket::Lost;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

const PATIENCE: Duration = Duration::from_secs(10);

/// Longest that all may take to be back after a restart.
const BACK: Duration = Duration::from_secs(15);

/// Longest that the server may take to answer meanwhile.
const ANSWER: Duration = Duration::from_secs(2);

pub(super) async fn run(context: &Context) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::default();
    weather(context, &mut outcome).await?;
    // Which engine it is makes no difference to how clients come back.
    if !context.is_short || context.engine == Engine::Sqlite {
        rush(context, &mut outcome).await?;
    }
    Ok(outcome)
}

/// A crowd whose network changes under it.
async fn weather(context: &Context, outcome: &mut Outcome) -> Result<(), Failure> {
    let mut dice = context.dice.clone();
    let mut house = House::open(context.engine, Launch::generous(&[])).await?;
    let proxy = Proxy::before(house.address.clone()).await?;
    let crowd = Crowd::gather_by(&mut house, Plan::default(), &dice, &proxy.address).await?;
    for _ in 0..context.size(3, 25) {
        crowd.acknowledges(50 + dice.below(100)).await?;
        let weather = match dice.below(4) {
            0 => Weather::Swallow,
            1 => Weather::Bytewise,
            2 => Weather::Slow {
                bytes_per_second: 4_000,
            },
            _ => Weather::Fair,
        };
        proxy.set(weather);
        // How long the weather is bad.
        sleep(dice.between(Duration::from_millis(50), Duration::from_millis(800))).await;
        // What was swallowed is gone for good: such a connection cannot go on, and is cut at last.
        proxy.cut();
        proxy.set(Weather::Fair);
        outcome.injected += 1;
    }
    proxy.set(Weather::Bytewise);
    crowd.acknowledges(100).await?;
    proxy.set(Weather::Fair);
    if !context.is_short {
        half_open(&house, outcome).await?;
    }
    finish(crowd, house, outcome).await
}

/// Guests whose network swallows everything: they are here again by another way at once, and the server lets go of the
/// connections that it believes in still, once it has heard nothing for a minute.
async fn half_open(house: &House, outcome: &mut Outcome) -> Result<(), Failure> {
    const SILENCE: Duration = Duration::from_secs(95);
    let proxy = Proxy::before(house.address.clone()).await?;
    let mut guests = Vec::new();
    for _ in 0..20 {
        let mut guest = house.guest();
        guest.by_way_of(proxy.address.clone());
        guest.connect().await?;
        guests.push(guest);
    }
    proxy.set(Weather::Swallow);
    for guest in &mut guests {
        guest.cut();
    }
    let deserted = timeout(SILENCE, proxy.deserted()).await;
    outcome.expect(deserted.is_ok(), || {
        format!("connections that were silent for {SILENCE:?} are still open")
    });
    outcome.injected += 20;
    Ok(())
}

/// A thousand guests who are all cut off by one restart.
async fn rush(context: &Context, outcome: &mut Outcome) -> Result<(), Failure> {
    let mut house = House::open(context.engine, Launch::generous(&[])).await?;
    let agent = house.agent("ada", 1, &[house.group]).await?;
    let mut desk = house.desk(&agent);
    desk.connect().await?;
    desk.duty("on").await;
    let mut guests = Vec::new();
    for number in 0..context.size(200, 1_000) {
        let mut guest = house.guest();
        guest.connect().await?;
        guest.say(context.dice.part(number).uuid(), "before the restart").await;
        guests.push(guest);
    }
    for guest in &mut guests {
        guest
            .until("an acknowledgement", PATIENCE, |page| page.record.sent.open() == 0)
            .await?;
    }
    house.kill().await?;
    house.start().await?;
    let (count, began) = (guests.len(), Instant::now());
    let mut back = JoinSet::new();
    for (number, mut guest) in (0..).zip(guests) {
        let mut dice = context.dice.part(10_000 + number);
        back.spawn(async move {
            guest.cut();
            guest.come_back(&mut dice).await?;
            guest.until("the whole history", BACK, is_complete).await?;
            Ok::<Guest, Lost>(guest)
        });
    }
    let slowest = slowest_answer(&house, &mut back, outcome).await;
    let took = began.elapsed();
    outcome.expect(took <= BACK, || format!("{count} guests took {took:?} to come back"));
    outcome.expect(slowest <= ANSWER, || {
        format!("the server took {slowest:?} to answer meanwhile")
    });
    outcome.note(format!(
        "{count} guests back {} ms after a restart, slowest answer meanwhile {} ms",
        took.as_millis(),
        slowest.as_millis()
    ));
    outcome.injected += 1;
    let stored = Stored::read(&house.database).await?;
    let open = stored.conversations.len();
    outcome.expect(open == count, || format!("{count} guests have {open} conversations"));
    close(&mut house, outcome);
    Ok(house.close().await?)
}

fn is_complete(page: &Page) -> bool {
    page.history().is_some_and(History::is_whole) && page.record.sent.open() == 0
}

/// Waits until all are back, and asks all the time whether the server is ready. The longest it took to say so.
async fn slowest_answer(house: &House, back: &mut JoinSet<Result<Guest, Lost>>, outcome: &mut Outcome) -> Duration {
    let mut slowest = Duration::ZERO;
    loop {
        let asked = Instant::now();
        let ready = house.is_ready().await;
        outcome.expect(ready, || "the server was not ready".to_owned());
        slowest = slowest.max(asked.elapsed());
        let look = Instant::now() + Duration::from_millis(50);
        while let Ok(joined) = tokio::time::timeout_at(look, back.join_next()).await {
            match joined {
                None => return slowest,
                Some(Ok(Ok(mut guest))) => {
                    outcome.resumes += 1;
                    outcome.findings.append(&mut guest.memory.record.violations);
                }
                Some(Ok(Err(lost))) => outcome.expect(false, || format!("a guest could not come back: {lost}")),
                Some(Err(error)) => outcome.expect(false, || error.to_string()),
            }
        }
    }
}
