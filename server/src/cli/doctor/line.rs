//! A connection to an address as people reach it: through the proxies, encrypted where it says so.

use anyhow::{Context as _, anyhow};
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use url::Url;

/// Bytes both ways, encrypted or not.
pub(super) trait Line: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Line for T {}

/// Connects to the host of `url`.
pub(super) async fn connect(url: &Url) -> anyhow::Result<Box<dyn Line>> {
    let host = url.host_str().ok_or_else(|| anyhow!("it names no host"))?;
    let bare = host.trim_start_matches('[').trim_end_matches(']').to_owned();
    let port = url.port_or_known_default().unwrap_or(80);
    let stream = TcpStream::connect((bare.as_str(), port)).await?;
    if url.scheme() != "https" {
        return Ok(Box::new(stream));
    }
    let name = ServerName::try_from(bare)?;
    let encrypted = TlsConnector::from(Arc::new(trust()?)).connect(name, stream).await;
    Ok(Box::new(
        encrypted.context("its certificate, or its encryption, is not good")?,
    ))
}

/// Whose certificates are good: those that this machine trusts.
fn trust() -> anyhow::Result<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}
