//! From the closed box to the count: archive, shares, result.

use std::collections::BTreeMap;

use pingyi_ballot::archive::{ArchiveError, Writer};
use pingyi_ballot::ballot::{BallotFault, check};
use pingyi_ballot::json::{self, JsonFault};
use pingyi_ballot::tally::{CountFault, EncryptedTally, PartialDecryption, ShareFault, combine};
use pingyi_ballot::trustee::SecretKey;
use pingyi_domain::ballot_box::Sums;
use rand_core::CryptoRng;
use rayon::prelude::*;
use thiserror::Error;

use crate::{Group, Room};

/// Why a box does not come to its count.
#[derive(Debug, Error)]
pub enum CountError {
    /// A stored ballot does not hold: it was changed in storage.
    #[error(
        "票箱中有一张选票（{credential}）与投入时不符，不能计票。请停止计票，联系组织科核查存储。"
    )]
    Ballot {
        /// Public side of its slip.
        credential: String,
        /// What does not hold.
        fault: BallotFault,
    },
    /// Ballots out of order, twice, or of no slip.
    #[error("票箱中的选票与票条对不上，不能计票。请停止计票，联系组织科核查存储。")]
    Order,
    /// A share is no share.
    #[error("监票人交来的内容不完整。请该监票人刷新页面，再按一次“计票”。")]
    NotAShare(JsonFault),
    /// A share does not hold.
    #[error("监票人的计票没有通过核对。请该监票人用准备时的同一部手机再按一次“计票”。")]
    Share(ShareFault),
    /// There is no such key holder.
    #[error("没有这名监票人。请核对后重试。")]
    NoSuchOwner,
    /// Shares are missing, or the sums do not open.
    #[error("还没有收齐两名监票人的计票，或票箱打不开。请等候监票人按“计票”。")]
    Count(CountFault),
    /// Writing the archive.
    #[error("票箱存档没有写成。请重试；仍不行的，联系系统管理员。")]
    Archive(#[from] ArchiveError),
}

/// A box that takes no more ballots: its archive up to the encrypted sums.
#[derive(Debug)]
pub struct ClosedBox {
    /// Set-up, ballots in the order of their slips' public sides, end, encrypted sums.
    pub archive: Vec<u8>,
    /// The encrypted sums, as in the archive.
    pub tally: Vec<u8>,
    /// Ballots that count.
    pub ballots: u32,
}

/// A counted box.
#[derive(Debug)]
pub struct Opened {
    /// The whole archive.
    pub archive: Vec<u8>,
    /// The sums.
    pub sums: Sums,
}

impl Room {
    /// Writes the archive of a closed box. `ballots`: one per slip at most, in the order of the
    /// list of slips, so that nothing in the archive tells when each was cast.
    pub fn close(&self, ballots: &[Vec<u8>], timestamp: u64) -> Result<ClosedBox, CountError> {
        let checked: Vec<_> = ballots
            .par_iter()
            .map(|bytes| check(&self.poll, bytes))
            .collect();
        let mut tally = EncryptedTally::empty(self.poll.election());
        let mut last = None;
        let mut writer = Writer::create(Vec::new(), timestamp)?;
        let members = &self.members;
        writer.setup(&members.election, &members.trustees, &members.credentials)?;
        for (bytes, checked) in ballots.iter().zip(checked) {
            let ballot = checked.map_err(|fault| CountError::Ballot {
                credential: credential_of(bytes),
                fault,
            })?;
            let place = self.credentials.place_of(&ballot.credential);
            // strictly rising places: each slip once, in order
            if place.is_none() || place <= last {
                return Err(CountError::Order);
            }
            last = place;
            tally.add(&ballot.rows);
            writer.ballot(bytes)?;
        }
        let tally = json::to_bytes(&tally);
        let count = ballots.len() as u64;
        writer.end_ballots()?;
        writer.encrypted_tally(&tally, count, count)?;
        Ok(ClosedBox {
            archive: writer.into_inner(),
            tally,
            ballots: u32::try_from(ballots.len()).unwrap_or(u32::MAX),
        })
    }

    /// The server's own share. Called on a closed box only: the sums are final. Constant time in
    /// the key.
    pub fn own_share(
        &self,
        key: &SecretKey<Group>,
        closed: &ClosedBox,
        rng: &mut impl CryptoRng,
    ) -> Result<Vec<u8>, CountError> {
        let tally = read_tally(closed)?;
        let share = PartialDecryption::make(key, self.poll.fingerprint(), &tally, rng);
        Ok(json::to_bytes(&share))
    }

    /// Whether a key holder's share holds. Nothing unchecked is kept.
    pub fn check_share(
        &self,
        owner: u32,
        share: &[u8],
        closed: &ClosedBox,
    ) -> Result<(), CountError> {
        self.read_share(owner, share, &read_tally(closed)?)
            .map(drop)
    }

    fn read_share(
        &self,
        owner: u32,
        bytes: &[u8],
        tally: &EncryptedTally<Group>,
    ) -> Result<PartialDecryption<Group>, CountError> {
        let public = self.trustees.key_of(owner).ok_or(CountError::NoSuchOwner)?;
        let share: PartialDecryption<Group> =
            json::read_canonical(bytes).map_err(CountError::NotAShare)?;
        share
            .check(&public, self.poll.fingerprint(), tally)
            .map_err(CountError::Share)?;
        Ok(share)
    }

    /// Opens the sums and completes the archive. `shares` by owner; all are needed.
    pub fn open_sums(
        &self,
        closed: &ClosedBox,
        shares: &BTreeMap<u32, Vec<u8>>,
    ) -> Result<Opened, CountError> {
        let tally = read_tally(closed)?;
        let mut checked = BTreeMap::new();
        for (&owner, bytes) in shares {
            checked.insert(owner, self.read_share(owner, bytes, &tally)?);
        }
        let ballots = closed.ballots;
        let result = combine(&self.trustees, &checked, &tally, u64::from(ballots))
            .map_err(CountError::Count)?;
        let mut file = std::io::Cursor::new(closed.archive.clone());
        let mut writer = Writer::resume(&mut file)?;
        for (owner, share) in shares {
            writer.partial_decryption(*owner, share)?;
        }
        writer.result(&json::to_bytes(&result))?;
        Ok(Opened {
            archive: file.into_inner(),
            sums: Sums {
                ballots,
                rows: result.result,
            },
        })
    }
}

fn read_tally(closed: &ClosedBox) -> Result<EncryptedTally<Group>, CountError> {
    json::read_canonical(&closed.tally).map_err(CountError::NotAShare)
}

/// For the message only: the ballot itself did not hold.
fn credential_of(bytes: &[u8]) -> String {
    let read = json::read::<pingyi_ballot::ballot::WrittenBallot<Group>>(bytes);
    read.map_or_else(
        |_| "?".to_owned(),
        |ballot| ballot.credential.text().to_owned(),
    )
}
