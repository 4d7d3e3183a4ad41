//! Has the release binary built again when what it carries inside has changed. Debug builds read those files when they
//! are asked for.

use std::path::Path;

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        for folder in ["target/site/desk", "target/site/admin", "widget/dist"] {
            let folder = root.join(folder);
            // A folder that is not there would count as changed at every build.
            std::fs::create_dir_all(&folder)?;
            println!("cargo::rerun-if-changed={}", folder.display());
        }
    }
    Ok(())
}
