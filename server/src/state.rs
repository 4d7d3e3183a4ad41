//! What every handler is handed.

use crate::config::Settings;
use crate::http::Reach;
use crate::people::People;
use crate::services::Resources;
use app::api::service::Services;
use hub::Hub;
use prometheus_client::metrics::counter::Counter;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use store::Store;

/// Handles to everything. Cheap to clone.
#[derive(Clone)]
#[expect(missing_debug_implementations, reason = "nothing to see: services are handles")]
pub struct AppState {
    pub store: Store,
    pub hub: Hub,
    pub people: People,
    pub services: Services,
    pub settings: Arc<Settings>,
    /// Scheme and host that people reach the server at.
    pub base_url: Arc<str>,
    draining: Arc<AtomicBool>,
    /// Answers with a status of 500 or above.
    pub(crate) http_errors: Counter,
    /// What stands between browsers and the server.
    pub(crate) reach: Reach,
}

impl AppState {
    pub fn new(resources: &Resources, settings: Arc<Settings>) -> Self {
        Self {
            store: resources.store.clone(),
            hub: resources.hub.clone(),
            people: resources.people.clone(),
            services: resources.services(),
            settings,
            base_url: Arc::clone(&resources.base_url),
            draining: Arc::default(),
            http_errors: Counter::default(),
            reach: Reach::default(),
        }
    }

    /// Whether the server is stopping.
    pub fn is_draining(&self) -> bool {
        self.draining.load(Ordering::SeqCst)
    }

    /// From now on the server is stopping.
    pub fn start_draining(&self) {
        self.draining.store(true, Ordering::SeqCst);
    }
}
