//! Members who are changed while they come.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should stop")]

mod support;

use connection::Limits;
use domain::Duty;
use prometheus_client::encoding::text::encode;
use prometheus_client::registry::Registry;
use protocol::desk::{DeskEvent, DeskFrame};
use sqlx::{Connection as _, PgConnection, query};
use std::time::Duration;
use store::StoreConfig;
use support::{House, PATIENCE};

/// Waits until the hub knows an agent who is off duty.
async fn has_heard(house: &House) {
    let mut registry = Registry::default();
    house.hub.register(&mut registry);
    let heard = async {
        loop {
            house.hub.measure(PATIENCE).await;
            let mut scraped = String::new();
            encode(&mut scraped, &registry).unwrap();
            if scraped.contains("agents{duty=\"off\"} 1") {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(PATIENCE, heard).await.unwrap();
}

/// A hello says of its agent what was stored when it was said; a change may come between that and its being heard.
#[tokio::test]
async fn a_hello_that_is_older_than_a_change_does_not_undo_it() {
    let Some(house) = House::open_on_postgres(Limits::default()).await else {
        return;
    };
    let mut li = house.agent_on_duty("li", 1).await;
    let mei = house.agent("mei", 1).await;

    // Nothing more is stored until this ends, and so nobody is told anything.
    let StoreConfig::Postgres { url, .. } = &house.config else {
        panic!("{:?} is not PostgreSQL", house.config);
    };
    let mut other = PgConnection::connect(url).await.unwrap();
    let mut change = other.begin().await.unwrap();
    query("UPDATE member SET seats = 2 WHERE login = 'li'")
        .execute(&mut *change)
        .await
        .unwrap();
    li.send(&DeskFrame::Duty { duty: Duty::Break }).await;
    let mut desk = house.desk(mei).await;
    has_heard(&house).await;
    query("UPDATE member SET seats = 3 WHERE login = 'mei'")
        .execute(&mut *change)
        .await
        .unwrap();
    change.commit().await.unwrap();

    let before = desk.find("welcome", |event| match event {
        DeskEvent::Welcome { me, .. } => Some(me.seats),
        _ => None,
    });
    assert_eq!(before.await, 1, "the hello was heard before the change");
    desk.find("the seats of the change", |event| {
        matches!(event, DeskEvent::Me(me) if me.seats == 3).then_some(())
    })
    .await;
    drop((li, desk));
    house.close().await;
}
