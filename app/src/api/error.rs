//! The one error shape of the API: a code, a message for people who read logs, and problems by field.
//!
//! Clients put `code` and `fields` into words in the reader's language; `message` is English and may change.

use super::json::JsonEncoding;
use super::origin::OriginProblem;
use domain::heard;
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};
use std::collections::BTreeMap;

/// Why a call failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct ApiError {
    pub code: ErrorCode,
    /// What went wrong, in English. Says nothing that the caller may not know.
    pub message: String,
    /// What is wrong with the input, by the name of the field; empty for other errors.
    #[serde(default, deserialize_with = "known_problems")]
    pub fields: BTreeMap<String, FieldProblem>,
    /// When it is worth trying again; with [`ErrorCode::Throttled`] only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<u32>,
    /// The thing as it is now; with [`ErrorCode::Conflict`] when a change was made from an older version of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<Box<Value>>,
    /// Where people reach the server, if that is known; with [`ErrorCode::WrongOrigin`] and
    /// [`ErrorCode::InsecureCookie`] only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_url: Option<String>,
}

/// The kinds of failure. Each has one HTTP status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The body is not the JSON that the function takes.
    Malformed,
    /// Nobody is logged in, the session is over, or login and password do not fit.
    Unauthorized,
    /// The caller lacks the rule, or may not see this very thing.
    Forbidden,
    /// There is no such function, or no such thing.
    NotFound,
    /// Functions are called with POST.
    MethodNotAllowed,
    /// The thing has changed in the meantime, or cannot be changed that way.
    Conflict,
    /// The body is longer than the server accepts.
    TooLarge,
    /// The body is not said to be `application/json`.
    UnsupportedMediaType,
    /// `fields` says which.
    InvalidInput,
    /// Too many attempts; `retry_after_s` says when to try again.
    Throttled,
    /// The server is starting, stopping, or has lost its database.
    Unavailable,
    /// The page that calls is not one of the server's own, as far as it can tell. Behind a proxy that changes `Host` its
    /// own pages look like this, too.
    WrongOrigin,
    /// The page that would log in is not encrypted, and the cookie is for encrypted connections only: browsers drop it.
    InsecureCookie,
    /// A WebSocket's request came without its `Upgrade`: a proxy has taken it off.
    UpgradeMissing,
    /// Made up by the client when no answer came; the server never sends it.
    Unreachable,
    /// Made up by the client when the answer is none of the server's: a proxy's own page, or a network's log-in.
    ForeignAnswer,
    /// Made up by the client when a log-in was good and the browser did not keep the session's cookie.
    CookieLost,
    /// A fault of the server, which is in its log. To a client also what a later server calls by a name it does not know.
    #[serde(other)]
    Internal,
}

impl ErrorCode {
    /// The HTTP status it is sent with.
    pub const fn status(self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::Unauthorized => 401,
            Self::Forbidden | Self::WrongOrigin | Self::InsecureCookie => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::Conflict => 409,
            Self::TooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::InvalidInput => 422,
            Self::UpgradeMissing => 426,
            Self::Throttled => 429,
            Self::Internal => 500,
            // The last three are never sent.
            Self::Unavailable | Self::Unreachable | Self::ForeignAnswer | Self::CookieLost => 503,
        }
    }
}

/// The problems of the fields; one that a later server has a new name for is [`FieldProblem::Invalid`].
fn known_problems<'de, D: Deserializer<'de>>(fields: D) -> Result<BTreeMap<String, FieldProblem>, D::Error> {
    let fields = BTreeMap::<String, Value>::deserialize(fields)?;
    let known = |problem| heard::read_value(&problem).unwrap_or(FieldProblem::Invalid);
    Ok(fields
        .into_iter()
        .map(|(field, problem)| (field, known(problem)))
        .collect())
}

/// What is wrong with one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldProblem {
    Required,
    TooShort,
    TooLong,
    /// Somebody or something else has it.
    Taken,
    OutOfRange,
    /// Names something that does not exist.
    Unknown,
    /// Not of the form it must have.
    Invalid,
    /// Has characters that cannot be seen.
    Hidden,
    /// Looks like another one, or mixes scripts so that it could.
    Confusable,
    /// No origin, and why; on the wire a word like the others, such as `origin_null`.
    #[serde(untagged)]
    Origin(OriginProblem),
}

impl<'de> Deserialize<'de> for FieldProblem {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let word = Value::deserialize(from)?;
        Ok(match word.as_str() {
            Some("required") => Self::Required,
            Some("too_short") => Self::TooShort,
            Some("too_long") => Self::TooLong,
            Some("taken") => Self::Taken,
            Some("out_of_range") => Self::OutOfRange,
            Some("unknown") => Self::Unknown,
            Some("invalid") => Self::Invalid,
            Some("hidden") => Self::Hidden,
            Some("confusable") => Self::Confusable,
            _ => Self::Origin(heard::read_value(&word).ok_or_else(|| D::Error::custom("no problem of a field"))?),
        })
    }
}

impl ApiError {
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            fields: BTreeMap::new(),
            retry_after_s: None,
            current: None,
            public_url: None,
        }
    }

    /// The thing as it is now, if the error says so.
    pub fn current_as<T: DeserializeOwned>(&self) -> Option<T> {
        self.current.as_deref().and_then(heard::read_value)
    }

    /// The change was made from a version that is no longer the newest.
    pub fn outdated(current: impl Serialize) -> Self {
        Self {
            current: serde_json::to_value(current).ok().map(Box::new),
            ..Self::new(
                ErrorCode::Conflict,
                "it has been changed meanwhile; `current` is how it is now",
            )
        }
    }

    /// Nobody is logged in, or the session is over.
    pub fn unauthorized() -> Self {
        Self::new(ErrorCode::Unauthorized, "log in first")
    }

    /// Login and password do not fit: the same words whether or not the login exists.
    pub fn wrong_login() -> Self {
        Self::new(ErrorCode::Unauthorized, "login and password do not fit")
    }

    pub fn forbidden() -> Self {
        Self::new(ErrorCode::Forbidden, "this needs a rule that you do not have")
    }

    /// The page is not one of ours; `public_url` is where ours are, if that is known.
    pub fn wrong_origin(public_url: Option<&str>) -> Self {
        Self {
            public_url: public_url.map(str::to_owned),
            ..Self::new(
                ErrorCode::WrongOrigin,
                "the page's origin is not the server's: it is another site's page, or a proxy changes the Host header",
            )
        }
    }

    /// A log-in from a page that is not encrypted; encrypted ones are at `public_url`.
    pub fn insecure_cookie(public_url: &str) -> Self {
        Self {
            public_url: Some(public_url.to_owned()),
            ..Self::new(
                ErrorCode::InsecureCookie,
                "browsers keep the session's cookie on encrypted connections only, and this page is not encrypted",
            )
        }
    }

    pub fn upgrade_missing() -> Self {
        Self::new(
            ErrorCode::UpgradeMissing,
            "this is a WebSocket, and the request came without `Upgrade: websocket`: a proxy has taken it off",
        )
    }

    /// `what` is the word for the thing, such as `"member"`.
    pub fn not_found(what: &str) -> Self {
        Self::new(ErrorCode::NotFound, format!("there is no such {what}"))
    }

    pub fn throttled(retry_after_s: u32) -> Self {
        Self {
            retry_after_s: Some(retry_after_s),
            ..Self::new(ErrorCode::Throttled, "too many attempts; wait before you try again")
        }
    }

    /// A fault of the server. The cause belongs in the log and not in here.
    pub fn internal() -> Self {
        Self::new(ErrorCode::Internal, "something went wrong on the server")
    }

    pub fn unavailable() -> Self {
        Self::new(ErrorCode::Unavailable, "the server cannot answer right now")
    }

    /// One field is wrong.
    pub fn field(name: &str, problem: FieldProblem) -> Self {
        Self::fields(BTreeMap::from([(name.to_owned(), problem)]))
    }

    /// Several fields are wrong.
    pub fn fields(fields: BTreeMap<String, FieldProblem>) -> Self {
        Self {
            fields,
            ..Self::new(ErrorCode::InvalidInput, "some fields are not right")
        }
    }
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    /// What the machinery itself reports. On the server only a body that does not decode is the caller's doing; on the
    /// client an answer that does not decode is not the server's, and whatever else prevented one is the same to the reader.
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            error @ ServerFnErrorErr::Deserialization(_) if cfg!(not(feature = "ssr")) => {
                Self::new(ErrorCode::ForeignAnswer, error.to_string())
            }
            error if cfg!(not(feature = "ssr")) => Self::new(ErrorCode::Unreachable, error.to_string()),
            ServerFnErrorErr::Deserialization(why)
            | ServerFnErrorErr::Args(why)
            | ServerFnErrorErr::MissingArg(why) => Self::new(
                ErrorCode::Malformed,
                format!("the body is not what this function takes: {why}"),
            ),
            _ => Self::internal(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails here should panic")]
    use super::*;

    #[test]
    fn an_error_survives_the_wire_in_snake_case() {
        let error = ApiError::field("login", FieldProblem::TooShort);
        let wire = serde_json::to_value(&error).unwrap();
        assert_eq!(
            wire,
            serde_json::json!({"code": "invalid_input", "message": "some fields are not right", "fields": {"login": "too_short"}})
        );
        assert_eq!(ApiError::de(error.ser()), error);
        let error = ApiError::field("allowed_origins.0", FieldProblem::Origin(OriginProblem::WildcardTop));
        let wire = serde_json::to_value(&error).unwrap();
        let fields = serde_json::json!({"allowed_origins.0": "origin_wildcard_top"});
        assert_eq!(wire.get("fields"), Some(&fields));
        assert_eq!(ApiError::de(error.ser()), error);
    }

    #[test]
    fn every_problem_is_read_as_it_is_written() {
        let problems = [
            FieldProblem::Required,
            FieldProblem::TooShort,
            FieldProblem::TooLong,
            FieldProblem::Taken,
            FieldProblem::OutOfRange,
            FieldProblem::Unknown,
            FieldProblem::Invalid,
            FieldProblem::Hidden,
            FieldProblem::Confusable,
            FieldProblem::Origin(OriginProblem::Null),
            FieldProblem::Origin(OriginProblem::Several),
        ];
        for problem in problems {
            let wire = serde_json::to_string(&problem).unwrap();
            assert_eq!(serde_json::from_str::<FieldProblem>(&wire).unwrap(), problem);
        }
        assert!(serde_json::from_str::<FieldProblem>("\"too_odd\"").is_err());
    }

    #[test]
    fn a_problem_that_only_a_later_server_knows_is_one_all_the_same() {
        let later = r#"{"code": "invalid_input", "message": "", "fields": {"login": "too_odd", "name": "taken"}}"#;
        let error: ApiError = serde_json::from_str(later).unwrap();
        let problem = |field: &str| error.fields.get(field).copied();
        assert_eq!(problem("login"), Some(FieldProblem::Invalid));
        assert_eq!(problem("name"), Some(FieldProblem::Taken));
    }
}
