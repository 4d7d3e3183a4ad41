//! The one place that makes secrets, all from the operating system's generator.
//!
//! Without randomness there is no safe way to go on: if the system has none to give, these functions panic.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::rngs::OsRng;
use rand::seq::IndexedRandom as _;
use rand::{RngCore as _, TryRngCore as _};

/// What is hard to mistake for something else when read aloud or copied by hand: no `0 o 1 l i`.
const READABLE: &[u8; 31] = b"23456789abcdefghjkmnpqrstuvwxyz";

pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    OsRng.unwrap_err().fill_bytes(&mut bytes);
    bytes
}

/// A secret for machines to hold: 32 bytes, URL-safe base64.
pub fn token() -> String {
    URL_SAFE_NO_PAD.encode(bytes::<32>())
}

/// A password for a person to copy: 20 characters in four groups, 99 bits.
pub fn password() -> String {
    let groups: Vec<String> = (0..4).map(|_| readable(5)).collect();
    groups.join("-")
}

/// A public name that is not to be guessed by counting, such as a site's key: 12 characters.
pub fn key() -> String {
    readable(12)
}

fn readable(length: usize) -> String {
    let mut rng = OsRng.unwrap_err();
    (0..length)
        .filter_map(|_| READABLE.choose(&mut rng))
        .map(|byte| char::from(*byte))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_long_readable_and_never_the_same() {
        let (one, other) = (password(), password());
        assert_eq!(one.len(), 23);
        assert!(one.bytes().all(|byte| byte == b'-' || READABLE.contains(&byte)));
        assert_ne!(one, other);
    }
}
