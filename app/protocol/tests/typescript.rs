//! `widget/src/protocol.ts`: the guest endpoint's frames, limits and close codes as TypeScript.

#![allow(clippy::unwrap_used, reason = "a test")]

mod generated;

use domain::text::TEXT_CHARS_MAX;
use protocol::guest::{GuestEvent, GuestFrame};
use protocol::{CloseCode, PROTOCOL, limits};
use std::collections::BTreeMap;
use std::fmt::Write;
use ts_rs::{Config, TS, TypeVisitor};

const HEAD: &str = "\
// Generated from app/protocol and app/domain; do not edit. Write it anew with
//   UPDATE=1 cargo test -p protocol --features typescript
";

#[test]
fn the_widgets_types_are_those_of_the_server() {
    generated::check("widget/src/protocol.ts", &typescript());
}

fn typescript() -> String {
    let mut out = String::from(HEAD);
    let config = Config::new();
    let mut declarations = Declarations {
        config: &config,
        by_name: BTreeMap::new(),
    };
    declarations.visit::<GuestFrame>();
    declarations.visit::<GuestEvent>();
    out.extend(declarations.by_name.into_values());
    constants(&mut out);
    close_codes(&mut out);
    out
}

/// Every type there is, once, by name: the order in which types are visited changes from build to build.
struct Declarations<'a> {
    config: &'a Config,
    by_name: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // Types without an output path are TypeScript's own: string, number, Array.
        let name = T::ident(self.config);
        if T::output_path().is_none() || self.by_name.contains_key(&name) {
            return;
        }
        let docs = T::docs().unwrap_or_default();
        let declaration = laid_out(&T::decl(self.config));
        self.by_name.insert(name, format!("\n{docs}export {declaration}"));
        T::visit_dependencies(self);
    }
}

/// Breaks a union at its outermost bars and indents what is nested, so that a change of one frame is a change of its
/// own lines.
fn laid_out(declaration: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::new();
    for line in declaration.lines().map(str::trim) {
        let comment = line.starts_with('/') || line.starts_with('*');
        let mut text = String::new();
        let indent = depth;
        for character in line.chars() {
            match character {
                '{' if !comment => depth += 1,
                '}' if !comment => depth -= 1,
                '|' if !comment && depth == 0 => text.push_str("\n  "),
                _ => {}
            }
            text.push(character);
        }
        let star = if line.starts_with('*') { " " } else { "" };
        out.push_str(&"  ".repeat(indent));
        out.push_str(star);
        out.push_str(&text.replace(" \n", "\n"));
        out.push('\n');
    }
    out
}

fn constants(out: &mut String) {
    let constants = [
        ("PROTOCOL", u64::from(PROTOCOL)),
        ("TEXT_CHARS_MAX", TEXT_CHARS_MAX as u64),
        ("PREVIEW_CHARS_MAX", limits::PREVIEW_CHARS_MAX as u64),
        ("GUEST_NAME_CHARS_MAX", limits::GUEST_NAME_CHARS_MAX as u64),
        ("CONTACT_CHARS_MAX", limits::CONTACT_CHARS_MAX as u64),
        ("EXACT_AHEAD_MAX", u64::from(limits::EXACT_AHEAD_MAX)),
        ("HISTORY_PAGE", u64::from(limits::HISTORY_PAGE)),
        ("SILENCE_MS_MAX", u64::from(limits::SILENCE_MS_MAX)),
        ("HELLO_MS_MAX", u64::from(limits::HELLO_MS_MAX)),
    ];
    out.push('\n');
    for (name, value) in constants {
        writeln!(out, "export const {name} = {value};").unwrap();
    }
}

fn close_codes(out: &mut String) {
    let name = |close: &CloseCode| serde_json::to_value(close).unwrap();
    let names: Vec<String> = CloseCode::ALL.iter().map(|close| name(close).to_string()).collect();
    write!(out, "\nexport type CloseName = {};\n", names.join(" | ")).unwrap();
    out.push_str("\n/** Close codes by number; `retry` says whether to connect again. */\n");
    out.push_str("export const CLOSE_CODES: Readonly<Record<number, { name: CloseName; retry: boolean }>> = {\n");
    for close in CloseCode::ALL {
        let (code, retry) = (close.code(), close.retry());
        writeln!(out, "  {code}: {{ name: {}, retry: {retry} }},", name(close)).unwrap();
    }
    out.push_str("};\n");
}
