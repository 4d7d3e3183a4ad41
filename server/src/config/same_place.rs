//! How a command is told to work on the installation that another one works on.

use super::Place;
use std::fmt;

/// The arguments that name an installation, as they would be typed: each with a space before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SamePlace(String);

impl SamePlace {
    /// Those that `place` says. The URL of a database is left for the reader to fill in, since it carries a password.
    pub(super) fn of(place: &Place) -> Self {
        let path = |flag: &str, path: &std::path::Path| format!(" {flag} {}", quoted(&path.display().to_string()));
        let data = place.data.as_deref().map(|data| path("--data", data));
        let config = place.config.as_deref().map(|config| path("--config", config));
        let database = place.database_url.as_ref().map(|_| " --database-url URL".to_owned());
        Self([data, config, database].into_iter().flatten().collect())
    }
}

impl fmt::Display for SamePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A word as a shell takes it for one.
fn quoted(word: &str) -> String {
    let plain = |char: char| char.is_alphanumeric() || "/._-".contains(char);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_is_said_again_but_for_the_password() {
        assert_eq!(SamePlace::of(&Place::default()).to_string(), "");
        let place = Place {
            data: Some("/srv/chat".into()),
            config: Some("it's here.toml".into()),
            database_url: Some("postgres://me:secret@host/name".into()),
        };
        assert_eq!(
            SamePlace::of(&place).to_string(),
            r" --data /srv/chat --config 'it'\''s here.toml' --database-url URL"
        );
    }
}
