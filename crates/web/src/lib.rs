//! Routes, pages, sessions and permissions.
//!
//! One folder per task, one file per page or action. Rules live in `pingyi_domain`, SQL in
//! `pingyi_storage`; a handler parses, loads, asks a rule, stores, audits, commits, answers.

pub mod kernel;

mod auth;
mod routes;

pub use kernel::app::{App, Options};
pub use kernel::clock::{Clock, FixedClock};
pub use kernel::random::{OsRandom, Random, SeededRandom};
pub use routes::{all_routes, router};
