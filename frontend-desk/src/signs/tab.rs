//! What the tab says while another one is in front: of unread messages a number in its title and a dot on its icon; of
//! guests who wait for an agent who counts as away, a question.

use crate::state::DeskState;
use crate::store::use_desk;
use app::i18n::{Language, td_string};
use app::ui::reactive::{effect, memo};
use leptos::prelude::*;
use leptos::web_sys::Element;

/// Drawn over the right upper corner of the page's icon, whose picture is 32 units wide and high.
const DOT: &str = "%3Ccircle cx='25' cy='7' r='7' fill='%23d6336c'/%3E";
const PICTURE_ENDS: &str = "%3C/svg%3E";

/// Keeps title and icon in step.
#[component]
pub(crate) fn TabSigns() -> impl IntoView {
    let (desk, language) = (use_desk(), expect_context::<Language>());
    let unread = desk.part(DeskState::unread);
    let away = desk.part(|state| state.seats.away);
    let any = memo(move || unread.get() > 0 || away.get());
    effect(move || {
        let t = language.get();
        let title = match unread.get() {
            _ if away.get() => td_string!(t, desk.title_away).to_owned(),
            0 => td_string!(t, desk.title).to_owned(),
            n => td_string!(t, desk.title_unread, n = n),
        };
        document().set_title(&title);
    });
    let Some((link, plain)) = icon() else { return };
    let link = StoredValue::new_local(link);
    let reset = plain.clone();
    on_cleanup(move || {
        if let Some(link) = link.try_get_value() {
            drop(link.set_attribute("href", &reset));
        }
    });
    let dotted = plain.replace(PICTURE_ENDS, &format!("{DOT}{PICTURE_ENDS}"));
    effect(move || {
        let icon = if any.get() { &dotted } else { &plain };
        drop(link.with_value(|link| link.set_attribute("href", icon)));
    });
}

/// The page's icon: its element, and its picture in the address.
fn icon() -> Option<(Element, String)> {
    let link = document().query_selector("link[rel=icon]").ok()??;
    let picture = link.get_attribute("href")?;
    Some((link, picture))
}
