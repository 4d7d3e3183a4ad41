//! What keeps a member from serving guests, said while it can still be mended.

use app::i18n::{Locale, td_string};
use domain::Rule;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lack {
    /// No auth group at all: they may do nothing.
    AuthGroup,
    /// Seats and a member group, but no right to serve.
    Right,
    Seats,
    MemberGroup,
}

impl Lack {
    /// What is lacking. `rules` are those of the chosen auth groups; `None` if they are not known.
    ///
    /// Who is not meant to serve lacks nothing: an accountant has rules, but neither seats nor a member group.
    pub(super) fn of(rules: Option<&[Rule]>, seats: i32, groups: usize) -> Option<Self> {
        let may_serve = rules.is_none_or(|rules| rules.contains(&Rule::ConversationServe));
        match (seats > 0, groups > 0) {
            _ if rules.is_some_and(<[Rule]>::is_empty) => Some(Self::AuthGroup),
            (true, true) if !may_serve => Some(Self::Right),
            (false, true) if may_serve => Some(Self::Seats),
            (true, false) if may_serve => Some(Self::MemberGroup),
            _ => None,
        }
    }

    pub(super) fn words(self, t: Locale) -> &'static str {
        match self {
            Self::AuthGroup => td_string!(t, admin.lacks_auth_group),
            Self::Right => td_string!(t, admin.lacks_right),
            Self::Seats => td_string!(t, admin.lacks_seats),
            Self::MemberGroup => td_string!(t, admin.lacks_member_group),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVE: &[Rule] = &[Rule::ConversationServe];

    #[test]
    fn an_agent_needs_a_right_a_seat_and_a_group() {
        assert_eq!(Lack::of(Some(SERVE), 3, 1), None);
        assert_eq!(Lack::of(Some(SERVE), 0, 1), Some(Lack::Seats));
        assert_eq!(Lack::of(Some(SERVE), 3, 0), Some(Lack::MemberGroup));
        assert_eq!(Lack::of(Some(&[Rule::SiteEdit]), 3, 1), Some(Lack::Right));
        assert_eq!(Lack::of(Some(&[]), 3, 1), Some(Lack::AuthGroup));
    }

    #[test]
    fn who_does_not_serve_lacks_nothing() {
        assert_eq!(Lack::of(Some(&[Rule::SiteEdit]), 0, 0), None);
        assert_eq!(Lack::of(Some(SERVE), 0, 0), None, "an administrator who serves nobody");
    }

    #[test]
    fn rights_that_are_not_known_are_not_doubted() {
        assert_eq!(Lack::of(None, 3, 1), None);
        assert_eq!(Lack::of(None, 0, 1), Some(Lack::Seats));
    }
}
