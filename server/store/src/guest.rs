//! Guests: who they are and what is known of them.

use crate::db::{Tx, execute, fetch_all, fetch_optional};
use crate::encode::Text;
use crate::word::narrow;
use crate::{Store, StoreError};
use domain::guest::{Environment, GuestProfile, PageView, VisitedPage};
use domain::{GuestId, MemberId, SiteId, Timestamp};

/// Pages a profile lists.
const PAGES_MAX: i64 = 50;

/// What the hub wants of a guest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuestRow {
    pub id: GuestId,
    pub site: SiteId,
    pub name: String,
    pub contact: String,
    /// The agent who served the guest last.
    pub last_agent: Option<MemberId>,
    /// The page the guest was on last.
    pub page: PageView,
}

#[derive(sqlx::FromRow)]
struct ProfileRow {
    site_id: i64,
    name: Text,
    contact: Text,
    last_agent_id: Option<i64>,
    first_seen_at: i64,
    last_seen_at: i64,
    visits: i64,
    language: Text,
    time_zone: Text,
    screen_width: i64,
    screen_height: i64,
    browser: Text,
    system: Text,
    address: Text,
    first_url: Text,
    first_title: Text,
    first_referrer: Text,
    page_url: Text,
    page_title: Text,
    page_referrer: Text,
}

const SELECT: &str = "SELECT site_id, name, contact, last_agent_id, first_seen_at, last_seen_at, visits,
    language, time_zone, screen_width, screen_height, browser, system, address,
    first_url, first_title, first_referrer, page_url, page_title, page_referrer
    FROM guest WHERE id = $1";

impl Store {
    /// Whether the guest is known, and one of that site.
    pub async fn guest_exists(&self, guest: GuestId, site: SiteId) -> Result<bool, StoreError> {
        let mut conn = self.read().await?;
        let sql = "SELECT site_id FROM guest WHERE id = $1 AND site_id = $2";
        Ok(fetch_optional!(conn, (i64,), sql, guest.0, site.0)?.is_some())
    }

    pub async fn guest(&self, guest: GuestId) -> Result<Option<GuestRow>, StoreError> {
        let mut conn = self.read().await?;
        let row = fetch_optional!(conn, ProfileRow, SELECT, guest.0)?;
        Ok(row.map(|row| GuestRow {
            id: guest,
            site: SiteId(row.site_id),
            name: row.name.0,
            contact: row.contact.0,
            last_agent: row.last_agent_id.map(MemberId),
            page: page(row.page_url, row.page_title, row.page_referrer),
        }))
    }

    /// What the desk shows of a guest.
    pub async fn guest_profile(&self, guest: GuestId) -> Result<Option<GuestProfile>, StoreError> {
        let mut conn = self.read().await?;
        let Some(row) = fetch_optional!(conn, ProfileRow, SELECT, guest.0)? else {
            return Ok(None);
        };
        let sql =
            "SELECT url, title, referrer, at FROM visit_page WHERE guest_id = $1 ORDER BY at DESC, id DESC LIMIT $2";
        let pages = fetch_all!(conn, (Text, Text, Text, i64), sql, guest.0, PAGES_MAX)?;
        let pages = pages
            .into_iter()
            .map(|(url, title, referrer, at)| VisitedPage {
                page: page(url, title, referrer),
                at: Timestamp(at),
            })
            .collect();
        row.into_profile(guest, pages).map(Some)
    }
}

impl ProfileRow {
    fn into_profile(self, id: GuestId, pages: Vec<VisitedPage>) -> Result<GuestProfile, StoreError> {
        Ok(GuestProfile {
            id,
            name: self.name.0,
            contact: self.contact.0,
            environment: Environment {
                language: self.language.0,
                time_zone: self.time_zone.0,
                screen_width: narrow("a screen's width", self.screen_width)?,
                screen_height: narrow("a screen's height", self.screen_height)?,
            },
            browser: self.browser.0,
            system: self.system.0,
            address: self.address.0,
            first_page: page(self.first_url, self.first_title, self.first_referrer),
            current_page: page(self.page_url, self.page_title, self.page_referrer),
            visits: self.visits,
            first_seen_at: Timestamp(self.first_seen_at),
            last_seen_at: Timestamp(self.last_seen_at),
            pages,
        })
    }
}

pub(crate) fn page(url: Text, title: Text, referrer: Text) -> PageView {
    PageView {
        url: url.0,
        title: title.0,
        referrer: referrer.0,
    }
}

pub(crate) async fn insert_guest(tx: &mut Tx, id: GuestId, site: SiteId, at: Timestamp) -> Result<(), StoreError> {
    // Two forms of somebody new may come at once.
    let sql = "INSERT INTO guest (id, site_id, first_seen_at, last_seen_at) VALUES ($1, $2, $3, $3)
         ON CONFLICT (id) DO NOTHING";
    execute!(tx, sql, id.0, site.0, at.0)?;
    Ok(())
}

pub(crate) async fn set_contact(tx: &mut Tx, id: GuestId, name: &str, contact: &str) -> Result<(), StoreError> {
    let sql = "UPDATE guest SET name = $2, contact = $3 WHERE id = $1";
    execute!(tx, sql, id.0, Text::of(name), Text::of(contact))?;
    Ok(())
}
