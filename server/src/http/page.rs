//! Pages that the server writes itself: templates with `{{NAMES}}` to be filled in.

use super::language::Language;
use super::security::Policy;
use axum::http::{HeaderValue, header::VARY};
use axum::response::Response;

/// The three seats of the mark, as an address.
pub(super) const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Cg \
fill='none' stroke='%23007a7b' stroke-width='3'%3E%3Crect x='2.5' y='12' width='7' height='8' rx='2' fill='%23007a7b'/%3E\
%3Crect x='12.5' y='12' width='7' height='8' rx='2' fill='%23007a7b'/%3E%3Crect x='22.5' y='12' width='7' height='8' \
rx='2'/%3E%3C/g%3E%3C/svg%3E";

/// A page whose scripts and styles are all in the template, so that their hashes are known before anything is filled in:
/// what is filled in can neither run nor restyle anything.
pub(super) struct Template(pub(super) &'static str);

impl Template {
    /// The page with `{{NAMES}}` replaced by markup of ours.
    pub(super) fn respond(&self, language: Language, fill: &[(&str, &str)]) -> Response {
        let policy = Policy::of(&inline(self.0, "script"), &inline(self.0, "style"));
        let common = [("{{LANG}}", language.tag()), ("{{ICON}}", ICON)];
        let page = common
            .iter()
            .chain(fill)
            .fold(self.0.to_owned(), |page, (name, markup)| page.replace(name, markup));
        let mut response = policy.respond(page);
        response
            .headers_mut()
            .insert(VARY, HeaderValue::from_static("accept-language, cookie"));
        response
    }
}

/// What stands inside of the elements of that name.
fn inline<'a>(template: &'a str, element: &str) -> Vec<&'a str> {
    let (start, end) = (format!("<{element}"), format!("</{element}>"));
    let elements = template.split(start.as_str()).skip(1);
    elements
        .filter_map(|rest| rest.split_once('>')?.1.split_once(end.as_str()))
        .map(|(content, _)| content)
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails here should panic")]
    use super::*;
    use axum::body::to_bytes;

    #[tokio::test]
    async fn what_is_filled_in_is_there_and_cannot_run() {
        const TEMPLATE: Template = Template(r#"<html lang="{{LANG}}"><script id="a">one()</script>{{BODY}}"#);
        let response = TEMPLATE.respond(Language::Chinese, &[("{{BODY}}", "<script>two()</script>")]);
        let policy = response.headers()["content-security-policy"]
            .to_str()
            .unwrap()
            .to_owned();
        let page = to_bytes(response.into_body(), 1_000).await.unwrap();
        assert_eq!(
            page,
            r#"<html lang="zh"><script id="a">one()</script><script>two()</script>"#
        );
        assert_eq!(policy.matches("'sha256-").count(), 1, "{policy}");
    }

    #[test]
    fn every_inline_element_is_found() {
        let page =
            r#"<style>a{}</style><script>one()</script><script src="x"></script><script data-a="b">two()</script>"#;
        assert_eq!(inline(page, "script"), ["one()", "", "two()"]);
        assert_eq!(inline(page, "style"), ["a{}"]);
    }
}
