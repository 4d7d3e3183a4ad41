//! The code that a site's pages carry, and what to do with it.

use app::api::site::Site;
use app::i18n::{locale, td_string};
use app::ui::{Copyable, Icon};
use leptos::prelude::*;

#[component]
pub(super) fn Embed(site: Site) -> impl IntoView {
    let t = locale();
    let demo = format!("/demo?site={}", site.key);
    view! {
        <section class="embed">
            <h3 class="field-label">{td_string!(t, admin.embed)}</h3>
            <Copyable text=site.embed />
            <ol class="how-to">
                <li>{td_string!(t, admin.embed_allow)}</li>
                <li>{td_string!(t, admin.embed_paste)}</li>
                <li>{td_string!(t, admin.embed_look)}</li>
            </ol>
            <dl class="facts">
                <dt>{td_string!(t, admin.site_key)}</dt>
                <dd>
                    <code>{site.key}</code>
                </dd>
            </dl>
            <a class="linked-out" href=demo target="_blank" rel="external noopener">
                {td_string!(t, admin.try_it)}
                {Icon::ExternalLink.view()}
            </a>
        </section>
    }
}
