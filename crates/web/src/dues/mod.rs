//! Dues: assessment, register, arrears, publication. // 通知 四、4
//!
//! Dues belong to members and months; the campaign in the address only leads here. Incomes are
//! shown to their owner and to the branch's dues clerk, names with amounts to the branch
//! committee, sums to the superiors. Nothing here decides about a person.

mod board;
mod clerk;
mod collect;
mod desk;
mod large;
mod mine;
mod papers;
mod pay;
mod publish;
mod rate;
mod register;
mod reverse;
mod seal;
mod unit;
mod year;

use std::sync::LazyLock;

use pingyi_domain::dues::Rates;

pub use seal::seal;

use crate::kernel::access::Access::Over;
use crate::kernel::access::{BRANCH, BRANCH_READ, OF_BRANCH, SECRETARY, UNIT_READ};
use crate::kernel::route::{Route, get, post};

/// The rates in force.
static RATES: LazyLock<Rates> = LazyLock::new(Rates::of_2008);

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    book().into_iter().chain(told()).collect()
}

/// What the branch committee enters.
fn book() -> Vec<Route> {
    let (read, write) = (Over(BRANCH_READ), Over(BRANCH));
    vec![
        get("/c/{campaign}/o/{org}/dues", read, board::show),
        post(
            "/c/{campaign}/o/{org}/dues/clerk",
            Over(SECRETARY),
            clerk::submit,
        ),
        get(
            "/c/{campaign}/o/{org}/dues/rate/{member}",
            write,
            rate::show,
        ),
        post(
            "/c/{campaign}/o/{org}/dues/rate/{member}",
            write,
            rate::submit,
        ),
        get("/c/{campaign}/o/{org}/dues/collect", write, collect::show),
        post("/c/{campaign}/o/{org}/dues/collect", write, collect::submit),
        get("/c/{campaign}/o/{org}/dues/pay/{member}", write, pay::show),
        post(
            "/c/{campaign}/o/{org}/dues/pay/{member}",
            write,
            pay::submit,
        ),
        post(
            "/c/{campaign}/o/{org}/dues/large/{member}",
            write,
            large::submit,
        ),
        get("/c/{campaign}/o/{org}/dues/register", write, register::show),
        post("/c/{campaign}/o/{org}/dues/reverse", write, reverse::submit),
        get(
            "/c/{campaign}/o/{org}/dues/register/{format}",
            write,
            papers::register,
        ),
    ]
}

/// What members and superiors are told.
fn told() -> Vec<Route> {
    let (write, own) = (Over(BRANCH), Over(OF_BRANCH));
    vec![
        get("/c/{campaign}/o/{org}/dues/mine", own, mine::show),
        get("/c/{campaign}/o/{org}/dues/year", own, year::show),
        post("/c/{campaign}/o/{org}/dues/year", write, publish::publish),
        post(
            "/c/{campaign}/o/{org}/dues/year/withdraw",
            write,
            publish::withdraw,
        ),
        get(
            "/c/{campaign}/o/{org}/dues/year/{format}",
            own,
            papers::year,
        ),
        get(
            "/c/{campaign}/o/{org}/unit-dues",
            Over(UNIT_READ),
            unit::show,
        ),
        get(
            "/c/{campaign}/o/{org}/unit-dues/{format}",
            Over(UNIT_READ),
            papers::unit,
        ),
    ]
}
