//! Who it is, as a letter on a colour of their own.

use leptos::prelude::*;

/// The first character of `name` on a colour made from `seed`, so that two anonymous guests differ.
#[component]
pub fn Avatar(#[prop(into)] name: String, #[prop(into)] seed: String) -> impl IntoView {
    let letter = name
        .chars()
        .find(|letter| letter.is_alphanumeric())
        .map_or_else(|| "·".to_owned(), |letter| letter.to_uppercase().to_string());
    view! {
        <span class="avatar-letter" style=format!("--hue: {}", hue(&seed)) aria-hidden="true">
            {letter}
        </span>
    }
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
}
