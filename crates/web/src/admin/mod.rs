//! The three administrators, each behind a door of its own: accounts, log, machine.
//! None of them can open another's door, and none sees a paper of the campaign.

mod accounts;
mod disk;
mod log;
pub mod logins;
mod machine;
mod words;

pub use disk::free_bytes;
pub use log::broken_text;

use crate::kernel::access::Access::Holding;
use crate::kernel::access::Role;
use crate::kernel::route::{Route, get, post};

const SECURITY: &[Role] = &[Role::SecurityAdmin];
const AUDIT: &[Role] = &[Role::AuditAdmin];
const SYSTEM: &[Role] = &[Role::SystemAdmin];

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    let mut routes = account_routes();
    routes.extend(doors());
    routes
}

#[expect(clippy::too_many_lines, reason = "a table of routes, one entry each")]
fn account_routes() -> Vec<Route> {
    vec![
        get("/admin/accounts", Holding(SECURITY), accounts::list::show),
        get(
            "/admin/accounts/new",
            Holding(SECURITY),
            accounts::new::show,
        ),
        post(
            "/admin/accounts/new",
            Holding(SECURITY),
            accounts::new::submit,
        ),
        get(
            "/admin/accounts/units",
            Holding(SECURITY),
            accounts::units::show,
        ),
        get(
            "/admin/accounts/units/{org}",
            Holding(SECURITY),
            accounts::unit::show,
        ),
        post(
            "/admin/accounts/units/{org}",
            Holding(SECURITY),
            accounts::unit::submit,
        ),
        get(
            "/admin/accounts/branches/{org}",
            Holding(SECURITY),
            accounts::branch::show,
        ),
        post(
            "/admin/accounts/branches/{org}",
            Holding(SECURITY),
            accounts::branch::submit,
        ),
        get(
            "/admin/accounts/a/{account}",
            Holding(SECURITY),
            accounts::one::show,
        ),
        post(
            "/admin/accounts/a/{account}/code",
            Holding(SECURITY),
            accounts::one::issue,
        ),
        post(
            "/admin/accounts/a/{account}/unlock",
            Holding(SECURITY),
            accounts::one::unlock,
        ),
        post(
            "/admin/accounts/a/{account}/disable",
            Holding(SECURITY),
            accounts::one::disable,
        ),
        post(
            "/admin/accounts/a/{account}/grant",
            Holding(SECURITY),
            accounts::grants::give,
        ),
        post(
            "/admin/accounts/a/{account}/withdraw",
            Holding(SECURITY),
            accounts::grants::withdraw,
        ),
    ]
}

fn doors() -> Vec<Route> {
    vec![
        get("/admin/audit", Holding(AUDIT), log::show),
        get("/admin/audit/check", Holding(AUDIT), log::check),
        post("/admin/audit/export", Holding(AUDIT), log::export),
        get("/admin/system", Holding(SYSTEM), machine::show),
        post("/admin/system/backup", Holding(SYSTEM), machine::backup),
        post("/admin/system/check", Holding(SYSTEM), machine::check),
    ]
}
