//! Which keys mean what.

/// A key that went down, and what it went down in.
#[derive(Clone, Debug)]
pub(super) struct Pressed {
    pub(super) key: String,
    /// The place on the keyboard: with Alt held a Mac turns letters into others.
    pub(super) code: String,
    pub(super) held: Held,
    /// It went into a text field.
    pub(super) writing: bool,
}

/// What is held down beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// Nothing, or what makes another character of the key: Shift, or `AltGr`, which counts as Ctrl and Alt.
    Character,
    Alt,
    Other,
}

impl Held {
    pub(super) const fn of(alt: bool, control: bool, shift: bool) -> Self {
        match (alt, control, shift) {
            (true, false, false) => Self::Alt,
            (false, false, _) | (true, true, _) => Self::Character,
            _ => Self::Other,
        }
    }
}

/// What a key is for, wherever it is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command {
    /// The conversation below.
    Next,
    /// The conversation above.
    Previous,
    Missed,
    Details,
    Help,
    /// Whatever lies on top goes.
    PutAway,
}

impl Command {
    pub(super) fn of(pressed: &Pressed) -> Option<Self> {
        match pressed.held {
            Held::Character => match pressed.key.as_str() {
                "Escape" => Some(Self::PutAway),
                "?" if !pressed.writing => Some(Self::Help),
                _ => None,
            },
            Held::Alt => match pressed.code.as_str() {
                "ArrowDown" => Some(Self::Next),
                "ArrowUp" => Some(Self::Previous),
                "KeyM" => Some(Self::Missed),
                "KeyP" => Some(Self::Details),
                _ => None,
            },
            Held::Other => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(held: Held, key: &str, code: &str) -> Pressed {
        Pressed {
            key: key.into(),
            code: code.into(),
            held,
            writing: true,
        }
    }

    #[test]
    fn alt_works_while_writing_and_by_the_place_of_the_key() {
        let command = |key, code| Command::of(&pressed(Held::Alt, key, code));
        assert_eq!(command("ArrowDown", "ArrowDown"), Some(Command::Next));
        assert_eq!(command("π", "KeyP"), Some(Command::Details));
        assert_eq!(command("µ", "KeyM"), Some(Command::Missed));
    }

    #[test]
    fn other_modifiers_belong_to_others() {
        let command = |held| Command::of(&pressed(held, "ArrowUp", "ArrowUp"));
        assert_eq!(command(Held::of(true, false, false)), Some(Command::Previous));
        assert_eq!(command(Held::of(true, true, false)), None);
        assert_eq!(command(Held::of(true, false, true)), None);
        assert_eq!(command(Held::of(false, true, false)), None);
        assert_eq!(command(Held::of(false, false, false)), None);
    }

    #[test]
    fn a_question_mark_in_a_sentence_is_a_question_mark() {
        let in_text = pressed(Held::of(false, false, true), "?", "Slash");
        assert_eq!(Command::of(&in_text), None);
        let elsewhere = Pressed {
            writing: false,
            ..in_text
        };
        assert_eq!(Command::of(&elsewhere), Some(Command::Help));
    }
}
