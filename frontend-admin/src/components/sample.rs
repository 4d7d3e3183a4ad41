//! One component: its name, when to use it, and how it looks in both themes.

use app::ui::{Button, Icon, Kind};
use leptos::prelude::*;

#[derive(Clone, Copy, Debug)]
pub(super) struct Sample {
    /// As it is called in the code.
    name: &'static str,
    why: &'static str,
    /// The component in its states; made twice.
    shown: fn() -> AnyView,
}

impl Sample {
    pub(super) const fn new(name: &'static str, why: &'static str, shown: fn() -> AnyView) -> Self {
        Self { name, why, shown }
    }

    pub(super) fn view(self) -> AnyView {
        let stage = |theme| view! { <div class="sample-stage" data-theme=theme>{(self.shown)()}</div> };
        view! {
            <article class="sample">
                <h3 translate="no">{self.name}</h3>
                <p>{self.why}</p>
                <div class="sample-stages">{["light", "dark"].map(stage).into_iter().collect_view()}</div>
            </article>
        }
        .into_any()
    }
}

/// What a button is doing, or why it does nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum State {
    #[default]
    Ready,
    Busy,
    Disabled,
    Blocked(&'static str),
}

/// A button to be looked at.
#[derive(Clone, Debug, Default)]
pub(super) struct Look {
    pub(super) kind: Kind,
    pub(super) icon: Option<Icon>,
    pub(super) icon_only: bool,
    pub(super) small: bool,
    pub(super) state: State,
}

impl Look {
    pub(super) fn view(self, label: &'static str, press: Callback<()>) -> AnyView {
        let blocked = match self.state {
            State::Blocked(why) => Some(why.to_owned()),
            State::Ready | State::Busy | State::Disabled => None,
        };
        view! {
            <Button
                label
                kind=self.kind
                icon=Signal::stored(self.icon)
                icon_only=self.icon_only
                small=self.small
                busy=self.state == State::Busy
                disabled=self.state == State::Disabled
                blocked=Signal::stored(blocked)
                on_press=press
            />
        }
        .into_any()
    }
}

/// A plain button that does something.
pub(super) fn button(label: &'static str, press: impl Fn() + Send + Sync + 'static) -> AnyView {
    Look::default().view(label, Callback::new(move |()| press()))
}

/// Things in a row.
pub(super) fn row(shown: Vec<AnyView>) -> AnyView {
    view! { <div class="sample-row">{shown}</div> }.into_any()
}

/// Several states in a row, each with the word for it below, which may be a name in the code.
pub(super) fn states(states: Vec<(&'static str, AnyView)>) -> AnyView {
    let one = |(word, shown): (&'static str, AnyView)| {
        view! {
            <div class="sample-state">
                <div>{shown}</div>
                <span translate="no">{word}</span>
            </div>
        }
    };
    view! { <div class="sample-states">{states.into_iter().map(one).collect_view()}</div> }.into_any()
}
