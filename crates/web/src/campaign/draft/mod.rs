//! A notice of one's own: drafted from a sample by form or as text, previewed, issued. // 通知 序
//!
//! Form and text write the same draft. What does not read as a notice is not stored.

mod delete;
mod edit;
mod fill;
mod lists;
mod load;
mod pick;
mod read;
mod show;
mod start;
mod text;

pub(super) use load::{Draft, load};

use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;

use crate::kernel::access::Access::Holding;
use crate::kernel::access::{CLERK, COMMITTEE};
use crate::kernel::route::{Route, get, post};

/// Routes of this folder.
pub(super) fn routes() -> Vec<Route> {
    let file = text::file.layer(DefaultBodyLimit::max(text::FILE_LIMIT));
    vec![
        post("/notices/{slug}/draft", Holding(CLERK), start::shipped),
        post("/c/{campaign}/notice/draft", Holding(CLERK), start::issued),
        get("/drafts/{draft}", Holding(COMMITTEE), show::show),
        get("/drafts/{draft}/edit", Holding(CLERK), edit::show),
        post("/drafts/{draft}/edit", Holding(CLERK), edit::submit),
        get("/drafts/{draft}/text", Holding(CLERK), text::show),
        post("/drafts/{draft}/text", Holding(CLERK), text::submit),
        post("/drafts/{draft}/file", Holding(CLERK), file),
        post("/drafts/{draft}/delete", Holding(CLERK), delete::submit),
        get(
            "/drafts/{draft}/issue",
            Holding(CLERK),
            super::issue::show_draft,
        ),
        post(
            "/drafts/{draft}/issue",
            Holding(CLERK),
            super::issue::submit_draft,
        ),
    ]
}
