//! Every public function of the store, on both engines, through one body of test code.
//!
//! A test is a function of a [`world::World`] inside [`on_both!`], which makes two tests of it: `…::sqlite::name` on a
//! file in a temporary folder, and `…::postgres::name` on a database of its own in the server that
//! `SEATLINE_TEST_POSTGRES` names (`scripts/with-postgres` starts one; without one they are left out).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets something unexpected fails"
)]

mod world;

/// Each function as two tests, one on each engine.
macro_rules! on_both {
    ($($(#[$attribute:meta])* async fn $name:ident($world:ident: &World) $body:block)+) => {
        $($(#[$attribute])* async fn $name($world: &World) $body)+

        mod sqlite {
            $(#[tokio::test]
            async fn $name() {
                crate::world::run(crate::world::World::sqlite().await, async |world| super::$name(world).await).await;
            })+
        }

        mod postgres {
            $(#[tokio::test]
            async fn $name() {
                let Some(world) = crate::world::World::postgres().await else { return };
                crate::world::run(world, async |world| super::$name(world).await).await;
            })+
        }
    };
}

mod auth;
mod backup;
mod checkpoint;
mod config;
mod conversation;
mod dispatch;
mod durability;
mod examine;
mod guest;
mod initialise;
mod member;
mod member_group;
mod message;
mod open;
mod pooler;
mod seating;
mod session;
mod site;
mod talk;
mod throttle;
mod writer;
