//! Looks for ballots in files and logs, as somebody would who has them.

use std::collections::HashMap;

use crate::box_seed::{ballot, credential};

const NEEDLE: usize = 32;
const WINDOW: usize = 4;

/// 32 bytes that only this ballot has.
pub fn needle(slip: u32, version: u32) -> Vec<u8> {
    ballot(slip, version).bytes[64..64 + NEEDLE].to_vec()
}

/// Whether the bytes of a ballot are there.
pub fn holds(haystack: &[u8], slip: u32, version: u32) -> bool {
    places(haystack, &[needle(slip, version)])[0].is_some()
}

/// Slips by where the first versions of their ballots stand; those not found are left out.
pub fn order_in(haystack: &[u8], slips: u32) -> Vec<u32> {
    let needles: Vec<Vec<u8>> = (0..slips).map(|slip| needle(slip, 1)).collect();
    let mut found: Vec<(usize, u32)> = places(haystack, &needles)
        .into_iter()
        .zip(0..)
        .filter_map(|(place, slip)| Some((place?, slip)))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, slip)| slip).collect()
}

/// The order that tells nothing: by public credential.
pub fn by_credential(slips: &[u32]) -> Vec<u32> {
    let mut sorted = slips.to_vec();
    sorted.sort_by_key(|slip| credential(*slip));
    sorted
}

/// Where each needle stands first. Looks at every 29th byte only: a needle of 32 bytes cannot
/// hide between two looks of four.
fn places(haystack: &[u8], needles: &[Vec<u8>]) -> Vec<Option<usize>> {
    let mut windows = HashMap::new();
    for (number, needle) in needles.iter().enumerate() {
        for (at, window) in needle.windows(WINDOW).enumerate() {
            windows.insert(window, (number, at));
        }
    }
    let mut found = vec![None; needles.len()];
    for look in (0..haystack.len().saturating_sub(WINDOW)).step_by(NEEDLE - WINDOW + 1) {
        let Some(&(number, at)) = windows.get(&haystack[look..look + WINDOW]) else {
            continue;
        };
        let whole = look.checked_sub(at).map(|start| &haystack[start..]);
        if whole.is_some_and(|whole| whole.starts_with(&needles[number])) {
            found[number].get_or_insert(look - at);
        }
    }
    found
}
