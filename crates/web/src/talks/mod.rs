//! Heart-to-heart talks: pairs, records, matrix. // 通知 二、2
//!
//! Everybody above the branch sees that there were talks and when; the words are read by the two
//! parties, and by the branch committee with a line in the log.

mod enter;
mod load;
mod matrix;
mod one;
mod papers;
mod show;
mod sign;

use crate::kernel::access::Access::Over;
use crate::kernel::access::{BRANCH, BRANCH_READ, OF_BRANCH};
use crate::kernel::route::{Route, get, post};

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    let (read, write, concerned) = (Over(BRANCH_READ), Over(BRANCH), Over(OF_BRANCH));
    vec![
        get("/c/{campaign}/o/{org}/talks", read, show::show),
        post("/c/{campaign}/o/{org}/talks", write, enter::submit),
        post("/c/{campaign}/o/{org}/talks/signed", write, sign::on_paper),
        get(
            "/c/{campaign}/o/{org}/talks/waiting",
            concerned,
            sign::waiting,
        ),
        get("/c/{campaign}/o/{org}/talks/{talk}", concerned, one::show),
        post("/c/{campaign}/o/{org}/talks/{talk}", concerned, one::save),
        post(
            "/c/{campaign}/o/{org}/talks/{talk}/confirm",
            concerned,
            sign::confirm,
        ),
        post(
            "/c/{campaign}/o/{org}/talks/{talk}/withdraw",
            write,
            sign::withdraw,
        ),
        get(
            "/c/{campaign}/o/{org}/talks/{talk}/paper/{format}",
            concerned,
            papers::one,
        ),
        get(
            "/c/{campaign}/o/{org}/talks/matrix/{format}",
            read,
            papers::matrix,
        ),
        get(
            "/c/{campaign}/o/{org}/talks/form/{format}",
            read,
            papers::blank,
        ),
    ]
}
