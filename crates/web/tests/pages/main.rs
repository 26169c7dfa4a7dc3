//! The pages as their users meet them: requests in, answers, what is stored and what is logged.
//! One program, because each would link the whole product once more. The room's evening and its
//! log are programs of their own (`tests/room`, `tests/room_log.rs`).

mod access;
mod admin;
mod api;
mod appraisal;
mod assessment;
mod auth;
mod campaign;
mod coverage;
mod drafts;
mod dues;
mod filing;
mod filing_desk;
mod filing_review;
mod gates;
mod home;
mod ledger;
mod lists;
mod meeting;
mod national;
mod opinions;
mod plan;
mod reminders;
mod responsibility;
mod results;
mod roster;
mod setup;
mod speeches;
mod study;
mod supervision;
mod talks;
