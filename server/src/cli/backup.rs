//! `seatline backup` and `seatline restore`.

use super::input::{contents, say};
use crate::config::{Options, Place, Settings};
use anyhow::anyhow;
use clap::Args;
use std::path::PathBuf;
use store::backup::{self, BackupError};
use store::examine::{Examination, Severity};

#[derive(Args, Debug)]
#[command(
    after_help = "A backup holds everything, the key that signs guests' tokens included: keep it as you keep the database."
)]
pub(super) struct Backup {
    /// The file to write, which must not be there yet
    file: PathBuf,

    #[command(flatten)]
    place: Place,
}

#[derive(Args, Debug)]
#[command(after_help = "What was written after the backup was made is not in it; clients go on from what is.")]
pub(super) struct Restore {
    /// The backup
    file: PathBuf,

    /// Replace the database that is there, and keep it under another name beside the new one
    #[arg(long)]
    replace: bool,

    #[command(flatten)]
    place: Place,
}

impl Backup {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let config = Settings::load(&self.place, Options::default())?.store();
        let examination = backup::backup(&config, &self.file).await?;
        let bytes = std::fs::metadata(&self.file)?.len();
        say(&format!(
            "Wrote {}: {}; {bytes} bytes.",
            self.file.display(),
            contents(examination.contents)
        ))?;
        warn(&examination, "seatline doctor says what.")
    }
}

impl Restore {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let config = Settings::load(&self.place, Options::default())?.store();
        let restored = backup::restore(&config, &self.file, self.replace).await;
        let restored = restored.map_err(|error| match error {
            BackupError::DatabaseExists(_) => {
                anyhow!("{error}: with --replace it is kept under another name, and the backup takes its place")
            }
            other => other.into(),
        })?;
        say(&format!(
            "Restored {}: {}.",
            self.file.display(),
            contents(restored.examination.contents)
        ))?;
        if let Some(kept) = restored.kept {
            say(&format!("The database it replaces is kept as {}.", kept.display()))?;
        }
        warn(&restored.examination, "seatline doctor says what.")
    }
}

/// A backup of a database that has something wrong is better than none, and is to be known as one.
fn warn(examination: &Examination, hint: &str) -> anyhow::Result<()> {
    let wrong = |finding: &&store::examine::Finding| finding.severity() == Severity::Wrong;
    let wrong = examination.findings.iter().filter(wrong).count();
    if wrong > 0 {
        say(&format!("Something is wrong in it ({wrong}): {hint}"))?;
    }
    Ok(())
}
