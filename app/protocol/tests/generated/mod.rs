//! Files that are written from the Rust types and committed: compared in a test run, written anew with `UPDATE=1`.

use std::path::Path;

/// Fails if the file at `path` (from the top of the repository) is not exactly `text`; with `UPDATE` set, writes it.
pub(crate) fn check(path: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, text).unwrap();
        return;
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        committed == text,
        "{path} is stale. Write it anew: UPDATE=1 cargo test -p protocol --features typescript"
    );
}
