//! 督导: the committee's team, draw and checks; units answer; leaders' meetings. // 通知 四、4

mod check;
mod check_new;
mod desk;
mod draw;
mod leaders;
mod papers;
mod places;
mod team;
mod timetable;
mod unit;

use crate::kernel::access::Access::{Holding, Over};
use crate::kernel::access::{BRANCH_READ, CLERK, COMMITTEE, UNIT};
use crate::kernel::route::{Route, get, post};

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    let mut all = committee_routes();
    all.extend(check_routes());
    all
}

fn committee_routes() -> Vec<Route> {
    let (read, write) = (Holding(COMMITTEE), Holding(CLERK));
    vec![
        get("/supervision", read, desk::current),
        get("/c/{campaign}/supervision", read, desk::show),
        post("/c/{campaign}/supervision/team", write, team::add),
        post("/c/{campaign}/supervision/team/leave", write, team::leave),
        post("/c/{campaign}/supervision/draw", write, draw::freeze),
        get("/c/{campaign}/supervision/draw/{draw}", read, draw::show),
        post("/c/{campaign}/supervision/draw/{draw}", write, draw::hold),
        get(
            "/c/{campaign}/supervision/draw/{draw}/list",
            read,
            draw::list,
        ),
        get(
            "/c/{campaign}/supervision/ledger/{format}",
            read,
            papers::ledger,
        ),
        get("/c/{campaign}/supervision/leaders", read, leaders::show),
        post("/c/{campaign}/supervision/leaders", write, leaders::save),
        post(
            "/c/{campaign}/supervision/leaders/visit",
            write,
            leaders::visit,
        ),
    ]
}

fn check_routes() -> Vec<Route> {
    let (read, write) = (Holding(COMMITTEE), Holding(CLERK));
    vec![
        get(
            "/c/{campaign}/supervision/checks/new",
            write,
            check_new::show,
        ),
        post("/c/{campaign}/supervision/checks", write, check_new::submit),
        get(
            "/c/{campaign}/supervision/checks/{check}",
            read,
            check::show,
        ),
        post(
            "/c/{campaign}/supervision/checks/{check}",
            write,
            check::submit,
        ),
        get(
            "/c/{campaign}/supervision/script/{branch}/{format}",
            read,
            papers::script,
        ),
        get(
            "/c/{campaign}/o/{org}/checks",
            Over(BRANCH_READ),
            unit::show,
        ),
        post(
            "/c/{campaign}/o/{org}/checks/{check}",
            Over(UNIT),
            unit::reply,
        ),
        get(
            "/c/{campaign}/o/{org}/checks/{check}/notice/{format}",
            Over(BRANCH_READ),
            papers::notice,
        ),
    ]
}
