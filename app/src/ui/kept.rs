//! What a member keeps in this browser. Computers are shared: each member finds what is theirs, and sees nothing of what
//! others keep. What belongs to the computer (theme, language) is kept by [`super::browser`] alone.

use super::browser;
use super::session::use_me;
use domain::MemberId;

/// The keeping of one member.
#[derive(Clone, Copy, Debug)]
pub struct Kept(MemberId);

/// That of the member who is logged in, inside of what only they see.
pub fn use_kept() -> Kept {
    Kept(use_me().id)
}

impl Kept {
    fn key(self, name: &str) -> String {
        format!("seatline.{}.{name}", self.0)
    }

    pub fn get(self, name: &str) -> Option<String> {
        browser::stored(&self.key(name))
    }

    /// Keeps `value` on this computer; an empty one is forgotten.
    pub fn put(self, name: &str, value: &str) {
        browser::store(&self.key(name), value);
    }

    pub fn get_in_tab(self, name: &str) -> Option<String> {
        browser::stored_in_tab(&self.key(name))
    }

    /// Keeps `value` in this tab, over a reload; an empty one is forgotten.
    pub fn put_in_tab(self, name: &str, value: &str) {
        browser::store_in_tab(&self.key(name), value);
    }
}
