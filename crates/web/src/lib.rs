//! Routes, pages, sessions and permissions.
//!
//! One folder per task, one file per page or action. Rules live in `pingyi_domain`, SQL in
//! `pingyi_storage`; a handler parses, loads, asks a rule, stores, audits, commits, answers.

pub mod kernel;

mod admin;
mod api;
mod appraisal;
mod assessment;
mod auth;
mod campaign;
mod coverage;
mod dues;
mod filing;
mod gates;
mod home;
mod ledger;
mod lists;
mod measures;
mod meeting;
mod mine;
mod opinions;
mod plan;
pub mod reminders;
mod responsibility;
mod results;
mod room;
mod roster;
mod routes;
mod setup;
mod speeches;
mod study;
mod supervision;
mod talks;
#[cfg(feature = "testkit")]
pub mod testkit;

pub use admin::{broken_text, free_bytes};
pub use dues::seal as seal_income;
pub use filing::{Bulk, filing_bulk, filing_snapshot};
pub use kernel::app::{App, Options};
pub use kernel::clock::{Clock, FixedClock};
pub use kernel::random::{OsRandom, Random, SeededRandom};
pub use ledger::link_hash as ledger_hash;
pub use opinions::address_hash as collection_hash;
pub use room::{BoxSecrets, box_secrets};
pub use roster::import;
pub use routes::{all_routes, router};
