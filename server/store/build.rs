//! Makes a new migration file recompile the crate: `sqlx::migrate!` embeds the folders but cannot watch them.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
