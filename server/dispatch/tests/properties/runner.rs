//! Tries sequences, and says how to try a failing one again.

use crate::FLAVOURS;
use crate::ops::{self, Flavour};
use crate::world::World;
use proptest::test_runner::{Config, RngSeed, TestError, TestRunner};
use std::cell::Cell;
use std::hash::{BuildHasher, RandomState};
use std::sync::Once;
use std::{env, panic};

pub fn run(flavour: Flavour) {
    let sequences: u32 = setting("SEATLINE_SEQUENCES").unwrap_or(10_000);
    let seed: u64 = setting("SEATLINE_SEED").unwrap_or_else(|| RandomState::new().hash_one(flavour as u8));
    let config = Config {
        cases: sequences.div_ceil(FLAVOURS),
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: None,
        max_shrink_iters: 20_000,
        ..Config::default()
    };
    let outcome = quietly(|| {
        TestRunner::new(config).run(&ops::sequence(flavour), |steps| {
            let mut world = World::new();
            for step in &steps {
                world.step(step);
            }
            Ok(())
        })
    });
    match outcome {
        Ok(()) => {}
        Err(TestError::Abort(why)) => panic!("no sequence could be tried: {why}"),
        Err(TestError::Fail(why, steps)) => {
            let listed: Vec<_> = steps.iter().map(|step| format!("  {step:?}")).collect();
            panic!(
                "{why}\n\nafter {} steps:\n{}\n\nAgain: SEATLINE_SEED={seed} SEATLINE_SEQUENCES={sequences}\n",
                steps.len(),
                listed.join("\n"),
            );
        }
    }
}

fn setting<T: std::str::FromStr>(name: &str) -> Option<T> {
    let value = env::var(name).ok()?;
    Some(
        value
            .parse()
            .unwrap_or_else(|_| panic!("{name}={value} is not a number")),
    )
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work` without the noise of the hundreds of panics in which a failing sequence is made shorter.
fn quietly<T>(work: impl FnOnce() -> T) -> T {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let loud = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                loud(info);
            }
        }));
    });
    QUIET.set(true);
    let outcome = work();
    QUIET.set(false);
    outcome
}
