//! Databases that earlier schemas left, with conversations running: opened by today's server, which goes on with them.
//!
//! One file for each schema under `fixtures/`, as a server of then wrote it, beside what its clients knew. Before a migration
//! is added, the release before it writes its own: `scripts/faults --record`.

use super::{Context, clock_jump, close};
use crate::outcome::{Failure, Outcome};
use rig::caller::Caller;
use rig::database::{Database, Engine};
use rig::desk::{Desk, Workbench};
use rig::dice::Dice;
use rig::guest::{Guest, Page};
use rig::history::{Body, History};
use rig::house::House;
use rig::server::Launch;
use rig::{number, text};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(10);

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

pub(super) async fn run(context: &Context) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::default();
    let mut schemas = Vec::new();
    for entry in fs::read_dir(fixtures()).map_err(machine)? {
        let path = entry.map_err(machine)?.path();
        if path.extension().is_some_and(|extension| extension == "db") {
            schemas.push(path);
        }
    }
    outcome.expect(!schemas.is_empty(), || "there is no fixture".to_owned());
    for schema in schemas {
        goes_on(&schema, context, &mut outcome).await?;
        outcome.injected += 1;
    }
    Ok(outcome)
}

/// Everybody comes back to the database that was left at `schema`, finds what was there, and talks on.
async fn goes_on(schema: &Path, context: &Context, outcome: &mut Outcome) -> Result<(), Failure> {
    let knew: Value = serde_json::from_slice(&fs::read(schema.with_extension("json")).map_err(machine)?)
        .map_err(|error| Failure::Unexpected(error.to_string()))?;
    let database = Database::fresh(Engine::Sqlite).await?;
    fs::copy(schema, database.file()).map_err(machine)?;
    // Tokens of guests are good for half a year.
    let launch = Launch {
        variables: clock_jump::beginning_at(number(&knew, "at_ms") / 1_000)?,
        ..Launch::generous(&[])
    };
    let mut house = House::reopen(database, launch, text(&knew, "password")).await?;
    let ada = knew.get("agent").cloned().unwrap_or_default();
    let caller = Caller::stranger(house.address.clone())?;
    let caller = caller.log_in("ada", text(&ada, "password")).await?;
    let mut desk = Desk::new(
        house.address.clone(),
        number(&ada, "id"),
        caller.cookie().unwrap_or_default(),
    );
    desk.connect().await?;
    let mut dice = context.dice.clone();
    for knows in knew.get("guests").and_then(Value::as_array).into_iter().flatten() {
        returns(&house, knows, &mut dice, outcome).await?;
    }
    answers(&mut desk, &mut dice).await?;
    outcome.findings.append(&mut desk.memory.record.violations);
    close(&mut house, outcome);
    Ok(house.close().await?)
}

/// A guest of then is the same guest, in the same place, with the same history, and can talk.
async fn returns(house: &House, knows: &Value, dice: &mut Dice, outcome: &mut Outcome) -> Result<(), Failure> {
    let mut guest = Guest::new(house.address.clone(), text(knows, "site"));
    guest.memory.token = Some(text(knows, "token").to_owned());
    guest.memory.guest = rig::uuid(knows, "guest");
    guest.connect().await?;
    let (state, expected) = (guest.memory.state().to_owned(), text(knows, "state"));
    outcome.expect(state == expected, || format!("who was {expected} is {state}"));
    let said = knows.get("said").and_then(Value::as_array).map_or(0, Vec::len);
    let has_all = |page: &Page| texts(page).len() >= said;
    guest.until("the history", PATIENCE, has_all).await?;
    let found = json!(texts(&guest.memory));
    outcome.expect(Some(&found) == knows.get("said"), || {
        format!("{found} instead of {:?}", knows.get("said"))
    });
    guest.say(dice.uuid(), "after the upgrade").await;
    guest
        .until("an acknowledgement", PATIENCE, |page| page.record.sent.open() == 0)
        .await?;
    outcome.sent += 1;
    outcome.acknowledged += 1;
    outcome.received += guest.memory.record.received;
    outcome.findings.append(&mut guest.memory.record.violations);
    Ok(())
}

fn texts(page: &Page) -> Vec<&str> {
    let entries = page.history().into_iter().flat_map(|history| history.0.values());
    entries
        .filter_map(|entry| match &entry.body {
            Body::Text(text) => Some(text.as_str()),
            Body::Notice(_) => None,
        })
        .collect()
}

/// The agent has the conversation that was seated, with what was just said, and answers.
async fn answers(desk: &mut Desk, dice: &mut Dice) -> Result<(), Failure> {
    let seated = desk.memory.held.keys().next().copied().unwrap_or_default();
    let heard = |desk: &Workbench| {
        let last = desk
            .record
            .histories
            .get(&seated)
            .and_then(|history| history.0.last_key_value());
        last.is_some_and(|(_, entry)| entry.body == Body::Text("after the upgrade".to_owned()))
    };
    desk.until("what the guest said", PATIENCE, heard).await?;
    desk.say(seated, dice.uuid(), "and so do I").await;
    Ok(desk
        .until("an acknowledgement", PATIENCE, |desk| desk.record.sent.open() == 0)
        .await?)
}

/// Writes the database of today's schema, with a conversation in every state, to `fixtures/NAME.db`, and what the clients
/// know to `NAME.json`.
pub(crate) async fn record(name: &str) -> Result<(), Failure> {
    let mut dice = Dice::new(1);
    let mut house = House::open(Engine::Sqlite, Launch::generous(&[])).await?;
    let ada = house.agent("ada", 1, &[house.group]).await?;
    let mut desk = house.desk(&ada);
    desk.connect().await?;
    desk.duty("on").await;
    desk.until("the duty", PATIENCE, |desk| text(&desk.me, "duty") == "on")
        .await?;
    let night = house.member_group("Night").await?;
    let lonely = house.another_site("At night", night).await?;

    let (mut closed, mut seated, mut waiting) = (house.guest(), house.guest(), house.guest());
    let mut missed = Guest::new(house.address.clone(), &lonely);
    talk(&mut closed, &mut dice, "seated").await?;
    closed.send(&json!({"type": "leave"})).await;
    closed
        .until("the end", PATIENCE, |page| page.state() == "closed")
        .await?;
    talk(&mut seated, &mut dice, "seated").await?;
    let one = seated.memory.conversation.unwrap_or_default();
    desk.until("the guest", PATIENCE, |desk| desk.held.contains_key(&one))
        .await?;
    desk.say(one, dice.uuid(), "Yes, how can I help?").await;
    seated
        .until("the answer", PATIENCE, |page| texts(page).len() == 3)
        .await?;
    talk(&mut waiting, &mut dice, "waiting").await?;
    talk(&mut missed, &mut dice, "missed").await?;

    house.terminate().await?;
    let guests = [&closed, &seated, &waiting, &missed].map(known);
    let last = missed.memory.history().and_then(|history| history.0.last_key_value());
    let knew = json!({
        "at_ms": last.map(|(_, entry)| entry.at),
        "password": house.log.password(),
        "agent": {"id": ada.id, "password": ada.password},
        "guests": guests,
    });
    fs::create_dir_all(fixtures()).map_err(machine)?;
    fs::copy(house.database.file(), fixtures().join(format!("{name}.db"))).map_err(machine)?;
    fs::write(fixtures().join(format!("{name}.json")), format!("{knew:#}\n")).map_err(machine)
}

async fn talk(guest: &mut Guest, dice: &mut Dice, state: &str) -> Result<(), Failure> {
    guest.connect().await?;
    for said in ["Hello?", "Is anybody there? 有人吗 😀"] {
        guest.say(dice.uuid(), said).await;
    }
    let settled = |page: &Page| page.record.sent.open() == 0 && page.state() == state;
    guest.until("the place", PATIENCE, settled).await?;
    Ok(guest
        .until("the whole history", PATIENCE, |page| {
            page.history().is_some_and(History::is_whole)
        })
        .await?)
}

fn known(guest: &Guest) -> Value {
    let page = &guest.memory;
    json!({
        "site": page.site,
        "token": page.token,
        "guest": page.guest,
        "state": page.state(),
        "said": texts(page),
    })
}

fn machine(error: std::io::Error) -> Failure {
    Failure::Machine {
        what: "reading or writing a fixture",
        why: error.to_string(),
    }
}
