//! The log-in page. The address stays, so logging in leads to what was asked for.

use super::Credentials;
use super::form::LoginForm;
use crate::i18n::{locale, td_string};
use crate::ui::language_switch::LanguageSwitch;
use crate::ui::letters::small;
use crate::ui::shell::Logo;
use crate::ui::theme::ThemeSwitch;
use leptos::prelude::*;

#[component]
pub fn LoginPage(
    /// The front end's name.
    #[prop(into)]
    face: String,
    credentials: Credentials,
) -> impl IntoView {
    let t = locale();
    let title = td_string!(t, login.title, face = small(&face));
    document().set_title(&format!("{title} · Seatline"));
    view! {
        <main class="login">
            <section class="login-card">
                <Logo large=true />
                <div>
                    <h1>{title}</h1>
                    <p class="login-motto">{td_string!(t, login.motto)}</p>
                </div>
                <LoginForm credentials />
                <p class="field-hint">
                    {td_string!(t, login.forgotten)} " " <code translate="no">"seatline member passwd"</code>
                </p>
            </section>
            <footer class="login-foot">
                <LanguageSwitch />
                <ThemeSwitch />
            </footer>
        </main>
    }
}
