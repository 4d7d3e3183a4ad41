//! A guest who was just seated waits for a sign; if none comes they move on.

use crate::store::use_desk;
use app::i18n::{locale, td_string};
use app::ui::clock::use_clock;
use app::ui::time_ago::lasted;
use app::ui::{Button, Icon, Kind};
use domain::ConversationId;
use leptos::prelude::*;
use protocol::desk::DeskFrame;

#[component]
pub(super) fn AcceptBar(id: ConversationId) -> impl IntoView {
    let (t, desk, clock) = (locale(), use_desk(), use_clock());
    let offer = desk.part(move |state| {
        let talk = state.talk(id)?;
        (talk.ended.is_none() && !talk.card.answered).then_some((talk.card.epoch, talk.card.accept_by))
    });
    let offline = Signal::derive(move || !desk.online().get());
    view! {
        <div>
            {move || {
                let (epoch, accept_by) = offer.get()?;
                let text = move || match accept_by {
                    Some(by) => td_string!(t, desk.accept_text, time = lasted(t, by.ms_since(clock.now()))),
                    None => td_string!(t, desk.accept_text_open).to_owned(),
                };
                let accept = move |()| desk.ask(DeskFrame::Accept { conversation: id, epoch });
                Some(
                    view! {
                        <div class="banner" role="status">
                            {Icon::Clock.view()}
                            <span class="grow figures">{text}</span>
                            <Button
                                label=td_string!(t, desk.accept)
                                kind=Kind::Main
                                small=true
                                disabled=offline
                                on_press=accept
                            />
                        </div>
                    },
                )
            }}
        </div>
    }
}
