//! Which logins there may be: none that a reader takes for another one.
//!
//! Unicode's rules for identifiers (UTS 39): letters that exist twice are one (NFKC), scripts are mixed only as people do who
//! write in them (Han or kana with Latin, never Cyrillic or Greek with Latin), and none looks like one that is there already.
//! Logins of ASCII alone are never taken for one another, since `kam` and `karn` are both names.

use app::api::{ApiError, FieldProblem};
use domain::name::is_hidden;
use store::Store;
use unicode_normalization::UnicodeNormalization as _;
use unicode_security::{RestrictionLevel, RestrictionLevelDetection as _, skeleton};

/// What somebody typed, as logins are kept: without what cannot be seen, which comes along when it is pasted.
pub fn typed(login: &str) -> String {
    let seen: String = login.chars().filter(|char| !is_hidden(*char)).nfkc().collect();
    seen.trim().to_owned()
}

/// A new login as it is to be kept.
///
/// # Errors
/// It could be taken for another one, or the members cannot be read.
pub async fn accept(store: &Store, login: &str) -> Result<String, ApiError> {
    let login: String = login.nfkc().collect();
    let letters: String = login.chars().filter(|char| !char.is_ascii_punctuation()).collect();
    if !letters
        .as_str()
        .check_restriction_level(RestrictionLevel::HighlyRestrictive)
    {
        return Err(ApiError::field("login", FieldProblem::Confusable));
    }
    let members = store.members().await.map_err(super::store_failed)?;
    if members.iter().any(|member| looks_like(&login, &member.login)) {
        return Err(ApiError::field("login", FieldProblem::Confusable));
    }
    Ok(login)
}

/// Whether one is taken for the other, although it is not the same.
fn looks_like(login: &str, other: &str) -> bool {
    let (login, other) = (login.to_lowercase(), other.to_lowercase());
    if login == other || (login.is_ascii() && other.is_ascii()) {
        return false;
    }
    skeleton(&login).eq(skeleton(&other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_one_script(login: &str) -> bool {
        login.check_restriction_level(RestrictionLevel::HighlyRestrictive)
    }

    #[test]
    fn scripts_are_mixed_only_as_people_do() {
        for login in ["anna", "müller", "王小明", "客服a", "анна", "たなかa"] {
            assert!(is_one_script(login), "{login}");
        }
        // Cyrillic а; Greek ο.
        for login in ["\u{430}dmin", "r\u{3BF}\u{3BF}t", "admin👋"] {
            assert!(!is_one_script(login), "{login}");
        }
    }

    #[test]
    fn a_login_in_another_script_is_not_taken_for_one_that_is_there() {
        // асе in Cyrillic.
        assert!(looks_like("\u{430}\u{441}\u{435}", "ace"));
        assert!(looks_like("\u{430}\u{441}\u{435}", "Ace"));
        assert!(!looks_like("kam", "karn"));
        assert!(!looks_like("ace", "ACE"), "that is taken, and said so");
    }

    #[test]
    fn what_is_pasted_along_is_passed_over() {
        assert_eq!(typed(" admin\u{200B}\u{FEFF} "), "admin");
        assert_eq!(typed("\u{FF41}dmin"), "admin");
    }
}
