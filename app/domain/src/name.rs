//! Names, as people are shown them: on one line, in one direction, with something to see.
//!
//! The tables are those of Unicode's `Default_Ignorable_Code_Point` and of the blocks of combining marks that belong to no
//! script. Small, since the front ends carry them.

use std::ops::RangeInclusive;

/// Characters of which nothing is seen, beside white space and control characters: zero width, direction marks, fillers.
const INVISIBLE: &[RangeInclusive<char>] = &[
    '\u{AD}'..='\u{AD}',
    '\u{34F}'..='\u{34F}',
    '\u{61C}'..='\u{61C}',
    // Hangul fillers.
    '\u{115F}'..='\u{1160}',
    '\u{17B4}'..='\u{17B5}',
    '\u{180B}'..='\u{180F}',
    // Zero width, direction marks, embeddings, isolates, invisible operators.
    '\u{200B}'..='\u{200F}',
    '\u{2028}'..='\u{202E}',
    '\u{2060}'..='\u{206F}',
    // The empty pattern of braille.
    '\u{2800}'..='\u{2800}',
    '\u{3164}'..='\u{3164}',
    // Variation selectors.
    '\u{FE00}'..='\u{FE0F}',
    '\u{FEFF}'..='\u{FEFF}',
    '\u{FFA0}'..='\u{FFA0}',
    '\u{FFF0}'..='\u{FFFB}',
    '\u{1BCA0}'..='\u{1BCA3}',
    '\u{1D173}'..='\u{1D17A}',
    // Tags, and more variation selectors.
    '\u{E0000}'..='\u{E0FFF}',
];

/// Marks that are drawn on the character before them.
const MARKS: &[RangeInclusive<char>] = &[
    '\u{300}'..='\u{36F}',
    '\u{483}'..='\u{489}',
    '\u{591}'..='\u{5BD}',
    '\u{610}'..='\u{61A}',
    '\u{64B}'..='\u{65F}',
    '\u{1AB0}'..='\u{1AFF}',
    '\u{1DC0}'..='\u{1DFF}',
    '\u{20D0}'..='\u{20FF}',
    '\u{FE20}'..='\u{FE2F}',
];

/// Invisible characters that change how their neighbours are drawn, which some scripts and most emoji need.
const JOINERS: &[RangeInclusive<char>] = &[
    '\u{180B}'..='\u{180D}',
    '\u{200C}'..='\u{200D}',
    '\u{FE00}'..='\u{FE0F}',
    '\u{E0020}'..='\u{E007F}',
    '\u{E0100}'..='\u{E01EF}',
];

/// So many marks on one character are writing; more are drawn over the lines above and below.
const MARKS_MAX: usize = 4;

fn is_in(table: &[RangeInclusive<char>], char: char) -> bool {
    table.iter().any(|range| range.contains(&char))
}

/// Whether nothing is seen of `char` by itself.
pub fn is_invisible(char: char) -> bool {
    char.is_whitespace() || char.is_control() || is_in(INVISIBLE, char) || is_in(MARKS, char)
}

/// Whether `char` is there without being seen, beside white space: what no login may have.
pub fn is_hidden(char: char) -> bool {
    char.is_control() || is_in(INVISIBLE, char)
}

/// Whether a reader sees nothing of it: it is empty, or made of invisible characters alone. Whoever shows a name shows
/// that there is none instead.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(is_invisible)
}

/// A name as it is kept: without characters that change directions, break lines or show nothing, with single spaces, and empty
/// if there is nothing to see.
pub fn clean(text: &str) -> String {
    if is_blank(text) {
        return String::new();
    }
    let (mut name, mut marks, mut is_apart) = (String::with_capacity(text.len()), 0, false);
    for char in text.chars() {
        if char.is_whitespace() || char.is_control() {
            is_apart = !name.is_empty();
            continue;
        }
        let (is_mark, is_joiner) = (is_in(MARKS, char), is_in(JOINERS, char));
        marks = if is_mark { marks + 1 } else { 0 };
        let is_dropped = if is_mark || is_joiner {
            // On nothing, or on a space.
            marks > MARKS_MAX || name.is_empty() || is_apart
        } else {
            is_in(INVISIBLE, char)
        };
        if is_dropped {
            continue;
        }
        if is_apart {
            name.push(' ');
            is_apart = false;
        }
        name.push(char);
    }
    // What joins needs somebody on the other side.
    name.truncate(name.trim_end_matches(['\u{200C}', '\u{200D}']).len());
    name
}

/// A text for where its direction cannot be kept to itself, such as the title of a notification: without the characters that
/// would turn what comes after them, as `photo<U+202E>gpj.exe` does.
pub fn without_directions(text: &str) -> String {
    let turns =
        |char| matches!(char, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|char| !turns(*char)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_shows_nothing_is_blank() {
        for blank in [
            "",
            " \t\u{3000}\u{A0}",
            "\u{200B}\u{200C}\u{200D}\u{2060}\u{FEFF}",
            "\u{202E}\u{2066}\u{200F}",
            "\u{3164}\u{115F}\u{1160}\u{FFA0}",
            "\u{2800}",
            "\u{301}\u{20DD}",
            "\u{AD}\u{34F}\u{FE0F}\u{E0061}",
            "\0\u{1B}\u{85}\u{2028}",
        ] {
            assert!(is_blank(blank), "{blank:?}");
            assert_eq!(clean(blank), "", "{blank:?}");
        }
        for seen in ["a", "王", "\u{200B}.", "👋", "ก็", "\u{FFFD}", "e\u{301}"] {
            assert!(!is_blank(seen), "{seen:?}");
        }
    }

    #[test]
    fn names_of_all_scripts_are_kept() {
        for name in [
            "Anna Müller",
            "e\u{301}va",
            "王小明",
            "Nguyễn Văn Ánh",
            "مریم\u{200C}بانو",
            "क्\u{200D}ष",
            "👩‍👩‍👧 family",
            "❤\u{FE0F}",
            "🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
            "שָׁלוֹם",
        ] {
            assert_eq!(clean(name), name);
        }
    }

    #[test]
    fn what_turns_breaks_or_hides_is_taken_out() {
        assert_eq!(clean("  Anna \r\n\t Müller\u{2029}"), "Anna Müller");
        assert_eq!(clean("photo\u{202E}gpj.exe"), "photogpj.exe");
        assert_eq!(clean("\u{2066}ad\u{200B}min\u{2069}\u{200F}"), "admin");
        assert_eq!(clean("admin\u{200D}"), "admin");
        assert_eq!(clean("\u{301}a \u{301}b"), "a b");
        assert_eq!(
            clean(&format!("z{}a", "\u{36F}".repeat(40))),
            format!("z{}a", "\u{36F}".repeat(MARKS_MAX))
        );
        assert_eq!(clean("a\0b"), "a b");
    }

    #[test]
    fn cleaning_twice_is_cleaning_once() {
        for text in [
            "\u{200D}\u{301}a\u{200D} \u{301}\u{200D}b\u{200C}\u{200D}",
            " a \u{202E} \u{200B} b ",
        ] {
            assert_eq!(clean(&clean(text)), clean(text), "{text:?}");
        }
    }

    #[test]
    fn a_text_without_directions_reads_as_it_is() {
        assert_eq!(without_directions("photo\u{202E}gpj.exe"), "photogpj.exe");
        assert_eq!(without_directions("שלום\n👩‍👧"), "שלום\n👩‍👧");
    }
}
