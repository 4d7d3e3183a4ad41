//! Turns `locales/*.json` into typed functions for the front ends; a text missing in one language fails the build.

#[cfg_attr(
    not(feature = "csr"),
    expect(clippy::unnecessary_wraps, reason = "only building translations can fail")
)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    #[cfg(feature = "csr")]
    {
        use leptos_i18n_build::{Config, ParseOptions, TranslationsInfos};

        let out = std::env::var_os("OUT_DIR").ok_or("no OUT_DIR")?;
        let to_strings = ParseOptions::new().interpolate_display(true);
        let config = Config::new("en")?.add_locale("zh")?.parse_options(to_strings);
        let translations = TranslationsInfos::parse(config)?;
        translations.emit_diagnostics();
        translations.rerun_if_locales_changed();
        translations.generate_i18n_module(std::path::PathBuf::from(out).join("i18n"))?;
    }
    println!("cargo::rerun-if-changed=build.rs");
    Ok(())
}
