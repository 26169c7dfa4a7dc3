//! Reminders that leave the site: the call list, the calendar, the digest by e-mail.
//!
//! All of them are views of `assess`; nothing is sent from here, and nobody's vote is known to it.

mod calendar;
mod calls;
mod digest;
mod email;
mod list;
mod paper;
mod words;

use crate::kernel::access::Access::{Over, SignedIn};
use crate::kernel::access::Role;
use crate::kernel::route::{Route, get, post};

pub use digest::{Digest, digests, sent};

/// Who rings: a unit its branches, the 组织科 the units.
const CALLS: &[Role] = &[Role::UnitSecretary, Role::UnitClerk, Role::CommitteeClerk];

/// Dates are for everybody who belongs there.
const DATES: &[Role] = &[
    Role::BranchSecretary,
    Role::BranchCommittee,
    Role::Member,
    Role::UnitSecretary,
    Role::UnitClerk,
    Role::CommitteeClerk,
    Role::CommitteeLeader,
];

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    vec![
        get("/c/{campaign}/o/{org}/calls", Over(CALLS), list::show),
        get(
            "/c/{campaign}/o/{org}/calls/sheet/{format}",
            Over(CALLS),
            paper::sheet,
        ),
        get(
            "/c/{campaign}/o/{org}/calendar/file",
            Over(DATES),
            calendar::file,
        ),
        get("/email", SignedIn, email::show),
        post("/email", SignedIn, email::submit),
    ]
}
