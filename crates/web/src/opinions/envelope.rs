//! The sealed envelope in which unsigned opinions lie until their collection closes.
//!
//! Inside: opinions sorted by random ids, filled up to a round size. The key follows from the
//! installation's key, which is not in the database, and from the collection. Every sealing has a
//! fresh nonce, so two copies tell nothing but that opinions came in between.

use pingyi_domain::ids::{ActivityId, MemberId, OpinionId};
use pingyi_domain::opinion::Given;

use crate::kernel::error::PageError;
use crate::kernel::random::Random;
use crate::kernel::sealing;
use crate::kernel::secret::InstallKey;

/// Bytes of the length inside.
const LENGTH: usize = 4;
/// The content is filled up to a multiple of this.
const BLOCK: usize = 16 * 1024;

/// As it stands inside.
type Entry = (OpinionId, Option<MemberId>, String);

/// The envelope does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("收到的意见打不开：密钥文件与数据库不是一套。请把原来的密钥文件放回后重试。")]
pub(super) struct NotOurs;

impl From<NotOurs> for PageError {
    fn from(error: NotOurs) -> Self {
        Self::refused(error)
    }
}

/// Seals opinions, in whatever order they come.
pub(super) fn seal(
    install: &InstallKey,
    id: ActivityId,
    given: &[Given],
    random: &dyn Random,
) -> Result<Vec<u8>, NotOurs> {
    let inside = pack(given).ok_or(NotOurs)?;
    sealing::seal(install, &purpose(id), &inside, random).ok_or(NotOurs)
}

/// Opens what [`seal`] made; nothing is an empty envelope.
pub(super) fn unseal(
    install: &InstallKey,
    id: ActivityId,
    sealed: &[u8],
) -> Result<Vec<Given>, NotOurs> {
    if sealed.is_empty() {
        return Ok(Vec::new());
    }
    let inside = sealing::open(install, &purpose(id), sealed).ok_or(NotOurs)?;
    unpack(&inside).ok_or(NotOurs)
}

fn pack(given: &[Given]) -> Option<Vec<u8>> {
    let mut entries: Vec<Entry> = given
        .iter()
        .map(|one| (one.id, one.about, one.text.clone()))
        .collect();
    entries.sort_unstable();
    let json = serde_json::to_vec(&entries).ok()?;
    let mut inside = u32::try_from(json.len()).ok()?.to_be_bytes().to_vec();
    inside.extend(json);
    inside.resize(inside.len().next_multiple_of(BLOCK), 0);
    Some(inside)
}

fn unpack(inside: &[u8]) -> Option<Vec<Given>> {
    let (length, rest) = inside.split_first_chunk::<LENGTH>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let entries: Vec<Entry> = serde_json::from_slice(rest.get(..length)?).ok()?;
    let given = entries
        .into_iter()
        .map(|(id, about, text)| Given { id, about, text });
    Some(given.collect())
}

fn purpose(id: ActivityId) -> String {
    format!("pingyi/opinions/envelope/1:{id}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::random::SeededRandom;
    use uuid::Uuid;

    const ID: ActivityId = ActivityId(Uuid::from_u128(1));

    fn given(n: u128) -> Given {
        Given {
            id: OpinionId(Uuid::from_u128(n * 7919 % 31)),
            about: n.is_multiple_of(2).then(|| MemberId(Uuid::from_u128(n))),
            text: format!("意见{n}"),
        }
    }

    #[test]
    fn another_order_of_giving_packs_the_same_bytes() {
        let one: Vec<Given> = (1..9).map(given).collect();
        let other: Vec<Given> = (1..9).rev().map(given).collect();
        assert_eq!(pack(&one), pack(&other));
        assert_eq!(pack(&one).unwrap().len(), pack(&one[..1]).unwrap().len());
        assert!(unpack(&pack(&one).unwrap()).unwrap().is_sorted());
    }

    #[test]
    fn an_envelope_opens_only_with_its_key_and_for_its_collection() {
        let (ours, other) = (InstallKey::new([1; 32]), InstallKey::new([2; 32]));
        let random = SeededRandom::new(5);
        let all: Vec<Given> = (1..4).map(given).collect();
        let sealed = seal(&ours, ID, &all, &random).unwrap();
        let opened = unseal(&ours, ID, &sealed).unwrap();
        assert_eq!(opened.len(), 3);
        assert!(all.iter().all(|one| opened.contains(one)));
        let text = "意见1".as_bytes();
        assert!(!sealed.windows(text.len()).any(|found| found == text));
        assert_ne!(seal(&ours, ID, &all, &random).unwrap(), sealed);
        assert_eq!(unseal(&other, ID, &sealed), Err(NotOurs));
        let next = ActivityId(Uuid::from_u128(2));
        assert_eq!(unseal(&ours, next, &sealed), Err(NotOurs));
        assert_eq!(unseal(&ours, ID, &sealed[1..]), Err(NotOurs));
        assert_eq!(unseal(&ours, ID, &[]), Ok(Vec::new()));
    }

    #[test]
    fn the_largest_collection_fits() {
        let long = "实".repeat(pingyi_domain::opinion::LONGEST);
        let most = u128::from(pingyi_domain::opinion::MOST);
        let all: Vec<Given> = (0..most)
            .map(|n| Given {
                id: OpinionId(Uuid::from_u128(n)),
                about: None,
                text: long.clone(),
            })
            .collect();
        assert!(pack(&all).unwrap().len() < 1 << 24);
    }
}
