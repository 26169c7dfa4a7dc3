//! A round with the data each of its states has. Every transition consumes the old state and
//! asks [`RoundState`]'s table.

use std::collections::HashMap;

use jiff::civil::Date;

use super::{Officials, Opinion, RoundError, RoundState, RoundStep, Subject, Treatment};
use crate::count::Count;
use crate::ids::{MeetingId, MemberId, RoundId};
use crate::meeting::MeetingState;
use crate::time::UnixTime;

/// What stays the same through a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundHead {
    /// Id.
    pub id: RoundId,
    /// The meeting it belongs to. // 通知 三、3
    pub meeting: MeetingId,
    /// Its number at that meeting, from 1.
    pub number: u32,
    /// Number of grades of the notice.
    pub grades: usize,
    /// Every member of the branch, in the ballot's order.
    pub subjects: Vec<Subject>,
    /// Whether the ballot's last line asks about the branch's leading group.
    pub group: bool,
}

impl RoundHead {
    /// The members with a row on the ballot, in order.
    pub fn on_ballot(&self) -> impl Iterator<Item = MemberId> {
        let graded = self.subjects.iter();
        let graded = graded.filter(|s| s.treatment == Treatment::Graded);
        graded.map(|s| s.member)
    }

    /// Whether each appraised member has exactly one opinion, of a kind that fits.
    fn fits(&self, opinions: &[(MemberId, Opinion)]) -> bool {
        let by_member: HashMap<_, _> = opinions.iter().map(|(m, o)| (*m, o)).collect();
        let due = self.subjects.iter();
        let due: Vec<_> = due
            .filter(|s| !matches!(s.treatment, Treatment::NotAppraised { .. }))
            .collect();
        by_member.len() == opinions.len()
            && opinions.len() == due.len()
            && due.iter().all(|s| match by_member.get(&s.member) {
                Some(Opinion::Graded { grade }) => {
                    *grade < self.grades && s.treatment == Treatment::Graded
                }
                Some(Opinion::Ungraded { .. }) => true,
                None => false,
            })
    }
}

/// Ties a state's data to the flat state.
pub trait Stage {
    /// The flat state.
    const STATE: RoundState;
}

/// A round in a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round<S> {
    /// What stays the same.
    pub head: RoundHead,
    /// What this state has.
    pub stage: S,
}

/// The list stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared;

/// Ballots are out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// 发出票.
    pub issued: u32,
    /// Voters in the room.
    pub present: u32,
    /// When they went out; known for the round, never for a ballot.
    pub opened_at: UnixTime,
}

/// Ballots are in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// How it was opened.
    pub open: Open,
    /// 收回票.
    pub collected: u32,
    /// When the box closed.
    pub closed_at: UnixTime,
}

/// The count holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// How it was closed.
    pub closed: Closed,
    /// The count.
    pub count: Count,
}

/// The counting sheet is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The count.
    pub count: Count,
    /// Who signed.
    pub officials: Officials,
    /// On which day.
    pub on: Date,
}

/// The branch has given its opinions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Determined {
    /// The signed count.
    pub signed: Signed,
    /// One per appraised member.
    pub opinions: Vec<(MemberId, Opinion)>,
}

/// Given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voided {
    /// Why.
    pub reason: String,
    /// When.
    pub at: UnixTime,
}

macro_rules! stages {
    ($($name:ident),+) => {$(
        impl Stage for $name {
            const STATE: RoundState = RoundState::$name;
        }
    )+};
}

stages!(Prepared, Open, Closed, Counted, Signed, Determined, Voided);

impl<S: Stage> Round<S> {
    /// The flat state.
    pub fn state(&self) -> RoundState {
        S::STATE
    }

    /// Gives the round up with a reason; refused once it is signed.
    pub fn void(self, reason: &str, at: UnixTime) -> Result<Round<Voided>, RoundError> {
        let reason = reason.trim().to_owned();
        S::STATE.advance(RoundStep::Void)?;
        if reason.is_empty() {
            return Err(RoundError::NoReason);
        }
        Ok(self.with(Voided { reason, at }))
    }

    fn with<T>(self, stage: T) -> Round<T> {
        Round {
            head: self.head,
            stage,
        }
    }
}

impl Round<Prepared> {
    /// A new round.
    pub fn prepare(head: RoundHead) -> Self {
        Self {
            head,
            stage: Prepared,
        }
    }

    /// Issues ballots, once the criticism part of the meeting is over. // 通知 三、3
    /// `present`: voters in the room.
    pub fn open(
        self,
        meeting: MeetingState,
        issued: u32,
        present: u32,
        opened_at: UnixTime,
    ) -> Result<Round<Open>, RoundError> {
        Prepared::STATE.advance(RoundStep::Open)?;
        if !meeting.criticism_over() {
            return Err(RoundError::CriticismNotOver);
        }
        if self.head.on_ballot().next().is_none() {
            return Err(RoundError::NobodyAppraised);
        }
        if issued == 0 || issued > present {
            return Err(RoundError::Issued { issued, present });
        }
        Ok(self.with(Open {
            issued,
            present,
            opened_at,
        }))
    }
}

impl Round<Open> {
    /// Collects the ballots. More than were issued: the round must be voided.
    pub fn close(self, collected: u32, closed_at: UnixTime) -> Result<Round<Closed>, RoundError> {
        Open::STATE.advance(RoundStep::Close)?;
        let open = self.stage.clone();
        let issued = open.issued;
        if collected > issued {
            return Err(RoundError::MustVoid { collected, issued });
        }
        Ok(self.with(Closed {
            open,
            collected,
            closed_at,
        }))
    }
}

impl Round<Closed> {
    /// Takes the count when it is of this round and its sums come out. // 通知 三、3
    pub fn count(self, count: Count) -> Result<Round<Counted>, RoundError> {
        Closed::STATE.advance(RoundStep::Count)?;
        let closed = self.stage.clone();
        let of_this_round = count.issued == closed.open.issued
            && count.collected == closed.collected
            && count.rows.len() == self.head.on_ballot().count()
            && count.group.is_some() == self.head.group;
        if !of_this_round {
            return Err(RoundError::CountOfAnotherRound);
        }
        let problems = count.check(closed.open.present, self.head.grades);
        if !problems.is_empty() {
            return Err(RoundError::Arithmetic(problems));
        }
        Ok(self.with(Counted { closed, count }))
    }
}

impl Round<Counted> {
    /// Scrutineers and tellers sign the counting sheet.
    pub fn sign(self, officials: Officials, on: Date) -> Result<Round<Signed>, RoundError> {
        Counted::STATE.advance(RoundStep::Sign)?;
        let count = self.stage.count.clone();
        Ok(self.with(Signed {
            count,
            officials,
            on,
        }))
    }
}

impl Round<Signed> {
    /// Takes the branch's opinion on every appraised member. // 通知 三、3
    pub fn determine(
        self,
        opinions: Vec<(MemberId, Opinion)>,
    ) -> Result<Round<Determined>, RoundError> {
        Signed::STATE.advance(RoundStep::Determine)?;
        if !self.head.fits(&opinions) {
            return Err(RoundError::Opinions);
        }
        let unexplained =
            |o: &Opinion| matches!(o, Opinion::Ungraded { reason } if reason.trim().is_empty());
        if opinions.iter().any(|(_, o)| unexplained(o)) {
            return Err(RoundError::NoReason);
        }
        let signed = self.stage.clone();
        Ok(self.with(Determined { signed, opinions }))
    }
}

impl Round<Voided> {
    /// The next round at the same meeting, with new ballots.
    pub fn next(&self, id: RoundId) -> Round<Prepared> {
        let number = self.head.number + 1;
        Round::prepare(RoundHead {
            id,
            number,
            ..self.head.clone()
        })
    }
}
