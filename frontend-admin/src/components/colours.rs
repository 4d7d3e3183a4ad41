//! The roles of colours, measured from the theme that is in force around them.

use super::contrast::Colour;
use super::sample::Sample;
use app::ui::reactive::effect;
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, CssStyleDeclaration, HtmlCanvasElement, HtmlTableElement};

/// The least contrast of words; lines have less.
const WORDS_LEAST: f64 = 4.5;

/// A role, what it is for, and what it is seen against.
#[derive(Clone, Copy, Debug)]
struct Role {
    name: &'static str,
    purpose: &'static str,
    against: Against,
    /// The least contrast that it must have.
    least: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Against {
    /// The page, raised surfaces, and its own tint on them.
    All,
    Surfaces,
    Only(&'static str),
}

fn roles() -> [Role; 11] {
    let role = |name, purpose, against, least| Role {
        name,
        purpose,
        against,
        least,
    };
    [
        role("text", "What is read", Against::Surfaces, WORDS_LEAST),
        role(
            "text-quiet",
            "What is read second: hints, times, column heads",
            Against::Surfaces,
            WORDS_LEAST,
        ),
        role(
            "accent",
            "The main button, links, seats; the only accent",
            Against::All,
            WORDS_LEAST,
        ),
        role("on-accent", "Words on the accent", Against::Only("accent"), 4.5),
        role(
            "waiting",
            "Somebody waits, something is lost for a moment",
            Against::All,
            WORDS_LEAST,
        ),
        role("missed", "Missed, or waited too long", Against::All, WORDS_LEAST),
        role("ok", "On duty, done", Against::All, WORDS_LEAST),
        role(
            "danger",
            "Ends or takes away something; an error",
            Against::All,
            WORDS_LEAST,
        ),
        role(
            "text",
            "Words on a note for colleagues",
            Against::Only("note"),
            WORDS_LEAST,
        ),
        role(
            "line-strong",
            "Edges of controls, seats at rest",
            Against::Surfaces,
            3.0,
        ),
        role(
            "line",
            "Hairlines between things; nothing hangs on seeing them",
            Against::Surfaces,
            1.0,
        ),
    ]
}

/// The theme's values as the browser computes them at one place, and a canvas to see what it makes of them: a style sheet
/// writes one colour in many ways.
#[derive(Clone)]
struct Theme {
    style: CssStyleDeclaration,
    canvas: CanvasRenderingContext2d,
}

impl Theme {
    fn around(table: &HtmlTableElement) -> Option<Self> {
        let canvas = document().create_element("canvas").ok()?;
        let canvas = canvas.dyn_into::<HtmlCanvasElement>().ok()?.get_context("2d").ok()??;
        Some(Self {
            style: window().get_computed_style(table).ok()??,
            canvas: canvas.dyn_into().ok()?,
        })
    }

    fn value(&self, role: &str) -> Option<String> {
        self.style.get_property_value(&format!("--{role}")).ok()
    }

    fn colour(&self, role: &str) -> Option<Colour> {
        self.canvas.set_fill_style_str(self.value(role)?.trim());
        self.canvas.fill_rect(0.0, 0.0, 1.0, 1.0);
        let pixel = self.canvas.get_image_data(0.0, 0.0, 1.0, 1.0).ok()?.data();
        let channel = |index: usize| pixel.get(index).map(|byte| f64::from(*byte) / 255.0);
        Some(Colour([channel(0)?, channel(1)?, channel(2)?]))
    }

    /// How much of a role is in its tint.
    fn tint(&self) -> Option<f64> {
        let percent = js_sys::parse_float(&self.value("tint")?);
        percent.is_finite().then_some(percent / 100.0)
    }

    /// Against the page, a raised surface, and its own tint on that; `None` where it does not stand on it.
    fn measured(&self, role: &Role) -> [Option<f64>; 3] {
        let measure = || {
            let (colour, raised) = (self.colour(role.name)?, self.colour("surface-raised")?);
            let tint = colour.over(self.tint()?, raised);
            let page = self.colour("surface")?;
            Some(match role.against {
                Against::All => {
                    [Some(page), Some(raised), Some(tint)].map(|below| below.map(|below| colour.contrast(below)))
                }
                Against::Surfaces => [Some(colour.contrast(page)), Some(colour.contrast(raised)), None],
                Against::Only(below) => [None, self.colour(below).map(|below| colour.contrast(below)), None],
            })
        };
        measure().unwrap_or_default()
    }
}

pub(super) fn samples() -> Vec<Sample> {
    vec![Sample::new(
        "style/theme.css",
        "Colours are named for what they are for. The contrast is measured here, from the theme in force: against the page, against raised surfaces, and against the role's own tint.",
        || view! { <Roles /> }.into_any(),
    )]
}

#[component]
fn Roles() -> impl IntoView {
    let node = NodeRef::<html::Table>::new();
    let theme = RwSignal::new_local(None);
    effect(move || {
        let Some(table) = node.get() else { return };
        // In the next frame the style sheet applies to it.
        request_animation_frame(move || {
            _ = theme.try_set(Theme::around(&table));
        });
    });
    let row = move |role: Role| {
        let cells = move || {
            let theme = theme.get();
            let measured = theme.map(|theme| theme.measured(&role)).unwrap_or_default();
            measured
                .map(|value| view! { <Measured value least=role.least /> })
                .into_iter()
                .collect_view()
        };
        let words = role.least >= WORDS_LEAST;
        let look = match role.against {
            Against::Only(below) => format!("background: var(--{below}); color: var(--{})", role.name),
            _ if words => format!("color: var(--{})", role.name),
            _ => format!("border: 3px solid var(--{})", role.name),
        };
        view! {
            <tr>
                <td>
                    <div class="swatch-role">
                        <span class="swatch" style=look aria-hidden="true">
                            {words.then_some("Aa")}
                        </span>
                        <code translate="no">{role.name}</code>
                        <span class="swatch-purpose">{role.purpose}</span>
                    </div>
                </td>
                {cells}
                <td class="figures">{format!("{}", role.least)}</td>
            </tr>
        }
    };
    view! {
        <table node_ref=node class="sample-table">
            <thead>
                <tr>
                    <th>"Role"</th>
                    <th>"page"</th>
                    <th>"raised"</th>
                    <th>"tint"</th>
                    <th>"at least"</th>
                </tr>
            </thead>
            <tbody>{roles().map(row).into_iter().collect_view()}</tbody>
        </table>
    }
}

/// Cut, not rounded: 4.49 is not 4.5.
#[component]
fn Measured(value: Option<f64>, least: f64) -> impl IntoView {
    let text = value.and_then(|value| {
        let tenths = js_sys::Number::from((value * 10.0).floor() / 10.0);
        tenths.to_fixed(1).ok().map(String::from)
    });
    let short = value.is_some_and(|value| value < least);
    view! {
        <td class="figures" class:swatch-short=short>
            {text}
            {short.then_some(" ✗")}
        </td>
    }
}
