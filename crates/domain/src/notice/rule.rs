//! The closed set of rules a notice may name. Each is implemented in `assess`.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::NoticeProblem;

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)+) => {
        /// How a requirement is checked.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub enum Rule {
            $($(#[$doc])* $name,)+
        }

        impl Rule {
            /// Every rule, in the order of the work.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its word in notice files.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }
        }
    };
}

rules! {
    /// The unit has acknowledged receipt. // 通知 序
    ReceiptAcknowledged = "receipt-acknowledged",
    /// 第一责任人 and 直接责任人 are named, no vacancy. // 通知 四、2
    ResponsibleNamed = "responsible-named",
    /// The plan has its five contents. // 通知 二、4
    PlanHasFiveContents = "plan-has-five-contents",
    /// The plan covers every branch of the unit. // 通知 二、4 and 四、3
    PlanCoversBranches = "plan-covers-branches",
    /// The plan is filed in time. // 通知 二、4
    PlanFiled = "plan-filed",
    /// The plan's theme is the notice's. // 通知 一
    ThemeKept = "theme-kept",
    /// Problem lists touch every benchmark. // 通知 一
    BenchmarksTouched = "benchmarks-touched",
    /// Problem lists touch every aspect. // 通知 一
    AspectsTouched = "aspects-touched",
    /// Study sessions cover every item. // 通知 二、1
    StudyCoversItems = "study-covers-items",
    /// Opinions were heard from outside the branch. // 通知 二、2
    OpinionsFromOutside = "opinions-from-outside",
    /// Every member talked with a committee member. // 通知 二、2
    TalkCoverage = "talk-coverage",
    /// No talk left a matter unsettled before the meeting. // 通知 二、2
    TalksSettled = "talks-settled",
    /// Every member has a problem list with measures. // 通知 二、3
    ProblemListPerMember = "problem-list-per-member",
    /// Every list answers every category. // 通知 二、3
    CategoriesAnswered = "categories-answered",
    /// The branch has held its meeting in time. // 通知 二、4
    MeetingHeld = "meeting-held",
    /// Every member is present or accounted for. // 通知 三
    AttendanceTaken = "attendance-taken",
    /// Enough members were there (setting; the notice has no number).
    QuorumMet = "quorum-met",
    /// Every member has criticised themselves. // 通知 三、1
    SelfCriticismEach = "self-criticism-each",
    /// Self-criticism looks at the three views. // 通知 三、1
    ViewsExamined = "views-examined",
    /// The secretary spoke first. // 通知 三、1
    SecretaryFirst = "secretary-first",
    /// Points were exchanged before the meeting. // 通知 三、2
    CriticismExchanged = "criticism-exchanged",
    /// Every member was criticised by another. // 通知 三、2
    MutualCriticism = "mutual-criticism",
    /// The secretary criticised branch members. // 通知 三、2
    SecretaryCriticises = "secretary-criticises",
    /// Unit leaders attended as ordinary members. // 通知 四、2
    LeadersAsOrdinary = "leaders-as-ordinary",
    /// The superior's envoy was there and commented. // 通知 四、2
    SuperiorCommented = "superior-commented",
    /// The appraisal followed on the spot. // 通知 三、3
    AppraisalOnTheSpot = "appraisal-on-the-spot",
    /// A secret ballot in the notice's grades is counted and signed. // 通知 三、3
    AppraisalCounted = "appraisal-counted",
    /// Results were fed back to each member. // 通知 三、3
    FedBack = "fed-back",
    /// Results were published within the scope. // 通知 三、3
    Published = "published",
    /// The best are praised, the backward helped. // 通知 三、3
    ResultsUsed = "results-used",
    /// Every member has measures after the meeting. // 通知 三、4
    MeasuresPerMember = "measures-per-member",
    /// Measures due are carried out and verified. // 通知 三、4
    MeasuresCarriedOut = "measures-carried-out",
    /// Every branch has held its meeting. // 通知 四、3
    BranchesCovered = "branches-covered",
    /// Every member due is appraised. // 通知 四、3
    EveryMemberAppraised = "every-member-appraised",
    /// The four gates are passed. // 通知 四、3
    GatesPassed = "gates-passed",
    /// The year's assessment has its input. // 通知 四、4
    AssessmentInput = "assessment-input",
    /// The team has supervised. // 通知 四、4
    Supervised = "supervised",
    /// Committee leaders attended 2–3 meetings each. // 通知 四、4
    LeadersAttended = "leaders-attended",
    /// Dues are collected monthly. // 通知 四、4
    DuesCollected = "dues-collected",
    /// 情况总结材料 is filed. // 通知 四、4
    ReportFiled = "report-filed",
    /// 汇总表 is filed. // 通知 四、4
    SummaryFiled = "summary-filed",
    /// Last year's measures were reported on (2019 preset).
    LastMeasuresReported = "last-measures-reported",
    /// The branch's leading group was appraised (2019 preset).
    LeadingGroupAppraised = "leading-group-appraised",
}

impl Rule {
    /// Reads what [`Rule::as_str`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|r| r.as_str() == text)
    }
}

impl TryFrom<String> for Rule {
    type Error = NoticeProblem;
    fn try_from(text: String) -> Result<Self, NoticeProblem> {
        Self::parse(&text).ok_or(NoticeProblem::Rule(text))
    }
}

impl From<Rule> for String {
    fn from(rule: Rule) -> Self {
        rule.as_str().to_owned()
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
