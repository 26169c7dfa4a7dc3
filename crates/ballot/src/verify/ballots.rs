//! The ballots of an archive: checked in batches on all cores, then added up in their order.

use std::collections::HashMap;
use std::io::{Read, Seek};

use rayon::prelude::*;

use super::{BallotReason, Checked, Credentials, Fault};
use crate::archive::{ArchiveError, Entry, Reader};
use crate::ballot::{BallotFault, CheckedBallot, Ciphertext, check, rows_of_checked};
use crate::election::Poll;
use crate::group::{Group, Scalar};
use crate::hash::{Digest, Fingerprint};
use crate::tally::EncryptedTally;

/// A batch ends when its ballots fill this many bytes; with a ballot's points in memory about
/// three times as many are in use.
const BATCH_BYTES: usize = 16 << 20;
/// A batch of short ballots ends at this number: what is kept besides their bytes counts too.
const BATCH_BALLOTS: usize = 1024;
/// Faulty ballots that are listed one by one.
const MOST_FAULTS: usize = 100;

/// What is known of the ballots so far. Per ballot it keeps a hash, per credential one offset.
pub(super) struct BallotBox<'a, G: Group> {
    poll: &'a Poll<G>,
    credentials: Credentials<G>,
    waiting: Vec<Entry>,
    waiting_bytes: usize,
    /// Where each ballot stood first, by hash.
    seen: HashMap<Digest, u64>,
    /// Where in the file the last ballot of each credential stands.
    last: Vec<Option<u64>>,
    tally: EncryptedTally<G>,
    read: u64,
}

impl<'a, G: Group> BallotBox<'a, G> {
    pub(super) fn new(poll: &'a Poll<G>, credentials: Credentials<G>) -> Self {
        Self {
            poll,
            last: vec![None; credentials.len()],
            credentials,
            waiting: Vec::new(),
            waiting_bytes: 0,
            seen: HashMap::new(),
            tally: EncryptedTally::empty(poll.election()),
            read: 0,
        }
    }

    /// Adds a ballot event to the batch.
    pub(super) fn put(&mut self, entry: Entry) {
        self.waiting_bytes += entry.data[0].bytes.len();
        self.waiting.push(entry);
    }

    /// Whether the batch should be settled.
    pub(super) const fn is_full(&self) -> bool {
        self.waiting_bytes >= BATCH_BYTES || self.waiting.len() >= BATCH_BALLOTS
    }

    /// Ballots read.
    pub(super) const fn read(&self) -> u64 {
        self.read
    }

    /// The sums of the ballots that count.
    pub(super) const fn tally(&self) -> &EncryptedTally<G> {
        &self.tally
    }

    /// Ballots that count.
    pub(super) fn counted(&self) -> u64 {
        let counted = self.last.iter().filter(|last| last.is_some()).count();
        u64::try_from(counted).unwrap_or(u64::MAX)
    }

    /// Sum of their weights.
    pub(super) fn weight(&self) -> u64 {
        let voted = self
            .last
            .iter()
            .enumerate()
            .filter(|(_, last)| last.is_some());
        voted
            .map(|(place, _)| u64::from(self.credentials.weight(place)))
            .sum()
    }

    pub(super) fn checked(&self) -> Checked {
        Checked::Ballots {
            read: self.read,
            counted: self.counted(),
        }
    }

    /// Checks the batch on all cores and takes its ballots in, in their order.
    pub(super) fn settle<R: Read + Seek>(
        &mut self,
        reader: &mut Reader<R>,
        faults: &mut Vec<Fault>,
    ) -> Result<(), ArchiveError> {
        let batch = std::mem::take(&mut self.waiting);
        self.waiting_bytes = 0;
        let poll = self.poll;
        let answers: Vec<Result<CheckedBallot<G>, BallotFault>> = batch
            .par_iter()
            .map(|entry| check(poll, &entry.data[0].bytes))
            .collect();
        for (entry, answer) in batch.iter().zip(answers) {
            self.read += 1;
            let height = entry.event.height;
            let fault = |reason| Fault::Ballot {
                tracker: Fingerprint::from(entry.data[0].digest),
                height,
                reason,
            };
            match self.admit(entry, answer) {
                Ok((place, ballot)) => self.take_in(reader, place, entry, &ballot)?,
                Err(reason) if faults.len() < MOST_FAULTS => faults.push(fault(reason)),
                Err(_) => {}
            }
        }
        Ok(())
    }

    /// Whether a ballot may count, and for which entry of the list.
    fn admit(
        &mut self,
        entry: &Entry,
        answer: Result<CheckedBallot<G>, BallotFault>,
    ) -> Result<(usize, CheckedBallot<G>), BallotReason> {
        let digest = entry.data[0].digest;
        if let Some(&first) = self.seen.get(&digest) {
            return Err(BallotReason::Repeated { first });
        }
        self.seen.insert(digest, entry.event.height);
        let ballot = answer.map_err(BallotReason::Itself)?;
        let place = self
            .credentials
            .place_of(&ballot.credential)
            .ok_or(BallotReason::NotEligible)?;
        Ok((place, ballot))
    }

    /// The last ballot of a credential counts: an earlier one is read again and taken out.
    fn take_in<R: Read + Seek>(
        &mut self,
        reader: &mut Reader<R>,
        place: usize,
        entry: &Entry,
        ballot: &CheckedBallot<G>,
    ) -> Result<(), ArchiveError> {
        let weight = self.credentials.weight(place);
        if let Some(earlier) = self.last[place].replace(entry.data[0].offset) {
            let member = reader.read_member_at(earlier)?;
            let rows = rows_of_checked::<G>(&member.bytes);
            self.tally.remove(&weighted(&rows, weight));
        }
        self.tally.add(&weighted(&ballot.rows, weight));
        Ok(())
    }
}

/// A vote that counts several times; ours count once.
fn weighted<G: Group>(rows: &[Vec<Ciphertext<G>>], weight: u32) -> Vec<Vec<Ciphertext<G>>> {
    if weight == 1 {
        return rows.to_vec();
    }
    let factor = Scalar::from(weight);
    let power = |ciphertext: &Ciphertext<G>| Ciphertext {
        alpha: ciphertext.alpha.pow(&factor),
        beta: ciphertext.beta.pow(&factor),
    };
    rows.iter()
        .map(|row| row.iter().map(power).collect())
        .collect()
}
