//! How server functions are called and answered: JSON, by POST.
//!
//! As `server_fn`'s own encoding, byte for byte. A front end reads it by [`domain::heard`], which compiles to less.

use serde::Serialize;
use serde::de::DeserializeOwned;
use server_fn::codec::Post;
use server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType};

/// Arguments in the body of a `POST`, and answers.
pub type Json = Post<JsonEncoding>;

#[derive(Debug)]
pub struct JsonEncoding;

impl ContentType for JsonEncoding {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for JsonEncoding {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for JsonEncoding {
    type Error = serde_json::Error;

    fn encode(value: &T) -> Result<Bytes, Self::Error> {
        serde_json::to_vec(value).map(Bytes::from)
    }
}

#[cfg(not(feature = "csr"))]
impl<T: DeserializeOwned> Decodes<T> for JsonEncoding {
    type Error = serde_json::Error;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        serde_json::from_slice(&bytes)
    }
}

#[cfg(feature = "csr")]
impl<T: DeserializeOwned> Decodes<T> for JsonEncoding {
    type Error = domain::heard::Unreadable;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        let text = std::str::from_utf8(&bytes).ok();
        text.and_then(domain::heard::read).ok_or(domain::heard::Unreadable)
    }
}
