//! Taking a guest out of the missed queue, or the reason why that is not possible now.

use crate::state::{Hindrance, Input};
use crate::store::use_desk;
use app::i18n::{locale, td_string};
use app::ui::Button;
use domain::ConversationId;
use leptos::prelude::*;

#[component]
pub(crate) fn ClaimButton(
    conversation: ConversationId,
    /// Who is claimed, for those who hear the button without the row around it.
    #[prop(into)]
    who: Signal<String>,
) -> impl IntoView {
    let (t, desk) = (locale(), use_desk());
    let busy = desk.part(move |state| state.is_claiming(conversation));
    let hindrance = desk.hindrance();
    let blocked = Signal::derive(move || {
        hindrance.get().map(|hindrance| {
            let why = match hindrance {
                Hindrance::Offline => td_string!(t, desk.claim_offline),
                Hindrance::NotOnDuty => td_string!(t, desk.claim_off_duty),
                Hindrance::NoFreeSeat => td_string!(t, desk.claim_no_seat),
            };
            why.to_owned()
        })
    });
    view! {
        <Button
            label=td_string!(t, desk.claim)
            about=who
            small=true
            busy
            blocked
            on_press=move |()| desk.apply(Input::Claimed { conversation })
        />
    }
}
