//! The five contents of a work plan and what is wrong with them. // 通知 二、4

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use crate::ids::OrgId;
use crate::notice::{Notice, Severity};

/// 会议主题、时间、方式、参加人员及相关要求, and which branch meets when and where.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanContent {
    /// 主题.
    pub theme: String,
    /// 时间 (and place), one per branch.
    pub meetings: Vec<PlannedMeeting>,
    /// 方式.
    pub manner: String,
    /// 参加人员.
    pub participants: String,
    /// 相关要求.
    pub requirements: String,
}

/// One branch's planned meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedMeeting {
    /// Which branch.
    pub branch: OrgId,
    /// Begin, local time.
    #[serde(default)]
    pub starts: Option<DateTime>,
    /// Place.
    #[serde(default)]
    pub place: String,
}

/// Something wrong with a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum PlanProblem {
    /// 主题 is empty.
    NoTheme,
    /// 方式 is empty.
    NoManner,
    /// 参加人员 is empty.
    NoParticipants,
    /// 相关要求 is empty.
    NoRequirements,
    /// A branch of the unit is not in the plan.
    BranchMissing {
        /// Which.
        branch: OrgId,
    },
    /// A branch has no time.
    NoTime {
        /// Which.
        branch: OrgId,
    },
    /// A branch has no place.
    NoPlace {
        /// Which.
        branch: OrgId,
    },
    /// A branch stands in the plan more than once.
    BranchTwice {
        /// Which.
        branch: OrgId,
    },
    /// An organisation that is no branch of the unit.
    ForeignBranch {
        /// Which.
        branch: OrgId,
    },
    /// The theme is not the notice's. // 通知 一
    ThemeDiffers,
    /// A branch is to meet after the deadline. // 通知 二、4
    AfterDeadline {
        /// Which.
        branch: OrgId,
        /// Planned day.
        on: Date,
        /// Last day.
        deadline: Date,
    },
}

impl PlanProblem {
    /// Missing contents stop the filing; the rest warns.
    pub fn severity(&self) -> Severity {
        match self {
            Self::ThemeDiffers | Self::AfterDeadline { .. } => Severity::Warn,
            _ => Severity::Stop,
        }
    }

    /// Whether it stops the filing.
    pub fn stops(&self) -> bool {
        self.severity() == Severity::Stop
    }

    /// The branch concerned, if one is.
    pub fn branch(&self) -> Option<OrgId> {
        match self {
            Self::BranchMissing { branch }
            | Self::NoTime { branch }
            | Self::NoPlace { branch }
            | Self::BranchTwice { branch }
            | Self::ForeignBranch { branch }
            | Self::AfterDeadline { branch, .. } => Some(*branch),
            _ => None,
        }
    }

    /// What is wrong and what to do, in Chinese, without the branch's name.
    pub fn message(&self) -> String {
        match self {
            Self::NoTheme => "没有写会议主题。请填写主题。".into(),
            Self::NoManner => "没有写会议方式。请填写方式。".into(),
            Self::NoParticipants => "没有写参加人员。请填写参加人员。".into(),
            Self::NoRequirements => "没有写相关要求。请填写相关要求。".into(),
            Self::BranchMissing { .. } => "方案没有列入该支部。请补上该支部的时间和地点。".into(),
            Self::NoTime { .. } => "该支部没有会议时间。请填写日期和时间。".into(),
            Self::NoPlace { .. } => "该支部没有会议地点。请填写地点。".into(),
            Self::BranchTwice { .. } => "该支部重复列入。请只保留一行。".into(),
            Self::ForeignBranch { .. } => "该组织不是本单位的支部。请从方案中删去。".into(),
            Self::ThemeDiffers => "主题与通知不一致。请核对，确需调整的在方案中说明。".into(),
            Self::AfterDeadline { on, deadline, .. } => {
                format!("计划 {on} 召开，晚于通知规定的 {deadline}。请提前，或说明原因。")
            }
        }
    }
}

impl PlanContent {
    /// Everything wrong with the plan of a unit with these branches, contents first. Of branches
    /// that are excluded from the coverage nothing is asked. // 通知 四、3
    pub fn check(
        &self,
        notice: &Notice,
        branches: &[OrgId],
        excluded: &[OrgId],
    ) -> Vec<PlanProblem> {
        let mut problems = self.check_contents(notice);
        for &branch in branches.iter().filter(|branch| !excluded.contains(branch)) {
            problems.extend(self.check_branch(branch, notice.deadlines.meeting));
        }
        let foreign = self.meetings.iter().map(|m| m.branch);
        let foreign = foreign.filter(|branch| !branches.contains(branch));
        problems.extend(foreign.map(|branch| PlanProblem::ForeignBranch { branch }));
        problems
    }

    fn check_contents(&self, notice: &Notice) -> Vec<PlanProblem> {
        let blank = |text: &str| text.trim().is_empty();
        let contents = [
            (blank(&self.theme), PlanProblem::NoTheme),
            (blank(&self.manner), PlanProblem::NoManner),
            (blank(&self.participants), PlanProblem::NoParticipants),
            (blank(&self.requirements), PlanProblem::NoRequirements),
            (
                !blank(&self.theme) && bare(&self.theme) != bare(&notice.theme.title),
                PlanProblem::ThemeDiffers,
            ),
        ];
        let found = contents.into_iter().filter(|(wrong, _)| *wrong);
        found.map(|(_, problem)| problem).collect()
    }

    fn check_branch(&self, branch: OrgId, deadline: Date) -> Vec<PlanProblem> {
        let mut rows = self.meetings.iter().filter(|m| m.branch == branch);
        let Some(meeting) = rows.next() else {
            return vec![PlanProblem::BranchMissing { branch }];
        };
        let on = meeting.starts.map(DateTime::date);
        let late = on.filter(|&on| on > deadline);
        [
            rows.next().map(|_| PlanProblem::BranchTwice { branch }),
            on.is_none().then_some(PlanProblem::NoTime { branch }),
            meeting
                .place
                .trim()
                .is_empty()
                .then_some(PlanProblem::NoPlace { branch }),
            // 通知 二、4: 必须在9月30日前完成
            late.map(|on| PlanProblem::AfterDeadline {
                branch,
                on,
                deadline,
            }),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// A theme without spaces and quotation marks, which are set in several ways.
fn bare(theme: &str) -> String {
    let kept = |c: &char| !c.is_whitespace() && !"“”‘’\"'「」".contains(*c);
    theme.chars().filter(kept).collect()
}
