//! Memos and effects that cost a front end less: Leptos compiles its own anew for every closure, which is most of what a
//! browser would load.

use leptos::prelude::*;

/// A value that is told again only when it has changed. As [`Memo::new`], compiled once for each `T`.
pub fn memo<T: PartialEq + Send + Sync + 'static>(value: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    memo_of(Box::new(value))
}

fn memo_of<T: PartialEq + Send + Sync + 'static>(value: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
    Memo::new(move |_| value())
}

/// Does something now, and again when what it read has changed. As [`Effect::new`], compiled once.
pub fn effect(deed: impl FnMut() + 'static) {
    effect_of(Box::new(deed));
}

fn effect_of(mut deed: Box<dyn FnMut()>) {
    Effect::new(move |_: Option<()>| deed());
}
