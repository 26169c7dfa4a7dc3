//! Signing in and out, the first password, a new password, and the 大字版 switch.

mod activate;
mod login;
mod password;
mod view;

pub(crate) use login::visitor_token;

use crate::kernel::access::Access::{Public, SignedIn};
use crate::kernel::route::{Route, get, post};

/// Routes of this folder.
pub fn routes() -> Vec<Route> {
    vec![
        get("/login", Public, login::show),
        post("/login", Public, login::submit),
        post("/logout", SignedIn, login::leave),
        get("/activate", Public, activate::show),
        post("/activate", Public, activate::submit),
        get("/password", SignedIn, password::show),
        post("/password", SignedIn, password::submit),
        post("/large", Public, view::switch),
    ]
}
