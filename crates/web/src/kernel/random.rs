//! Randomness, injected; ids and tokens are made here and nowhere else.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use pingyi_domain::time::UnixTime;
use rand::rngs::{StdRng, SysRng};
use rand::{Rng, SeedableRng, TryCryptoRng, TryRng};
use uuid::{Builder, Uuid};

/// Where randomness comes from.
pub trait Random: Send + Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's generator.
#[derive(Debug, Default)]
pub struct OsRandom;

impl Random for OsRandom {
    fn fill(&self, bytes: &mut [u8]) {
        SysRng
            .try_fill_bytes(bytes)
            .expect("the operating system has no randomness; nothing safe can be done without it");
    }
}

/// A seeded generator for tests and made-up data. Never for secrets.
#[derive(Debug)]
pub struct SeededRandom(Mutex<StdRng>);

impl SeededRandom {
    /// Same seed, same numbers.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }
}

impl Random for SeededRandom {
    fn fill(&self, bytes: &mut [u8]) {
        if let Ok(mut rng) = self.0.lock() {
            rng.fill_bytes(bytes);
        }
    }
}

/// Our randomness as the ballot crates take it.
pub struct CryptoSource<'a>(pub &'a dyn Random);

impl TryRng for CryptoSource<'_> {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        self.0.fill(bytes);
        Ok(())
    }
}

impl TryCryptoRng for CryptoSource<'_> {}

/// An id that tells neither time nor order, for what belongs to a ballot box.
pub fn unordered_id(random: &dyn Random) -> Uuid {
    let mut bytes = [0; 16];
    random.fill(&mut bytes);
    Builder::from_random_bytes(bytes).into_uuid()
}

/// Makes ids that sort in the order they were made.
#[derive(Debug, Default)]
pub struct IdSource {
    last_milli: AtomicU64,
}

impl IdSource {
    /// A UUIDv7. Ids made within one second still sort: each takes the next millisecond.
    pub fn next(&self, now: UnixTime, random: &dyn Random) -> Uuid {
        let wanted = u64::try_from(now.0).unwrap_or(0).saturating_mul(1000);
        let before = self
            .last_milli
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |last| {
                Some(last.max(wanted) + 1)
            })
            .unwrap_or(wanted);
        let mut tail = [0; 10];
        random.fill(&mut tail);
        Builder::from_unix_timestamp_millis(before.max(wanted) + 1, &tail).into_uuid()
    }
}

/// A 256-bit token as hex: session cookies, CSRF tokens.
pub fn token(random: &dyn Random) -> String {
    let mut bytes = [0; 32];
    random.fill(&mut bytes);
    hex::encode(bytes)
}

/// Letters and digits that cannot be taken for each other on paper.
const CODE_LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// A one-time code for print: `XXXX-XXXX-XXXX`, 60 bits.
pub fn printed_code(random: &dyn Random) -> String {
    let mut bytes = [0; 12];
    random.fill(&mut bytes);
    let mut code = String::with_capacity(14);
    for (at, byte) in bytes.iter().enumerate() {
        if at > 0 && at % 4 == 0 {
            code.push('-');
        }
        // 256 is a multiple of 32, so the remainder is even.
        code.push(char::from(CODE_LETTERS[usize::from(byte % 32)]));
    }
    code
}

/// What a person typed for a printed code: any case, any spacing.
pub fn normal_code(typed: &str) -> String {
    typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_made_in_one_second_keep_their_order() {
        let (ids, random) = (IdSource::default(), SeededRandom::new(1));
        let made: Vec<_> = (0..100)
            .map(|_| ids.next(UnixTime(1_000), &random))
            .collect();
        let mut sorted = made.clone();
        sorted.sort();
        assert_eq!(made, sorted);
    }

    #[test]
    fn printed_codes_survive_sloppy_typing() {
        let code = printed_code(&SeededRandom::new(7));
        assert_eq!(code.len(), 14);
        assert_eq!(
            normal_code(&code),
            normal_code(&format!(" {} ", code.to_lowercase()))
        );
    }
}
