//! A page's frame: its name, what can be done, my account, the content.

use crate::nav::NavOpen;
use app::i18n::{locale, td_string};
use app::ui::{AccountMenu, Icon};
use leptos::prelude::*;

#[component]
pub(crate) fn PageFrame(
    #[prop(into)] title: String,
    /// What can be done on this page; the main thing last.
    #[prop(optional, into)]
    actions: ViewFn,
    /// A bar below the head.
    #[prop(optional, into)]
    banner: ViewFn,
    children: Children,
) -> impl IntoView {
    let (t, open) = (locale(), expect_context::<NavOpen>().0);
    view! {
        <main class="page">
            <header class="page-head">
                <button
                    type="button"
                    class="btn btn-quiet btn-square burger"
                    aria-label=td_string!(t, admin.menu)
                    on:click=move |_| open.set(true)
                >
                    {Icon::Menu.view()}
                </button>
                <h1 class="grow truncate">{title}</h1>
                {actions.run()}
                <AccountMenu />
            </header>
            <div>{banner.run()}</div>
            <div class="page-body">{children()}</div>
        </main>
    }
}
