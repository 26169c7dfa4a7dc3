//! 民主评议党员: list, ballots on paper, two entries, signature, the branch's opinion. // 通知 三、3
//!
//! The electronic way of the same round is in `room`. Stored are sums. Nothing here knows, asks or
//! logs who voted, or how.

pub(crate) mod load;
pub(crate) mod officials;
pub(crate) mod sitting;
pub(crate) mod together;

mod ballots;
mod count;
mod listing;
mod opinion_form;
mod opinions;
mod papers;
mod prepare;
mod retype;
mod sheet;
mod show;
mod sign;

pub(crate) use ballots::{give_up, given_up};
pub(crate) use papers::two_ways;
pub(crate) use sheet::digits;

use crate::kernel::access::Access::Over;
use crate::kernel::access::{BRANCH, BRANCH_READ, Role, User};
use crate::kernel::route::{Route, get, post};
use crate::meeting::load::Scene;

/// Who may type a count: the branch's officers, and the unit's where the branch is short of hands.
const COUNTERS: &[Role] = &[
    Role::BranchSecretary,
    Role::BranchCommittee,
    Role::UnitSecretary,
    Role::UnitClerk,
];

/// Whether a user may type a count for this branch.
fn counts(user: &User, scene: &Scene) -> bool {
    let line: Vec<_> = std::iter::once(&scene.branch)
        .chain(&scene.above)
        .map(|o| o.id)
        .collect();
    user.holds_over(COUNTERS, &line)
}

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    ballot_routes()
        .into_iter()
        .chain(count_routes())
        .chain(paper_routes())
        .collect()
}

fn ballot_routes() -> Vec<Route> {
    let (read, write) = (Over(BRANCH_READ), Over(BRANCH));
    vec![
        get("/c/{campaign}/o/{org}/appraisal", read, show::show),
        get(
            "/c/{campaign}/o/{org}/appraisal/prepare",
            write,
            prepare::show,
        ),
        post(
            "/c/{campaign}/o/{org}/appraisal/prepare",
            write,
            prepare::submit,
        ),
        post("/c/{campaign}/o/{org}/appraisal/open", write, ballots::open),
        post(
            "/c/{campaign}/o/{org}/appraisal/close",
            write,
            ballots::close,
        ),
        post("/c/{campaign}/o/{org}/appraisal/void", write, ballots::void),
    ]
}

fn count_routes() -> Vec<Route> {
    let (write, count) = (Over(BRANCH), Over(COUNTERS));
    vec![
        get("/c/{campaign}/o/{org}/appraisal/count", count, count::show),
        post(
            "/c/{campaign}/o/{org}/appraisal/count",
            count,
            count::submit,
        ),
        post(
            "/c/{campaign}/o/{org}/appraisal/count/retype",
            count,
            retype::retype,
        ),
        post(
            "/c/{campaign}/o/{org}/appraisal/count/reset",
            count,
            retype::reset,
        ),
        post(
            "/c/{campaign}/o/{org}/appraisal/officials",
            write,
            sign::change_officials,
        ),
        post("/c/{campaign}/o/{org}/appraisal/sign", write, sign::submit),
        get(
            "/c/{campaign}/o/{org}/appraisal/opinions",
            write,
            opinions::show,
        ),
        post(
            "/c/{campaign}/o/{org}/appraisal/opinions",
            write,
            opinions::submit,
        ),
    ]
}

fn paper_routes() -> Vec<Route> {
    let read = Over(BRANCH_READ);
    vec![
        get(
            "/c/{campaign}/o/{org}/appraisal/ballot/{format}",
            read,
            papers::ballot,
        ),
        get(
            "/c/{campaign}/o/{org}/appraisal/worksheet/{format}",
            read,
            papers::worksheet,
        ),
        get(
            "/c/{campaign}/o/{org}/appraisal/count-sheet/{format}",
            read,
            papers::report,
        ),
    ]
}
