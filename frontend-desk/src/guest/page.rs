//! A page of the customer's site: what it is called, where it is, and the way there.

use app::ui::Icon;
use app::ui::names::{is_blank, tame};
use domain::guest::PageView;
use leptos::prelude::*;

/// The title, else the path, else the host.
pub(crate) fn name(page: &PageView) -> String {
    let parts = [page.title.as_str(), path(&page.url), host(&page.url)];
    let named = parts
        .into_iter()
        .map(str::trim)
        .find(|part| !is_blank(part) && *part != "/");
    tame(named.unwrap_or_default())
}

/// What follows the host, without query and fragment.
pub(crate) fn path(url: &str) -> &str {
    let rest = after_scheme(url).unwrap_or_default();
    let from = rest.find('/').unwrap_or(rest.len());
    let path = rest.get(from..).unwrap_or_default();
    path.split(['?', '#']).next().unwrap_or_default()
}

/// Who serves it, without `www.`.
pub(crate) fn host(url: &str) -> &str {
    let rest = after_scheme(url).unwrap_or_default();
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

/// Only pages of the web are anything to link to.
fn after_scheme(url: &str) -> Option<&str> {
    ["https://", "http://"]
        .into_iter()
        .find_map(|scheme| url.strip_prefix(scheme))
}

/// A link out, shown as `text`; words alone if there is nowhere to go.
#[component]
pub(crate) fn PageLink(#[prop(into)] url: String, #[prop(into)] text: String) -> impl IntoView {
    if after_scheme(&url).is_none() {
        return view! { <span class="truncate">{text}</span> }.into_any();
    }
    view! {
        <a class="page-link" data-tip=url.clone() href=url target="_blank" rel="noopener noreferrer">
            <span class="truncate">{text}</span>
            {Icon::ExternalLink.view()}
        </a>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(url: &str, title: &str) -> PageView {
        PageView {
            url: url.into(),
            title: title.into(),
            referrer: String::new(),
        }
    }

    #[test]
    fn a_page_is_called_by_its_title_or_by_where_it_is() {
        let name = |url, title| name(&page(url, title));
        assert_eq!(name("https://shop.example/cart", "Your cart"), "Your cart");
        assert_eq!(name("https://shop.example/cart?step=2", " "), "/cart");
        assert_eq!(name("https://www.shop.example/", ""), "shop.example");
        assert_eq!(name("", ""), "");
    }

    #[test]
    fn only_addresses_of_the_web_have_a_path_and_a_host() {
        assert_eq!(path("https://shop.example/a/b?c=d#e"), "/a/b");
        assert_eq!(path("https://shop.example"), "");
        assert_eq!(path("javascript:alert(1)//x/y"), "");
        assert_eq!(host("http://www.shop.example:8080?x"), "shop.example:8080");
        assert_eq!(host("data:text/html,https://x.example"), "");
    }
}
