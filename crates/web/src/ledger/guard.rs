//! How often wrong addresses may be tried, counted for all visitors together.

use std::sync::{Mutex, PoisonError};

use pingyi_domain::opinion::Bucket;
use pingyi_domain::time::UnixTime;

/// Wrong tokens use it up; right ones never wait for it.
#[derive(Debug, Default)]
pub struct Guard(Mutex<Option<Bucket>>);

impl Guard {
    /// Whether one more wrong token is answered as such.
    pub(super) fn take(&self, now: UnixTime) -> bool {
        let mut bucket = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        bucket.get_or_insert_with(|| Bucket::full(now)).take(now)
    }
}
