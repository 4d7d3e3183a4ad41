//! Frames that come twice, late, out of order, or with another body; and two connections with one token.

use super::{Context, close};
use crate::audit::stored::Stored;
use crate::outcome::{Failure, Outcome};
use rig::desk::{Desk, Workbench};
use rig::guest::{Guest, Page};
use rig::house::House;
use rig::server::Launch;
use rig::socket::{Dial, Lost, Socket};
use rig::{number, text, uuid};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::timeout;
use uuid::Uuid;

const PATIENCE: Duration = Duration::from_secs(10);

pub(super) async fn run(context: &Context) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::default();
    let mut house = House::open(context.engine, Launch::generous(&[])).await?;
    let mut dice = context.dice.clone();
    same_id(&house, &mut outcome, dice.uuid()).await?;
    marks_and_resumes(&house, &mut outcome).await?;
    let (mut old, mut new) = (on_duty(&mut house, "ole").await?, on_duty(&mut house, "nea").await?);
    old_epoch(&house, &mut old, &mut new, &mut outcome).await?;
    closed(&house, &mut new, &mut outcome, dice.uuid()).await?;
    out_of_order(&mut house, &mut outcome, [dice.uuid(), dice.uuid(), dice.uuid()]).await?;
    for desk in [&mut old, &mut new] {
        outcome.findings.append(&mut desk.memory.record.violations);
    }
    close(&mut house, &mut outcome);
    house.close().await?;
    Ok(outcome)
}

/// A guest without a client's caution: frames go out as they are.
struct Bold(Socket);

impl Bold {
    async fn welcomed(house: &House, hello: &Value) -> Result<(Self, Value), Failure> {
        let path = format!("/ws/guest?site={}", house.site);
        let mut socket = Socket::open(&Dial::new(house.address.get(), path)).await?;
        socket.send(hello).await?;
        let welcome = socket.next().await?;
        Ok((Self(socket), welcome))
    }

    /// The next frame of one of these types.
    async fn next(&mut self, types: &[&str]) -> Result<Value, Failure> {
        let found = timeout(PATIENCE, async {
            loop {
                let frame = self.0.next().await?;
                if types.contains(&text(&frame, "type")) {
                    return Ok(frame);
                }
            }
        });
        let late = || Failure::Unexpected(format!("none of {types:?} came"));
        found.await.map_err(|_| late())?.map_err(|lost: Lost| lost.into())
    }

    async fn say(&mut self, id: Uuid, said: &str) -> Result<Value, Failure> {
        self.0.send(&json!({"type": "send", "id": id, "text": said})).await?;
        self.next(&["ack", "rejected"]).await
    }
}

/// The same id three times, then with another text, then by another tab, then on a new connection: one message.
async fn same_id(house: &House, outcome: &mut Outcome, id: Uuid) -> Result<(), Failure> {
    let hello = json!({"type": "hello", "protocol": 1});
    let (mut guest, welcome) = Bold::welcomed(house, &hello).await?;
    let first = guest.say(id, "once").await?;
    for _ in 0..2 {
        let again = guest.say(id, "once").await?;
        outcome.expect(again == first, || format!("{first}, and sent again {again}"));
    }
    let other = guest.say(id, "twice").await?;
    outcome.expect(text(&other, "code") == "id_reused", || {
        format!("another body was answered {other}")
    });

    let hello = json!({"type": "hello", "protocol": 1, "token": text(&welcome, "token")});
    for _ in 0..2 {
        let (mut tab, _) = Bold::welcomed(house, &hello).await?;
        let again = tab.say(id, "once").await?;
        outcome.expect(again == first, || format!("{first}, and from another tab {again}"));
        let other = tab.say(id, "twice").await?;
        outcome.expect(text(&other, "code") == "id_reused", || {
            format!("another tab's body was answered {other}")
        });
    }
    outcome.injected += 7;
    let stored = Stored::read(&house.database).await?;
    let count = stored
        .messages
        .values()
        .flatten()
        .filter(|one| one.client_id == Some(id))
        .count();
    outcome.expect(count == 1, || format!("{id} is stored {count} times"));
    Ok(())
}

/// Marks that go back, marks and resumes beyond the end, a resume of somebody else's conversation.
async fn marks_and_resumes(house: &House, outcome: &mut Outcome) -> Result<(), Failure> {
    let (mut guest, welcome) = Bold::welcomed(house, &json!({"type": "hello", "protocol": 1})).await?;
    let ack = guest.say(Uuid::from_u128(77), "hello").await?;
    let (conversation, last) = (uuid(&ack, "conversation"), number(&ack, "seq"));
    for seq in [last, 1, 0, -5, i64::MAX] {
        for mark in ["read", "delivered"] {
            guest.0.send(&json!({"type": mark, "seq": seq})).await?;
        }
    }
    let stranger = Uuid::from_u128(1);
    for (resumed, seq, expected) in [
        (conversation, i64::MAX, last),
        (conversation, -1, last),
        (Some(stranger), 1, last),
    ] {
        let hello = json!({"type": "hello", "protocol": 1, "token": text(&welcome, "token"),
                           "resume": {"conversation": resumed, "last_seq": seq}});
        let (mut back, welcome) = Bold::welcomed(house, &hello).await?;
        let seen = welcome.get("conversation").map(|one| number(one, "guest_read"));
        outcome.expect(seen == Some(last), || format!("read up to {seen:?} of {last}"));
        let mut got = 0;
        back.0.send(&json!({"type": "ping"})).await?;
        while text(&back.next(&["message", "pong"]).await?, "type") == "message" {
            got += 1;
        }
        outcome.expect(got == expected, || {
            format!("resumed at {seq}: {got} messages instead of {expected}")
        });
    }
    outcome.injected += 13;
    Ok(())
}

async fn on_duty(house: &mut House, name: &str) -> Result<Desk, Failure> {
    let member = house.member(name, 2, &[house.group], "supervisors").await?;
    let mut desk = house.desk(&member);
    desk.connect().await?;
    Ok(desk)
}

async fn serve(desk: &mut Desk) -> Result<(), Failure> {
    desk.duty("on").await;
    Ok(desk
        .until("the duty", PATIENCE, |desk| text(&desk.me, "duty") == "on")
        .await?)
}

/// What an agent did in a seating that is over is refused, sent by whichever desk; what was stored then is acknowledged.
async fn old_epoch(house: &House, old: &mut Desk, new: &mut Desk, outcome: &mut Outcome) -> Result<(), Failure> {
    serve(old).await?;
    let mut guest = seated(house).await?;
    let one = guest.memory.conversation.unwrap_or_default();
    old.until("the guest", PATIENCE, |desk| desk.held.contains_key(&one))
        .await?;
    let epoch = old.memory.epoch(one);
    let (stored, late) = (Uuid::from_u128(501), Uuid::from_u128(502));
    old.say(one, stored, "in time").await;
    old.until("the acknowledgement", PATIENCE, |desk| desk.record.sent.open() == 0)
        .await?;

    serve(new).await?;
    old.transfer(one, new.memory.member).await;
    new.until("the guest, handed over", PATIENCE, |desk| desk.held.contains_key(&one))
        .await?;
    old.until("the loss of the seat", PATIENCE, |desk| !desk.held.contains_key(&one))
        .await?;
    old.say_in(one, epoch, late, "too late").await;
    old.until("a refusal", PATIENCE, |desk| desk.record.sent.open() == 0)
        .await?;
    for frame in [
        json!({"type": "accept", "conversation": one, "epoch": epoch}),
        json!({"type": "close", "conversation": one, "epoch": epoch}),
        json!({"type": "transfer", "conversation": one, "epoch": epoch, "to": old.memory.member}),
    ] {
        for desk in [&mut *old, &mut *new] {
            let before = desk.memory.record.rejections.len();
            desk.send(&frame).await;
            desk.until("a refusal", PATIENCE, |desk| desk.record.rejections.len() > before)
                .await?;
        }
    }
    // The very frame that was stored in time, once more.
    old.send(&json!({"type": "send", "conversation": one, "epoch": epoch, "id": stored, "text": "in time"}))
        .await;
    let is_ack = |frame: &Value| (text(frame, "type") == "ack").then(|| uuid(frame, "id"));
    let again = old.find("an acknowledgement", PATIENCE, is_ack).await?;
    outcome.expect(again == Some(stored), || {
        "what was stored in time is not acknowledged again".to_owned()
    });
    let codes: Vec<String> = [&*old, &*new].iter().flat_map(|desk| codes(&desk.memory)).collect();
    outcome.expect(
        codes.iter().all(|code| code == "stale_epoch" || code == "taken"),
        || format!("told {codes:?}"),
    );
    outcome.injected += 8;
    outcome.expect(new.memory.held.contains_key(&one), || {
        "an old frame took the seat away".to_owned()
    });
    guest.leave().await;
    outcome.findings.append(&mut guest.memory.record.violations);
    Ok(())
}

fn codes(desk: &Workbench) -> Vec<String> {
    desk.record.rejection_codes().into_iter().map(str::to_owned).collect()
}

/// A guest with a seat.
async fn seated(house: &House) -> Result<Guest, Failure> {
    let mut guest = house.guest();
    guest.connect().await?;
    guest.start().await;
    guest
        .until("the seat", PATIENCE, |page: &Page| page.state() == "seated")
        .await?;
    Ok(guest)
}

/// What was said in a conversation that is closed by now opens no other one when it is sent again.
async fn closed(house: &House, desk: &mut Desk, outcome: &mut Outcome, id: Uuid) -> Result<(), Failure> {
    serve(desk).await?;
    let mut guest = seated(house).await?;
    guest.say(id, "before the end").await;
    guest
        .until("the acknowledgement", PATIENCE, |page| page.record.sent.open() == 0)
        .await?;
    guest.send(&json!({"type": "leave"})).await;
    guest
        .until("the end", PATIENCE, |page| page.state() == "closed")
        .await?;
    let one = guest.memory.conversation;
    guest.cut();
    guest.connect().await?;
    guest
        .send(&json!({"type": "send", "id": id, "text": "before the end"}))
        .await;
    let is_ack = |frame: &Value| (text(frame, "type") == "ack").then(|| uuid(frame, "conversation"));
    let again = guest.find("an acknowledgement", PATIENCE, is_ack).await?;
    outcome.expect(again == one, || format!("acknowledged in {again:?} instead of {one:?}"));
    outcome.expect(guest.memory.state() == "closed", || {
        "an old message opened a conversation".to_owned()
    });
    outcome.injected += 1;
    outcome.findings.append(&mut guest.memory.record.violations);
    Ok(())
}

/// Three messages, with an end after the first and another after the second, sent again in any order: on the same connection, on
/// another, and after a restart.
async fn out_of_order(house: &mut House, outcome: &mut Outcome, ids: [Uuid; 3]) -> Result<(), Failure> {
    let hello = json!({"type": "hello", "protocol": 1});
    let (mut guest, welcome) = Bold::welcomed(house, &hello).await?;
    let mut first = Vec::new();
    for id in ids {
        first.push(guest.say(id, "once").await?);
        // Where an agent has it, that is the end of the conversation.
        guest.0.send(&json!({"type": "leave"})).await?;
    }
    let hello = json!({"type": "hello", "protocol": 1, "token": text(&welcome, "token")});
    for restart in [false, true] {
        if restart {
            house.terminate().await?;
            house.start().await?;
        }
        for order in [[2, 0, 1], [1, 2, 0], [0, 2, 1]] {
            let (mut back, _) = Bold::welcomed(house, &hello).await?;
            for index in order {
                let (Some(id), Some(before)) = (ids.get(index), first.get(index)) else {
                    continue;
                };
                let again = back.say(*id, "once").await?;
                outcome.expect(again == *before, || format!("{before}, and out of order {again}"));
                outcome.injected += 1;
            }
        }
    }
    let stored = Stored::read(&house.database).await?;
    for id in ids {
        let all = stored.messages.values().flatten();
        let count = all.filter(|one| one.client_id == Some(id)).count();
        outcome.expect(count == 1, || format!("{id} is stored {count} times"));
    }
    Ok(())
}
