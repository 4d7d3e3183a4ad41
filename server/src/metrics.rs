//! `/metrics`, for Prometheus: on an address of its own, which is off unless somebody says where.
//!
//! What is counted, and under which names, is told where it happens: `hub` and `store` register theirs, the process and the
//! HTTP errors are here, and `http::reach` has its own. `docs/operating.md` lists them all, and a test compares.

use crate::state::AppState;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use hub::Hub;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric as _, text};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use store::Store;

/// How long the hub has to say what its room is like. Prometheus itself waits 10 s.
const PATIENCE: Duration = Duration::from_secs(2);

/// What Prometheus and its like ask for and understand.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Everything that can be scraped.
#[derive(Clone)]
struct Metrics {
    hub: Hub,
    registry: Arc<Registry>,
}

/// The one page of the metrics' own address.
pub(crate) fn router(store: &Store, state: &AppState) -> Router {
    let mut registry = Registry::default();
    let ours = registry.sub_registry_with_prefix("seatline");
    let build = Info::new(vec![("version", env!("CARGO_PKG_VERSION"))]);
    ours.register("build", "The version that runs", build);
    store.register(ours);
    state.hub.register(ours);
    let help = "Requests that were answered with a status of 500 or above";
    ours.register("http_errors", help, state.http_errors.clone());
    state.reach.register(ours);
    registry.register_collector(Box::new(Process));
    let metrics = Metrics {
        hub: state.hub.clone(),
        registry: Arc::new(registry),
    };
    Router::new().route("/metrics", get(scrape)).with_state(metrics)
}

async fn scrape(State(Metrics { hub, registry }): State<Metrics>) -> Response {
    hub.measure(PATIENCE).await;
    let mut page = String::new();
    match text::encode(&mut page, &registry) {
        Ok(()) => ([(CONTENT_TYPE, OPEN_METRICS)], page).into_response(),
        Err(error) => {
            tracing::error!(%error, "the metrics could not be written down");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Counts the answers that should not have been.
pub(crate) async fn count_errors(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if response.status().is_server_error() {
        state.http_errors.inc();
    }
    response
}

/// What the operating system says of the process, under the names that all exporters use. Nothing where it does not say.
#[derive(Debug)]
struct Process;

/// `USER_HZ`: what the kernel counts a process's time in towards programs, on every architecture that Linux has today.
const TICKS_PER_SECOND: f64 = 100.0;

impl Collector for Process {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        if let Some(bytes) = resident_bytes() {
            let (name, help) = ("process_resident_memory", "Memory that the process has in use");
            let metric = encoder.encode_descriptor(name, help, Some(&Unit::Bytes), MetricType::Gauge)?;
            ConstGauge::new(bytes).encode(metric)?;
        }
        if let Some(open) = open_files() {
            let (name, help) = ("process_open_fds", "Files and sockets that the process has open");
            let metric = encoder.encode_descriptor(name, help, None, MetricType::Gauge)?;
            ConstGauge::new(open).encode(metric)?;
        }
        if let Some(seconds) = cpu_seconds() {
            let (name, help) = ("process_cpu", "Processor time that the process has taken");
            let metric = encoder.encode_descriptor(name, help, Some(&Unit::Seconds), MetricType::Counter)?;
            ConstCounter::new(seconds).encode(metric)?;
        }
        Ok(())
    }
}

/// `VmRSS:     12345 kB`.
fn resident_bytes() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: i64 = line.split_whitespace().next()?.parse().ok()?;
    kib.checked_mul(1_024)
}

fn open_files() -> Option<i64> {
    let entries = std::fs::read_dir("/proc/self/fd").ok()?;
    i64::try_from(entries.count()).ok()
}

/// Fields 14 and 15; what comes before is the program's name in brackets, which may hold anything.
fn cpu_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    let mut ticks = fields
        .split_whitespace()
        .skip(11)
        .map_while(|field| field.parse::<u32>().ok());
    let (user, system) = (ticks.next()?, ticks.next()?);
    Some((f64::from(user) + f64::from(system)) / TICKS_PER_SECOND)
}
