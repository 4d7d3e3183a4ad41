//! How server functions are called and answered: JSON by POST, as `server_fn` has it.
//!
//! What it does not have is a caller that costs a front end little: its own is compiled anew for each function, together with
//! everything that an answer could be.

use super::ApiError;
use domain::heard::{self, Unreadable};
use http::Method;
use serde::Serialize;
use serde::de::DeserializeOwned;
use server_fn::client::Client;
use server_fn::codec::{Encoding, FromReq, FromRes, IntoReq, IntoRes, Post};
use server_fn::error::{FromServerFnError, IntoAppError, ServerFnErrorErr};
use server_fn::request::ClientReq;
use server_fn::response::ClientRes;
use server_fn::server::Server;
use server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType, Http, Protocol};
use std::pin::Pin;

/// The protocol of all server functions.
#[derive(Debug)]
pub struct Json;

/// The same, as `server_fn` puts it together.
type Theirs = Http<Post<JsonEncoding>, Post<JsonEncoding>>;

impl<I, O, C, S> Protocol<I, O, C, S, ApiError> for Json
where
    I: IntoReq<Post<JsonEncoding>, C::Request, ApiError> + FromReq<Post<JsonEncoding>, S::Request, ApiError>,
    I: Serialize + Send,
    O: IntoRes<Post<JsonEncoding>, S::Response, ApiError> + FromRes<Post<JsonEncoding>, C::Response, ApiError>,
    O: DeserializeOwned + Send,
    C: Client<ApiError>,
    S: Server<ApiError>,
{
    const METHOD: Method = Post::<JsonEncoding>::METHOD;

    async fn run_server<F, A>(request: S::Request, function: F) -> Result<S::Response, ApiError>
    where
        F: Fn(I) -> A + Send,
        A: Future<Output = Result<O, ApiError>> + Send,
    {
        <Theirs as Protocol<I, O, C, S, ApiError>>::run_server(request, function).await
    }

    async fn run_client(path: &str, input: I) -> Result<O, ApiError> {
        let body = serde_json::to_vec(&input).map_err(unsendable)?;
        let answer = ask::<C>(path, body).await?;
        read(&answer).ok_or_else(foreign)
    }
}

/// Asks, and tells an answer from an error. Redirects are not looked for: the API has none.
fn ask<C: Client<ApiError>>(
    path: &str,
    body: Vec<u8>,
) -> Pin<Box<dyn Future<Output = Result<Bytes, ApiError>> + Send + '_>> {
    Box::pin(async move {
        let json = JsonEncoding::CONTENT_TYPE;
        let request = C::Request::try_new_post_bytes(path, json, json, body.into())?;
        let answer = C::send(request).await?;
        let refused = (400..=599).contains(&answer.status());
        let body = answer.try_into_bytes().await?;
        if refused { Err(ApiError::de(body)) } else { Ok(body) }
    })
}

fn read<T: DeserializeOwned>(answer: &[u8]) -> Option<T> {
    heard::read(std::str::from_utf8(answer).ok()?)
}

fn unsendable(error: serde_json::Error) -> ApiError {
    ServerFnErrorErr::Serialization(error.to_string()).into_app_error()
}

fn foreign() -> ApiError {
    ServerFnErrorErr::Deserialization(Unreadable.to_string()).into_app_error()
}

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

/// A server says what is wrong with what it was sent.
#[cfg(not(feature = "csr"))]
impl<T: DeserializeOwned> Decodes<T> for JsonEncoding {
    type Error = serde_json::Error;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        serde_json::from_slice(&bytes)
    }
}

#[cfg(feature = "csr")]
impl<T: DeserializeOwned> Decodes<T> for JsonEncoding {
    type Error = Unreadable;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        read(&bytes).ok_or(Unreadable)
    }
}
