//! What the store found, in sentences: what is wrong, since when, and what to do.

use domain::{ConversationState, Timestamp};
use serde::Serialize;
use store::examine::{Finding, Mark};

#[derive(Debug, Serialize)]
pub(super) struct Words {
    /// What is wrong, and since when.
    pub(super) what: String,
    /// The time of the oldest stored thing that shows it, as in RFC 3339.
    #[serde(rename = "since_time", skip_serializing_if = "Option::is_none")]
    pub(super) since: Option<String>,
    pub(super) todo: String,
}

const RESTORE: &str = "Stop the server and restore the latest backup that `seatline doctor` finds nothing wrong with: `seatline restore \
                       FILE --replace` keeps the database it replaces.";

const NOT_SEATLINE: &str =
    "Seatline does not write this, so look for what else did: another program, a restored dump, a failing disk. ";

const REPORT: &str = "Seatline's writes are guarded against this: if no other program wrote to the database, please report it with this \
                      line and the server's log of that time. ";

pub(super) fn of(finding: &Finding) -> Words {
    let (what, since) = what(finding);
    let since = since.map(time);
    Words {
        what: match &since {
            Some(since) => format!("{what}, since {since}."),
            None => format!("{what}."),
        },
        since,
        todo: todo(finding),
    }
}

/// What is wrong, without a full stop, and since when.
#[expect(clippy::too_many_lines, reason = "a table: one sentence for each")]
fn what(finding: &Finding) -> (String, Option<Timestamp>) {
    match finding {
        Finding::Damaged { why } => (format!("The database file is damaged: {why}"), None),
        Finding::SchemaNewer { version } => (
            format!(
                "A newer version of Seatline has set the database up: it has migration {version}, which this version does not know"
            ),
            None,
        ),
        Finding::SchemaAltered { version } => (
            format!("Migration {version} of the database is not the one that this version of Seatline carries"),
            None,
        ),
        Finding::SchemaOlder { pending } => (
            format!(
                "The database is of an earlier version of Seatline: {} to be run on it",
                some(pending.len(), "migration is", "migrations are")
            ),
            None,
        ),
        Finding::Dangling {
            table,
            column,
            parent,
            rows,
        } => (
            format!(
                "{} in {table} by {column} to a {parent} that is not there",
                some(*rows, "row refers", "rows refer")
            ),
            None,
        ),
        Finding::MessagesMissing {
            conversation,
            first,
            missing,
            last,
            since,
        } => (
            format!(
                "In conversation {conversation}, whose last message is number {last}, {} not there, the first of them number {first}",
                some(*missing, "message is", "messages are")
            ),
            Some(*since),
        ),
        Finding::MessageRepeated {
            conversation,
            id,
            times,
            since,
        } => (
            format!("In conversation {conversation} the message {id} is stored {times} times"),
            Some(*since),
        ),
        Finding::MessageInSeveral {
            guest,
            id,
            conversations,
            since,
        } => (
            format!("The message {id} of guest {guest} is stored in {conversations} conversations"),
            Some(*since),
        ),
        Finding::MarkAhead {
            conversation,
            mark,
            at,
            limit,
            since,
        } => {
            let (who, did, of) = mark_words(*mark);
            let what = format!(
                "In conversation {conversation} {who} is said to have {did} everything up to message {at}, but {of} {limit}"
            );
            (what, Some(*since))
        }
        Finding::NotInOnePlace {
            conversation,
            state,
            since,
        } => (
            format!(
                "Conversation {conversation} is not in exactly one place: its state is {state}, and what else is stored of it contradicts that"
            ),
            Some(*since),
        ),
        Finding::TwoOpen {
            guest,
            conversations,
            since,
        } => (
            format!("Guest {guest} has {conversations} conversations that are not closed, where one is the most"),
            Some(*since),
        ),
        Finding::OverSeats {
            agent,
            name,
            seats,
            held,
            forced,
            since,
        } => (
            format!(
                "{name} (member {agent}) holds {} and has {}{}",
                some(*held, "conversation", "conversations"),
                some(*seats, "seat", "seats"),
                forced_words(*forced)
            ),
            Some(*since),
        ),
        Finding::HolderDisabled {
            agent,
            name,
            held,
            since,
        } => (
            format!(
                "{} with {name} (member {agent}), who is disabled",
                some(*held, "conversation is seated", "conversations are seated")
            ),
            Some(*since),
        ),
        Finding::SameTicket {
            ticket,
            conversations,
            since,
        } => (
            format!(
                "{conversations} open conversations have the same ticket, {ticket}: who of them is first in line is a matter of chance"
            ),
            Some(*since),
        ),
        Finding::ReturnedFromNowhere { conversation, since } => (
            format!(
                "Conversation {conversation} waits at the front of the line as if it had lost a seat, but the record of decisions knows of none"
            ),
            Some(*since),
        ),
        Finding::EpochOutOfOrder {
            conversation,
            before,
            epoch,
            state,
            since,
        } => (
            format!(
                "In the record of conversation {conversation} a decision ({state}) of epoch {} follows one of epoch {}",
                epoch.0, before.0
            ),
            Some(*since),
        ),
        Finding::RecordDisagrees {
            conversation,
            state,
            recorded,
            since,
        } => (
            format!(
                "Conversation {conversation} is {}, but the last decision in its record is another one ({recorded})",
                state_word(*state)
            ),
            Some(*since),
        ),
        Finding::NoRecord { conversation, since } => (
            format!("Of conversation {conversation} no decision is recorded"),
            Some(*since),
        ),
        Finding::Unreadable {
            conversation,
            what,
            value,
        } => (
            format!("Conversation {conversation} has {what} that this version cannot read: {value}"),
            None,
        ),
    }
}

fn todo(finding: &Finding) -> String {
    match finding {
        Finding::Damaged { .. } => format!("{RESTORE} Then have the disk checked."),
        Finding::SchemaNewer { .. } => {
            "Use that version of Seatline, or restore a backup from before the upgrade.".to_owned()
        }
        Finding::SchemaAltered { .. } => {
            "Use the version of Seatline that set the database up; this one may be a build of your own.".to_owned()
        }
        Finding::SchemaOlder { .. } => {
            "Nothing: the next start of `seatline serve` does it. Make a backup before.".to_owned()
        }
        Finding::OverSeats { .. } => {
            "Nothing, if seats were taken away while they held conversations: they are given no new one until they hold fewer. Otherwise \
             please report it with the server's log of that time."
                .to_owned()
        }
        Finding::HolderDisabled { .. } => {
            "Nothing: the server puts these guests back into line at the front, at its next start at the latest.".to_owned()
        }
        Finding::Unreadable { .. } | Finding::NotInOnePlace { .. } | Finding::Dangling { .. } => {
            format!("{NOT_SEATLINE}{RESTORE}")
        }
        Finding::MessagesMissing { .. }
        | Finding::MessageRepeated { .. }
        | Finding::MessageInSeveral { .. }
        | Finding::MarkAhead { .. }
        | Finding::TwoOpen { .. }
        | Finding::SameTicket { .. }
        | Finding::ReturnedFromNowhere { .. }
        | Finding::EpochOutOfOrder { .. }
        | Finding::RecordDisagrees { .. }
        | Finding::NoRecord { .. } => format!("{REPORT}{RESTORE}"),
    }
}

/// Who, what they did, and what limits it.
const fn mark_words(mark: Mark) -> (&'static str, &'static str, &'static str) {
    match mark {
        Mark::GuestRead => ("the guest", "read", "was delivered no more than"),
        Mark::GuestDelivered => ("the guest", "been delivered", "the last one is"),
        Mark::AgentRead => ("the agent", "read", "was delivered no more than"),
        Mark::AgentDelivered => ("the agent", "been delivered", "the last one is"),
    }
}

const fn state_word(state: ConversationState) -> &'static str {
    match state {
        ConversationState::Seated => "seated",
        ConversationState::Waiting => "waiting",
        ConversationState::Missed => "missed",
        ConversationState::Closed => "closed",
    }
}

fn forced_words(forced: i64) -> String {
    match forced {
        0 => String::new(),
        forced => format!(", although a supervisor forced only {forced} on them"),
    }
}

/// A number with the word that fits it.
fn some(number: impl TryInto<i64>, one: &str, more: &str) -> String {
    let number: i64 = number.try_into().unwrap_or(i64::MAX);
    format!("{number} {}", if number == 1 { one } else { more })
}

/// To the second, in UTC.
fn time(at: Timestamp) -> String {
    // A time that no calendar has is told as the number it is.
    jiff::Timestamp::from_second(at.0.div_euclid(1_000)).map_or_else(|_| at.0.to_string(), |at| at.to_string())
}
