//! Why a file or folder cannot be used, in words for the person who starts Seatline: which one, whose it is, and what to do.

use crate::StoreError;
use crate::open::beside;
use std::fs::OpenOptions;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

/// "No locks available".
const ENOLCK: i32 = 37;

/// Whether there is such a file. Where nobody can tell, that is an error, and not a no.
///
/// # Errors
/// This user may not look.
pub fn is_there(path: &Path) -> Result<bool, StoreError> {
    match std::fs::metadata(path) {
        Ok(_) => Ok(true),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(false),
        Err(error) => Err(unreadable(path, &error)),
    }
}

pub(crate) fn unreadable(path: &Path, error: &io::Error) -> StoreError {
    let why = why_refused(path, error);
    let path = path.to_owned();
    StoreError::Forbidden { path, why }
}

pub(crate) fn unwritable(path: &Path, error: &io::Error) -> StoreError {
    let why = why_refused(path, error);
    let path = path.to_owned();
    StoreError::Unwritable { path, why }
}

/// Why a file or folder was refused, and what to do about it.
pub fn why_refused(path: &Path, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
            "what should be a folder on the way there is a file".to_owned()
        }
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::PermissionDenied => owned(path),
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ if error.raw_os_error() == Some(ENOLCK) => {
            "its file system has no locks, as some network file systems: put the data folder on a local one".to_owned()
        }
        _ if error.raw_os_error().is_some_and(|code| code == 23 || code == 24) => {
            "too many files are open: raise the limit (ulimit -n, or LimitNOFILE= of the service)".to_owned()
        }
        _ => error.to_string(),
    }
}

/// Whose it is that keeps us out, and what to do.
fn owned(path: &Path) -> String {
    let me = user_name(rustix::process::geteuid().as_raw());
    // The nearest that can be seen: the file, or else the folder that keeps its content to itself.
    let Some((found, owner)) = path
        .ancestors()
        .map(|path| if path == Path::new("") { Path::new(".") } else { path })
        .find_map(|path| std::fs::metadata(path).ok().map(|found| (path, found.uid())))
    else {
        return format!("{me} may not");
    };
    let owner = user_name(owner);
    let shown = found.display();
    if owner == me {
        return format!("its owner {me} may not either: allow it with `chmod u+rwX {shown}`");
    }
    format!(
        "{shown} belongs to {owner}, and this is {me}, who may not: run it as {owner}, or give {me} the data folder with `chown -R {me}`"
    )
}

/// The name of a user, or the number where it has none.
fn user_name(id: u32) -> String {
    let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let named = users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)?.parse() == Ok(id)).then(|| name.to_owned())
    });
    named.unwrap_or_else(|| id.to_string())
}

/// The file of a database that this user may not write to, if SQLite only says that something went wrong.
pub(crate) fn locked_out(database: &Path) -> Option<StoreError> {
    let parts: [PathBuf; 3] = [database.to_owned(), beside(database, "-wal"), beside(database, "-shm")];
    let denied = parts.into_iter().find_map(|part| {
        let error = OpenOptions::new().append(true).open(&part).err()?;
        (error.kind() == io::ErrorKind::PermissionDenied).then(|| unwritable(&part, &error))
    });
    denied.or_else(|| {
        // SQLite makes the other two files beside it.
        let folder = database
            .parent()
            .filter(|folder| *folder != Path::new(""))
            .unwrap_or(Path::new("."));
        let error = tempfile::tempfile_in(folder).err()?;
        (error.kind() == io::ErrorKind::PermissionDenied).then(|| unwritable(folder, &error))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
    use super::*;

    #[test]
    fn what_a_file_system_cannot_do_is_said_with_what_to_do() {
        let said = unwritable(Path::new("/data/seatline.db"), &io::Error::from_raw_os_error(ENOLCK)).to_string();
        assert!(
            said.contains("/data/seatline.db") && said.contains("local one"),
            "{said}"
        );
        let said = unwritable(Path::new("/data/seatline.db"), &io::Error::from_raw_os_error(24)).to_string();
        assert!(said.contains("LimitNOFILE"), "{said}");
    }

    #[test]
    fn whose_a_file_is_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let me = user_name(rustix::process::geteuid().as_raw());
        let denied = io::Error::from(io::ErrorKind::PermissionDenied);
        let said = unreadable(&folder.path().join("none/seatline.db"), &denied).to_string();
        assert!(
            said.contains(&me) && said.contains(folder.path().to_str().unwrap()),
            "{said}"
        );
        assert!(!is_there(&folder.path().join("none")).unwrap());
    }
}
