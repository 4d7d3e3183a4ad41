//! The binary as a person meets it: how it starts, why it does not, how it stops.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails here should panic"
)]

mod process;

use process::{PATIENCE, listening, postgres_server, seatline, serve, serve_with, text};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, SqliteConnection};
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;
use store::{ServeLock, StoreConfig};
use tempfile::TempDir;

/// The one sentence that a `serve` says which cannot.
fn refusal(data: &Path, arguments: &[&str]) -> String {
    let arguments = [&["serve", "--listen", "127.0.0.1:0", "--log", "off"], arguments].concat();
    let Output { status, stdout, stderr } = seatline(data, &arguments).output().unwrap();
    let said = text(&stderr);
    assert_eq!(status.code(), Some(1), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.starts_with("seatline: "), "{said}");
    assert_eq!(text(&stdout), "");
    said
}

/// A folder with the database of a server that has run.
fn used_folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert!(serve(folder.path()).stop().0.success());
    folder
}

#[test]
fn each_start_prints_a_password_until_somebody_has_one_and_sigterm_ends_it_well() {
    let folder = tempfile::tempdir().unwrap();
    let (status, said) = serve(folder.path()).stop();
    assert_eq!(status.code(), Some(0));
    let password = password_in(&said).unwrap();
    assert!(password.len() >= 16);
    assert!(
        said.contains("data-site=\"") && said.contains("/desk") && said.contains("/admin"),
        "{said}"
    );
    // What it says to type works as it stands, from wherever it is typed.
    let hint = said
        .lines()
        .find_map(|line| line.trim().strip_prefix("seatline "))
        .unwrap();
    let typed = Command::new("sh")
        .args(["-c", &format!("exec {} {hint}", env!("CARGO_BIN_EXE_seatline"))])
        .output()
        .unwrap();
    assert!(
        text(&typed.stdout).contains("allows https://www.example.com"),
        "{hint}: {typed:?}"
    );

    // Whoever did not see the first one is told another one.
    let (_, said) = serve(folder.path()).stop();
    let another = password_in(&said).unwrap();
    assert_ne!(another, password);
    let new = seatline(folder.path(), &["member", "passwd", "admin"])
        .output()
        .unwrap();
    assert!(new.status.success());
    let (status, said) = serve(folder.path()).stop();
    assert_eq!((status.code(), said.as_str()), (Some(0), ""));
}

/// The password that a start has told.
fn password_in(said: &str) -> Option<String> {
    let told = said.lines().find_map(|line| line.trim().strip_prefix("Password"))?;
    told.split_whitespace().next().map(str::to_owned)
}

#[test]
fn a_password_that_cannot_be_told_keeps_nobody_out() {
    let folder = tempfile::tempdir().unwrap();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut server = seatline(folder.path(), &["serve", "--listen", "127.0.0.1:0"])
        .stdout(full)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut log = BufReader::new(server.stderr.take().unwrap()).lines();
    let said = log
        .find(|line| line.as_ref().unwrap().contains("takes no password"))
        .unwrap()
        .unwrap();
    assert!(said.contains("seatline member passwd admin"), "{said}");
    assert!(log.any(|line| line.unwrap().contains("listening on")));
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(password_in(&serve(folder.path()).stop().1).is_some());
}

#[test]
fn the_first_password_can_be_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("password");
    let arguments = ["--admin-password-file", file.to_str().unwrap()];
    let said = refusal(folder.path(), &arguments);
    assert!(
        said.contains("cannot be taken from") && said.contains(file.to_str().unwrap()),
        "{said}"
    );
    fs::write(&file, "short\n").unwrap();
    let said = refusal(folder.path(), &arguments);
    assert!(said.contains("10 to 256 characters"), "{said}");
    fs::write(&file, "correct horse battery\n").unwrap();
    let (status, said) = serve_with(folder.path(), &arguments).stop();
    assert_eq!(status.code(), Some(0));
    assert!(
        said.contains("that you have chosen") && !said.contains("correct horse"),
        "{said}"
    );
}

#[test]
fn the_first_password_can_come_by_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--admin-password-file", "-"];
    let mut command = seatline(folder.path(), &arguments);
    let server = listening(command.stdin(Stdio::piped()), |child| {
        child
            .stdin
            .take()
            .unwrap()
            .write_all(b"correct horse battery\n")
            .unwrap();
    });
    let (status, said) = server.stop();
    assert_eq!(status.code(), Some(0));
    assert!(
        said.contains("that you have chosen") && !said.contains("correct horse"),
        "{said}"
    );
}

#[test]
fn a_port_that_is_taken_is_named_and_no_folder_made() {
    let folder = tempfile::tempdir().unwrap();
    let holder = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = holder.local_addr().unwrap();
    let data = folder.path().join("data");
    let arguments = ["serve", "--listen", &taken.to_string(), "--log", "off"];
    let output = seatline(&data, &arguments).output().unwrap();
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        said,
        format!("seatline: cannot listen on {taken}: another program listens there already\n")
    );
    assert!(!data.exists());
}

#[test]
fn a_configuration_that_is_not_right_is_named_by_file_line_and_key() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("seatline.toml");
    fs::write(&file, "log = 'off'\nacept_s = 30\n").unwrap();
    let said = refusal(folder.path(), &[]);
    assert!(
        said.contains("seatline.toml") && said.contains("line 2") && said.contains("acept_s"),
        "{said}"
    );
    assert_eq!(names_in(folder.path()), ["seatline.toml"]);

    let said = refusal(folder.path(), &["--config", "/nowhere/seatline.toml"]);
    assert_eq!(
        said,
        "seatline: the configuration file /nowhere/seatline.toml cannot be read: there is no such file\n"
    );
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "in the way").unwrap();
    let (shown, within) = (file.display(), file.join("data"));
    let said = refusal(&file, &[]);
    assert_eq!(
        said,
        format!("seatline: the data folder {shown} is a file, and not a folder\n")
    );
    let said = seatline(&file, &["site", "list"]).output().unwrap();
    assert_eq!(
        text(&said.stderr),
        format!("seatline: the data folder {shown} is a file, and not a folder\n")
    );
    let said = refusal(&within, &[]);
    let database = within.join("seatline.db");
    assert_eq!(
        said,
        format!(
            "seatline: cannot write the database file {}: what should be a folder on the way there is a file\n",
            database.display()
        )
    );
    assert_eq!(fs::read_to_string(file).unwrap(), "in the way");
}

/// The names of everything in the folder, sorted.
fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_start_that_is_refused_leaves_nothing_behind() {
    let elsewhere = used_folder();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("seatline.db");
    fs::copy(elsewhere.path().join("seatline.db"), &path).unwrap();
    mark_as_newer(&path);
    let newer = fs::read(&path).unwrap();
    assert!(refusal(folder.path(), &[]).contains("newer version of Seatline"));
    assert_eq!(names_in(folder.path()), ["seatline.db"]);
    assert!(fs::read(&path).unwrap() == newer);

    fs::write(&path, "not a database at all, but long enough to be looked at").unwrap();
    refusal(folder.path(), &[]);
    assert_eq!(names_in(folder.path()), ["seatline.db"]);

    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    let said = refusal(folder.path(), &[]);
    assert_eq!(
        said,
        format!(
            "seatline: cannot write the database file {}: it is a folder\n",
            path.display()
        )
    );
    assert_eq!(names_in(folder.path()), ["seatline.db"]);
}

#[test]
fn a_damaged_database_is_left_as_it_is() {
    let folder = used_folder();
    let path = folder.path().join("seatline.db");
    let mut bytes = fs::read(&path).unwrap();
    bytes[100..4_096].fill(0xff);
    fs::write(&path, &bytes).unwrap();
    let said = refusal(folder.path(), &[]);
    assert!(said.contains("seatline.db") && said.contains("damaged"), "{said}");
    assert!(fs::read(&path).unwrap() == bytes);

    fs::write(&path, "not a database at all, but long enough to be looked at").unwrap();
    let said = refusal(folder.path(), &[]);
    assert!(said.contains("seatline.db"), "{said}");
}

#[test]
fn a_database_of_a_newer_version_is_left_as_it_is() {
    let folder = used_folder();
    let path = folder.path().join("seatline.db");
    mark_as_newer(&path);
    let before = fs::read(&path).unwrap();
    let said = refusal(folder.path(), &[]);
    assert!(said.contains("newer version of Seatline"), "{said}");
    assert!(fs::read(&path).unwrap() == before);
}

/// Has the database say that a later version of Seatline has set it up.
fn mark_as_newer(path: &Path) {
    let url = format!("sqlite://{}", path.display());
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(async {
            let mut database = SqliteConnection::connect(&url).await.unwrap();
            let sql = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                   VALUES (99990101000000, 'of the future', TRUE, X'00', 1)";
            sqlx::query(sql).execute(&mut database).await.unwrap();
            database.close().await.unwrap();
        });
}

#[test]
fn a_second_server_on_the_same_database_is_sent_away() {
    let folder = tempfile::tempdir().unwrap();
    let first = serve(folder.path());
    let said = refusal(folder.path(), &[]);
    assert!(said.contains("in use"), "{said}");
    assert!(first.stop().0.success());
}

/// PostgreSQL forgets its locks when it restarts, as here whoever holds one is cut off; then another server may be first.
#[tokio::test]
async fn a_server_that_was_replaced_meanwhile_stops_and_says_why() {
    let Some(server) = postgres_server() else { return };
    let database = format!("replaced_{}", std::process::id());
    let mut conn = PgConnection::connect(&server).await.unwrap();
    let sql = format!("CREATE DATABASE {database}");
    conn.execute(AssertSqlSafe(sql)).await.unwrap();
    let (before, query) = server.split_once('?').unwrap_or((&server, ""));
    let url = format!("{}/{database}?{query}", before.rsplit_once('/').unwrap().0);
    let folder = tempfile::tempdir().unwrap();
    let mut first = serve_with(folder.path(), &["--database-url", &url]);

    let config = StoreConfig::postgres(&url);
    let cut_off = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted
                   AND database = (SELECT oid FROM pg_database WHERE datname = $1)";
    let taken = async {
        loop {
            sqlx::query(cut_off).bind(&database).execute(&mut conn).await.unwrap();
            if let Ok(lock) = ServeLock::take_within(&config, Duration::ZERO).await {
                return lock;
            }
        }
    };
    let second = tokio::time::timeout(PATIENCE, taken).await.unwrap();
    // It looks every two seconds, and gives the other one five to go.
    let said = first.log.recv_timeout(Duration::from_secs(30));
    if said.is_err() {
        first.child.kill().unwrap();
    }
    let status = first.child.wait().unwrap();
    let said = said.expect("the server should have ended");
    assert_eq!(status.code(), Some(1), "{said}");
    let last = said.lines().last().unwrap_or_default();
    assert!(
        last.starts_with("seatline: ") && last.contains("in use by another seatline"),
        "{said}"
    );

    drop(second);
    let sql = format!("DROP DATABASE {database} WITH (FORCE)");
    conn.execute(AssertSqlSafe(sql)).await.unwrap();
}

#[test]
fn members_are_made_from_the_command_line_beside_a_running_server() {
    let folder = tempfile::tempdir().unwrap();
    let server = serve(folder.path());
    let run = |arguments: &[&str]| seatline(folder.path(), arguments).output().unwrap();

    let added = run(&["member", "add", "anna", "--name", "Anna", "--seats", "4"]);
    assert!(added.status.success(), "{}", text(&added.stderr));
    let (login, password) = text(&added.stdout)
        .trim()
        .split_once("  ")
        .map(|(a, b)| (a.to_owned(), b.len()))
        .unwrap();
    assert_eq!((login.as_str(), password), ("anna", 23));
    let again = run(&["member", "add", "ANNA"]);
    assert_eq!(again.status.code(), Some(1));
    assert_eq!(
        text(&again.stderr),
        "seatline: ANNA was not created: this login is taken\n"
    );
    assert_eq!(
        text(&run(&["member", "add", "bert", "--seats", "51"]).stderr),
        "seatline: the number of seats must be from 0 to 50\n"
    );
    assert_eq!(
        text(&run(&["member", "add", "ann\u{200B}a"]).stderr),
        "seatline: the login has characters that cannot be seen\n"
    );
    assert_eq!(
        text(&run(&["member", "add", "\u{430}nna"]).stderr),
        "seatline: the login looks like another one, or mixes alphabets\n"
    );
    assert_eq!(
        text(&run(&["member", "passwd", "ghost"]).stderr),
        "seatline: there is no member with the login ghost\n"
    );

    let list = text(&run(&["member", "list"]).stdout);
    let anna = list.lines().find(|line| line.starts_with("anna ")).unwrap();
    assert!(
        anna.contains("Anna") && anna.contains(" 4 ") && anna.contains("agents"),
        "{anna}"
    );
    assert!(server.stop().0.success());
}

#[test]
fn a_mistyped_folder_does_not_become_an_installation() {
    let folder = tempfile::tempdir().unwrap();
    let said = seatline(&folder.path().join("typo"), &["member", "list"])
        .output()
        .unwrap();
    assert_eq!(said.status.code(), Some(1));
    assert!(text(&said.stderr).starts_with("seatline: there is no database at "));
    assert!(!folder.path().join("typo").exists());
}

#[test]
fn a_password_can_be_handed_in() {
    let folder = tempfile::tempdir().unwrap();
    let server = serve(folder.path());
    let add = |login: &str, password: &str| {
        let mut command = seatline(folder.path(), &["member", "add", login, "--password-stdin"]);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    let good = add("anna", "correct horse battery\n");
    assert!(good.status.success());
    assert_eq!(text(&good.stdout), "");
    let short = add("bert", "short\n");
    assert_eq!(
        text(&short.stderr),
        "seatline: the password must have at least 10 characters\n"
    );
    assert!(server.stop().0.success());
}

#[test]
fn a_site_is_opened_to_an_origin_from_the_command_line() {
    let folder = used_folder();
    let run = |arguments: &[&str]| seatline(folder.path(), arguments).output().unwrap();
    let list = text(&run(&["site", "list"]).stdout);
    let key = list
        .lines()
        .nth(1)
        .unwrap()
        .split_whitespace()
        .next()
        .unwrap()
        .to_owned();
    let allowed = run(&["site", "allow", &key, "https://Shop.example/", "http://localhost:8080"]);
    assert_eq!(
        text(&allowed.stdout),
        format!("{key} allows http://localhost:8080 https://shop.example\n")
    );
    let written = ["bücher.example/cart", "https://*.mall.example"];
    let allowed = run(&[&["site", "allow", &key], &written[..]].concat());
    assert_eq!(
        text(&allowed.stdout),
        format!(
            "{key} allows http://localhost:8080 https://*.mall.example https://shop.example https://xn--bcher-kva.example\n"
        )
    );
    for (origin, why) in [
        ("null", "opened from a file"),
        ("*", "name each origin"),
        ("https://*.com", "strangers"),
    ] {
        let refused = run(&["site", "allow", &key, origin]);
        let said = text(&refused.stderr);
        assert!(refused.status.code() == Some(2) && said.contains(why), "{said}");
    }
    assert_eq!(
        text(&run(&["site", "allow", "nokey", "https://a"]).stderr),
        "seatline: there is no site with the key nokey\n"
    );
}

#[test]
fn a_url_is_refused_without_the_password_in_it() {
    let folder = tempfile::tempdir().unwrap();
    for url in [
        "postgres://me:hush#hush@host/name",
        "postgres://me:hush/hush@host/name",
        "postgres://me:hush@hush@host/name",
        "mysql://me:hush@host/name",
    ] {
        let said = refusal(folder.path(), &["--database-url", url]);
        assert!(!said.contains("hush") && !said.contains("mysql"), "{said}");
        let output = seatline(folder.path(), &["member", "list"])
            .env("SEATLINE_DATABASE_URL", url)
            .output()
            .unwrap();
        assert!(
            !output.status.success() && !text(&output.stderr).contains("hush"),
            "{output:?}"
        );
    }
}
