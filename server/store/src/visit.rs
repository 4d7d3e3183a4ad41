//! Visits and the pages of each.

use crate::db::{Tx, execute, fetch_one, fetch_optional};
use crate::encode::Text;
use crate::write::VisitWrite;
use crate::{Store, StoreError};

impl Store {
    /// Keeps a page view, with the guest's profile brought up to date. `new_visit` begins a visit; otherwise the page
    /// belongs to the guest's latest one, and the page the guest was on already is not entered again. False, and nothing
    /// done, if the guest is not stored (yet).
    pub async fn record_visit(&self, visit: &VisitWrite, new_visit: bool) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let sql = "SELECT visits, page_url, page_title FROM guest WHERE id = $1";
        let Some((visits, url, title)) = fetch_optional!(tx, (i64, Text, Text), sql, visit.guest.0)? else {
            return Ok(false);
        };
        let first = visits == 0;
        let new_visit = new_visit || first;
        let same_page = url.0 == visit.page.url && title.0 == visit.page.title;
        let visit_id = if new_visit {
            begin_visit(&mut tx, visit).await?
        } else {
            latest_visit(&mut tx, visit).await?
        };
        if new_visit || !same_page {
            insert_page(&mut tx, visit, visit_id).await?;
        }
        update_guest(&mut tx, visit, new_visit).await?;
        if first {
            let sql = "UPDATE guest SET first_url = page_url, first_title = page_title,
                       first_referrer = page_referrer WHERE id = $1";
            execute!(tx, sql, visit.guest.0)?;
        }
        tx.commit().await?;
        Ok(true)
    }
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

async fn update_guest(tx: &mut Tx, visit: &VisitWrite, new_visit: bool) -> Result<(), StoreError> {
    execute!(
        tx,
        "UPDATE guest SET last_seen_at = $2, visits = visits + $3, language = $4, time_zone = $5, screen_width = $6,
             screen_height = $7, browser = $8, system = $9, address = $10, page_url = $11, page_title = $12,
             page_referrer = $13
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
    Ok(())
}
