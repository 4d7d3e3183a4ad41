//! The binary where it may not do everything: files of somebody else, and few descriptors.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails here should panic"
)]

mod process;

use process::{serve, text};
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

/// As somebody who may not do everything, even where the tests run as root.
fn as_nobody(data: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new("setpriv");
    command
        .args(["--reuid", "65534", "--regid", "65534", "--clear-groups"])
        .arg(env!("CARGO_BIN_EXE_seatline"))
        .args(arguments)
        .arg("--data")
        .arg(data)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .stdin(Stdio::null());
    command.output().unwrap()
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    text(&id.stdout).trim() == "0"
}

fn mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn what_belongs_to_somebody_else_is_named_with_its_owner_and_a_remedy() {
    if !is_root() {
        // Only root can give files away, and so have some that belong to somebody else.
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    assert!(serve(folder.path()).stop().0.success());
    let data = folder.path();
    let (database, backup) = (data.join("seatline.db"), data.join("copy"));
    let commands: [&[&str]; 6] = [
        &["serve", "--listen", "127.0.0.1:0", "--log", "off"],
        &["member", "list"],
        &["site", "list"],
        &["doctor"],
        &["backup", backup.to_str().unwrap()],
        &["restore", "/dev/null"],
    ];
    let refused = |arguments: &[&str], names: &Path| {
        let output = as_nobody(data, arguments);
        let said = text(&output.stderr);
        assert!(!output.status.success(), "{arguments:?}");
        assert_eq!(said.lines().count(), 1, "{said}");
        for part in [names.to_str().unwrap(), "belongs to root", "nobody", "chown"] {
            assert!(said.contains(part), "{arguments:?} {part}: {said}");
        }
        assert!(!said.contains("there is no database"), "{said}");
    };
    // A folder that nobody else may look into.
    mode(data, 0o700);
    for arguments in commands {
        refused(arguments, data);
    }
    // A folder that is open, with a file that is not.
    mode(data, 0o755);
    for arguments in &commands[..5] {
        refused(arguments, data);
    }
    // A file that may be read only.
    mode(&database, 0o644);
    for arguments in &commands[..3] {
        refused(arguments, data);
    }
}

/// A server under these limits of the shell.
fn limited(limits: &str, data: &Path) -> Child {
    let serve = format!(
        "{limits}; exec {} serve --listen 127.0.0.1:0 --data {}",
        env!("CARGO_BIN_EXE_seatline"),
        data.display()
    );
    let mut shell = Command::new("sh");
    shell.args(["-ec", &serve]).stdout(Stdio::null()).stderr(Stdio::piped());
    shell.spawn().unwrap()
}

#[test]
fn a_low_limit_of_open_files_is_raised_or_said() {
    let folder = tempfile::tempdir().unwrap();
    let start = |limits: &str| {
        let mut server = limited(limits, folder.path());
        let mut said = String::new();
        let mut log = BufReader::new(server.stderr.take().unwrap()).lines();
        let listens = log.by_ref().map(Result::unwrap).any(|line| {
            said.push_str(&line);
            line.contains("listening on")
        });
        assert!(listens, "{said}");
        let limits = fs::read_to_string(format!("/proc/{}/limits", server.id())).unwrap();
        server.kill().unwrap();
        server.wait().unwrap();
        let of_files = limits
            .lines()
            .find(|line| line.starts_with("Max open files"))
            .unwrap()
            .to_owned();
        (of_files, said)
    };
    let (limits, said) = start("ulimit -Sn 256; ulimit -Hn 8192");
    assert_eq!(limits.matches("8192").count(), 2, "{limits}");
    assert!(!said.contains("LimitNOFILE"), "{said}");
    let (_, said) = start("ulimit -Sn 256; ulimit -Hn 512");
    assert!(
        said.contains("at most 512 files") && said.contains("LimitNOFILE"),
        "{said}"
    );
}

#[test]
fn connections_that_cannot_be_accepted_are_one_line_in_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = limited("ulimit -n 64", folder.path());
    let mut log = BufReader::new(server.stderr.take().unwrap())
        .lines()
        .map(Result::unwrap);
    let listening = log.find(|line| line.contains("listening on")).unwrap();
    let address = listening.rsplit_once("http://").unwrap().1.to_owned();
    let crowd: Vec<_> = (0..100)
        .map(|_| std::net::TcpStream::connect(&address).unwrap())
        .collect();
    assert!(
        log.find(|line| line.contains("no connections are accepted"))
            .unwrap()
            .contains("LimitNOFILE")
    );
    drop(crowd);
    let between: Vec<_> = log
        .by_ref()
        .take_while(|line| !line.contains("accepted again"))
        .collect();
    assert!(
        !between.iter().any(|line| line.contains("no connections are accepted")),
        "{between:?}"
    );
    server.kill().unwrap();
    server.wait().unwrap();
}
