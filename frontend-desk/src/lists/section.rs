//! What a list is made of: a head, which folds it away, its rows, and how many there are besides.

use app::i18n::{locale, td_string};
use app::ui::Icon;
use app::ui::kept::use_kept;
use domain::ConversationId;
use leptos::prelude::*;

/// A list with its head, which folds it away; remembered.
#[component]
pub(super) fn Section(
    name: &'static str,
    /// What it is called in storage and in ids.
    key: &'static str,
    #[prop(into)] count: Signal<i32>,
    /// Beside the head.
    #[prop(optional, into)]
    beside: ViewFn,
    children: Children,
) -> impl IntoView {
    let (kept, choice) = (use_kept(), format!("folded.{key}"));
    let folded = RwSignal::new(kept.get(&choice).is_some());
    let fold = move |_| {
        folded.update(|folded| *folded = !*folded);
        kept.put(&choice, if folded.get_untracked() { "yes" } else { "" });
    };
    let id = format!("list-{key}");
    view! {
        <section class="list" aria-label=name>
            <h2 class="list-head">
                <button
                    type="button"
                    class="list-fold"
                    data-stop
                    aria-expanded=move || (!folded.get()).to_string()
                    aria-controls=id.clone()
                    on:click=fold
                >
                    {name}
                    <span class="list-count">{count}</span>
                    {Icon::ChevronDown.view()}
                </button>
                {beside.run()}
            </h2>
            <div id=id hidden=folded>
                {children()}
            </div>
        </section>
    }
}

/// The rows of a list, one per conversation, kept while it is in the list.
///
/// One function for all lists: what tells old rows from new ones is large, and would be compiled anew for each kind of row.
#[component]
pub(crate) fn Rows(
    #[prop(into)] ids: Signal<Vec<ConversationId>>,
    #[prop(into)] row: Callback<ConversationId, AnyView>,
) -> impl IntoView {
    view! { <For each=move || ids.get() key=|id| *id children=move |id| row.run(id) /> }
}

/// How many of `total` are not among the `shown`.
#[component]
pub(crate) fn Hidden(#[prop(into)] total: Signal<i32>, #[prop(into)] shown: Signal<usize>) -> impl IntoView {
    let t = locale();
    move || {
        let hidden = total.get() - i32::try_from(shown.get()).unwrap_or(i32::MAX);
        (hidden > 0).then(|| view! { <p class="list-none">{td_string!(t, desk.more, n = hidden)}</p> })
    }
}
