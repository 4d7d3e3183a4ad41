//! Where something that floats goes: beside what it belongs to, and never off the screen.

use leptos::web_sys::{Element, HtmlElement};
use wasm_bindgen::JsCast;

/// Room kept to the edges of the window, in pixels.
const MARGIN: f64 = 8.0;

/// The side that is tried first; if there is no room, the opposite one is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    Above,
    #[default]
    Below,
    Left,
    Right,
}

/// Which edges line up along that side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    #[default]
    Start,
    Middle,
    End,
}

/// Where it is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Beside {
    pub side: Side,
    pub align: Align,
    /// Pixels between the two.
    pub gap: f64,
}

impl Beside {
    /// A menu below its button.
    pub const BELOW: Self = Self {
        side: Side::Below,
        align: Align::Start,
        gap: 4.0,
    };
    /// A menu at the end of a row.
    pub const BELOW_END: Self = Self {
        align: Align::End,
        ..Self::BELOW
    };
    /// A menu at the foot of a column.
    pub const ABOVE: Self = Self {
        side: Side::Above,
        ..Self::BELOW
    };
    /// A menu at the foot of a rail.
    pub const BESIDE_RAIL: Self = Self {
        side: Side::Right,
        align: Align::End,
        gap: 20.0,
    };
}

/// A box in pixels of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

impl Area {
    pub fn of(element: &Element) -> Self {
        let rect = element.get_bounding_client_rect();
        Self {
            left: rect.left(),
            top: rect.top(),
            width: rect.width(),
            height: rect.height(),
        }
    }

    fn window() -> Self {
        let root = leptos::prelude::document().document_element();
        let size = root.map(|root| (root.client_width(), root.client_height()));
        let (width, height) = size.unwrap_or_default();
        Self {
            width: width.into(),
            height: height.into(),
            ..Self::default()
        }
    }
}

/// Shows `floating`, a popover, beside `anchor`.
pub fn float(floating: &HtmlElement, anchor: &Element, wanted: Beside) {
    // It is the topmost from now on, also above a dialog that has opened in the meantime.
    drop(floating.hide_popover());
    drop(floating.show_popover());
    let own = Area::of(floating);
    let (left, top) = place(Area::of(anchor), own, Area::window(), wanted);
    let style = floating.style();
    drop(style.set_property("left", &pixels(left)));
    drop(style.set_property("top", &pixels(top)));
}

/// A whole number as CSS writes it. (To write one with fractions is a lot of code.)
#[expect(clippy::cast_possible_truncation, reason = "it is somewhere in a window")]
fn pixels(edge: f64) -> String {
    format!("{}px", edge as i32)
}

/// The element that an event is about, if it is one.
pub fn target(event: &leptos::web_sys::Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// Left and top edge of something of that size beside `anchor`.
fn place(anchor: Area, size: Area, window: Area, Beside { side, align, gap }: Beside) -> (f64, f64) {
    let along = |start: f64, length: f64, size: f64| match align {
        Align::Start => start,
        Align::Middle => start + (length - size) / 2.0,
        Align::End => start + length - size,
    };
    let across = |start: f64, length: f64, size: f64, room: f64, before_is_wanted: bool| {
        let (before, after) = (start - gap - size, start + length + gap);
        let (before_fits, after_fits) = (before >= MARGIN, after + size <= room - MARGIN);
        if before_fits && (before_is_wanted || !after_fits) {
            before
        } else {
            after
        }
    };
    let beside = |before| across(anchor.left, anchor.width, size.width, window.width, before);
    let stacked = |before| across(anchor.top, anchor.height, size.height, window.height, before);
    let (left, top) = match side {
        Side::Above | Side::Below => (
            along(anchor.left, anchor.width, size.width),
            stacked(side == Side::Above),
        ),
        Side::Left | Side::Right => (
            beside(side == Side::Left),
            along(anchor.top, anchor.height, size.height),
        ),
    };
    (
        within(left, size.width, window.width).round(),
        within(top, size.height, window.height).round(),
    )
}

/// `start`, moved so far that all of it can be seen; its beginning if that is not possible.
fn within(start: f64, size: f64, room: f64) -> f64 {
    start.min(room - MARGIN - size).max(MARGIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Area = Area {
        left: 0.0,
        top: 0.0,
        width: 400.0,
        height: 300.0,
    };

    fn placed(anchor_at: (f64, f64), size: (f64, f64), side: Side, align: Align) -> (f64, f64) {
        let anchor = Area {
            left: anchor_at.0,
            top: anchor_at.1,
            width: 30.0,
            height: 20.0,
        };
        let size = Area {
            width: size.0,
            height: size.1,
            ..Area::default()
        };
        place(anchor, size, WINDOW, Beside { side, align, gap: 5.0 })
    }

    #[test]
    fn it_stands_where_it_is_wanted_if_there_is_room() {
        let at = (100.0, 100.0);
        let size = (50.0, 40.0);
        assert_eq!(placed(at, size, Side::Below, Align::Start), (100.0, 125.0));
        assert_eq!(placed(at, size, Side::Above, Align::Middle), (90.0, 55.0));
        assert_eq!(placed(at, size, Side::Below, Align::End), (80.0, 125.0));
        assert_eq!(placed(at, size, Side::Right, Align::Start), (135.0, 100.0));
        assert_eq!(placed(at, size, Side::Left, Align::End), (45.0, 80.0));
    }

    #[test]
    fn without_room_it_goes_to_the_other_side() {
        let size = (50.0, 40.0);
        assert_eq!(placed((100.0, 270.0), size, Side::Below, Align::Start), (100.0, 225.0));
        assert_eq!(placed((100.0, 10.0), size, Side::Above, Align::Start), (100.0, 35.0));
        assert_eq!(placed((360.0, 100.0), size, Side::Right, Align::Start), (305.0, 100.0));
        assert_eq!(placed((10.0, 100.0), size, Side::Left, Align::Start), (45.0, 100.0));
    }

    #[test]
    fn it_never_leaves_the_window() {
        assert_eq!(
            placed((0.0, 100.0), (100.0, 40.0), Side::Below, Align::Middle).0,
            MARGIN
        );
        assert_eq!(
            placed((370.0, 100.0), (100.0, 40.0), Side::Below, Align::Start).0,
            292.0
        );
        let taller = placed((100.0, 150.0), (50.0, 280.0), Side::Below, Align::Start);
        assert_eq!(taller.1, 12.0);
        let too_tall = placed((100.0, 150.0), (50.0, 900.0), Side::Below, Align::Start);
        assert_eq!(too_tall.1, MARGIN);
    }
}
