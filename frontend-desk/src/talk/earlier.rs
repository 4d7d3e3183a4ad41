//! The beginning of what is here: earlier messages on their way, or where the conversation began.

use super::stay::Stay;
use crate::state::Input;
use crate::store::use_desk;
use app::api::ApiError;
use app::i18n::{locale, td_string, words};
use app::ui::{Button, Kind};
use domain::ConversationId;
use leptos::prelude::*;

/// Fetches earlier messages of one conversation, one page at a time.
#[derive(Clone, Copy)]
pub(super) struct Earlier {
    conversation: ConversationId,
    /// The server said that there are some.
    more: Memo<bool>,
    fetching: RwSignal<bool>,
    failed: RwSignal<Option<ApiError>>,
    ask: Callback<()>,
}

impl Earlier {
    pub(super) fn new(conversation: ConversationId, stay: Stay) -> Self {
        let desk = use_desk();
        let (fetching, failed) = (RwSignal::new(false), RwSignal::new(None));
        let take = move |answer| match answer {
            Ok(page) => {
                let put_back = stay.hold();
                desk.apply(Input::Earlier { conversation, page });
                put_back();
            }
            Err(error) => failed.set(Some(error)),
        };
        let ask = move |()| {
            fetching.set(true);
            failed.set(None);
            desk.fetch_earlier(conversation, move |answer| {
                // `Some` says that the pane is gone.
                if fetching.try_set(false).is_none() {
                    take(answer);
                }
            });
        };
        Self {
            conversation,
            more: desk.part(move |state| state.talk(conversation).is_some_and(|talk| talk.earlier)),
            fetching,
            failed,
            ask: Callback::new(ask),
        }
    }

    pub(super) fn is_fetching(self) -> bool {
        self.fetching.get()
    }

    /// Fetches a page, unless one is on its way, none is left, or the last one failed.
    pub(super) fn fetch(self) {
        let idle = !self.fetching.get_untracked() && self.failed.with_untracked(Option::is_none);
        if idle && self.more.get_untracked() {
            self.ask.run(());
        }
    }
}

/// The line above the first message.
#[component]
pub(super) fn Beginning(earlier: Earlier) -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let id = earlier.conversation;
    let said = desk.part(move |state| state.talk(id).is_some_and(|talk| !talk.messages.is_empty()));
    let blank = desk.part(move |state| state.talk(id).is_some_and(crate::state::Talk::is_blank));
    let text = move || match () {
        () if earlier.fetching.get() => td_string!(t, desk.earlier_loading),
        () if blank.get() || earlier.more.get() => "",
        () if said.get() => td_string!(t, desk.start),
        () => td_string!(t, desk.no_messages),
    };
    view! {
        <div class="talk-beginning">
            {move || match earlier.failed.get() {
                None => text().into_any(),
                Some(error) => view! {
                    <span role="alert">{td_string!(t, desk.earlier_failed)} " " {words::error(t, &error)}</span>
                    <Button
                        label=td_string!(t, common.retry)
                        small=true
                        kind=Kind::Quiet
                        on_press=earlier.ask
                    />
                }
                .into_any(),
            }}
        </div>
    }
}
