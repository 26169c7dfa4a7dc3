//! Checks a whole archive, from the first byte of the container to the last number of the result.
//!
//! Stricter than the tools that write such archives; docs/BALLOT.md lists the rules. An archive that
//! stops after a whole event is "not finished", not wrong. It gives data, not sentences: a
//! [`Report`] that names what was checked and each failing element.

mod ballots;
mod count;
mod credentials;
mod report;

use std::io::{Read, Seek};

use crate::archive::{ArchiveError, Entry, EventKind, NotArchive, Reader, Stage};
use crate::election::{Poll, group_of};
use crate::group::{Belenios2048, Ed25519, Group, GroupName};
use crate::trustee::TrusteeSet;

use ballots::BallotBox;
use count::Count;
pub use credentials::{CredentialFault, Credentials};
pub use report::{
    BallotReason, Checked, Fault, Report, ResultReason, ShareReason, Summary, TallyReason, Verdict,
};

/// How strictly to check.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Policy {
    /// Accept votes that count more than once, where the list of credentials says so. Our elections
    /// have none.
    pub weights: bool,
}

/// How far the work has come, for a progress bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes of the archive that are done.
    pub bytes: u64,
    /// Ballots that are done.
    pub ballots: u64,
}

/// Why there is nothing to check.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// The file could not be read.
    #[error("reading the archive: {0}")]
    Io(std::io::Error),
    /// It is no archive.
    #[error("not a ballot archive: {0}")]
    NotAnArchive(NotArchive),
}

/// Checks an archive. Memory stays flat: ballots are read, checked on all cores and let go.
pub fn verify<R: Read + Seek>(
    file: R,
    policy: Policy,
    progress: &mut dyn FnMut(Progress),
) -> Result<Report, Unreadable> {
    let mut reader = match Reader::open(file) {
        Ok(reader) => reader,
        Err(ArchiveError::Io(error)) => return Err(Unreadable::Io(error)),
        Err(ArchiveError::NotAnArchive { reason }) => return Err(Unreadable::NotAnArchive(reason)),
        Err(other) => unreachable!("opening looks at the first member only: {other}"),
    };
    let mut report = Report::new(reader.header().timestamp);
    match set_up(&mut reader, policy, progress, &mut report) {
        Ok(()) => {}
        Err(Stop::Io(error)) => return Err(Unreadable::Io(error)),
        Err(Stop::Fault(fault)) => report.faults.push(fault),
    }
    report.close(&reader);
    Ok(report)
}

/// What ends the work before the end of the file.
enum Stop {
    Io(std::io::Error),
    Fault(Fault),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<ArchiveError> for Stop {
    fn from(error: ArchiveError) -> Self {
        match error {
            ArchiveError::Io(error) => Self::Io(error),
            other => Self::Fault(Fault::Archive(other)),
        }
    }
}

/// The first event names the group; everything after it is generic.
fn set_up<R: Read + Seek>(
    reader: &mut Reader<R>,
    policy: Policy,
    progress: &mut dyn FnMut(Progress),
    report: &mut Report,
) -> Result<(), Stop> {
    let Some(entry) = reader.next_event()? else {
        return Ok(());
    };
    let group = group_of(&entry.data[0].bytes).map_err(Fault::Election)?;
    let mut run = Run {
        reader,
        policy,
        progress,
        report,
    };
    match group {
        GroupName::Ed25519 => run.election::<Ed25519>(&entry),
        GroupName::Belenios2048 => run.election::<Belenios2048>(&entry),
    }
}

/// One verification under way.
struct Run<'a, R> {
    reader: &'a mut Reader<R>,
    policy: Policy,
    progress: &'a mut dyn FnMut(Progress),
    report: &'a mut Report,
}

impl<R: Read + Seek> Run<'_, R> {
    fn election<G: Group>(&mut self, setup: &Entry) -> Result<(), Stop> {
        let [election, trustees, credentials, _] = setup.data.as_slice() else {
            unreachable!("the reader gives a set-up its four members");
        };
        let poll = Poll::<G>::read(&election.bytes).map_err(Fault::Election)?;
        self.report.summary = Some(Summary::of(&poll));
        let trustees = TrusteeSet::<G>::read(&trustees.bytes).map_err(Fault::Trustees)?;
        self.report.checked.push(Checked::Trustees {
            owners: trustees.owners(),
        });
        if trustees.public_key() != poll.election().public_key {
            return Err(Fault::ElectionKey.into());
        }
        let credentials = Credentials::<G>::read(&credentials.bytes, self.policy.weights)
            .map_err(Fault::Credentials)?;
        self.report.checked.push(Checked::Credentials {
            count: credentials.len(),
        });
        self.ballots(&poll, credentials, &trustees)
    }

    fn ballots<G: Group>(
        &mut self,
        poll: &Poll<G>,
        credentials: Credentials<G>,
        trustees: &TrusteeSet<G>,
    ) -> Result<(), Stop> {
        let mut ballots = BallotBox::new(poll, credentials);
        let after = loop {
            match self.reader.next_event() {
                Ok(Some(entry)) if entry.event.kind == EventKind::Ballot => ballots.put(entry),
                after => break after,
            }
            if ballots.is_full() {
                self.settle(&mut ballots)?;
            }
        };
        // also where the container fails next: the ballots before it are still judged
        self.settle(&mut ballots)?;
        let after = after?;
        self.report.checked.push(ballots.checked());
        self.count(poll, &ballots, trustees, after)
    }

    fn settle<G: Group>(&mut self, ballots: &mut BallotBox<'_, G>) -> Result<(), Stop> {
        ballots.settle(self.reader, &mut self.report.faults)?;
        (self.progress)(Progress {
            bytes: self.reader.end(),
            ballots: ballots.read(),
        });
        Ok(())
    }

    /// Everything after the last ballot. With a ballot that does not hold there is nothing to
    /// compare sums with: then only the container is read on.
    fn count<G: Group>(
        &mut self,
        poll: &Poll<G>,
        ballots: &BallotBox<'_, G>,
        trustees: &TrusteeSet<G>,
        after: Option<Entry>,
    ) -> Result<(), Stop> {
        let mut count = Count::new(poll, ballots, trustees);
        let sound = self.report.faults.is_empty();
        let outcome = self.events(
            after,
            |entry| {
                if sound { count.take(entry) } else { Ok(()) }
            },
        );
        count.report(self.report);
        outcome
    }

    fn events(
        &mut self,
        first: Option<Entry>,
        mut take: impl FnMut(&Entry) -> Result<(), Fault>,
    ) -> Result<(), Stop> {
        let mut next = first;
        while let Some(entry) = next {
            take(&entry)?;
            next = self.reader.next_event()?;
        }
        Ok(())
    }
}

impl Report {
    /// Where reading ended.
    fn close<R: Read + Seek>(&mut self, reader: &Reader<R>) {
        self.stage = reader.stage();
        self.events = reader.events();
        self.head = reader.last();
        self.bytes = reader.end();
        if !self.faults.is_empty() {
            self.result = None;
        }
    }

    /// Accepted, not finished, or rejected.
    pub fn verdict(&self) -> Verdict {
        match (self.faults.is_empty(), self.stage) {
            (false, _) => Verdict::Rejected,
            (true, Stage::Finished) => Verdict::Accepted,
            (true, _) => Verdict::NotFinished,
        }
    }
}
