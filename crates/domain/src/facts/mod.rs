//! What is known about a campaign, in the shape the rules ask for it.
//!
//! Storage fills these from its tables with a handful of queries; [`crate::assess`] turns them
//! into findings. They are counts and dates, never a person's vote, and nothing here is stored.

mod assessment;
mod committee;
mod dues;
mod gates;
mod lists;
mod measures;
mod opinions;
mod results;
mod speeches;
mod study;
mod talks;

use jiff::civil::Date;

use crate::appraisal::RoundState;
use crate::filing::FilingState;
use crate::ids::{FilingId, MeetingId, OrgId, PlanId, RoundId};
use crate::meeting::MeetingState;
use crate::org::OrgKind;
use crate::plan::PlanState;

pub use assessment::AssessmentFacts;
pub use committee::CommitteeFacts;
pub use dues::{DuesFacts, OwingSpan};
pub use gates::GateFacts;
pub use lists::ListFacts;
pub use measures::MeasureFacts;
pub use opinions::OpinionFacts;
pub use results::{PublicityFacts, ResultFacts};
pub use speeches::SpeechFacts;
pub use study::StudyFacts;
pub use talks::TalkFacts;

/// A whole campaign: every unit with its branches.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ledger {
    /// Units in roster order.
    pub units: Vec<UnitFacts>,
    /// What the committee itself did.
    pub committee: CommitteeFacts,
}

/// One unit organisation (直属党组织).
#[derive(Debug, Clone, PartialEq)]
pub struct UnitFacts {
    /// Which.
    pub org: OrgId,
    /// Its full name.
    pub name: String,
    /// A [`OrgKind::Branch`] here is a directly attached branch.
    pub kind: OrgKind,
    /// Day of 签收.
    pub acknowledged_on: Option<Date>,
    /// 第一责任人 by name; `None` is a vacancy. // 通知 四、2
    pub secretary: Option<String>,
    /// The work plan, once drafted.
    pub plan: Option<PlanFacts>,
    /// What was filed to the 组织科, once drafted.
    pub filing: Option<FilingFacts>,
    /// Its branches; a directly attached branch lists itself.
    pub branches: Vec<BranchFacts>,
}

impl UnitFacts {
    /// Branches that owe a meeting.
    pub fn due(&self) -> impl Iterator<Item = &BranchFacts> {
        self.branches.iter().filter(|b| !b.excluded)
    }
}

/// State of a unit's work plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanFacts {
    /// Which.
    pub id: PlanId,
    /// State of the newest version.
    pub state: PlanState,
    /// Newest version, from 1.
    pub version: u32,
    /// Version in force, if any was filed; a newer draft may exist beside it.
    pub filed_version: Option<u32>,
    /// Day the first version was handed in.
    pub submitted_on: Option<Date>,
    /// Day it was filed (备案).
    pub filed_on: Option<Date>,
    /// Filing number.
    pub number: Option<String>,
    /// Theme as the newest version writes it. // 通知 一
    pub theme: String,
    /// Handed in after the deadline.
    pub late: bool,
}

/// State of a filed 汇总表.
#[derive(Debug, Clone, PartialEq)]
pub struct FilingFacts {
    /// Which.
    pub id: FilingId,
    /// State of the newest version.
    pub state: FilingState,
    /// Day it was first handed in.
    pub submitted_on: Option<Date>,
    /// Day it was received or returned.
    pub decided_on: Option<Date>,
    /// Handed in after the deadline.
    pub late: bool,
}

/// One branch.
#[derive(Debug, Clone, PartialEq)]
pub struct BranchFacts {
    /// Which.
    pub org: OrgId,
    /// Full name.
    pub name: String,
    /// Not due to meet at all, by a recorded decision. // 通知 四、3
    pub excluded: bool,
    /// Active members on the roster.
    pub members: u32,
    /// Of these, probationary.
    pub probationary: u32,
    /// 直接责任人 by name; `None` is a vacancy. // 通知 四、2
    pub secretary: Option<String>,
    /// Planned day, from the plan version in force (else the newest).
    pub planned_on: Option<Date>,
    /// The meeting, once opened.
    pub meeting: Option<MeetingFacts>,
    /// The current appraisal round, once prepared.
    pub appraisal: Option<AppraisalFacts>,
    /// The branch's own 汇总表 to its unit.
    pub filing: Option<FilingFacts>,
    /// What it recorded before and after the meeting.
    pub records: Records,
}

/// What a branch recorded, one part per page; each part has its own file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Records {
    /// Study sessions of a branch. // 通知 二、1
    pub study: StudyFacts,
    /// Opinions heard by a branch. // 通知 二、2
    pub opinions: OpinionFacts,
    /// Heart-to-heart talks in a branch. // 通知 二、2
    pub talks: TalkFacts,
    /// Problem lists of a branch's members. // 通知 二、3
    pub lists: ListFacts,
    /// Criticism and self-criticism at a branch's meeting. // 通知 三、1 and 三、2
    pub speeches: SpeechFacts,
    /// Feedback, 公示 and use of a branch's appraisal results. // 通知 三、3
    pub results: ResultFacts,
    /// Rectification measures of a branch's members. // 通知 三、4
    pub measures: MeasureFacts,
    /// The four gates a branch passes. // 通知 四、3
    pub gates: GateFacts,
    /// Dues of a branch's members. // 通知 四、4
    pub dues: DuesFacts,
}

/// A branch's meeting.
#[expect(
    clippy::struct_excessive_bools,
    reason = "four independent facts, not a hidden state"
)]
#[derive(Debug, Clone, PartialEq)]
pub struct MeetingFacts {
    /// Which.
    pub id: MeetingId,
    /// How far it is.
    pub state: MeetingState,
    /// Day it was held (the day it was opened for; set from then on).
    pub held_on: Option<Date>,
    /// 应到.
    pub due: u32,
    /// Not due, with a recorded reason.
    pub excluded: u32,
    /// 实到.
    pub present: u32,
    /// 缺席.
    pub absent: u32,
    /// Unit leaders due at this meeting. // 通知 四、2
    pub leaders_due: u32,
    /// Of these, present or absent with a reason.
    pub leaders_accounted: u32,
    /// The superior's envoy is named. // 通知 四、2
    pub envoy: bool,
    /// The envoy's comment is recorded.
    pub commented: bool,
    /// Who spoke first in self-criticism. // 通知 三、1
    pub first_speaker: FirstSpeaker,
    /// Minutes are written.
    pub minutes: bool,
    /// Held without a filed plan, with a reason.
    pub without_plan: bool,
}

/// Who opened the self-criticism. // 通知 三、1
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstSpeaker {
    /// Not recorded.
    Unrecorded,
    /// The branch secretary.
    Secretary,
    /// Somebody else, with the reason on record.
    OtherWithReason,
    /// Somebody else, no reason given.
    Other,
}

/// The appraisal round that counts (the newest that is not void, else the newest).
#[derive(Debug, Clone, PartialEq)]
pub struct AppraisalFacts {
    /// Which.
    pub id: RoundId,
    /// Its number, from 1.
    pub number: u32,
    /// How far it is.
    pub state: RoundState,
    /// Day the ballots were issued.
    pub opened_on: Option<Date>,
    /// Day the scrutineers signed the count.
    pub signed_on: Option<Date>,
    /// Whether its count also has the branch's leading group.
    pub group: bool,
    /// Rounds voided before.
    pub voided: u32,
    /// Members listed for appraisal.
    pub appraised: u32,
    /// Members excluded from appraisal, each with a reason.
    pub excluded: u32,
    /// Members with the branch committee's opinion.
    pub determined: u32,
    /// Members by grade key of the opinion; ungraded ones under the empty key.
    pub grades: Vec<(String, u32)>,
}
