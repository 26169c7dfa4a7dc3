//! The room where facts are kept: `SQLite` by default, `PostgreSQL` for several nodes.
//!
//! Every query has one SQL text that both engines run. Verbs are few and fixed: `get` (by id),
//! `find` (by something else), `list`, `count`, `insert`, `update`. All of them take a [`Tx`];
//! ids, times and randomness come from the caller. No rules, no pages.

mod arg;
mod batch;
mod below;
mod column;
mod db;
mod engine;
mod error;
mod migrate;
mod open;
mod packed;
mod padded;
mod row;
mod tx;

pub mod account;
pub mod activation;
pub mod api_token;
pub mod assessment;
pub mod attendance;
pub mod audit;
pub mod backup;
pub mod ballot;
pub mod ballot_archive;
pub mod ballot_box;
pub mod ballot_check;
pub mod ballot_key;
pub mod campaign;
pub mod check;
pub mod contact;
pub mod count;
pub mod count_entry;
pub mod criticism;
pub mod destruction;
pub mod determination;
pub mod draw;
pub mod dues;
pub mod email;
pub mod envoy_plan;
pub mod exclusion;
pub mod facts;
pub mod feedback;
pub mod filing;
pub mod gate;
pub mod grant;
pub mod import_batch;
pub mod leader;
pub mod leaders_seat;
pub mod ledger_link;
pub mod measure;
pub mod meeting;
pub mod member;
pub mod meta;
pub mod notice_draft;
pub mod observer;
pub mod official;
pub mod opinion;
pub mod opinion_collection;
pub mod org;
pub mod plan;
pub mod platform;
pub mod post;
pub mod problem_list;
pub mod publicity;
pub mod receipt;
pub mod result_use;
pub mod roster;
pub mod round;
pub mod session;
pub mod settle;
pub mod slip;
pub mod speech;
pub mod spot_check;
pub mod study;
pub mod subject;
pub mod supervisor;
pub mod talk;

pub use db::Db;
pub use error::StorageError;
pub use migrate::known_version;
pub use tx::Tx;

/// Result of every verb.
pub type Result<T> = std::result::Result<T, StorageError>;
