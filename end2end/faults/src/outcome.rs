//! What a fault run came to.

use crate::audit::Evidence;
use rig::socket::Lost;
use rig::{RigError, Violation};

/// Why a run could not be finished.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error(transparent)]
    Rig(#[from] RigError),
    #[error("a connection was lost where none should be: {0}")]
    Lost(#[from] Lost),
    #[error("{what}: {why}")]
    Machine { what: &'static str, why: String },
    #[error("{0}")]
    Unexpected(String),
}

/// What was done, and what was found.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// How often the fault was injected.
    pub(crate) injected: u64,
    pub(crate) sent: u64,
    pub(crate) acknowledged: u64,
    pub(crate) received: u64,
    pub(crate) resumes: u64,
    pub(crate) findings: Vec<Violation>,
    /// Figures worth a line.
    pub(crate) notes: Vec<String>,
}

impl Outcome {
    /// Adds what the clients of a part of the run know, and what was found in it.
    pub(crate) fn add(&mut self, evidence: &Evidence, findings: Vec<Violation>) {
        self.sent = self.sent.saturating_add(evidence.sent());
        self.acknowledged = self.acknowledged.saturating_add(evidence.acknowledged());
        self.received = self.received.saturating_add(evidence.received());
        self.resumes = self.resumes.saturating_add(evidence.resumes());
        self.findings.extend(findings);
    }

    /// Finds fault with something unless it holds.
    pub(crate) fn expect(&mut self, holds: bool, otherwise: impl FnOnce() -> String) {
        if !holds {
            self.findings.push(Violation::Other(otherwise()));
        }
    }

    pub(crate) fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    pub(crate) fn lost(&self) -> usize {
        self.count(|found| matches!(found, Violation::Lost(_)))
    }

    pub(crate) fn doubled(&self) -> usize {
        self.count(|found| matches!(found, Violation::Doubled(_)))
    }

    pub(crate) fn disordered(&self) -> usize {
        self.count(|found| matches!(found, Violation::Disorder(_)))
    }

    pub(crate) fn other(&self) -> usize {
        self.count(|found| matches!(found, Violation::Other(_)))
    }

    fn count(&self, of: impl Fn(&Violation) -> bool) -> usize {
        self.findings.iter().filter(|found| of(found)).count()
    }
}
