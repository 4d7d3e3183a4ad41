//! Sees to the folders whose files the binary carries. A release binary is built again when they change; a debug one reads
//! the files when they are asked for.

use std::path::Path;

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let is_release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for folder in ["target/site/desk", "target/site/admin", "widget/dist"] {
        let folder = root.join(folder);
        // One that is not there yet would be remembered by a path that no file of it has later, and count as changed
        // at every build.
        std::fs::create_dir_all(&folder)?;
        if is_release {
            println!("cargo::rerun-if-changed={}", folder.display());
        }
    }
    Ok(())
}
