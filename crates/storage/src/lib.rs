//! The room where facts are kept: `SQLite` by default, `PostgreSQL` for several nodes.
//!
//! Every query has one SQL text that both engines run. Verbs are few and fixed: `get` (by id),
//! `find` (by something else), `list`, `count`, `insert`, `update`. All of them take a [`Tx`];
//! ids, times and randomness come from the caller. No rules, no pages.

mod arg;
mod column;
mod db;
mod error;
mod migrate;
mod open;
mod row;
mod tx;

pub mod account;
pub mod activation;
pub mod audit;
pub mod grant;
pub mod member;
pub mod meta;
pub mod org;
pub mod post;
pub mod session;

pub use db::Db;
pub use error::StorageError;
pub use migrate::known_version;
pub use tx::Tx;

/// Result of every verb.
pub type Result<T> = std::result::Result<T, StorageError>;
