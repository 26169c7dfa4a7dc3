//! How fast each collection takes opinions: kept in memory, and by nothing that tells people apart.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use pingyi_domain::ids::ActivityId;
use pingyi_domain::opinion::Bucket;
use pingyi_domain::time::UnixTime;

/// More collections than that do not run at once.
const MOST: usize = 4_096;

/// One bucket for every collection that takes opinions.
#[derive(Debug, Default)]
pub struct Buckets(Mutex<HashMap<ActivityId, Bucket>>);

impl Buckets {
    /// Whether one more opinion is taken now.
    pub(super) fn take(&self, id: ActivityId, now: UnixTime) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.clear();
        }
        all.entry(id).or_insert_with(|| Bucket::full(now)).take(now)
    }
}
