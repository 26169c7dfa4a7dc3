//! What follows the ballots: the encrypted sums, the shares, the result.

use std::collections::BTreeMap;

use super::ballots::BallotBox;
use super::{Checked, Fault, Report, ResultReason, ShareReason, TallyReason};
use crate::archive::{Entry, EventKind, Owned, SizedTally};
use crate::election::Poll;
use crate::group::Group;
use crate::json;
use crate::tally::{CountResult, EncryptedTally, PartialDecryption, combine};
use crate::trustee::TrusteeSet;

/// The count of one archive, event by event.
pub(super) struct Count<'a, G: Group> {
    poll: &'a Poll<G>,
    ballots: &'a BallotBox<'a, G>,
    trustees: &'a TrusteeSet<G>,
    shares: BTreeMap<u32, PartialDecryption<G>>,
    tally_holds: bool,
    result: Option<CountResult>,
}

impl<'a, G: Group> Count<'a, G> {
    pub(super) const fn new(
        poll: &'a Poll<G>,
        ballots: &'a BallotBox<'a, G>,
        trustees: &'a TrusteeSet<G>,
    ) -> Self {
        Self {
            poll,
            ballots,
            trustees,
            shares: BTreeMap::new(),
            tally_holds: false,
            result: None,
        }
    }

    /// Checks one event after the ballots.
    pub(super) fn take(&mut self, entry: &Entry) -> Result<(), Fault> {
        let height = entry.event.height;
        match entry.event.kind {
            EventKind::Setup | EventKind::Ballot | EventKind::EndBallots => Ok(()),
            EventKind::EncryptedTally => self
                .tally(entry)
                .map_err(|reason| Fault::Tally { height, reason }),
            EventKind::PartialDecryption => self.share(entry),
            EventKind::Result => self
                .result(entry)
                .map_err(|reason| Fault::Result { height, reason }),
        }
    }

    fn tally(&mut self, entry: &Entry) -> Result<(), TallyReason> {
        let written: EncryptedTally<G> =
            json::read_canonical(&entry.data[0].bytes).map_err(TallyReason::Json)?;
        let sized = SizedTally::parse(&entry.data[1].bytes).map_err(TallyReason::Json)?;
        if !written.fits(self.poll.election()) {
            return Err(TallyReason::Shape);
        }
        let own = self.ballots.tally();
        for (row, sums) in own.0.iter().enumerate() {
            for (column, sum) in sums.iter().enumerate() {
                if written.0[row][column] != *sum {
                    return Err(TallyReason::Differs { row, column });
                }
            }
        }
        let (found, expected) = (sized.num_tallied, self.ballots.counted());
        if found != expected {
            return Err(TallyReason::Ballots { found, expected });
        }
        let (found, expected) = (sized.total_weight, self.ballots.weight());
        if found != expected {
            return Err(TallyReason::Weight { found, expected });
        }
        self.tally_holds = true;
        Ok(())
    }

    fn share(&mut self, entry: &Entry) -> Result<(), Fault> {
        let height = entry.event.height;
        let owned = Owned::parse(&entry.data[1].bytes);
        let owner = owned.as_ref().map_or(0, |owned| owned.owner);
        let fault = |reason| Fault::Share {
            owner,
            height,
            reason,
        };
        owned.map_err(|json| fault(ShareReason::Json(json)))?;
        let public = self
            .trustees
            .key_of(owner)
            .ok_or_else(|| fault(ShareReason::NoSuchOwner))?;
        if self.shares.contains_key(&owner) {
            return Err(fault(ShareReason::Repeated));
        }
        let share: PartialDecryption<G> = json::read_canonical(&entry.data[0].bytes)
            .map_err(|json| fault(ShareReason::Json(json)))?;
        share
            .check(&public, self.poll.fingerprint(), self.ballots.tally())
            .map_err(|reason| fault(ShareReason::Itself(reason)))?;
        self.shares.insert(owner, share);
        Ok(())
    }

    fn result(&mut self, entry: &Entry) -> Result<(), ResultReason> {
        let written: CountResult =
            json::read_canonical(&entry.data[0].bytes).map_err(ResultReason::Json)?;
        let opened = combine(
            self.trustees,
            &self.shares,
            self.ballots.tally(),
            self.ballots.weight(),
        )
        .map_err(ResultReason::Count)?;
        compare(&written, &opened)?;
        self.result = Some(opened);
        Ok(())
    }

    /// What held, up to the first fault.
    pub(super) fn report(self, report: &mut Report) {
        if self.tally_holds {
            report.checked.push(Checked::Tally);
        }
        if let Ok(count @ 1..) = u32::try_from(self.shares.len()) {
            report.checked.push(Checked::Shares { count });
        }
        if self.result.is_some() {
            report.checked.push(Checked::Result);
            report.result = self.result;
        }
    }
}

fn compare(written: &CountResult, opened: &CountResult) -> Result<(), ResultReason> {
    let lengths =
        |result: &CountResult| -> Vec<usize> { result.result.iter().map(Vec::len).collect() };
    if lengths(written) != lengths(opened) {
        return Err(ResultReason::Shape);
    }
    for (row, (written, opened)) in written.result.iter().zip(&opened.result).enumerate() {
        for (column, (&found, &expected)) in written.iter().zip(opened).enumerate() {
            if found != expected {
                return Err(ResultReason::Differs {
                    row,
                    column,
                    found,
                    expected,
                });
            }
        }
    }
    Ok(())
}
