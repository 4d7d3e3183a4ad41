//! Argon2id in one buffer that is kept: a hash needs 19 MiB, and an allocator that is asked for them by every log-in
//! spreads them over its arenas and never gives them back.
//!
//! Invariant: synchronous, and one hash at a time; `password` decides who waits, and where.

use argon2::password_hash::{Error, Ident, Output, ParamsString, PasswordHash, SaltString};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use std::sync::{Mutex, PoisonError};

const ALGORITHM: Algorithm = Algorithm::Argon2id;
const VERSION: Version = Version::V0x13;

pub(super) struct Argon2id {
    /// Of new hashes; one that is verified says its own.
    params: Params,
    /// Allocated by the first hash. Held for as long as one takes, by a thread that may block.
    memory: Mutex<Vec<Block>>,
}

impl std::fmt::Debug for Argon2id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Argon2id")
            .field("params", &self.params)
            .finish_non_exhaustive()
    }
}

impl Argon2id {
    pub(super) const fn new(params: Params) -> Self {
        Self {
            params,
            memory: Mutex::new(Vec::new()),
        }
    }

    /// The hash of `password` with a new salt, in PHC string format.
    pub(super) fn hash(&self, password: &str) -> Result<String, Error> {
        let salt = SaltString::encode_b64(&crate::random::bytes::<16>())?;
        let output = self.compute(self.params.clone(), &salt, password, Params::DEFAULT_OUTPUT_LEN)?;
        phc(&self.params, &salt, output)
    }

    /// Whether `password` is the one that `hash` was made of. Takes as long as that did.
    pub(super) fn verify(&self, password: &str, hash: &str) -> Result<bool, Error> {
        let hash = PasswordHash::new(hash)?;
        if hash.algorithm != ALGORITHM.ident() || hash.version.is_some_and(|version| version != u32::from(VERSION)) {
            return Err(Error::Algorithm);
        }
        let (Some(salt), Some(expected)) = (hash.salt, hash.hash) else {
            return Err(Error::PhcStringField);
        };
        let salt = SaltString::from_b64(salt.as_str())?;
        let output = self.compute(Params::try_from(&hash)?, &salt, password, expected.len())?;
        // In constant time.
        Ok(output == expected)
    }

    /// A hash that no password has, and that takes as long to verify as any other.
    pub(super) fn unmatched(&self) -> Result<String, Error> {
        let salt = SaltString::encode_b64(&crate::random::bytes::<16>())?;
        let output = Output::new(&crate::random::bytes::<{ Params::DEFAULT_OUTPUT_LEN }>())?;
        phc(&self.params, &salt, output)
    }

    fn compute(&self, params: Params, salt: &SaltString, password: &str, length: usize) -> Result<Output, Error> {
        let mut bytes = [0; 64];
        let salt = salt.decode_b64(&mut bytes)?;
        let blocks = params.block_count();
        let argon = Argon2::new(ALGORITHM, VERSION, params);
        // What a hash that panicked has left there is overwritten by the next.
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        if memory.len() < blocks {
            memory.resize(blocks, Block::default());
        }
        Output::init_with(length, |output| {
            argon
                .hash_password_into_with_memory(password.as_bytes(), salt, output, memory.as_mut_slice())
                .map_err(Error::from)
        })
    }
}

fn phc(params: &Params, salt: &SaltString, output: Output) -> Result<String, Error> {
    let hash = PasswordHash {
        algorithm: Ident::new(ALGORITHM.as_str())?,
        version: Some(VERSION.into()),
        params: ParamsString::try_from(params)?,
        salt: Some(salt.as_salt()),
        hash: Some(output),
    };
    Ok(hash.to_string())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails here should panic")]
    use super::*;
    use argon2::password_hash::PasswordHasher as _;

    fn cheap() -> Argon2id {
        Argon2id::new(Params::new(Params::MIN_M_COST, Params::MIN_T_COST, Params::MIN_P_COST, None).unwrap())
    }

    #[test]
    fn a_hash_is_the_one_that_the_library_makes() {
        let params = Params::new(64, 2, 1, None).unwrap();
        let salt = SaltString::encode_b64(b"sixteen bytes...").unwrap();
        let theirs = Argon2::new(ALGORITHM, VERSION, params.clone())
            .hash_password(b"correct horse", &salt)
            .unwrap()
            .to_string();
        // Over memory that has been used before, and is too small at first.
        let ours = cheap();
        assert!(
            ours.verify("correct horse", &ours.hash("correct horse").unwrap())
                .unwrap()
        );
        assert!(ours.verify("correct horse", &theirs).unwrap());
        assert!(!ours.verify("battery staple", &theirs).unwrap());
        let ours = Argon2id::new(params);
        let output = ours.compute(ours.params.clone(), &salt, "correct horse", 32).unwrap();
        assert_eq!(phc(&ours.params, &salt, output).unwrap(), theirs);
    }

    #[test]
    fn no_password_fits_the_hash_that_none_was_made_of() {
        let argon = cheap();
        assert!(!argon.verify("", &argon.unmatched().unwrap()).unwrap());
        assert_ne!(argon.unmatched().unwrap(), argon.unmatched().unwrap());
    }

    #[test]
    fn what_is_no_hash_of_ours_is_an_error() {
        let argon = cheap();
        for hash in [
            "",
            "secret",
            "$argon2id$v=19$m=8,t=1,p=1",
            "$argon2i$v=19$m=8,t=1,p=1$c2l4dGVlbiBieXRlcw$AAAAAAAAAAAAAAAAAAAAAA",
            "$argon2id$v=16$m=8,t=1,p=1$c2l4dGVlbiBieXRlcw$AAAAAAAAAAAAAAAAAAAAAA",
        ] {
            assert!(argon.verify("secret", hash).is_err(), "{hash}");
        }
    }
}
