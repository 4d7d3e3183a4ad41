//! Messages: the entries of conversations.

use crate::db::{Run, Tx, fetch_all, fetch_optional, on};
use crate::encode::Text;
use crate::word::{from_json, json};
use crate::{Store, StoreError};
use domain::{Author, Body, ClientMessageId, ConversationId, GuestId, MemberId, Message, Seq, Timestamp};
use std::sync::LazyLock;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct MessageRow {
    conversation_id: Uuid,
    seq: i64,
    client_id: Option<Uuid>,
    author: String,
    member_id: Option<i64>,
    member_name: Option<Text>,
    kind: String,
    body: Text,
    at: i64,
}

/// `SELECT` of messages, completed by a condition.
macro_rules! select_messages {
    ($rest:literal) => {
        concat!(
            "SELECT message.conversation_id, message.seq, message.client_id, message.author, message.member_id, \
             member.name AS member_name, message.kind, message.body, message.at \
             FROM message LEFT JOIN member ON member.id = message.member_id ",
            $rest
        )
    };
}

impl Store {
    /// The first `limit` messages after `after`, in order.
    pub async fn messages_after(
        &self,
        conversation: ConversationId,
        after: Seq,
        limit: u32,
    ) -> Result<Vec<Message>, StoreError> {
        let mut conn = self.read().await?;
        let sql =
            select_messages!("WHERE message.conversation_id = $1 AND message.seq > $2 ORDER BY message.seq LIMIT $3");
        let rows = fetch_all!(conn, MessageRow, sql, conversation.0, after.0, i64::from(limit))?;
        rows.into_iter().map(MessageRow::into_message).collect()
    }

    /// The last `limit` messages before `before`, or of all, in order.
    pub async fn messages_before(
        &self,
        conversation: ConversationId,
        before: Option<Seq>,
        limit: u32,
    ) -> Result<Vec<Message>, StoreError> {
        let mut conn = self.read().await?;
        let before = before.map_or(i64::MAX, |seq| seq.0);
        let sql = select_messages!(
            "WHERE message.conversation_id = $1 AND message.seq < $2 ORDER BY message.seq DESC LIMIT $3"
        );
        let rows = fetch_all!(conn, MessageRow, sql, conversation.0, before, i64::from(limit))?;
        rows.into_iter().rev().map(MessageRow::into_message).collect()
    }

    /// The message of a conversation at `seq`.
    pub async fn message_at(&self, conversation: ConversationId, seq: Seq) -> Result<Option<Message>, StoreError> {
        let mut conn = self.read().await?;
        let sql = select_messages!("WHERE message.conversation_id = $1 AND message.seq = $2");
        let row = fetch_optional!(conn, MessageRow, sql, conversation.0, seq.0)?;
        row.map(MessageRow::into_message).transpose()
    }

    /// The message of a conversation that its client gave this id, looked for from the last one on: ids are not indexed.
    pub async fn message_by_id(
        &self,
        conversation: ConversationId,
        id: ClientMessageId,
    ) -> Result<Option<Message>, StoreError> {
        let mut conn = self.read().await?;
        let sql = select_messages!(
            "WHERE message.conversation_id = $1 AND message.client_id = $2 ORDER BY message.seq DESC LIMIT 1"
        );
        let row = fetch_optional!(conn, MessageRow, sql, conversation.0, id.0)?;
        row.map(MessageRow::into_message).transpose()
    }

    /// The ids that clients gave the messages of a conversation, to recognise one that is sent again, and where each is.
    pub async fn message_ids(&self, conversation: ConversationId) -> Result<Vec<(ClientMessageId, Seq)>, StoreError> {
        let mut conn = self.read().await?;
        let sql = "SELECT client_id, seq FROM message WHERE conversation_id = $1 AND client_id IS NOT NULL";
        let rows = fetch_all!(conn, (Uuid, i64), sql, conversation.0)?;
        Ok(rows
            .into_iter()
            .map(|(id, seq)| (ClientMessageId(id), Seq(seq)))
            .collect())
    }

    /// The ids that a guest's pages gave their messages since then, in whichever conversation.
    pub async fn guest_message_ids(
        &self,
        guest: GuestId,
        since: Timestamp,
    ) -> Result<Vec<ClientMessageId>, StoreError> {
        let mut conn = self.read().await?;
        // `CROSS JOIN` has SQLite begin at the few conversations.
        let sql = "SELECT message.client_id FROM conversation CROSS JOIN message \
                   WHERE conversation.guest_id = $1 AND message.conversation_id = conversation.id \
                   AND message.author = 'guest' AND message.client_id IS NOT NULL AND message.at >= $2";
        let rows = fetch_all!(conn, (Uuid,), sql, guest.0, since.0)?;
        Ok(rows.into_iter().map(|(id,)| ClientMessageId(id)).collect())
    }

    /// The message of a guest, in whichever of their conversations, that their page gave this id; looked for from the last
    /// one on.
    pub async fn guest_message(&self, guest: GuestId, id: ClientMessageId) -> Result<Option<Message>, StoreError> {
        let mut conn = self.read().await?;
        let sql = select_messages!(
            "JOIN conversation ON conversation.id = message.conversation_id \
             WHERE conversation.guest_id = $1 AND message.client_id = $2 AND message.author = 'guest' \
             ORDER BY conversation.created_at DESC, message.seq DESC LIMIT 1"
        );
        let row = fetch_optional!(conn, MessageRow, sql, guest.0, id.0)?;
        row.map(MessageRow::into_message).transpose()
    }
}

impl MessageRow {
    fn into_message(self) -> Result<Message, StoreError> {
        let from = match (self.author.as_str(), self.member_id) {
            ("guest", _) => Author::Guest,
            ("system", _) => Author::System,
            ("agent", Some(id)) => Author::Agent {
                id: MemberId(id),
                name: self.member_name.map(|name| name.0).unwrap_or_default(),
            },
            _ => {
                return Err(StoreError::Unreadable {
                    what: "an author",
                    value: self.author,
                });
            }
        };
        let body = match self.kind.as_str() {
            "text" => Body::Text { text: self.body.0 },
            "notice" => Body::Notice(from_json("a notice", &self.body.0)?),
            _ => {
                return Err(StoreError::Unreadable {
                    what: "a kind of message",
                    value: self.kind,
                });
            }
        };
        Ok(Message {
            conversation: ConversationId(self.conversation_id),
            seq: Seq(self.seq),
            id: self.client_id.map(ClientMessageId),
            from,
            body,
            at: Timestamp(self.at),
        })
    }
}

/// Columns of a message.
const COLUMNS: usize = 8;

/// How many rows one statement inserts. Few sizes, so that the statements are prepared once and stay prepared; up to four
/// messages are one statement. 64 rows are 512 arguments, far below the limits of either engine (32,766 and 65,535).
const SIZES: [usize; 6] = [64, 16, 4, 3, 2, 1];

/// One of [`SIZES`], as each engine has it best. SQLite finds a numbered place by walking over all those before it, which
/// for 512 of them took a tenth of the writer's time; PostgreSQL has no others.
struct Insert {
    rows: usize,
    numbered: String,
    unnumbered: String,
}

static INSERTS: LazyLock<[Insert; SIZES.len()]> = LazyLock::new(|| {
    SIZES.map(|rows| Insert {
        rows,
        numbered: insert_sql(rows, |place| format!("${place}")),
        unnumbered: insert_sql(rows, |_| "?".to_owned()),
    })
});

fn insert_sql(rows: usize, place: impl Fn(usize) -> String) -> String {
    let row = |row: usize| {
        let places: Vec<String> = (1..=COLUMNS).map(|column| place(row * COLUMNS + column)).collect();
        format!("({})", places.join(", "))
    };
    let rows: Vec<String> = (0..rows).map(row).collect();
    let columns = "conversation_id, seq, client_id, author, member_id, kind, body, at";
    format!("INSERT INTO message ({columns}) VALUES {}", rows.join(", "))
}

/// Whether so many messages are stored by one statement.
pub(crate) fn is_one_insert(messages: usize) -> bool {
    SIZES.contains(&messages)
}

/// Stores messages, many to a statement.
pub(crate) async fn insert_messages(tx: &mut Tx, mut messages: &[Message]) -> Result<(), StoreError> {
    while !messages.is_empty() {
        let Some(insert) = INSERTS.iter().find(|insert| insert.rows <= messages.len()) else {
            break;
        };
        let (chunk, rest) = messages.split_at(insert.rows);
        let sql = match tx.run() {
            Run::Sqlite(_) => &insert.unnumbered,
            Run::Postgres(_) => &insert.numbered,
        };
        insert_chunk(tx, sql, chunk).await?;
        messages = rest;
    }
    Ok(())
}

async fn insert_chunk(tx: &mut Tx, sql: &'static str, chunk: &[Message]) -> Result<(), StoreError> {
    on!(tx, |conn| {
        let mut query = sqlx::query(sql);
        for message in chunk {
            let (author, member) = match &message.from {
                Author::Guest => ("guest", None),
                Author::Agent { id, .. } => ("agent", Some(id.0)),
                Author::System => ("system", None),
            };
            let (kind, body) = match &message.body {
                Body::Text { text } => ("text", Text::of(text)),
                Body::Notice(notice) => ("notice", Text(json("a notice", notice)?)),
            };
            query = query
                .bind(message.conversation.0)
                .bind(message.seq.0)
                .bind(message.id.map(|id| id.0))
                .bind(author)
                .bind(member)
                .bind(kind)
                .bind(body)
                .bind(message.at.0);
        }
        query.execute(&mut *conn).await?;
    });
    Ok(())
}
