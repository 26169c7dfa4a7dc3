//! Who was due, who came, and whether that is enough.
//!
//! Denominators are always 应到; a member not due has a reason, an approver and a day.
//! A missing quorum warns and never stops: a 测评 is neither 表决 nor 选举. // docs/DOMAIN.md §1.4

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::appraisal::machine::words;
use crate::ids::MemberId;
use crate::notice::Settings;

words! {
    /// Why a member is not due (docs/DOMAIN.md §2.4); needs an approver and a day.
    pub enum ExclusionReason {
        /// Severe mental illness.
        MentalIllness = "mental_illness", "患有严重精神疾病";
        /// Abroad.
        Abroad = "abroad", "出国、出境";
        /// 停止党籍.
        Suspended = "suspended", "停止党籍";
        /// 留党察看.
        OnProbation = "on_probation", "留党察看";
        /// In detention.
        Detained = "detained", "被采取强制措施";
        /// Frail, bedridden or long ill.
        Frail = "frail", "年老体弱、长期患病卧床";
        /// Retired to the home place.
        RetiredAway = "retired_away", "离退休后回原籍居住";
        /// Transferred, the formal relation not yet moved.
        Transferred = "transferred", "工作调动，组织关系未转";
        /// Seconded elsewhere.
        Seconded = "seconded", "借调、挂职在外";
        /// Studying or working away for six months or more.
        AwaySixMonths = "away_six_months", "外出学习、工作六个月以上";
        /// Floating member, on own request.
        Floating = "floating", "流动党员，本人申请";
    }
}

/// Whether a member is counted in 应到.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "due", rename_all = "snake_case")]
pub enum Due {
    /// Due.
    Yes,
    /// Not due.
    Excluded {
        /// Why.
        reason: ExclusionReason,
        /// Who approved it, by name.
        approver: String,
        /// On which day.
        on: Date,
    },
}

/// Whether a member came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "presence", rename_all = "snake_case")]
pub enum Presence {
    /// In the room.
    Present,
    /// Not in the room.
    Absent {
        /// Why.
        reason: String,
    },
    /// In the room though not on the list made before (new transfer, excluded and came).
    LateAdded,
}

/// In what capacity a member of this branch attends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// As an ordinary member: also every unit leader, one voice, one vote. // 通知 四、2
    #[default]
    Member,
    /// 列席: without a vote, not counted in 应到 or 实到.
    Observer,
}

/// One line of the attendance list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// Who.
    pub member: MemberId,
    /// Due or not.
    pub due: Due,
    /// Came or not.
    pub presence: Presence,
    /// Ordinary member or observer.
    #[serde(default)]
    pub role: Role,
}

/// Unit leaders of this branch who are not on its list, or stand there as observers: they
/// attend as ordinary members. // 通知 四、2
pub fn misplaced_leaders(list: &[Attendance], leaders: &[MemberId]) -> Vec<MemberId> {
    let ordinary = |leader: &MemberId| {
        list.iter()
            .any(|line| line.member == *leader && line.role == Role::Member)
    };
    leaders.iter().filter(|l| !ordinary(l)).copied().collect()
}

/// 应到, 实到, 缺席, 列席.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Figures {
    /// 应到: due when the list was made.
    pub due: u32,
    /// 实到, late additions included.
    pub present: u32,
    /// 缺席: due and not there.
    pub absent: u32,
    /// 列席 from the list. Guests who are not on it (the envoy) are added by the caller.
    pub observers: u32,
    /// Of the present, not on the list made before.
    pub late_added: u32,
    /// Not due, with a reason.
    pub excluded: u32,
}

/// Counts an attendance list.
pub fn figures(list: &[Attendance]) -> Figures {
    let mut sum = Figures::default();
    for line in list {
        if line.role == Role::Observer {
            sum.observers += u32::from(!matches!(line.presence, Presence::Absent { .. }));
            continue;
        }
        let due = line.due == Due::Yes;
        match &line.presence {
            Presence::LateAdded => {
                sum.late_added += 1;
                sum.present += 1;
            }
            // Excluded and came all the same: counted like a late addition.
            Presence::Present if !due => {
                sum.late_added += 1;
                sum.present += 1;
            }
            Presence::Present => {
                sum.due += 1;
                sum.present += 1;
            }
            Presence::Absent { .. } if due => {
                sum.due += 1;
                sum.absent += 1;
            }
            Presence::Absent { .. } => sum.excluded += 1,
        }
    }
    sum
}

/// What the quorum setting says about a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuorumFinding {
    /// Enough.
    Met,
    /// Enough, but fewer than the campaign would like.
    BelowWarn,
    /// Fewer than required: still only a warning.
    BelowRequired,
}

impl Figures {
    /// Compares those present with 应到 by the campaign's setting. Late additions count on
    /// both sides, so that they cannot make up for absentees.
    pub fn quorum(&self, settings: &Settings) -> QuorumFinding {
        let due = self.due + self.late_added;
        let meets = |threshold: Option<crate::notice::Threshold>| {
            threshold.is_none_or(|t| t.met(self.present, due))
        };
        match (meets(settings.quorum.required), meets(settings.quorum.warn)) {
            (false, _) => QuorumFinding::BelowRequired,
            (true, false) => QuorumFinding::BelowWarn,
            (true, true) => QuorumFinding::Met,
        }
    }
}
