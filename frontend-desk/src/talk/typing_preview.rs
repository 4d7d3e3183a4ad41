//! What stands in the guest's box before they send it.

use crate::store::use_desk;
use app::i18n::{locale, td_string};
use app::ui::reactive::memo;
use domain::ConversationId;
use leptos::prelude::*;

#[component]
pub(super) fn TypingPreview(id: ConversationId) -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let typing = desk.part(move |state| state.talk(id).map(|talk| talk.typing.clone()).unwrap_or_default());
    let shown = memo(move || typing.with(|text| !text.is_empty()));
    move || {
        shown.get().then(|| {
            view! {
                <div class="said said-first said-typing" aria-live="off">
                    <span class="sr-only">{td_string!(t, desk.typing)}</span>
                    <div class="bubble typing-preview" dir="auto">
                        {move || typing.get()}
                        <span class="typing-dots" aria-hidden="true">
                            <span></span>
                            <span></span>
                            <span></span>
                        </span>
                    </div>
                </div>
            }
        })
    }
}
