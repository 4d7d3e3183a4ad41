//! The address names the state: what is open beside a list, and in the query how the list is narrowed down.

use crate::page::{Page, Thing};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::location::State;
use leptos_router::params::ParamsMap;

/// The address of `page` with `thing` open beside it, and the list as it is now.
pub(crate) fn address_of(page: Page, thing: Option<Thing>) -> Signal<String> {
    let search = use_location().search;
    let path = thing.map_or_else(|| page.address(), |thing| page.address_of(thing));
    Signal::derive(move || with_query(&path, &search.get()))
}

/// Leads to `page` with `thing` open beside it, the list as it is.
pub(crate) fn use_open(page: Page) -> Callback<Option<Thing>> {
    let (search, navigate) = (use_location().search, use_navigate());
    Callback::new(move |thing: Option<Thing>| {
        let path = thing.map_or_else(|| page.address(), |thing| page.address_of(thing));
        navigate(&with_query(&path, &search.get_untracked()), as_it_is(false));
    })
}

/// Makes `pairs` the query of the address, without a new entry in the history: a list narrowed down letter by letter is
/// still the same place.
pub(crate) fn use_query() -> (Memo<ParamsMap>, Callback<ParamsMap>) {
    let (location, navigate) = (use_location(), use_navigate());
    let write = Callback::new(move |query: ParamsMap| {
        let path = location.pathname.get_untracked();
        let query = query.to_query_string();
        navigate(&with_query(&path, query.trim_start_matches('?')), as_it_is(true));
    });
    (location.query, write)
}

/// `path` is whole already.
fn as_it_is(replace: bool) -> NavigateOptions {
    NavigateOptions {
        resolve: false,
        replace,
        scroll: false,
        state: State::new(None),
    }
}

fn with_query(path: &str, query: &str) -> String {
    match query.trim_start_matches('?') {
        "" => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_added_if_there_is_one() {
        assert_eq!(with_query("/admin/sites", ""), "/admin/sites");
        assert_eq!(with_query("/admin/sites/7", "?a=b"), "/admin/sites/7?a=b");
        assert_eq!(with_query("/admin/sites", "a=b"), "/admin/sites?a=b");
    }
}
