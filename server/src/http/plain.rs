//! Pages without a program: a heading, a sentence, and where to go from here.

use super::language::Language;
use super::page::Template;
use axum::response::Response;

const PAGE: Template = Template(include_str!("plain.html"));

/// What such a page says, in the reader's language.
pub(super) struct Plain<'a> {
    pub(super) title: &'a str,
    pub(super) heading: &'a str,
    pub(super) sentence: &'a str,
    /// Addresses of ours with their names and what is there.
    pub(super) links: Vec<[&'a str; 3]>,
}

impl Plain<'_> {
    pub(super) fn respond(&self, language: Language) -> Response {
        let link = |[address, name, what]: &[&str; 3]| {
            format!(r#"<a href="{address}"><span><b>{name}</b><small>{what}</small></span></a>"#)
        };
        let links: String = self.links.iter().map(link).collect();
        PAGE.respond(
            language,
            &[
                ("{{TITLE}}", self.title),
                ("{{DESCRIPTION}}", self.sentence),
                ("{{HEADING}}", self.heading),
                ("{{SENTENCE}}", self.sentence),
                ("{{LINKS}}", &links),
            ],
        )
    }
}
