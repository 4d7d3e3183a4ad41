//! The process of `src/bin/floor.rs`, measured in the same run.

use anyhow::Context as _;
use rig::usage::Usage;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use crate::load::Lane;
use crate::wires::{Dial, Heard, Wires};

/// A floor that runs. Killed when dropped.
#[derive(Debug)]
pub(crate) struct Floor {
    child: Child,
    address: SocketAddr,
}

impl Floor {
    /// Starts the binary beside this one.
    pub(crate) fn start() -> anyhow::Result<Self> {
        let binary = std::env::current_exe()?.with_file_name("floor");
        let mut child = Command::new(binary)
            .stdout(Stdio::piped())
            .spawn()
            .context("starting the floor")?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("the floor says nothing")?).read_line(&mut line)?;
        let address = line
            .trim()
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .parse()
            .context("where the floor listens")?;
        Ok(Self { child, address })
    }

    pub(crate) fn usage(&self) -> anyhow::Result<Usage> {
        Ok(Usage::of(self.child.id())?)
    }

    /// So many pairs of sockets; `acknowledges` says whether senders are answered.
    pub(crate) fn lanes(&self, wires: &mut Wires, pairs: u32, acknowledges: bool) -> anyhow::Result<Vec<Lane>> {
        let mut lanes = Vec::new();
        for pair in 0..pairs {
            let ack = if acknowledges { "&ack=1" } else { "" };
            let dial = Dial::new(self.address, format!("/ws?pair={pair}{ack}"));
            lanes.push(Lane::bare(wires.dial(&dial)?, wires.dial(&dial)?));
        }
        let mut missing = 2 * pairs;
        crate::pairs::until(wires, "the floor", &mut |_, _, heard| {
            missing -= u32::from(heard == Heard::Open);
            Ok(missing == 0)
        })?;
        Ok(lanes)
    }
}

impl Drop for Floor {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
