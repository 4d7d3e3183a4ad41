//! The guest token: who a visitor is, signed, kept by the page itself and renewed at every welcome.
//!
//! `1.` + base64url(guest id, 16 bytes; site id, 8; issued at, 8) + `.` + base64url(HMAC-SHA256 over all before it).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{GuestId, SiteId, Timestamp};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use uuid::Uuid;

/// A guest who does not come back for this long is a new guest: 180 days.
pub const LIFETIME_MS: i64 = 180 * 24 * 3_600 * 1_000;

const VERSION: &str = "1";

/// Signs and reads guest tokens with one secret.
#[derive(Clone)]
pub(crate) struct TokenKey([u8; 32]);

impl std::fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenKey(…)")
    }
}

impl TokenKey {
    pub(crate) const fn new(secret: [u8; 32]) -> Self {
        Self(secret)
    }

    fn mac(&self, signed: &str) -> Option<Hmac<Sha256>> {
        // HMAC takes keys of any length; the error is never made.
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        mac.update(signed.as_bytes());
        Some(mac)
    }

    pub(crate) fn sign(&self, guest: GuestId, site: SiteId, now: Timestamp) -> String {
        let mut payload = Vec::with_capacity(32);
        payload.extend_from_slice(guest.0.as_bytes());
        payload.extend_from_slice(&site.0.to_be_bytes());
        payload.extend_from_slice(&now.0.to_be_bytes());
        let signed = format!("{VERSION}.{}", URL_SAFE_NO_PAD.encode(payload));
        let mac = self
            .mac(&signed)
            .map(|mac| mac.finalize().into_bytes())
            .unwrap_or_default();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac))
    }

    /// The guest a token was signed for, if it is good for `site` now. Compared in constant time.
    pub(crate) fn verify(&self, token: &str, site: SiteId, now: Timestamp) -> Option<GuestId> {
        let (signed, mac) = token.rsplit_once('.')?;
        let mac = URL_SAFE_NO_PAD.decode(mac).ok()?;
        self.mac(signed)?.verify_slice(&mac).ok()?;
        let payload = URL_SAFE_NO_PAD
            .decode(signed.strip_prefix(VERSION)?.strip_prefix('.')?)
            .ok()?;
        let guest: [u8; 16] = payload.get(..16)?.try_into().ok()?;
        let for_site = i64::from_be_bytes(payload.get(16..24)?.try_into().ok()?);
        let issued = i64::from_be_bytes(payload.get(24..)?.try_into().ok()?);
        let fresh = now.ms_since(Timestamp(issued)) < LIFETIME_MS;
        (for_site == site.0 && fresh).then_some(GuestId(Uuid::from_bytes(guest)))
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        reason = "a test that fails here should panic"
    )]
    use super::*;
    use proptest::prelude::*;

    const NOW: Timestamp = Timestamp(1_800_000_000_000);
    const SITE: SiteId = SiteId(7);

    fn key() -> TokenKey {
        TokenKey::new([9; 32])
    }

    fn guest() -> GuestId {
        GuestId(Uuid::from_u128(42))
    }

    #[test]
    fn a_token_names_its_guest_at_its_site_while_it_lasts() {
        let token = key().sign(guest(), SITE, NOW);
        assert_eq!(key().verify(&token, SITE, NOW), Some(guest()));
        assert_eq!(key().verify(&token, SiteId(8), NOW), None);
        assert_eq!(key().verify(&token, SITE, NOW.plus_ms(LIFETIME_MS)), None);
        assert_eq!(TokenKey::new([8; 32]).verify(&token, SITE, NOW), None);
    }

    #[test]
    fn no_changed_byte_goes_unnoticed() {
        let token = key().sign(guest(), SITE, NOW);
        for index in 0..token.len() {
            let mut bytes = token.clone().into_bytes();
            if let Some(byte) = bytes.get_mut(index) {
                *byte = if *byte == b'A' { b'B' } else { b'A' };
            }
            let changed = String::from_utf8(bytes).unwrap_or_default();
            assert_eq!(key().verify(&changed, SITE, NOW), None, "byte {index}");
        }
        for junk in ["", ".", "1..", "1.AAAA.AAAA", "2.", "☃.☃"] {
            assert_eq!(key().verify(junk, SITE, NOW), None);
        }
    }

    #[test]
    fn what_is_signed_with_our_key_but_is_no_guest_token_is_none() {
        // A payload that is too short, too long, or of another version, with a signature that is right.
        for signed in [
            "1.",
            "1.AAAA",
            "2.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "AAAA",
            "",
        ] {
            let mac = URL_SAFE_NO_PAD.encode(key().mac(signed).unwrap().finalize().into_bytes());
            assert_eq!(key().verify(&format!("{signed}.{mac}"), SITE, NOW), None, "{signed}");
        }
        let long = format!("1.{}", URL_SAFE_NO_PAD.encode([0; 33]));
        let mac = URL_SAFE_NO_PAD.encode(key().mac(&long).unwrap().finalize().into_bytes());
        assert_eq!(key().verify(&format!("{long}.{mac}"), SITE, NOW), None);
    }

    proptest! {
        #[test]
        fn nothing_that_we_did_not_sign_is_a_token(text in prop_oneof![
            ".{0,200}",
            "1\\.[A-Za-z0-9_-]{0,60}\\.[A-Za-z0-9_-]{0,60}",
            "[12]?(\\.[A-Za-z0-9_=+/-]{0,50}){0,4}",
        ]) {
            prop_assert_eq!(key().verify(&text, SITE, NOW), None);
        }

        #[test]
        fn a_token_with_any_character_changed_added_or_taken_away_is_none(
            guest in any::<u128>(),
            at in any::<prop::sample::Index>(),
            char in any::<char>(),
            change in 0..3,
        ) {
            let token = key().sign(GuestId(Uuid::from_u128(guest)), SITE, NOW);
            let mut chars: Vec<char> = token.chars().collect();
            let at = at.index(chars.len());
            match change {
                0 => chars[at] = char,
                1 => chars.insert(at, char),
                _ => drop(chars.remove(at)),
            }
            let changed: String = chars.into_iter().collect();
            prop_assume!(changed != token);
            prop_assert_eq!(key().verify(&changed, SITE, NOW), None);
        }

        #[test]
        fn a_token_is_good_at_its_site_for_its_time_and_no_longer(
            site in any::<i64>(), other in any::<i64>(), issued in any::<i64>(), now in any::<i64>()
        ) {
            let token = key().sign(guest(), SiteId(site), Timestamp(issued));
            let fresh = now.saturating_sub(issued) < LIFETIME_MS;
            let read = key().verify(&token, SiteId(site), Timestamp(now));
            prop_assert_eq!(read, fresh.then_some(guest()));
            prop_assume!(other != site);
            prop_assert_eq!(key().verify(&token, SiteId(other), Timestamp(now)), None);
        }
    }
}
