//! A made-up committee in the middle of its campaign. Being written.

use crate::settings::Settings;
use crate::trouble::{Done, Trouble};

/// Fills an empty folder and serves it.
pub async fn run(settings: &Settings) -> Result<Done, Trouble> {
    crate::serve::run(settings).await
}
