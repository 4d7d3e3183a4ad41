//! All chance, from one seed.
//!
//! A generator of our own (`SplitMix64`, <https://prng.di.unimi.it/splitmix64.c>), so that a seed means the same run in
//! every version of every library. Not for secrets.

use std::time::Duration;
use uuid::Uuid;

#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Dice of its own for a part of the run, which falls the same however often the others are thrown.
    #[must_use]
    pub fn part(&self, number: u64) -> Self {
        let mut part = Self(self.0 ^ number.wrapping_mul(0xd134_2543_de82_ef95));
        part.next();
        part
    }

    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to `end`, which is not reached; 0 if `end` is 0. (The bias of the remainder is beyond notice here.)
    pub const fn below(&mut self, end: u64) -> u64 {
        match self.next().checked_rem(end) {
            Some(thrown) => thrown,
            None => 0,
        }
    }

    /// True `percent` times of a hundred.
    pub const fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// Between the two, the second not reached.
    pub fn between(&mut self, least: Duration, most: Duration) -> Duration {
        let span = u64::try_from(most.saturating_sub(least).as_micros()).unwrap_or(u64::MAX);
        least + Duration::from_micros(self.below(span))
    }

    /// One of them.
    pub fn pick<'a, T>(&mut self, among: &'a [T]) -> Option<&'a T> {
        let index = self.below(u64::try_from(among.len()).unwrap_or(u64::MAX));
        among.get(usize::try_from(index).unwrap_or_default())
    }

    /// A random UUID, as clients make them for their messages.
    pub fn uuid(&mut self) -> Uuid {
        let bits = (u128::from(self.next()) << 64) | u128::from(self.next());
        uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_means_the_same_for_ever() {
        // The first numbers of the reference implementation for this seed.
        let mut dice = Dice::new(1_234_567);
        assert_eq!(
            [dice.next(), dice.next(), dice.next()],
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
    }

    #[test]
    fn parts_fall_apart_from_each_other() {
        let whole = Dice::new(7);
        assert_eq!(whole.part(1).next(), whole.part(1).next());
        assert_ne!(whole.part(1).next(), whole.part(2).next());
        let mut dice = whole.part(3);
        assert!((0..1_000).all(|_| dice.below(3) < 3));
        assert_eq!(dice.below(0), 0);
        assert_eq!(dice.uuid().get_version_num(), 4);
    }
}
