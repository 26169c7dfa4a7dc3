//! A branch's 专题组织生活会: opening, attendance, envoy, criticism, minutes, close. // 通知 三

pub(crate) mod load;

mod attendance;
mod criticism;
mod envoy;
mod line;
mod minutes;
mod open;
pub(crate) mod papers;
mod show;
pub(crate) mod steps;
pub(crate) mod when;
mod words;

use crate::kernel::access::Access::Over;
use crate::kernel::access::{BRANCH, BRANCH_READ};
use crate::kernel::route::{Route, get, post};

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    let (read, write) = (Over(BRANCH_READ), Over(BRANCH));
    vec![
        get("/c/{campaign}/o/{org}/meeting", read, show::show),
        post("/c/{campaign}/o/{org}/meeting/open", write, open::submit),
        get(
            "/c/{campaign}/o/{org}/meeting/attendance",
            write,
            attendance::show,
        ),
        post(
            "/c/{campaign}/o/{org}/meeting/attendance",
            write,
            attendance::submit,
        ),
        post("/c/{campaign}/o/{org}/meeting/envoy", write, envoy::submit),
        post(
            "/c/{campaign}/o/{org}/meeting/criticism",
            write,
            criticism::end,
        ),
        post(
            "/c/{campaign}/o/{org}/meeting/minutes",
            write,
            minutes::submit,
        ),
        post(
            "/c/{campaign}/o/{org}/meeting/close",
            write,
            criticism::close,
        ),
        get(
            "/c/{campaign}/o/{org}/meeting/sign-in/{format}",
            read,
            papers::sign_in,
        ),
        get(
            "/c/{campaign}/o/{org}/meeting/record/{format}",
            read,
            papers::record,
        ),
    ]
}
