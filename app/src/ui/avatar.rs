//! Who it is, as a letter on a colour of their own; a person's outline for those without a name.

use super::Icon;
use super::letters::capital;
use leptos::prelude::*;

/// The first letter of `name` on a colour made from `seed`, so that two guests without a name differ.
#[component]
pub fn Avatar(#[prop(into)] name: String, #[prop(into)] seed: String) -> impl IntoView {
    let letter = letter(&name);
    // Drawn by the style: a letter in the text would be read as part of the name beside it.
    view! {
        <span
            class="avatar-letter"
            style=format!("--hue: {}", hue(&seed))
            data-letter=letter.map(String::from)
            aria-hidden="true"
        >
            {letter.is_none().then(|| Icon::UserRound.view())}
        </span>
    }
}

fn letter(name: &str) -> Option<char> {
    let first = name.chars().find(|letter| letter.is_alphanumeric())?;
    // `ß` and its like have no single capital.
    let capital = capital(first.encode_utf8(&mut [0; 4]));
    let mut letters = capital.chars();
    letters.next().filter(|_| letters.next().is_none()).or(Some(first))
}

/// A hue in degrees, the same for the same seed.
fn hue(seed: &str) -> u32 {
    // The golden angle sets neighbours, such as ids that count up, far apart.
    const GOLDEN_ANGLE: u32 = 137;
    let hash = seed
        .bytes()
        .fold(0u32, |hash, byte| hash.wrapping_mul(31).wrapping_add(u32::from(byte)));
    hash.wrapping_mul(GOLDEN_ANGLE) % 360
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_keeps_its_hue() {
        assert_eq!(hue("王女士"), hue("王女士"));
        assert!(hue("1").abs_diff(hue("2")) > 60, "neighbours differ in sight");
        assert!(hue("any seed whatsoever") < 360);
    }

    #[test]
    fn the_first_letter_stands_for_a_name_that_has_one() {
        assert_eq!(
            ["anna", " 王女士", "(é)", "ßa"].map(letter),
            ['A', '王', 'É', 'ß'].map(Some)
        );
        assert_eq!(["", "  ", "🙂"].map(letter), [None; 3]);
    }
}
