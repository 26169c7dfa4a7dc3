//! Feedback, 公示, use of results, keeping and destroying. // 通知 三、3
//!
//! Members and the public are told the opinion and never a count (docs/DOMAIN.md §3.5).

mod enter;
mod feedback;
mod load;
mod mine;
mod one;
mod publicity;
mod publicity_act;
mod publicity_paper;
mod retention;
mod retention_all;
mod show;
mod slips;
mod used;

use crate::kernel::access::Access::{Holding, Over};
use crate::kernel::access::{BRANCH, BRANCH_READ, COMMITTEE, OF_BRANCH, Role};
use crate::kernel::route::{Route, get, post};

pub(crate) use load::publicity_days;

/// Who approves a public notice: the branch secretary or the superior, never the drafter.
const APPROVERS: &[Role] = &[
    Role::BranchSecretary,
    Role::UnitSecretary,
    Role::CommitteeClerk,
];

/// Who confirms a destruction: another officer of the branch, or the unit.
const WITNESSES: &[Role] = &[
    Role::BranchSecretary,
    Role::BranchCommittee,
    Role::UnitSecretary,
    Role::UnitClerk,
    Role::CommitteeClerk,
];

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    feedback_routes()
        .into_iter()
        .chain(own_routes())
        .chain(publicity_routes())
        .chain(use_routes())
        .chain(retention_routes())
        .collect()
}

fn feedback_routes() -> Vec<Route> {
    let (read, write) = (Over(BRANCH_READ), Over(BRANCH));
    vec![
        get("/c/{campaign}/o/{org}/results", read, show::show),
        get(
            "/c/{campaign}/o/{org}/results/feedback",
            write,
            feedback::show,
        ),
        post(
            "/c/{campaign}/o/{org}/results/feedback",
            write,
            feedback::submit,
        ),
        get(
            "/c/{campaign}/o/{org}/results/member/{seq}",
            write,
            one::show,
        ),
        post(
            "/c/{campaign}/o/{org}/results/member/{seq}/acknowledge",
            write,
            one::acknowledge,
        ),
        post(
            "/c/{campaign}/o/{org}/results/member/{seq}/object",
            write,
            one::object,
        ),
        post(
            "/c/{campaign}/o/{org}/results/member/{seq}/handle",
            write,
            one::handle,
        ),
        get(
            "/c/{campaign}/o/{org}/results/slips/{format}",
            write,
            slips::all,
        ),
        get(
            "/c/{campaign}/o/{org}/results/slip/{seq}/{format}",
            write,
            slips::one,
        ),
    ]
}

/// A member's own result; the handlers act on that member's row alone.
fn own_routes() -> Vec<Route> {
    let own = Over(OF_BRANCH);
    vec![
        get("/c/{campaign}/o/{org}/results/mine", own, mine::show),
        post(
            "/c/{campaign}/o/{org}/results/mine/acknowledge",
            own,
            mine::acknowledge,
        ),
        post(
            "/c/{campaign}/o/{org}/results/mine/object",
            own,
            mine::object,
        ),
    ]
}

fn publicity_routes() -> Vec<Route> {
    let (read, write, approve) = (Over(BRANCH_READ), Over(BRANCH), Over(APPROVERS));
    vec![
        get(
            "/c/{campaign}/o/{org}/results/publicity",
            read,
            publicity::show,
        ),
        post(
            "/c/{campaign}/o/{org}/results/publicity",
            write,
            publicity::submit,
        ),
        post(
            "/c/{campaign}/o/{org}/results/publicity/approve",
            approve,
            publicity_act::approve,
        ),
        post(
            "/c/{campaign}/o/{org}/results/publicity/post",
            write,
            publicity_act::post,
        ),
        post(
            "/c/{campaign}/o/{org}/results/publicity/end",
            write,
            publicity_act::end,
        ),
        post(
            "/c/{campaign}/o/{org}/results/publicity/withdraw",
            write,
            publicity_act::withdraw,
        ),
        post(
            "/c/{campaign}/o/{org}/results/publicity/objection",
            write,
            publicity_act::objection,
        ),
        post(
            "/c/{campaign}/o/{org}/results/publicity/answer",
            write,
            publicity_act::answer,
        ),
        get(
            "/c/{campaign}/o/{org}/results/publicity/paper/{format}",
            read,
            publicity_paper::paper,
        ),
    ]
}

fn use_routes() -> Vec<Route> {
    let write = Over(BRANCH);
    vec![
        get("/c/{campaign}/o/{org}/results/use", write, used::show),
        post(
            "/c/{campaign}/o/{org}/results/use/commend",
            write,
            used::commend,
        ),
        post(
            "/c/{campaign}/o/{org}/results/use/decline",
            write,
            used::decline,
        ),
        post("/c/{campaign}/o/{org}/results/use/help", write, used::help),
        post("/c/{campaign}/o/{org}/results/use/note", write, used::note),
    ]
}

fn retention_routes() -> Vec<Route> {
    let (read, write, witness) = (Over(BRANCH_READ), Over(BRANCH), Over(WITNESSES));
    vec![
        get(
            "/c/{campaign}/retention",
            Holding(COMMITTEE),
            retention_all::show,
        ),
        get("/c/{campaign}/o/{org}/retention", read, retention::show),
        post(
            "/c/{campaign}/o/{org}/retention/propose",
            write,
            retention::propose,
        ),
        post(
            "/c/{campaign}/o/{org}/retention/decide",
            witness,
            retention::decide,
        ),
    ]
}
