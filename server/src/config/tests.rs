//! What wins over what, and what is refused.

#![allow(clippy::unwrap_used, reason = "a test that fails here should panic")]

use super::*;
use clap::Parser;

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    options: Options,
}

/// Settings of that file, with those arguments.
fn load(toml: &str, arguments: &[&str]) -> Result<Settings, String> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("seatline.toml"), toml).unwrap();
    let data = folder.path().to_str().unwrap();
    let line = ["seatline", "--data", data]
        .into_iter()
        .chain(arguments.iter().copied());
    let Line { place, options } = Line::try_parse_from(line).map_err(|error| error.to_string())?;
    Settings::load(&place, options).map_err(|error| error.to_string())
}

#[test]
fn the_command_line_wins_over_the_file_which_wins_over_the_defaults() {
    let file = "listen = '127.0.0.1:1'\naccept_s = 2\nagent_grace_s = 0.25\nlog_format = 'json'";
    let settings = load(file, &["--listen", "127.0.0.1:2", "--truncate-addresses"]).unwrap();
    assert_eq!(settings.listen.port(), 2);
    assert_eq!(
        (settings.dispatch.accept_ms, settings.dispatch.agent_grace_ms),
        (2_000, 250)
    );
    assert_eq!(
        settings.dispatch.guest_grace_ms,
        dispatch::Settings::default().guest_grace_ms
    );
    assert_eq!(settings.log_format, LogFormat::Json);
    assert!(settings.truncate_addresses);
}

#[test]
fn an_unknown_key_is_named_with_its_line() {
    let error = load("demo = 'on'\nlisen = '127.0.0.1:1'", &[]).unwrap_err();
    assert!(error.contains("line 2") && error.contains("`lisen`"), "{error}");
    assert_eq!(error.lines().count(), 1, "{error}");
}

#[test]
fn values_out_of_range_are_refused_wherever_they_are_said() {
    for bad in [
        "accept_s = 0",
        "accept_s = 'soon'",
        "public_url = 'https://a/b'",
        "trusted_proxies = ['10.0.0.0/33']",
        "frames_burst = 0",
        "new_guests_per_minute = -1",
    ] {
        assert!(load(bad, &[]).is_err(), "{bad}");
    }
    for bad in [
        ["--accept-s", "0"],
        ["--accept-s", "nan"],
        ["--public-url", "ftp://a"],
        ["--public-url", "capacitor://localhost"],
        ["--public-url", "https://*.example.com"],
        ["--frames-per-second", "0"],
        ["--frames-per-second", "many"],
        ["--database-url", "mysql://a"],
    ] {
        assert!(load("", &bad).is_err(), "{bad:?}");
    }
}

#[test]
fn limits_are_those_of_the_protocol_unless_others_are_said() {
    assert_eq!(load("", &[]).unwrap().limits, Limits::default());
    let limits = load("frames_burst = 500", &["--new-guests-per-minute", "0"])
        .unwrap()
        .limits;
    assert_eq!((limits.frames_burst, limits.new_guests_per_minute), (500, 0));
}

#[test]
fn proxies_are_networks_or_addresses() {
    let settings = load("", &["--trusted-proxies", "10.0.0.0/8, ::1"]).unwrap();
    let texts: Vec<_> = settings.trusted_proxies.iter().map(ToString::to_string).collect();
    assert_eq!(texts, ["10.0.0.0/8", "::1/128"]);
}

#[test]
fn the_demonstration_is_shown_on_loopback_only_unless_asked_for() {
    assert!(load("", &[]).unwrap().demo_is_on());
    assert!(!load("", &["--listen", "0.0.0.0:3000"]).unwrap().demo_is_on());
    assert!(
        load("", &["--listen", "0.0.0.0:3000", "--demo", "on"])
            .unwrap()
            .demo_is_on()
    );
}
