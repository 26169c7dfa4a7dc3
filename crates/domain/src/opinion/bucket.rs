//! A limit on how fast opinions come in, for a whole collection: nobody is told apart by it.

use crate::time::UnixTime;

/// At most this many at once.
const BURST: u32 = 60;

/// Fills by one a second up to [`BURST`]; each opinion takes one.
#[derive(Debug, Clone, Copy)]
pub struct Bucket {
    left: u32,
    at: UnixTime,
}

impl Bucket {
    /// A full one.
    pub fn full(now: UnixTime) -> Self {
        let left = BURST;
        Self { left, at: now }
    }

    /// Takes one, if there is one.
    pub fn take(&mut self, now: UnixTime) -> bool {
        let passed = u32::try_from(now.0.saturating_sub(self.at.0)).unwrap_or(0);
        self.left = self.left.saturating_add(passed).min(BURST);
        self.at = self.at.max(now);
        let Some(left) = self.left.checked_sub(1) else {
            return false;
        };
        self.left = left;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixty_at_once_then_one_a_second() {
        let start = UnixTime(1_000);
        let mut bucket = Bucket::full(start);
        assert!((0..60).all(|_| bucket.take(start)));
        assert!(!bucket.take(start));
        assert!(bucket.take(UnixTime(1_001)));
        assert!(!bucket.take(UnixTime(1_001)));
        // A clock set back gives nothing away.
        assert!(!bucket.take(UnixTime(900)));
        assert!((0..60).all(|_| bucket.take(UnixTime(9_000))));
        assert!(!bucket.take(UnixTime(9_000)));
    }
}
