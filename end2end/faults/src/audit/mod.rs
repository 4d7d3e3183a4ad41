//! After a run: what the clients know against what the store holds.
//!
//! The clients know every message they sent, what was acknowledged, what they received and in which order, and every place
//! that guests were told; the store is read with queries of our own. *Absent:* any trust in the server's own view.

mod histories;
mod messages;
mod places;
mod seats;
pub(crate) mod stored;
#[cfg(test)]
mod tests;

use rig::desk::Workbench;
use rig::guest::Page;
use rig::record::Record;
use rig::sent::{Book, Fate};
use rig::{RigError, Violation};
use std::collections::BTreeMap;
use stored::Stored;

/// What the clients know.
#[derive(Clone, Debug, Default)]
pub(crate) struct Evidence {
    pub(crate) guests: Vec<Seen<Page>>,
    pub(crate) desks: Vec<Seen<Workbench>>,
}

/// One client's memory.
#[derive(Clone, Debug)]
pub(crate) struct Seen<M> {
    pub(crate) memory: M,
    /// How often it was welcomed.
    pub(crate) welcomes: u64,
    /// Close codes, each with how often it came.
    pub(crate) closed: BTreeMap<u16, u64>,
    pub(crate) is_connected: bool,
}

impl Evidence {
    fn records(&self) -> impl Iterator<Item = &Record> {
        let guests = self.guests.iter().map(|seen| &seen.memory.record);
        guests.chain(self.desks.iter().map(|seen| &seen.memory.record))
    }

    fn books(&self) -> impl Iterator<Item = &Book> {
        self.records().map(|record| &record.sent)
    }

    pub(crate) fn sent(&self) -> u64 {
        count(self.books().flat_map(Book::all))
    }

    pub(crate) fn acknowledged(&self) -> u64 {
        let sent = self.books().flat_map(Book::all);
        count(sent.filter(|sent| matches!(sent.fate, Fate::Acknowledged { .. })))
    }

    pub(crate) fn received(&self) -> u64 {
        self.records().map(|record| record.received).sum()
    }

    /// How often connections were closed with that code.
    pub(crate) fn closed(&self, code: u16) -> u64 {
        let guests = self.guests.iter().map(|seen| &seen.closed);
        let all = guests.chain(self.desks.iter().map(|seen| &seen.closed));
        all.filter_map(|closed| closed.get(&code)).sum()
    }

    /// Welcomes beyond each client's first.
    pub(crate) fn resumes(&self) -> u64 {
        let guests = self.guests.iter().map(|seen| seen.welcomes);
        let all = guests.chain(self.desks.iter().map(|seen| seen.welcomes));
        all.map(|welcomes| welcomes.saturating_sub(1)).sum()
    }

    /// What clients noticed themselves.
    fn noticed(&self) -> impl Iterator<Item = Violation> {
        self.records().flat_map(|record| &record.violations).cloned()
    }
}

fn count<T>(of: impl Iterator<Item = T>) -> u64 {
    u64::try_from(of.count()).unwrap_or(u64::MAX)
}

/// Everything that is not as it must be, once nobody is doing anything any more. What is told at intervals may come late:
/// who gets a finding asks again a little later.
pub(crate) fn findings(evidence: &Evidence, stored: &Stored) -> Vec<Violation> {
    let mut found: Vec<Violation> = evidence.noticed().collect();
    messages::check(evidence, stored, &mut found);
    histories::check(evidence, stored, &mut found);
    places::check(evidence, stored, &mut found);
    seats::check(evidence, stored, &mut found);
    found
}

/// What was acknowledged and is not stored, while everybody goes on.
pub(crate) fn lost(evidence: &Evidence, stored: &Stored) -> Vec<Violation> {
    let mut found = Vec::new();
    messages::check(evidence, stored, &mut found);
    found.retain(|violation| matches!(violation, Violation::Lost(_)));
    found
}

/// After everybody was told good-bye: no seat is taken, neither in the store nor at a desk.
pub(crate) async fn leaks(evidence: &Evidence, database: &rig::database::Database) -> Result<Vec<Violation>, RigError> {
    let stored = Stored::read(database).await?;
    let mut found = findings(evidence, &stored);
    seats::check_all_free(evidence, &stored, &mut found);
    Ok(found)
}
