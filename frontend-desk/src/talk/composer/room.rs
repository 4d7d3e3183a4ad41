//! How much may still be written.

use domain::text::TEXT_CHARS_MAX;

/// So little room is worth a word.
const TOLD_FROM: usize = 500;

/// The room left in a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Room {
    Plenty,
    /// That many characters are left.
    Left(usize),
    /// That many are too many.
    Over(usize),
}

impl Room {
    pub(super) fn of(text: &str) -> Self {
        // A character has a byte at least, so a short text need not be counted.
        if text.len() + TOLD_FROM < TEXT_CHARS_MAX {
            return Self::Plenty;
        }
        let chars = text.chars().count();
        match TEXT_CHARS_MAX.checked_sub(chars) {
            None => Self::Over(chars - TEXT_CHARS_MAX),
            Some(left) if left <= TOLD_FROM => Self::Left(left),
            Some(_) => Self::Plenty,
        }
    }

    pub(super) const fn is_over(self) -> bool {
        matches!(self, Self::Over(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_told_as_it_nears() {
        let room = |chars| Room::of(&"字".repeat(chars));
        assert_eq!(room(0), Room::Plenty);
        assert_eq!(room(TEXT_CHARS_MAX - TOLD_FROM - 1), Room::Plenty);
        assert_eq!(room(TEXT_CHARS_MAX - TOLD_FROM), Room::Left(TOLD_FROM));
        assert_eq!(room(TEXT_CHARS_MAX), Room::Left(0));
        assert_eq!(room(TEXT_CHARS_MAX + 3), Room::Over(3));
        assert!(room(TEXT_CHARS_MAX + 3).is_over());
        assert_eq!(Room::of(&"a".repeat(7_400)), Room::Plenty);
    }
}
