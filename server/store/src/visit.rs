//! Visits and the pages of each.

use crate::db::{Tx, execute, fetch_one, fetch_optional};
use crate::encode::Text;
use crate::write::VisitWrite;
use crate::{Store, StoreError};

impl Store {
    /// Keeps page views, each with the guest's profile brought up to date, all in one transaction. Which of them were
    /// kept: nothing is done about one whose guest is not stored (yet).
    pub async fn record_visits(&self, visits: &[VisitWrite]) -> Result<Vec<bool>, StoreError> {
        let mut tx = self.begin().await?;
        let mut kept = Vec::with_capacity(visits.len());
        for visit in visits {
            kept.push(record(&mut tx, visit).await?);
        }
        tx.commit().await?;
        Ok(kept)
    }
}

async fn record(tx: &mut Tx, visit: &VisitWrite) -> Result<bool, StoreError> {
    if visit.begins {
        return begin(tx, visit).await;
    }
    let sql = "SELECT visits, page_url, page_title FROM guest WHERE id = $1";
    let Some((visits, url, title)) = fetch_optional!(tx, (i64, Text, Text), sql, visit.guest.0)? else {
        return Ok(false);
    };
    if visits == 0 {
        return begin(tx, visit).await;
    }
    let visit_id = latest_visit(tx, visit).await?;
    if url.0 != visit.page.url || title.0 != visit.page.title {
        insert_page(tx, visit, visit_id).await?;
    }
    update_guest(tx, visit, false).await
}

/// A visit and its first page.
async fn begin(tx: &mut Tx, visit: &VisitWrite) -> Result<bool, StoreError> {
    if !update_guest(tx, visit, true).await? {
        return Ok(false);
    }
    let visit_id = begin_visit(tx, visit).await?;
    insert_page(tx, visit, visit_id).await?;
    Ok(true)
}

async fn begin_visit(tx: &mut Tx, visit: &VisitWrite) -> Result<i64, StoreError> {
    let (id,) = fetch_one!(
        tx,
        (i64,),
        "INSERT INTO visit (guest_id, started_at, last_seen_at, language, time_zone, screen_width, screen_height,
             browser, system, address)
         VALUES ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id",
        visit.guest.0,
        visit.at.0,
        Text::of(&visit.environment.language),
        Text::of(&visit.environment.time_zone),
        i64::from(visit.environment.screen_width),
        i64::from(visit.environment.screen_height),
        Text::of(&visit.browser),
        Text::of(&visit.system),
        Text::of(&visit.address),
    )?;
    Ok(id)
}

/// The guest's latest visit, which lasts until now. A guest with any visits has a latest one.
async fn latest_visit(tx: &mut Tx, visit: &VisitWrite) -> Result<i64, StoreError> {
    let (id,) = fetch_one!(
        tx,
        (i64,),
        "UPDATE visit SET last_seen_at = $2
         WHERE id = (SELECT MAX(latest.id) FROM visit latest WHERE latest.guest_id = $1) RETURNING id",
        visit.guest.0,
        visit.at.0,
    )?;
    Ok(id)
}

async fn insert_page(tx: &mut Tx, visit: &VisitWrite, visit_id: i64) -> Result<(), StoreError> {
    execute!(
        tx,
        "INSERT INTO visit_page (visit_id, guest_id, url, title, referrer, at) VALUES ($1, $2, $3, $4, $5, $6)",
        visit_id,
        visit.guest.0,
        Text::of(&visit.page.url),
        Text::of(&visit.page.title),
        Text::of(&visit.page.referrer),
        visit.at.0,
    )?;
    Ok(())
}

/// The profile as it is now, with what the guest came to first. False if there is no such guest.
async fn update_guest(tx: &mut Tx, visit: &VisitWrite, new_visit: bool) -> Result<bool, StoreError> {
    let done = execute!(
        tx,
        "UPDATE guest SET last_seen_at = $2, visits = visits + $3, language = $4, time_zone = $5, screen_width = $6,
             screen_height = $7, browser = $8, system = $9, address = $10, page_url = $11, page_title = $12,
             page_referrer = $13,
             first_url = CASE WHEN visits = 0 THEN $11 ELSE first_url END,
             first_title = CASE WHEN visits = 0 THEN $12 ELSE first_title END,
             first_referrer = CASE WHEN visits = 0 THEN $13 ELSE first_referrer END
         WHERE id = $1",
        visit.guest.0,
        visit.at.0,
        i64::from(new_visit),
        Text::of(&visit.environment.language),
        Text::of(&visit.environment.time_zone),
        i64::from(visit.environment.screen_width),
        i64::from(visit.environment.screen_height),
        Text::of(&visit.browser),
        Text::of(&visit.system),
        Text::of(&visit.address),
        Text::of(&visit.page.url),
        Text::of(&visit.page.title),
        Text::of(&visit.page.referrer),
    )?;
    Ok(done > 0)
}
