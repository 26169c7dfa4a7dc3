//! Accounts: who may sign in, as what, and the one-time codes that let them in.

pub mod branch;
pub mod grants;
pub mod list;
pub mod new;
pub mod one;
pub mod people;
pub mod slips;
pub mod unit;
pub mod units;
