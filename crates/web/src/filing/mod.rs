//! 汇总表 and 总结材料: a branch's to its unit, a unit's to the 组织科, and the 组织科's desk.
//! // 通知 四、4

mod annex2;
mod branch;
mod branch_act;
mod branch_paper;
mod bulk;
mod committee;
pub(crate) mod desk;
mod dossier;
mod history;
mod jobs;
pub(crate) mod load;
mod papers;
mod platform;
mod queue;
mod report;
mod review;
mod rollup;
mod sheet;
mod snapshot;
mod unit;
mod unit_act;
mod unit_paper;

pub use bulk::{Bulk, filing_bulk};
pub use jobs::Jobs;
pub use snapshot::filing_snapshot;

use crate::kernel::access::Access::{Holding, Over};
use crate::kernel::access::{BRANCH, BRANCH_READ, CLERK, COMMITTEE, UNIT, UNIT_READ};
use crate::kernel::route::{Route, get, post};

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    let mut all = branch_routes();
    all.extend(unit_routes());
    all.extend(committee_routes());
    all
}

fn branch_routes() -> Vec<Route> {
    vec![
        get(
            "/c/{campaign}/o/{org}/summary",
            Over(BRANCH_READ),
            branch::show,
        ),
        post(
            "/c/{campaign}/o/{org}/summary",
            Over(BRANCH),
            branch_act::submit,
        ),
        post(
            "/c/{campaign}/o/{org}/summary/decide",
            Over(UNIT),
            branch_act::decide,
        ),
        get(
            "/c/{campaign}/o/{org}/summary/file/{format}",
            Over(BRANCH_READ),
            branch_paper::now,
        ),
        get(
            "/c/{campaign}/o/{org}/summary/v/{version}/{format}",
            Over(BRANCH_READ),
            branch_paper::version,
        ),
        get(
            "/c/{campaign}/o/{org}/platform/{format}",
            Over(BRANCH_READ),
            platform::sheet,
        ),
    ]
}

fn unit_routes() -> Vec<Route> {
    vec![
        get(
            "/c/{campaign}/o/{org}/unit-summary",
            Over(UNIT_READ),
            unit::show,
        ),
        post(
            "/c/{campaign}/o/{org}/unit-summary",
            Over(UNIT),
            unit_act::submit,
        ),
        get(
            "/c/{campaign}/o/{org}/unit-summary/file/{doc}/{format}",
            Over(UNIT_READ),
            unit_paper::now,
        ),
        get(
            "/c/{campaign}/o/{org}/unit-summary/v/{version}/{doc}/{format}",
            Over(UNIT_READ),
            unit_paper::version,
        ),
        get(
            "/c/{campaign}/o/{org}/unit-summary/review",
            Over(CLERK),
            review::show,
        ),
        post(
            "/c/{campaign}/o/{org}/unit-summary/review",
            Over(CLERK),
            review::decide,
        ),
    ]
}

fn committee_routes() -> Vec<Route> {
    vec![
        get("/filings", Holding(CLERK), queue::current),
        get("/c/{campaign}/filings", Holding(CLERK), queue::show),
        get(
            "/c/{campaign}/filings/rollup/{format}",
            Holding(COMMITTEE),
            committee::rollup,
        ),
        get(
            "/c/{campaign}/filings/ledger/{format}",
            Holding(CLERK),
            committee::ledger,
        ),
        get("/c/{campaign}/papers", Holding(COMMITTEE), papers::show),
        post("/c/{campaign}/papers", Holding(COMMITTEE), papers::start),
        get(
            "/c/{campaign}/papers/file",
            Holding(COMMITTEE),
            papers::fetch,
        ),
    ]
}
