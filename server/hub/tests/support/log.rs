//! What the hub logs, in memory.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Log {
    /// From now on, as JSON, what the filter lets through.
    pub fn begin(filter: &str) -> Self {
        let log = Self::default();
        let filter = EnvFilter::builder().parse(filter).unwrap_or_default();
        let lines = tracing_subscriber::fmt()
            .json()
            .with_env_filter(filter)
            .with_writer(log.clone());
        tracing::subscriber::set_global_default(lines.finish()).unwrap_or_default();
        log
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }
}
