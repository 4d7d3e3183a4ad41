//! Who one talks to, where they are, and the end of it.

use super::drafts;
use crate::address::BASE;
use crate::layout::Details;
use crate::lists::row::{guest_name, page};
use crate::store::use_desk;
use app::i18n::{locale, td_string};
use app::ui::{Avatar, Button, Confirm, Icon, Kind};
use domain::ConversationId;
use leptos::prelude::*;
use protocol::desk::DeskFrame;

#[component]
pub(super) fn TalkHead(id: ConversationId) -> impl IntoView {
    let (t, desk, details) = (locale(), use_desk(), expect_context::<Details>());
    let closing = RwSignal::new(false);
    let guest = desk.part(move |state| {
        let card = &state.talk(id)?.card;
        Some((card.guest.clone(), card.guest_here))
    });
    let epoch = desk.part(move |state| {
        state
            .talk(id)
            .filter(|talk| talk.ended.is_none())
            .map(|talk| talk.card.epoch)
    });
    let close = move |()| {
        if let Some(epoch) = epoch.get_untracked() {
            drafts::forget(id);
            desk.ask(DeskFrame::Close {
                conversation: id,
                epoch,
            });
        }
    };
    let who = move || {
        let (guest, here) = guest.get()?;
        let presence = if here {
            td_string!(t, desk.here_now)
        } else {
            td_string!(t, desk.not_here)
        };
        let page = page(&guest);
        let place = (!page.is_empty()).then(|| format!(" · {page}"));
        Some(view! {
            <span class="presence" class:presence-gone=!here>
                <Avatar name=guest.name.clone() seed=guest.id.to_string() />
            </span>
            <div class="grow min-w-0">
                <h1 class="text-base truncate">{guest_name(t, &guest)}</h1>
                <div class="text-xs text-quiet truncate">{presence}{place}</div>
            </div>
        })
    };
    let closed = Signal::derive(move || !desk.online().get());
    view! {
        <header class="talk-head">
            <a class="btn btn-quiet btn-square phone-only" href=BASE aria-label=td_string!(t, common.back)>
                {Icon::ChevronLeft.view()}
            </a>
            {who}
            {move || {
                epoch
                    .get()
                    .map(|_| {
                        view! {
                            <Button
                                label=td_string!(t, desk.close)
                                icon=Icon::Check
                                disabled=closed
                                on_press=move |()| closing.set(true)
                            />
                        }
                    })
            }}
            <Button
                label=td_string!(t, desk.details)
                icon=Icon::PanelRight
                icon_only=true
                kind=Kind::Quiet
                on_press=move |()| details.toggle()
            />
        </header>
        <Confirm
            open=closing
            title=td_string!(t, desk.close_title)
            body=td_string!(t, desk.close_body)
            verb=td_string!(t, desk.close_verb)
            on_confirm=close
        />
    }
}
