//! A page's frame: its name, how many things there are, what can be done, the content.

use crate::nav::DrawerOpen;
use app::i18n::{locale, td_string};
use app::ui::{Button, Icon, Kind};
use leptos::prelude::*;

#[component]
pub(crate) fn PageFrame(
    #[prop(into)] title: String,
    /// How many things the page lists.
    #[prop(optional, into)]
    count: MaybeProp<usize>,
    /// What can be done on this page; the main thing last.
    #[prop(optional, into)]
    actions: ViewFn,
    /// A bar below the head.
    #[prop(optional, into)]
    banner: ViewFn,
    /// What narrows the list down; stays while the list scrolls.
    #[prop(optional, into)]
    toolbar: ViewFn,
    /// The content is a table whose rows reach from edge to edge.
    #[prop(optional)]
    table: bool,
    children: Children,
) -> impl IntoView {
    let (t, drawer) = (locale(), expect_context::<DrawerOpen>().0);
    view! {
        <main class="page">
            <header class="page-head">
                <span class="page-menu">
                    <Button
                        label=td_string!(t, admin.menu)
                        icon=Icon::Menu
                        icon_only=true
                        kind=Kind::Quiet
                        on_press=move |()| drawer.set(true)
                    />
                </span>
                <h1>{title}</h1>
                <span class="page-count figures">{move || count.get()}</span>
                <span class="grow"></span>
                {actions.run()}
            </header>
            <div>{banner.run()} {toolbar.run()}</div>
            <div class="page-body" class:page-table=table>
                {children()}
            </div>
        </main>
    }
}
