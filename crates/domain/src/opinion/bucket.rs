//! A limit on how fast something comes in: opinions of a collection, requests of a system.
//! Nobody is told apart by it.

use crate::time::UnixTime;

/// Fills by so many a second up to its size; each one that comes takes one.
#[derive(Debug, Clone, Copy)]
pub struct Bucket {
    left: u32,
    at: UnixTime,
    size: u32,
    rate: u32,
}

impl Bucket {
    /// A full one for opinions: sixty at once, then one a second.
    pub fn full(now: UnixTime) -> Self {
        Self::of(60, 1, now)
    }

    /// A full one of this size, filled by `rate` a second.
    pub fn of(size: u32, rate: u32, now: UnixTime) -> Self {
        Self {
            left: size,
            at: now,
            size,
            rate,
        }
    }

    /// Takes one, if there is one.
    pub fn take(&mut self, now: UnixTime) -> bool {
        let passed = u32::try_from(now.0.saturating_sub(self.at.0)).unwrap_or(0);
        let came = passed.saturating_mul(self.rate);
        self.left = self.left.saturating_add(came).min(self.size);
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

    #[test]
    fn a_faster_one_fills_by_its_rate() {
        let start = UnixTime(1_000);
        let mut bucket = Bucket::of(20, 10, start);
        assert!((0..20).all(|_| bucket.take(start)));
        assert!(!bucket.take(start));
        assert!((0..10).all(|_| bucket.take(UnixTime(1_001))));
        assert!(!bucket.take(UnixTime(1_001)));
    }
}
