//! What every page stands on: state, permissions, sessions, forms, errors, layout.

pub mod access;
pub mod app;
pub mod campaign;
pub mod clock;
pub mod context;
pub mod done;
pub mod error;
pub mod form;
pub mod headers;
pub mod html;
pub mod limits;
pub mod paper;
pub mod password;
pub mod random;
pub mod reading;
pub mod route;
pub mod sealing;
pub mod secret;
pub mod session;
pub mod typed;
pub mod upload;
