//! The notice: the catalogue, drafting, issuing, reading, and who has received it. // 通知 序

mod burden;
mod catalogue;
mod demand;
mod draft;
mod gist;
mod issue;
mod list;
mod notice;
mod preview;
mod receipt;
mod receipts;
mod sheet;

pub(crate) mod none;
pub(crate) mod scope;

use crate::kernel::access::Access::{Holding, Over, SignedIn};
use crate::kernel::access::{CLERK, COMMITTEE, UNIT};
use crate::kernel::route::{Route, get, post};

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    let mut routes = vec![
        get("/notices", Holding(COMMITTEE), list::show),
        get("/notices/{slug}", Holding(COMMITTEE), preview::show),
        get("/notices/{slug}/issue", Holding(CLERK), issue::show),
        post("/notices/{slug}/issue", Holding(CLERK), issue::submit),
        get("/c/{campaign}/notice", SignedIn, notice::show),
        get("/c/{campaign}/notice.pdf", SignedIn, notice::pdf),
        get("/c/{campaign}/notice.docx", SignedIn, notice::docx),
        get("/c/{campaign}/o/{org}/receipt", Over(UNIT), receipt::show),
        post("/c/{campaign}/o/{org}/receipt", Over(UNIT), receipt::submit),
        get("/receipts", Holding(COMMITTEE), none::receipts),
        get("/c/{campaign}/receipts", Holding(COMMITTEE), receipts::show),
        get(
            "/c/{campaign}/receipts.pdf",
            Holding(COMMITTEE),
            receipts::pdf,
        ),
        get(
            "/c/{campaign}/receipts.xlsx",
            Holding(COMMITTEE),
            receipts::xlsx,
        ),
    ];
    routes.extend(draft::routes());
    routes
}
