//! What the hub keeps in memory of a conversation, read in two queries however many there are, and however long.

use crate::conversation::latest_placement;
use crate::db::{Run, fetch_all};
use crate::encode::{Text, decode};
use crate::guest::page;
use crate::write::TalkRow;
use crate::{Store, StoreError};
use domain::text::{UNANSWERED_MAX, excerpt};
use domain::{ConversationId, GuestId, Placement, Seq, SiteId};
use std::collections::HashMap;
use uuid::Uuid;

/// The beginning of a stored text in a query, of which decoding and [`excerpt`] make an excerpt: 480 stored characters
/// hold at least 240 of the text, even if every one of them is escaped.
macro_rules! beginning {
    ($column:literal) => {
        concat!("SUBSTR(", $column, ", 1, 480)")
    };
}
const _: () = assert!(domain::text::EXCERPT_CHARS_MAX <= 240 && UNANSWERED_MAX == 3);
pub(crate) use beginning;

#[derive(sqlx::FromRow)]
struct BaseRow {
    id: Uuid,
    site_id: i64,
    guest_read: i64,
    guest_delivered: i64,
    agent_read: i64,
    agent_delivered: i64,
    name: Text,
    contact: Text,
    page_url: Text,
    page_title: Text,
    page_referrer: Text,
    language: Text,
    last_text: Option<String>,
    last_seq: i64,
    unread: i64,
}

/// The two queries, over the conversations `c` of a condition.
///
/// Both begin at the few open conversations and look at the ends of each only. `CROSS JOIN` is how SQLite is told so; it
/// would read the messages of all times otherwise, to have them in order.
macro_rules! read_talks {
    ($on:expr, $condition:literal $(, $argument:expr)*) => {{
        let base = fetch_all!(
            $on,
            BaseRow,
            concat!(
                "SELECT c.id, c.site_id, c.guest_read, c.guest_delivered, c.agent_read, c.agent_delivered, g.name, \
                 g.contact, g.page_url, g.page_title, g.page_referrer, g.language, (SELECT ",
                beginning!("m.body"),
                " FROM message m WHERE m.conversation_id = c.id AND m.kind = 'text' ORDER BY m.seq DESC LIMIT 1) \
                 AS last_text, \
                 COALESCE((SELECT MAX(m.seq) FROM message m WHERE m.conversation_id = c.id), 0) AS last_seq, \
                 (SELECT COUNT(*) FROM message m WHERE m.conversation_id = c.id AND m.seq > c.agent_read \
                  AND m.author = 'guest' AND m.kind = 'text') AS unread \
                 FROM conversation c JOIN guest g ON g.id = c.guest_id WHERE ",
                $condition,
                " ORDER BY c.ticket, c.id"
            )
            $(, $argument)*
        )?;
        let unanswered = fetch_all!(
            $on,
            (Uuid, String),
            concat!(
                "SELECT m.conversation_id, ",
                beginning!("m.body"),
                " FROM conversation c CROSS JOIN message m \
                 WHERE m.conversation_id = c.id AND m.seq IN ( \
                     SELECT g.seq FROM message g \
                     WHERE g.conversation_id = c.id AND g.author = 'guest' AND g.kind = 'text' \
                     ORDER BY g.seq DESC LIMIT 3) \
                 AND m.seq > COALESCE( \
                     (SELECT a.seq FROM message a WHERE a.conversation_id = c.id AND a.author = 'agent' \
                      ORDER BY a.seq DESC LIMIT 1), 0) AND ",
                $condition,
                " ORDER BY m.conversation_id, m.seq"
            )
            $(, $argument)*
        )?;
        talks(base, unanswered)
    }};
}

impl Store {
    /// Those of all conversations that are not closed, in order of arrival.
    pub async fn load_talks(&self) -> Result<Vec<TalkRow>, StoreError> {
        let mut conn = self.read().await?;
        Ok(read_talks!(conn, "c.state <> 'closed'"))
    }

    /// That of one conversation, closed or not.
    pub async fn talk(&self, conversation: ConversationId) -> Result<Option<TalkRow>, StoreError> {
        read_talk(self.read().await?.run(), conversation).await
    }

    /// The conversation of a guest that began last, closed or not.
    pub async fn latest_conversation_of(&self, guest: GuestId) -> Result<Option<(Placement, TalkRow)>, StoreError> {
        self.latest_of(guest, false).await
    }

    /// The closed one that began last.
    pub async fn closed_conversation_of(&self, guest: GuestId) -> Result<Option<(Placement, TalkRow)>, StoreError> {
        self.latest_of(guest, true).await
    }

    async fn latest_of(&self, guest: GuestId, closed: bool) -> Result<Option<(Placement, TalkRow)>, StoreError> {
        let mut conn = self.read().await?;
        let Some(placement) = latest_placement(conn.run(), guest, closed).await? else {
            return Ok(None);
        };
        let talk = read_talk(conn.run(), placement.conversation).await?;
        Ok(talk.map(|talk| (placement, talk)))
    }
}

async fn read_talk(mut on: Run<'_>, conversation: ConversationId) -> Result<Option<TalkRow>, StoreError> {
    Ok(read_talks!(on, "c.id = $1", conversation.0).pop())
}

fn talks(base: Vec<BaseRow>, unanswered: Vec<(Uuid, String)>) -> Vec<TalkRow> {
    let mut unanswered = by_conversation(unanswered.into_iter());
    base.into_iter()
        .map(|row| {
            let unanswered = unanswered.remove(&row.id).unwrap_or_default();
            talk(row, unanswered)
        })
        .collect()
}

fn by_conversation<T>(rows: impl Iterator<Item = (Uuid, T)>) -> HashMap<Uuid, Vec<T>> {
    let mut of: HashMap<Uuid, Vec<T>> = HashMap::new();
    for (conversation, row) in rows {
        of.entry(conversation).or_default().push(row);
    }
    of
}

fn talk(row: BaseRow, unanswered: Vec<String>) -> TalkRow {
    TalkRow {
        conversation: ConversationId(row.id),
        site: SiteId(row.site_id),
        last_seq: Seq(row.last_seq),
        guest_read: Seq(row.guest_read),
        guest_delivered: Seq(row.guest_delivered),
        agent_read: Seq(row.agent_read),
        agent_delivered: Seq(row.agent_delivered),
        last_text: row.last_text.map(excerpt_of_stored).unwrap_or_default(),
        unanswered: unanswered.into_iter().map(excerpt_of_stored).collect(),
        unread: u32::try_from(row.unread).unwrap_or(u32::MAX),
        guest_name: row.name.0,
        guest_contact: row.contact.0,
        page: page(row.page_url, row.page_title, row.page_referrer),
        language: row.language.0,
    }
}

/// The excerpt of a text that a query has the [`beginning`] of.
pub(crate) fn excerpt_of_stored(stored: String) -> String {
    excerpt(&decode(stored))
}
