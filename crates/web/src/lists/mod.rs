//! Problem lists and measures, each member's own. // 通知 二、3
//!
//! A draft is read by nobody but its author; a handed-in list by who reviews it, and that reading
//! is logged. Everybody else sees counts.

pub(crate) mod load;
pub(crate) mod view;

mod branch;
mod form;
mod hints;
mod keep;
mod mine;
mod papers;
mod proxy;
mod review;
mod write;

use crate::kernel::access::Access::Over;
use crate::kernel::access::{BRANCH, BRANCH_READ, Role};
use crate::kernel::route::{Route, get, post};

/// The author himself.
const SELF: &[Role] = &[Role::Member];

/// Who may review: the branch's officers, and the unit where a branch has one officer only. The
/// handler asks `lists::Reviewer` whose list it is.
pub(crate) const REVIEWERS: &[Role] = &[
    Role::BranchSecretary,
    Role::BranchCommittee,
    Role::UnitSecretary,
    Role::UnitClerk,
];

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    let (own, write, review) = (Over(SELF), Over(BRANCH), Over(REVIEWERS));
    vec![
        get(
            "/c/{campaign}/o/{org}/lists",
            Over(BRANCH_READ),
            branch::show,
        ),
        get("/c/{campaign}/o/{org}/lists/mine", own, mine::show),
        post("/c/{campaign}/o/{org}/lists/mine", own, mine::submit),
        post(
            "/c/{campaign}/o/{org}/lists/mine/confirm",
            own,
            mine::confirm,
        ),
        get(
            "/c/{campaign}/o/{org}/lists/mine/paper/{format}",
            own,
            papers::mine,
        ),
        get("/c/{campaign}/o/{org}/lists/keep", write, keep::show),
        post("/c/{campaign}/o/{org}/lists/keep", write, keep::submit),
        get("/c/{campaign}/o/{org}/lists/{member}", review, review::show),
        post(
            "/c/{campaign}/o/{org}/lists/{member}/return",
            review,
            review::submit,
        ),
        get(
            "/c/{campaign}/o/{org}/lists/{member}/paper/{format}",
            review,
            papers::one,
        ),
        get(
            "/c/{campaign}/o/{org}/lists/{member}/edit",
            write,
            proxy::show,
        ),
        post(
            "/c/{campaign}/o/{org}/lists/{member}/edit",
            write,
            proxy::submit,
        ),
    ]
}
