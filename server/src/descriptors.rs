//! Files and sockets a process may have open. Service managers set a low limit for programs that cannot use more, and let those
//! raise it that can.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Fewer than this are few for a server: every guest, agent and page of theirs has one.
const FEW: u64 = 4_096;

/// Raises the limit to what may be had, and says so in the log if that is little.
pub(crate) fn raise_limit() {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current != maximum {
        let all = Rlimit {
            current: maximum,
            maximum,
        };
        if let Err(error) = setrlimit(Resource::Nofile, all) {
            tracing::warn!(%error, "the limit of open files cannot be raised");
        }
    }
    let now = getrlimit(Resource::Nofile).current;
    if let Some(few) = now.filter(|limit| *limit < FEW) {
        tracing::warn!(
            "at most {few} files and sockets may be open, so that some {} guests and agents can be connected: raise the limit \
             (ulimit -n, or LimitNOFILE= of the service)",
            few.saturating_sub(64)
        );
    }
}
