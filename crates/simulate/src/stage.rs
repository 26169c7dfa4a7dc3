//! How far each unit and branch has come, and how often that is drawn.

use crate::dice::Dice;

/// How far a branch is. Each stage includes those before it, except [`BranchStage::Voided`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum BranchStage {
    /// On the plan only: 待召开.
    Planned,
    /// Begun, nobody on the list yet.
    Opened,
    /// Attendance taken.
    Attended,
    /// Criticism over.
    CriticismDone,
    /// The list of the appraised stands.
    Prepared,
    /// Ballots are out.
    RoundOpen,
    /// The only round was given up.
    Voided,
    /// Ballots are in.
    RoundClosed,
    /// One person has typed.
    FirstEntry,
    /// Two people have typed different numbers.
    Differing,
    /// The count stands.
    Counted,
    /// Signed by scrutineers and tellers.
    Signed,
    /// Opinions given.
    Determined,
    /// The branch's 汇总表 is being put together.
    SummaryDraft,
    /// It lies with the unit.
    SummarySubmitted,
    /// The unit sent it back.
    SummaryReturned,
    /// The unit has received it.
    SummaryReceived,
}

impl BranchStage {
    /// All, in the order of the work.
    pub const ALL: [Self; 17] = [
        Self::Planned,
        Self::Opened,
        Self::Attended,
        Self::CriticismDone,
        Self::Prepared,
        Self::RoundOpen,
        Self::Voided,
        Self::RoundClosed,
        Self::FirstEntry,
        Self::Differing,
        Self::Counted,
        Self::Signed,
        Self::Determined,
        Self::SummaryDraft,
        Self::SummarySubmitted,
        Self::SummaryReturned,
        Self::SummaryReceived,
    ];

    /// A directly attached branch is the unit and files once, as the unit. // 通知 四、4
    pub fn of_attached(self) -> Self {
        self.min(Self::Determined)
    }
}

/// How far a unit's plan is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum PlanStage {
    /// Not even 签收.
    Silent,
    /// 签收, no plan.
    Acknowledged,
    /// Being written.
    Drafting,
    /// With the 组织科.
    Submitted {
        /// After the deadline.
        late: bool,
    },
    /// Sent back.
    Returned,
    /// In force.
    Filed {
        /// Handed in after the deadline.
        late: bool,
        /// The first version was sent back.
        revised: bool,
        /// A newer version is being written.
        amended: bool,
    },
}

/// How far a unit's summary is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum SummaryStage {
    /// Not begun.
    None,
    /// Being put together.
    Draft,
    /// With the 组织科.
    Submitted,
    /// Sent back.
    Returned,
    /// Sent back, put right, received.
    ReceivedAfterReturn,
    /// Received.
    Received,
}

/// What a whole committee's history is to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mix {
    /// Every stage occurs.
    #[default]
    Every,
    /// Everything is done and received, for measuring papers.
    Done,
}

/// What a unit's history looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Left to the visitor.
    Untouched,
    /// Nothing beyond the plan.
    PlanOnly(PlanStage),
    /// Branches at different stages.
    Running(PlanStage),
    /// All branches done.
    Done(PlanStage, SummaryStage),
}

/// Turns of the profiles: units go through them one after the other.
const TURNS: [Turn; 20] = [
    Turn::Done(SummaryStage::Received),
    Turn::Running,
    Turn::Done(SummaryStage::Submitted),
    Turn::Running,
    Turn::PlanOnly(PlanStage::Submitted { late: false }),
    Turn::Running,
    Turn::Done(SummaryStage::ReceivedAfterReturn),
    Turn::Running,
    Turn::PlanOnly(PlanStage::Acknowledged),
    Turn::Done(SummaryStage::Received),
    Turn::Running,
    Turn::PlanOnly(PlanStage::Returned),
    Turn::Done(SummaryStage::Returned),
    Turn::Running,
    Turn::Done(SummaryStage::Draft),
    Turn::Running,
    Turn::PlanOnly(PlanStage::Drafting),
    Turn::Done(SummaryStage::None),
    Turn::PlanOnly(PlanStage::Submitted { late: true }),
    Turn::PlanOnly(PlanStage::Silent),
];

#[derive(Clone, Copy)]
enum Turn {
    PlanOnly(PlanStage),
    Running,
    Done(SummaryStage),
}

/// What a filed plan went through, and how often.
const FILED: [(PlanStage, u32); 4] = [
    (filed(false, false, false), 70),
    (filed(true, false, false), 12),
    (filed(false, true, false), 12),
    (filed(false, false, true), 6),
];

/// Where the branches of a running unit are, and how often.
const RUNNING: [(BranchStage, u32); 17] = [
    (BranchStage::Planned, 28),
    (BranchStage::Opened, 2),
    (BranchStage::Attended, 3),
    (BranchStage::CriticismDone, 3),
    (BranchStage::Prepared, 3),
    (BranchStage::RoundOpen, 3),
    (BranchStage::Voided, 1),
    (BranchStage::RoundClosed, 4),
    (BranchStage::FirstEntry, 4),
    (BranchStage::Differing, 3),
    (BranchStage::Counted, 4),
    (BranchStage::Signed, 5),
    (BranchStage::Determined, 8),
    (BranchStage::SummaryDraft, 4),
    (BranchStage::SummarySubmitted, 8),
    (BranchStage::SummaryReturned, 3),
    (BranchStage::SummaryReceived, 14),
];

const fn filed(late: bool, revised: bool, amended: bool) -> PlanStage {
    PlanStage::Filed {
        late,
        revised,
        amended,
    }
}

/// Deals profiles and stages so that each occurs before any is left to chance.
#[derive(Debug)]
pub(crate) struct Dealer {
    mix: Mix,
    turn: usize,
    plans: Vec<PlanStage>,
    branches: Vec<BranchStage>,
}

impl Dealer {
    /// A full hand.
    pub fn new(mix: Mix) -> Self {
        let mut branches = BranchStage::ALL.to_vec();
        branches.reverse();
        Self {
            mix,
            turn: 0,
            plans: FILED.iter().rev().map(|(stage, _)| *stage).collect(),
            branches,
        }
    }

    /// The next unit's profile.
    pub fn profile(&mut self, dice: &mut Dice) -> Profile {
        if self.mix == Mix::Done {
            return Profile::Done(filed(false, false, false), SummaryStage::Received);
        }
        let turn = TURNS[self.turn % TURNS.len()];
        self.turn += 1;
        match turn {
            Turn::PlanOnly(stage) => Profile::PlanOnly(stage),
            Turn::Running => {
                let fresh = self.plans.pop();
                Profile::Running(fresh.unwrap_or_else(|| dice.weighted(&FILED)))
            }
            Turn::Done(summary) => Profile::Done(dice.weighted(&FILED[..3]), summary),
        }
    }

    /// The stage of the next branch of a running unit.
    pub fn branch(&mut self, dice: &mut Dice, attached: bool) -> BranchStage {
        if attached {
            return dice.weighted(&RUNNING).of_attached();
        }
        let fresh = self.branches.pop();
        fresh.unwrap_or_else(|| dice.weighted(&RUNNING))
    }
}
