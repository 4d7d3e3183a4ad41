//! What the console's pages share: their frame, their tables and sheets, choices in forms, the room as it is now.

mod address;
mod choices;
mod find_box;
mod form;
mod frame;
mod loaded;
mod names;
mod room;
mod rows;
mod secret;
mod sorting;
mod thing_sheet;

pub(crate) use address::{address_of, use_open, use_query};
pub(crate) use choices::{Choice, Choices};
pub(crate) use find_box::FindBox;
pub(crate) use form::{FormFoot, Outdated};
pub(crate) use frame::PageFrame;
pub(crate) use loaded::loaded_if;
pub(crate) use names::{Names, group_name};
pub(crate) use room::Room;
pub(crate) use rows::{RowMenu, move_between_rows};
pub(crate) use secret::{NewSecret, Secret};
pub(crate) use sorting::{SortHead, order_of_names};
pub(crate) use thing_sheet::{FormSheet, Found, Open, ThingSheet};
