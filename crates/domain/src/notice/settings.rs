//! What the notice leaves open, with the defaults the project chose (docs/DOMAIN.md §1.3).
//!
//! Every campaign records its own values; nothing in code assumes a default.

use serde::{Deserialize, Serialize};

use super::{Fraction, Retention, Threshold};
use crate::member::Standing;

/// Everything left open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// How many must be there.
    pub quorum: Quorum,
    /// Who votes.
    pub voters: Voters,
    /// Whether probationary members get a grade.
    pub probationary_graded: bool,
    /// Whether voters mark their own row.
    pub self_rating: SelfRating,
    /// What an empty row means.
    pub blank_row: BlankRow,
    /// What a row with two marks means.
    pub double_mark: DoubleMark,
    /// Cap on the best grade.
    pub cap: Option<Cap>,
    /// Denominator of percentages.
    pub percent_of: PercentOf,
    /// Decimal places of percentages, 0 to 4.
    pub percent_places: u8,
    /// Whether the plurality is shown as a hint. The branch committee decides in any case, and a
    /// tie gives no hint.
    pub hint: Hint,
    /// 及时: feedback within so many working days. // 通知 三、3
    pub feedback_working_days: u32,
    /// 在一定范围内进行公示. // 通知 三、3
    pub publicity: Publicity,
    /// 随意抽查. // 通知 四、4
    pub spot_check: SpotCheck,
    /// 2—3个. // 通知 四、4
    pub leader_meetings: LeaderMeetings,
    /// Fewer raters than this: members are told the opinion, not the counts.
    pub floor: u32,
    /// Whether the ballot also asks about the branch's leading group.
    pub leading_group_ballot: bool,
    /// How long papers are kept.
    pub retention: Retention,
    /// How much typing is held reasonable; more warns before the notice is issued.
    pub burden: BurdenLimit,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            quorum: Quorum::default(),
            voters: Voters::FullAndProbationary,
            probationary_graded: true,
            self_rating: SelfRating::default(),
            blank_row: BlankRow::Abstain,
            double_mark: DoubleMark::RowVoid,
            cap: None,
            percent_of: PercentOf::Marked,
            percent_places: 1,
            hint: Hint::Plurality,
            feedback_working_days: 5,
            publicity: Publicity::default(),
            spot_check: SpotCheck::default(),
            leader_meetings: LeaderMeetings::default(),
            floor: 4,
            leading_group_ballot: false,
            retention: Retention::default(),
            burden: BurdenLimit::default(),
        }
    }
}

impl Settings {
    /// Whether members may be told counts, or only the branch's opinion: with few raters, the
    /// counts tell each rater the others' marks. `raters`: valid ballots.
    pub fn counts_shown(&self, raters: u32) -> bool {
        raters >= self.floor
    }
}

/// Shares of 应到. Both only warn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quorum {
    /// Required; absent: none.
    #[serde(default)]
    pub required: Option<Threshold>,
    /// Wished for; absent: none.
    #[serde(default)]
    pub warn: Option<Threshold>,
}

impl Default for Quorum {
    /// More than half, warn below two thirds.
    fn default() -> Self {
        Self {
            required: Some(Threshold::MoreThan(Fraction::HALF)),
            warn: Some(Threshold::AtLeast(Fraction::TWO_THIRDS)),
        }
    }
}

/// Who votes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Voters {
    /// Full and probationary members present.
    FullAndProbationary,
    /// Full members present.
    FullOnly,
    /// Members present, and invited non-members counted apart and never mixed.
    MembersAndInvited,
}

impl Voters {
    /// Whether a member of this standing votes when present.
    pub fn include(self, standing: Standing) -> bool {
        self != Self::FullOnly || standing == Standing::Full
    }
}

/// Whether voters mark their own row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SelfRating {
    /// On paper: allowed, because an empty own row on a whole ballot names the voter.
    pub paper: OwnRow,
    /// On sealed slips: not asked, because rows are summed one by one.
    pub electronic: OwnRow,
}

impl Default for SelfRating {
    fn default() -> Self {
        Self {
            paper: OwnRow::Allowed,
            electronic: OwnRow::LeftOut,
        }
    }
}

/// What a voter does with their own row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OwnRow {
    /// May be marked.
    Allowed,
    /// To be left out.
    LeftOut,
}

/// What an empty row means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlankRow {
    /// 弃权.
    Abstain,
    /// 行无效.
    Void,
}

/// What a row with two marks means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DoubleMark {
    /// The row is void, the ballot stands.
    RowVoid,
    /// The whole ballot is invalid.
    BallotInvalid,
}

/// Cap on the best grade: "in general", so exceeding it needs a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cap {
    /// At most this fraction, rounded down.
    pub fraction: Fraction,
    /// Of whom.
    pub denominator: CapDenominator,
}

/// Of whom a cap is a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CapDenominator {
    /// Full members of the branch.
    FullMembers,
    /// Members who took part.
    Participants,
    /// All members of the branch.
    AllMembers,
}

/// Denominator of percentages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PercentOf {
    /// Marks that chose a grade for that person.
    Marked,
    /// 收回票.
    Collected,
    /// 应到.
    Due,
}

/// Whether the machine shows the plurality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hint {
    /// Shown as a hint.
    Plurality,
    /// Not shown.
    Hidden,
}

/// 公示. // 通知 三、3
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Publicity {
    /// Where.
    pub scope: PublicityScope,
    /// How long, in working days.
    pub working_days: u32,
}

impl Default for Publicity {
    fn default() -> Self {
        Self {
            scope: PublicityScope::UnitBoard,
            working_days: 5,
        }
    }
}

/// Where results are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PublicityScope {
    /// Within the branch.
    Branch,
    /// In the branch and on the unit's notice board.
    UnitBoard,
    /// On the unit's intranet.
    Intranet,
}

impl PublicityScope {
    /// As papers print it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Branch => "支部内",
            Self::UnitBoard => "支部和单位公示栏",
            Self::Intranet => "单位内网",
        }
    }
}

/// How many branches are drawn for 抽查. // 通知 四、4
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpotCheck {
    /// Share of all branches.
    pub share: Fraction,
    /// At least one in each unit with more branches than this.
    pub one_in_units_over: u32,
}

impl Default for SpotCheck {
    fn default() -> Self {
        Self {
            share: Fraction::FIFTH,
            one_in_units_over: 5,
        }
    }
}

/// How many meetings each committee leader attends. // 通知 四、4
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeaderMeetings {
    /// At least.
    pub min: u32,
    /// Wished for.
    pub target: u32,
}

impl Default for LeaderMeetings {
    fn default() -> Self {
        Self { min: 2, target: 3 }
    }
}

/// Minutes of typing that a notice should not ask more than (`crate::burden`). Only warns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BurdenLimit {
    /// Of the officers of a branch of twenty, all together.
    pub branch_minutes: u32,
    /// Of one member.
    pub member_minutes: u32,
}

impl Default for BurdenLimit {
    /// Half a working day between the officers of a branch; half an hour of a member.
    fn default() -> Self {
        Self {
            branch_minutes: 240,
            member_minutes: 30,
        }
    }
}
