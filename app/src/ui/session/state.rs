//! What is known of the session, and how that changes: pure.

use crate::api::{ApiError, ErrorCode};
use domain::member::Me;

/// What is known of the session.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// The server has been asked.
    Checking,
    /// The server cannot be asked.
    Failed(ApiError),
    LoggedOut,
    LoggedIn(Me),
    /// The session of this member is over, and what they had on screen is still there.
    Ended(Me),
}

/// What can happen to it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Happening {
    /// The server was asked who is logged in.
    Answered(Result<Me, ApiError>),
    /// The server has refused something because nobody is logged in.
    Refused,
    /// The member has logged out.
    LoggedOut,
    /// The server is asked once more after it could not be asked.
    AskedAgain,
}

impl State {
    pub(super) fn after(self, happening: Happening) -> Self {
        match (self, happening) {
            (_, Happening::Answered(Ok(me))) => Self::LoggedIn(me),
            (Self::LoggedIn(me) | Self::Ended(me), Happening::Answered(Err(error))) if is_over(&error) => {
                Self::Ended(me)
            }
            (_, Happening::Answered(Err(error))) if is_over(&error) => Self::LoggedOut,
            (Self::Checking | Self::Failed(_), Happening::Answered(Err(error))) => Self::Failed(error),
            (Self::LoggedIn(me), Happening::Refused) => Self::Ended(me),
            (_, Happening::LoggedOut) => Self::LoggedOut,
            (Self::Failed(_), Happening::AskedAgain) => Self::Checking,
            // Who is logged in stays so until the server says otherwise.
            (state, Happening::Answered(Err(_)) | Happening::Refused | Happening::AskedAgain) => state,
        }
    }

    /// Whose work is on screen.
    pub fn member(&self) -> Option<&Me> {
        match self {
            Self::LoggedIn(me) | Self::Ended(me) => Some(me),
            Self::Checking | Self::Failed(_) | Self::LoggedOut => None,
        }
    }
}

/// Whether the error says that nobody is logged in.
pub(super) fn is_over(error: &ApiError) -> bool {
    error.code == ErrorCode::Unauthorized
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::MemberId;

    fn me(id: i64) -> Me {
        Me {
            id: MemberId(id),
            login: format!("member{id}"),
            name: String::new(),
            rules: Vec::new(),
        }
    }

    fn over() -> Happening {
        Happening::Answered(Err(ApiError::unauthorized()))
    }

    fn unreachable() -> ApiError {
        ApiError::new(ErrorCode::Unreachable, "no answer")
    }

    #[test]
    fn a_fresh_visit_leads_in_or_to_the_log_in() {
        assert_eq!(
            State::Checking.after(Happening::Answered(Ok(me(1)))),
            State::LoggedIn(me(1))
        );
        assert_eq!(State::Checking.after(over()), State::LoggedOut);
        let failed = State::Checking.after(Happening::Answered(Err(unreachable())));
        assert_eq!(failed, State::Failed(unreachable()));
        assert_eq!(failed.after(Happening::AskedAgain), State::Checking);
    }

    #[test]
    fn an_end_keeps_what_is_on_screen_however_it_is_noticed() {
        for happening in [over(), Happening::Refused] {
            let ended = State::LoggedIn(me(1)).after(happening.clone());
            assert_eq!(ended, State::Ended(me(1)));
            assert_eq!(ended.after(happening), State::Ended(me(1)));
        }
        assert_eq!(State::LoggedOut.after(Happening::Refused), State::LoggedOut);
    }

    #[test]
    fn whoever_logs_in_next_is_told_apart_by_who_they_are() {
        let ended = State::Ended(me(1));
        let same = ended.clone().after(Happening::Answered(Ok(me(1))));
        assert_eq!(same.member(), ended.member());
        let other = ended.clone().after(Happening::Answered(Ok(me(2))));
        assert_ne!(other.member(), ended.member());
    }

    #[test]
    fn a_server_that_does_not_answer_changes_nothing_for_who_is_in() {
        for state in [State::LoggedIn(me(1)), State::Ended(me(1)), State::LoggedOut] {
            assert_eq!(state.clone().after(Happening::Answered(Err(unreachable()))), state);
        }
    }

    #[test]
    fn logging_out_leaves_nothing_on_screen() {
        assert_eq!(State::LoggedIn(me(1)).after(Happening::LoggedOut), State::LoggedOut);
        assert_eq!(State::Ended(me(1)).after(Happening::LoggedOut).member(), None);
    }
}
