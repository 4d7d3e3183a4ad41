//! The configuration file.

use super::{ConfigError, Options};
use std::io;
use std::path::{Path, PathBuf};

/// The file's name in the data folder.
const NAME: &str = "seatline.toml";

/// A file to be read.
#[derive(Debug)]
pub(super) struct Found {
    path: PathBuf,
    /// It was found in the data folder, and so cannot say where that is.
    in_data: bool,
}

/// The file named, or else the one in the data folder, if there is one.
pub(super) fn find(named: Option<&Path>, data: Option<&Path>) -> Option<Found> {
    if let Some(path) = named {
        return Some(Found {
            path: path.to_owned(),
            in_data: false,
        });
    }
    let path = data.unwrap_or(Path::new("data")).join(NAME);
    // One that may not be looked at is found, too: reading it says why. That the folder is none is said later.
    let is_missing = match path.try_exists() {
        Ok(exists) => !exists,
        Err(error) => error.kind() == io::ErrorKind::NotADirectory,
    };
    (!is_missing).then_some(Found { path, in_data: true })
}

impl Found {
    pub(super) fn read(self) -> Result<Options, ConfigError> {
        let text = match std::fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) => {
                let why = match error.kind() {
                    io::ErrorKind::NotFound => "there is no such file".to_owned(),
                    io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
                    _ => store::why_refused(&self.path, &error),
                };
                return Err(ConfigError::Unreadable { path: self.path, why });
            }
        };
        let wrong = |why: String| ConfigError::Invalid {
            path: self.path.clone(),
            why,
        };
        let options: Options = toml::from_str(&text).map_err(|error| wrong(sentence(&error, &text)))?;
        if self.in_data && options.data.is_some() {
            return Err(wrong(
                "it lies in the data folder and cannot say where that is".to_owned(),
            ));
        }
        Ok(options)
    }
}

/// What is wrong and in which line, on one line.
fn sentence(error: &toml::de::Error, text: &str) -> String {
    let line = error
        .span()
        .map(|span| text.bytes().take(span.start).filter(|byte| *byte == b'\n').count() + 1);
    let message = error.message().replace('\n', " ");
    line.map_or_else(|| message.clone(), |line| format!("line {line}: {message}"))
}
