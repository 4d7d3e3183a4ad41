//! The rows of a list, one per conversation, kept while it is in the list.

use domain::ConversationId;
use leptos::prelude::*;

/// One function for all lists: what tells old rows from new ones is large, and would be compiled anew for each kind of row.
#[component]
pub(crate) fn Rows(
    #[prop(into)] ids: Signal<Vec<ConversationId>>,
    #[prop(into)] row: Callback<ConversationId, AnyView>,
) -> impl IntoView {
    view! { <For each=move || ids.get() key=|id| *id children=move |id| row.run(id) /> }
}
