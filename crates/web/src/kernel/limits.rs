//! How fast each of many things comes in: kept in memory only, and nothing of it is logged.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use pingyi_domain::opinion::Bucket;
use pingyi_domain::time::UnixTime;

/// More than that are not in use at once.
const MOST: usize = 4_096;

/// One bucket for each id that comes.
#[derive(Debug)]
pub struct Limits<Id>(Mutex<HashMap<Id, Bucket>>);

impl<Id> Default for Limits<Id> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<Id: Eq + Hash> Limits<Id> {
    /// Takes one from the bucket of `id`, which starts as `fresh`; whether there was one.
    pub fn take(&self, id: Id, fresh: Bucket, now: UnixTime) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.clear();
        }
        all.entry(id).or_insert(fresh).take(now)
    }
}
