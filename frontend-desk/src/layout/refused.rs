//! What a member sees who may not serve: there is no desk for them, and they are told so.

use super::rail::{ConsoleLink, may_see_console};
use app::i18n::{locale, td_string};
use app::ui::forbidden::needs;
use app::ui::shell::{Localized, Logo};
use app::ui::{AccountMenu, Forbidden};
use domain::Rule;
use leptos::prelude::*;

#[component]
pub(crate) fn NotForYou() -> impl IntoView {
    view! {
        <Localized>
            <Frame />
        </Localized>
    }
}

#[component]
fn Frame() -> impl IntoView {
    let t = locale();
    view! {
        <div class="desk" data-place="none">
            <nav class="rail" aria-label=td_string!(t, desk.face)>
                <span class="rail-mark">
                    <Logo />
                </span>
                <span class="grow"></span>
                {may_see_console().then(|| view! { <ConsoleLink /> })}
                <div class="rail-me"><AccountMenu /></div>
            </nav>
            <main class="bench bench-alone">
                <h1 class="sr-only">{td_string!(locale(), desk.face)}</h1>
                <Forbidden
                    why=needs(Rule::ConversationServe)
                    elsewhere=may_see_console().then(|| (td_string!(t, admin.face), "/admin"))
                />
            </main>
        </div>
    }
}
