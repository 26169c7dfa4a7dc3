//! A unit's work plan: written, handed in, reviewed, filed or sent back, changed. // 通知 二、4

mod decide;
mod dossier;
mod edit;
mod form;
mod ledger;
mod number;
mod papers;
mod queue;
mod review;
mod save;
mod show;
mod submit;
mod suggest;
mod view;

use crate::kernel::access::Access::{Holding, Over};
use crate::kernel::access::{CLERK, UNIT, UNIT_READ};
use crate::kernel::route::{Route, get, post};

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    vec![
        get("/c/{campaign}/o/{org}/plan", Over(UNIT_READ), show::show),
        get(
            "/c/{campaign}/o/{org}/plan.pdf",
            Over(UNIT_READ),
            papers::pdf,
        ),
        get(
            "/c/{campaign}/o/{org}/plan.docx",
            Over(UNIT_READ),
            papers::docx,
        ),
        get(
            "/c/{campaign}/o/{org}/plan.xlsx",
            Over(UNIT_READ),
            papers::xlsx,
        ),
        get(
            "/c/{campaign}/o/{org}/plan/receipt.pdf",
            Over(UNIT_READ),
            papers::receipt,
        ),
        get("/c/{campaign}/o/{org}/plan/edit", Over(UNIT), edit::show),
        post("/c/{campaign}/o/{org}/plan/edit", Over(UNIT), save::save),
        post(
            "/c/{campaign}/o/{org}/plan/submit",
            Over(UNIT),
            submit::submit,
        ),
        get(
            "/c/{campaign}/o/{org}/plan/review",
            Over(CLERK),
            review::show,
        ),
        post(
            "/c/{campaign}/o/{org}/plan/review",
            Over(CLERK),
            decide::decide,
        ),
        get("/plans", Holding(CLERK), queue::current),
        get("/c/{campaign}/plans", Holding(CLERK), queue::show),
        get("/c/{campaign}/plans.pdf", Holding(CLERK), ledger::pdf),
        get("/c/{campaign}/plans.xlsx", Holding(CLERK), ledger::xlsx),
    ]
}
