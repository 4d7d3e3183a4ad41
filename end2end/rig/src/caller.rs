//! The HTTP API, as any program calls it.

use crate::RigError;
use crate::server::Address;
use reqwest::header::{CONTENT_TYPE, COOKIE, SET_COOKIE};
use serde_json::{Value, json};
use std::time::Duration;

/// How long a call may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Somebody who calls functions, logged in or not. Clones share nothing but the connections.
#[derive(Clone, Debug)]
pub struct Caller {
    address: Address,
    http: reqwest::Client,
    cookie: Option<String>,
}

impl Caller {
    /// Somebody who has not logged in.
    ///
    /// # Errors
    /// The HTTP client cannot be made.
    pub fn stranger(address: Address) -> Result<Self, RigError> {
        Ok(Self {
            address,
            http: reqwest::Client::builder().timeout(PATIENCE).build()?,
            cookie: None,
        })
    }

    /// The same, logged in.
    ///
    /// # Errors
    /// The log-in is refused.
    pub async fn log_in(mut self, login: &str, password: &str) -> Result<Self, RigError> {
        self.call("session/login", json!({"login": login, "password": password}))
            .await?;
        Ok(self)
    }

    /// `name=value` of the session, for the handshake of a socket.
    pub fn cookie(&self) -> Option<&str> {
        self.cookie.as_deref()
    }

    /// Calls a function such as `member/list`, and keeps the cookie that comes back.
    ///
    /// # Errors
    /// The server cannot be reached, or refuses.
    pub async fn call(&mut self, function: &str, arguments: Value) -> Result<Value, RigError> {
        let (status, body) = self.try_call(function, arguments).await?;
        if status == 200 {
            return Ok(body);
        }
        Err(RigError::Refused {
            function: function.to_owned(),
            status,
            body: body.to_string(),
        })
    }

    /// The same, with the status instead of an error if the server refuses.
    ///
    /// # Errors
    /// The server cannot be reached.
    pub async fn try_call(&mut self, function: &str, arguments: Value) -> Result<(u16, Value), RigError> {
        let url = format!("http://{}/api/v1/{function}", self.address.get());
        let mut request = self.http.post(url).header(CONTENT_TYPE, "application/json");
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, cookie);
        }
        let response = request.body(arguments.to_string()).send().await?;
        let status = response.status().as_u16();
        let set = response.headers().get(SET_COOKIE).and_then(|value| value.to_str().ok());
        if let Some(pair) = set.and_then(|value| value.split(';').next()) {
            self.cookie = Some(pair.to_owned()).filter(|pair| !pair.ends_with('='));
        }
        Ok((status, response.json().await?))
    }

    /// What `GET path` is answered: status and body.
    ///
    /// # Errors
    /// The server cannot be reached.
    pub async fn get(&self, path: &str) -> Result<(u16, String), RigError> {
        let url = format!("http://{}{path}", self.address.get());
        let response = self.http.get(url).send().await?;
        Ok((response.status().as_u16(), response.text().await?))
    }
}
