//! JSON that a server has said, read with little code: what a front end weighs is mostly what is compiled into it for each
//! type, and serde compiles a reader anew for each type and for each way in which the type may come.
//!
//! Here there is one way. A text becomes a [`Value`], and types are read from that by [`Heard`]. An enum that says in a
//! field which of its variants it is reads itself with [`Tagged`]; what serde derives for those (`#[serde(tag = …)]`) goes
//! through a buffer of serde's own, which is a second reader of everything inside.

use serde::Deserialize;
use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error, Expected, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Value, map};
use std::fmt;
use std::marker::PhantomData;
use std::slice;

/// Reads a text; `None` if it is not JSON, or not that of a `T`.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    read_value(&serde_json::from_str(text).ok()?)
}

/// Reads a value; `None` if it is not that of a `T`.
pub fn read_value<T: DeserializeOwned>(value: &Value) -> Option<T> {
    T::deserialize(Heard::<Unreadable>::new(value)).ok()
}

/// Reads what this version may have no name for; `None` if it has none.
///
/// # Errors
/// If it is not JSON.
pub fn read_known<'de, T: DeserializeOwned, D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
    Value::deserialize(from).map(|value| read_value(&value))
}

/// An object that says in one of its fields what it is.
#[derive(Debug)]
pub struct Tagged<E> {
    object: Value,
    error: PhantomData<E>,
}

impl<E: Error> Tagged<E> {
    /// Takes it as it comes.
    ///
    /// # Errors
    /// If it is not JSON.
    pub fn hear<'de, D: Deserializer<'de, Error = E>>(from: D) -> Result<Self, E> {
        Ok(Self {
            object: Value::deserialize(from)?,
            error: PhantomData,
        })
    }

    /// What it is, by the field of that name.
    ///
    /// # Errors
    /// If it does not say.
    pub fn tag(&self, name: &'static str) -> Result<&str, E> {
        let tag = self.object.get(name).and_then(Value::as_str);
        tag.ok_or_else(|| E::missing_field(name))
    }

    /// What is in a field; in one that is missing, `null`.
    ///
    /// # Errors
    /// If that is no `T`.
    pub fn field<T: DeserializeOwned>(&self, name: &'static str) -> Result<T, E> {
        match self.object.get(name) {
            Some(value) => T::deserialize(Heard::new(value)),
            None => T::deserialize(Heard::new(&Value::Null)).map_err(|_: E| E::missing_field(name)),
        }
    }

    /// The object itself, as a `T` whose fields stand beside the tag.
    ///
    /// # Errors
    /// If it is no `T`.
    pub fn whole<T: DeserializeOwned>(&self) -> Result<T, E> {
        T::deserialize(Heard::new(&self.object))
    }
}

/// What was heard could not be read. Why, is not kept: in a browser nobody would see it, and it would be code for each type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it is not the JSON that was expected")
    }
}

impl std::error::Error for Unreadable {}

impl Error for Unreadable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }

    // The others would each put words together before they come to `custom`.
    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

/// A value on its way to a type. Structs are objects, and enums are plain names: what else they could be in JSON, no server
/// says, and it is not read.
#[derive(Debug)]
struct Heard<'a, E> {
    value: &'a Value,
    error: PhantomData<E>,
}

impl<'a, E: Error> Heard<'a, E> {
    const fn new(value: &'a Value) -> Self {
        Self {
            value,
            error: PhantomData,
        }
    }

    fn refuse<T>(&self, expected: &dyn Expected) -> Result<T, E> {
        let unexpected = match self.value {
            Value::Null => Unexpected::Unit,
            Value::Bool(bool) => Unexpected::Bool(*bool),
            Value::Number(_) => Unexpected::Other("number"),
            Value::String(text) => Unexpected::Str(text),
            Value::Array(_) => Unexpected::Seq,
            Value::Object(_) => Unexpected::Map,
        };
        Err(E::invalid_type(unexpected, expected))
    }
}

/// One method for each kind of value, and what it is called with.
macro_rules! read_as {
    ($($($method:ident)+ => $visit:ident($value:ident) $found:expr;)+) => {
        $($(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
                let $value = self.value;
                match $found {
                    Some(found) => visitor.$visit(found),
                    None => self.refuse(&visitor),
                }
            }
        )+)+
    };
}

impl<'de, E: Error> Deserializer<'de> for Heard<'_, E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(bool) => visitor.visit_bool(*bool),
            Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(number), ..) => visitor.visit_u64(number),
                (_, Some(number), _) => visitor.visit_i64(number),
                (.., Some(number)) => visitor.visit_f64(number),
                (None, None, None) => self.refuse(&visitor),
            },
            Value::String(text) => visitor.visit_str(text),
            Value::Array(list) => visitor.visit_seq(List(list.iter(), self.error)),
            Value::Object(object) => visitor.visit_map(Fields(object.iter(), None, self.error)),
        }
    }

    read_as! {
        deserialize_bool => visit_bool(value) value.as_bool();
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 => visit_i64(value) value.as_i64();
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 => visit_u64(value) value.as_u64();
        deserialize_f32 deserialize_f64 => visit_f64(value) value.as_f64();
        deserialize_str deserialize_string deserialize_identifier => visit_str(value) value.as_str();
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, E> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.value {
            Value::Array(list) => visitor.visit_seq(List(list.iter(), self.error)),
            _ => self.refuse(&visitor),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.value {
            Value::Object(object) => visitor.visit_map(Fields(object.iter(), None, self.error)),
            _ => self.refuse(&visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        match self.value {
            Value::String(name) => visitor.visit_enum(name_of(name)),
            _ => self.refuse(&visitor),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { i128 u128 char bytes byte_buf unit unit_struct tuple tuple_struct }
}

fn name_of<E: Error>(name: &str) -> StrDeserializer<'_, E> {
    name.into_deserializer()
}

struct List<'a, E>(slice::Iter<'a, Value>, PhantomData<E>);

impl<'de, E: Error> SeqAccess<'de> for List<'_, E> {
    type Error = E;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, E> {
        self.0
            .next()
            .map(|value| seed.deserialize(Heard::new(value)))
            .transpose()
    }
}

/// The fields of an object, and the value of the one whose name was asked for last.
struct Fields<'a, E>(map::Iter<'a>, Option<&'a Value>, PhantomData<E>);

impl<'de, E: Error> MapAccess<'de> for Fields<'_, E> {
    type Error = E;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, E> {
        let Some((name, value)) = self.0.next() else {
            return Ok(None);
        };
        self.1 = Some(value);
        seed.deserialize(name_of(name)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, E> {
        seed.deserialize(Heard::new(self.1.take().unwrap_or(&Value::Null)))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails here should panic")]
    use super::*;
    use std::collections::BTreeMap;

    #[derive(Debug, PartialEq, Eq, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Shade {
        Light,
        #[serde(other)]
        Unknown,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Thing {
        id: i32,
        count: u64,
        share: f64,
        name: Option<String>,
        shades: Vec<Shade>,
        notes: BTreeMap<String, bool>,
    }

    const THING: &str =
        r#"{"id":-7,"count":8,"share":0.5,"later":{"of":[1]},"shades":["light","odd"],"notes":{"a":true}}"#;

    #[test]
    fn it_reads_what_serde_json_reads() {
        let thing: Thing = serde_json::from_str(THING).unwrap();
        assert_eq!(thing.shades, [Shade::Light, Shade::Unknown]);
        assert_eq!(read::<Thing>(THING), Some(thing));
        let value: Value = serde_json::from_str(THING).unwrap();
        assert_eq!(read_value::<Value>(&value), Some(value));
    }

    #[test]
    fn what_is_of_another_form_is_not_read() {
        for (what, instead) in [
            ("-7", "2147483648"),
            ("8", "-8"),
            ("[\"light\"", "[7"),
            ("true", "null"),
            ("}}", "}"),
        ] {
            assert_eq!(read::<Thing>(&THING.replace(what, instead)), None, "{instead}");
        }
        assert_eq!(read::<Thing>("[]"), None);
        assert_eq!(read::<Vec<i64>>("{}"), None);
        assert_eq!(read::<Thing>(&THING.replace("\"id\"", "\"it\"")), None);
    }

    #[test]
    fn an_object_says_what_it_is_wherever_the_tag_stands() {
        for text in [r#"{"kind":"one","id":7}"#, r#"{"id":7,"kind":"one"}"#] {
            let tagged = Tagged::hear(&mut serde_json::Deserializer::from_str(text)).unwrap();
            assert_eq!(tagged.tag("kind").unwrap(), "one");
            assert_eq!(tagged.field::<i32>("id").unwrap(), 7);
            assert_eq!(tagged.field::<Option<i32>>("more").unwrap(), None);
            let missing = tagged.field::<i32>("more").unwrap_err();
            assert_eq!(missing.to_string(), "missing field `more`");
            let wrong = tagged.field::<String>("id").unwrap_err();
            assert!(
                wrong.to_string().starts_with("invalid type: number, expected a string"),
                "{wrong}"
            );
        }
    }
}
