//! What the console's pages share: their frame, choices in forms, secrets shown once.

mod choices;
mod frame;
mod secret;
mod thing_sheet;

pub(crate) use choices::{Choice, Choices};
pub(crate) use frame::PageFrame;
pub(crate) use secret::{Copyable, NewSecret, Secret};
pub(crate) use thing_sheet::ThingSheet;
