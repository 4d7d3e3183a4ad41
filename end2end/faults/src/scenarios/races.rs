//! Many at once after one thing: one gets it, the others are told.

use super::{Context, close, finish};
use crate::audit::Evidence;
use crate::audit::stored::Stored;
use crate::crowd::{Crowd, Plan};
use crate::outcome::{Failure, Outcome};
use rig::desk::{Desk, Workbench};
use rig::guest::Page;
use rig::house::House;
use rig::server::Launch;
use rig::text;
use serde_json::{Value, json};
use std::time::Duration;
use uuid::Uuid;

const PATIENCE: Duration = Duration::from_secs(10);

/// Workers against one member group.
const WORKERS: u64 = 32;

pub(super) async fn run(context: &Context) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::default();
    let rounds = context.size(10, 100);
    let mut house = House::open(context.engine, Launch::generous(&[])).await?;
    clicks(&mut house, rounds, &mut outcome).await?;
    desks(&mut house, rounds, &mut outcome).await?;
    close(&mut house, &mut outcome);
    house.close().await?;
    workers(context, &mut outcome).await?;
    Ok(outcome)
}

/// A guest double-clicks, opens two tabs at once, and writes in both: one conversation.
async fn clicks(house: &mut House, rounds: u64, outcome: &mut Outcome) -> Result<(), Failure> {
    for round in 0..rounds {
        let mut guest = house.guest();
        guest.connect().await?;
        let mut tab = guest.tab(house.address.clone());
        tab.connect().await?;
        let id = |number: u128| Uuid::from_u128((u128::from(round) << 8) | number);
        tokio::join!(
            async {
                guest.start().await;
                guest.start().await;
                guest.say(id(1), "from one tab").await;
            },
            async {
                tab.say(id(2), "from the other").await;
                tab.start().await;
            }
        );
        for tab in [&mut guest, &mut tab] {
            let settled = |page: &Page| {
                page.record.sent.open() == 0 && page.history().is_some_and(|history| history.0.len() >= 3)
            };
            // Both texts, and the notice that nobody is on duty.
            tab.until("both texts and a notice", PATIENCE, settled).await?;
            outcome.findings.append(&mut tab.memory.record.violations);
        }
        for tab in [&mut guest, &mut tab] {
            // Nothing is under way any more: who asked to start when somebody is on duty would be seated.
            tab.send(&json!({"type": "ping"})).await;
            let is_pong = |frame: &Value| (text(frame, "type") == "pong").then_some(());
            tab.find("a pong", PATIENCE, is_pong).await?;
        }
        let same = guest.memory.history() == tab.memory.history();
        outcome.expect(same, || format!("two tabs differ in round {round}"));
        outcome.injected += 1;
    }
    let stored = Stored::read(&house.database).await?;
    let open = stored.in_state("missed").count();
    outcome.expect(u64::try_from(open) == Ok(rounds), || {
        format!("{rounds} guests have {open} conversations")
    });
    Ok(())
}

/// Two desks claim, accept and take over the same conversation at once.
async fn desks(house: &mut House, rounds: u64, outcome: &mut Outcome) -> Result<(), Failure> {
    let (mut ada, mut bea) = (supervisor(house, "ada").await?, supervisor(house, "bea").await?);
    let mut cee = supervisor(house, "cee").await?;
    for desk in [&mut ada, &mut bea, &mut cee] {
        desk.duty("on").await;
        desk.until("the duty", PATIENCE, |desk| text(&desk.me, "duty") == "on")
            .await?;
    }
    for one in ada.memory.missed_ids() {
        let found = outcome.findings.len();
        let (of_ada, of_bea) = (refusals(&ada), refusals(&bea));
        tokio::join!(ada.claim(one), bea.claim(one));
        let won = (told(&mut ada, one, of_ada).await?, told(&mut bea, one, of_bea).await?);
        outcome.expect(won.0 != won.1, || format!("{one} was claimed by {won:?}"));
        let (winner, loser) = if won.0 {
            (&mut ada, &mut bea)
        } else {
            (&mut bea, &mut ada)
        };
        outcome.expect(last_code(loser) == "taken", || {
            format!("who lost was told {}", last_code(loser))
        });

        accepted(winner, loser, one, outcome).await?;
        taken_over(winner, [&mut *loser, &mut cee], one, outcome).await?;
        outcome.injected += 3;
        if outcome.findings.len() > found {
            let stored = Stored::read(&house.database).await?;
            let told = [&ada, &bea, &cee].map(|desk| &desk.memory.record.rejections);
            outcome.note(format!(
                "decided of {one}: {:?}\n    told {told:?}",
                stored.seatings_of(one)
            ));
        }
    }
    for desk in [&mut ada, &mut bea, &mut cee] {
        outcome.findings.append(&mut desk.memory.record.violations);
    }
    outcome.expect(outcome.injected >= rounds * 4, || {
        "there were not enough conversations".to_owned()
    });
    Ok(())
}

async fn supervisor(house: &mut House, name: &str) -> Result<Desk, Failure> {
    let member = house.member(name, 50, &[house.group], "supervisors").await?;
    let mut desk = house.desk(&member);
    desk.connect().await?;
    Ok(desk)
}

fn refusals(desk: &Desk) -> usize {
    desk.memory.record.rejections.len()
}

fn last_code(desk: &Desk) -> &str {
    desk.memory.record.rejection_codes().last().copied().unwrap_or_default()
}

/// Waits until the desk holds it or was refused. Whether it holds it.
async fn told(desk: &mut Desk, one: Uuid, refused_before: usize) -> Result<bool, Failure> {
    let answered = |desk: &Workbench| desk.held.contains_key(&one) || desk.record.rejections.len() > refused_before;
    desk.until("an answer", PATIENCE, answered).await?;
    Ok(desk.memory.held.contains_key(&one))
}

/// Both accept: who holds it does, the other is told that it is not theirs.
async fn accepted(holder: &mut Desk, other: &mut Desk, one: Uuid, outcome: &mut Outcome) -> Result<(), Failure> {
    let frame = json!({"type": "accept", "conversation": one, "epoch": holder.memory.epoch(one)});
    let before = refusals(other);
    tokio::join!(holder.send(&frame), other.send(&frame));
    let holds = told(other, one, before).await?;
    outcome.expect(!holds && last_code(other) == "no_conversation", || {
        format!("who accepted another's was told {}", last_code(other))
    });
    // Commands of one desk are done in order: what it says is acknowledged once its acceptance is through.
    holder.say(one, Uuid::from_u128(one.as_u128() ^ 1), "mine").await;
    Ok(holder
        .until("an acknowledgement", PATIENCE, |desk| desk.record.sent.open() == 0)
        .await?)
}

/// Two take it from a third by the same epoch: one gets it, the other is told that it was too late. Then it is closed.
async fn taken_over(
    holder: &mut Desk,
    takers: [&mut Desk; 2],
    one: Uuid,
    outcome: &mut Outcome,
) -> Result<(), Failure> {
    let [ada, bea] = takers;
    let epoch = holder.memory.epoch(one);
    let (of_ada, of_bea) = (refusals(ada), refusals(bea));
    let frame = |to: i64| json!({"type": "transfer", "conversation": one, "epoch": epoch, "to": to});
    let frames = (frame(ada.memory.member), frame(bea.memory.member));
    tokio::join!(ada.send(&frames.0), bea.send(&frames.1));
    let won = (told(ada, one, of_ada).await?, told(bea, one, of_bea).await?);
    outcome.expect(won.0 != won.1, || format!("{one} was taken over by {won:?}"));
    let (winner, loser) = if won.0 { (ada, bea) } else { (bea, ada) };
    outcome.expect(last_code(loser) == "stale_epoch", || {
        format!("who came too late was told {}", last_code(loser))
    });
    holder
        .until("the loss of the seat", PATIENCE, |desk| !desk.held.contains_key(&one))
        .await?;
    winner.act("close", one).await;
    Ok(winner
        .until("the end", PATIENCE, |desk| !desk.held.contains_key(&one))
        .await?)
}

/// Many workers against one member group: no seat taken twice, none beyond what an agent has, none leaked.
async fn workers(context: &Context, outcome: &mut Outcome) -> Result<(), Failure> {
    let mut house = House::open(context.engine, Launch::generous(&[])).await?;
    let plan = Plan {
        guests: 60,
        agents: context.size(8, WORKERS),
        seats: 2,
        pause: Duration::from_millis(60),
        ..Plan::default()
    };
    let crowd = Crowd::gather(&mut house, plan, &context.dice).await?;
    crowd.acknowledges(context.size(1_000, 20_000)).await?;
    let evidence: Evidence = crowd.evidence().await?;
    for seen in &evidence.desks {
        let (most, member) = (seen.memory.held_most, seen.memory.member);
        outcome.expect(most <= 2, || {
            format!("member {member} held {most} conversations with 2 seats")
        });
    }
    outcome.injected += plan.agents;
    finish(crowd, house, outcome).await
}
