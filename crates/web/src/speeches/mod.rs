//! Criticism and self-criticism at the meeting, entered afterwards or during it.
//! // 通知 三、1 and 三、2
//!
//! Words are read by the branch committee, which keeps the record (with a line in the log), and by
//! those concerned on a page of their own; everybody above sees counts.

pub(crate) mod draft;
mod floor;
mod mutual;
mod own;
mod own_words;
mod show;

use crate::kernel::access::Access::Over;
use crate::kernel::access::{BRANCH, BRANCH_READ, OF_BRANCH};
use crate::kernel::route::{Route, get, post};

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    let (read, write, concerned) = (Over(BRANCH_READ), Over(BRANCH), Over(OF_BRANCH));
    vec![
        get("/c/{campaign}/o/{org}/speeches", read, show::show),
        get(
            "/c/{campaign}/o/{org}/speeches/self",
            write,
            own_words::show,
        ),
        post(
            "/c/{campaign}/o/{org}/speeches/self",
            write,
            own_words::submit,
        ),
        get("/c/{campaign}/o/{org}/speeches/mutual", write, mutual::show),
        post(
            "/c/{campaign}/o/{org}/speeches/mutual",
            write,
            mutual::submit,
        ),
        get("/c/{campaign}/o/{org}/speeches/own", concerned, own::show),
    ]
}
