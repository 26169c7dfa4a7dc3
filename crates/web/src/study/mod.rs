//! The ledger of a branch's study before the meeting. // 通知 二、1
//!
//! A session records who was there once; what items and members lack is worked out from it. It
//! holds no private paper: unit and committee read it too.

mod fields;
mod load;
mod makeup;
mod paper;
mod session;
mod show;

use crate::kernel::access::Access::Over;
use crate::kernel::access::{BRANCH, BRANCH_READ};
use crate::kernel::route::{Route, get, post};

pub(crate) use fields::{day_before, id_of, line, optional};
pub(crate) use load::held_day;

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    let (read, write) = (Over(BRANCH_READ), Over(BRANCH));
    vec![
        get("/c/{campaign}/o/{org}/study", read, show::show),
        get("/c/{campaign}/o/{org}/study/new", write, session::blank),
        post("/c/{campaign}/o/{org}/study/new", write, session::create),
        get(
            "/c/{campaign}/o/{org}/study/session/{session}",
            write,
            session::edit,
        ),
        post(
            "/c/{campaign}/o/{org}/study/session/{session}",
            write,
            session::change,
        ),
        post(
            "/c/{campaign}/o/{org}/study/session/{session}/remove",
            write,
            session::remove,
        ),
        get("/c/{campaign}/o/{org}/study/makeup", write, makeup::show),
        post("/c/{campaign}/o/{org}/study/makeup", write, makeup::submit),
        post(
            "/c/{campaign}/o/{org}/study/makeup/remove",
            write,
            makeup::remove,
        ),
        get(
            "/c/{campaign}/o/{org}/study/ledger/{format}",
            read,
            paper::ledger,
        ),
    ]
}
