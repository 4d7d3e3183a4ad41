//! Enums as the words they have on the wire, and reasons as JSON, so that nothing is named twice.

use crate::StoreError;
use serde::Serialize;
use serde::de::value::{Error as ValueError, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};

/// The word of a unit variant, such as `seated`.
pub(crate) fn word<T: Serialize>(what: &'static str, value: &T) -> Result<String, StoreError> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        other => Err(StoreError::Unreadable {
            what,
            value: format!("{other:?}"),
        }),
    }
}

/// The unit variant of that word. Clients read a word that they do not know as one that says so; what is stored is known.
pub(crate) fn from_word<T: DeserializeOwned + Serialize>(what: &'static str, stored: &str) -> Result<T, StoreError> {
    let deserializer: StrDeserializer<'_, ValueError> = stored.into_deserializer();
    let read = T::deserialize(deserializer).ok();
    read.filter(|value| word(what, value).is_ok_and(|word| word == stored))
        .ok_or_else(|| StoreError::Unreadable {
            what,
            value: stored.to_owned(),
        })
}

pub(crate) fn json<T: Serialize>(what: &'static str, value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Unreadable {
        what,
        value: error.to_string(),
    })
}

pub(crate) fn from_json<T: DeserializeOwned>(what: &'static str, json: &str) -> Result<T, StoreError> {
    serde_json::from_str(json).map_err(|_| StoreError::Unreadable {
        what,
        value: json.to_owned(),
    })
}

/// A stored integer as the narrower type the domain has for it.
pub(crate) fn narrow<T: TryFrom<i64>>(what: &'static str, stored: i64) -> Result<T, StoreError> {
    T::try_from(stored).map_err(|_| StoreError::Unreadable {
        what,
        value: stored.to_string(),
    })
}
