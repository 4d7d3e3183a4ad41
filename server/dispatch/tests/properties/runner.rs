//! Tries sequences; makes a failing one short, and says how to try it again.

use crate::FLAVOURS;
use crate::ops::{self, Flavour, Step};
use crate::world::World;
use proptest::test_runner::{Config, RngSeed, TestError, TestRunner};
use std::any::Any;
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
        // Making things smaller one by one does not shorten a sequence; `shortened` does.
        max_shrink_iters: 0,
        ..Config::default()
    };
    let outcome = quietly(|| {
        TestRunner::new(config).run(&ops::sequence(flavour), |steps| {
            play(&steps);
            Ok(())
        })
    });
    match outcome {
        Ok(()) => {}
        Err(TestError::Abort(why)) => panic!("no sequence could be tried: {why}"),
        Err(TestError::Fail(_, steps)) => {
            let (steps, why) = quietly(|| shortened(steps));
            let listed: Vec<_> = steps.iter().map(|step| format!("  {step:?}")).collect();
            panic!(
                "{why}\n\nafter these {} steps:\n{}\n\nAgain: SEATLINE_SEED={seed} SEATLINE_SEQUENCES={sequences}\n",
                steps.len(),
                listed.join("\n"),
            );
        }
    }
}

fn play(steps: &[Step]) {
    let mut world = World::new();
    for step in steps {
        world.step(step);
    }
}

/// Leaves out ever smaller pieces for as long as what is left still fails; also says why it does.
fn shortened(mut steps: Vec<Step>) -> (Vec<Step>, String) {
    let mut why = failure(&steps).unwrap_or_else(|| "fails only sometimes".into());
    let mut piece = steps.len() / 2;
    while piece > 0 {
        let mut at = 0;
        while at < steps.len() {
            let mut fewer = steps.clone();
            fewer.drain(at..(at + piece).min(steps.len()));
            match failure(&fewer) {
                Some(reason) => (steps, why) = (fewer, reason),
                None => at += piece,
            }
        }
        piece /= 2;
    }
    (steps, why)
}

fn failure(steps: &[Step]) -> Option<String> {
    let panicked: Box<dyn Any + Send> = panic::catch_unwind(|| play(steps)).err()?;
    let said = panicked.downcast_ref::<String>().cloned();
    said.or_else(|| panicked.downcast_ref::<&str>().map(ToString::to_string))
        .or_else(|| Some("a panic".into()))
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
