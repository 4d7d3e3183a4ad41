//! Reading JSON: what is missing or of another kind reads as nothing.

use serde_json::Value;
use uuid::Uuid;

/// The string under `key`, or an empty one.
pub fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The whole number under `key`, or 0.
pub fn number(value: &Value, key: &str) -> i64 {
    value.get(key).and_then(Value::as_i64).unwrap_or_default()
}

/// The UUID under `key`.
pub fn uuid(value: &Value, key: &str) -> Option<Uuid> {
    text(value, key).parse().ok()
}
