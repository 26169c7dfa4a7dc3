//! The first visit to an empty installation: three administrators, the committee and its clerk,
//! then the roster. Afterwards this folder leads nowhere.

mod admins;
mod committee;
mod person;

use pingyi_storage::audit::Actor;

use crate::kernel::access::Access::Public;
use crate::kernel::route::{Route, get, post};

/// Routes of this folder. Open to anybody, because nobody has an account yet; each checks that
/// its step is still to be done.
pub fn routes() -> Vec<Route> {
    vec![
        get("/setup", Public, admins::show),
        post("/setup", Public, admins::submit),
        get("/setup/committee", Public, committee::show),
        post("/setup/committee", Public, committee::submit),
    ]
}

/// Set when the set-up is finished.
const DONE: &str = "setup_done";
/// Hash of the token of the browser that made the administrators and may go on.
const NEXT: &str = "setup_next";

/// Whom the log names before anybody has an account.
fn actor() -> Actor {
    Actor {
        account: None,
        name: "（准备工作）".into(),
        post: String::new(),
    }
}
