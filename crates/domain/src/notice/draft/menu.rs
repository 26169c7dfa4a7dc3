//! The closed set of requirements as a drafter picks from it, each with what it usually is.

use crate::notice::{By, Owes, Rule, Severity};

/// When in a campaign something is done: headings of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// 接到通知、制定方案.
    Arrange,
    /// 会前准备.
    Before,
    /// 组织生活会.
    Meeting,
    /// 民主评议.
    Appraisal,
    /// 会后整改.
    After,
    /// 报送和督导.
    Report,
}

impl Stage {
    /// Every stage in order.
    pub const ALL: [Self; 6] = [
        Self::Arrange,
        Self::Before,
        Self::Meeting,
        Self::Appraisal,
        Self::After,
        Self::Report,
    ];

    /// As screens name it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Arrange => "签收和方案",
            Self::Before => "会前准备",
            Self::Meeting => "组织生活会",
            Self::Appraisal => "民主评议",
            Self::After => "会后整改",
            Self::Report => "报送和督导",
        }
    }
}

/// One rule that may be asked, with its usual title, debtor, day and weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// How it is checked.
    pub rule: Rule,
    /// The task, short.
    pub title: &'static str,
    /// Who owes it. Not a choice: the rule looks at that level.
    pub owes: Owes,
    /// By when.
    pub by: By,
    /// Stop or warn.
    pub severity: Severity,
    /// Where in the list.
    pub stage: Stage,
}

macro_rules! offers {
    ($($stage:ident { $($rule:ident $title:literal $owes:ident $by:ident $severity:ident;)+ })+) => {
        const OFFERS: &[Offer] = &[$($(Offer {
            rule: Rule::$rule,
            title: $title,
            owes: Owes::$owes,
            by: By::$by,
            severity: Severity::$severity,
            stage: Stage::$stage,
        },)+)+];
    };
}

offers! {
    Arrange {
        ReceiptAcknowledged "签收通知" Unit None Warn;
        ResponsibleNamed "明确责任人" Unit Plan Warn;
        ThemeKept "方案主题与通知一致" Unit Plan Warn;
        PlanHasFiveContents "制定工作方案" Unit Plan Stop;
        PlanCoversBranches "方案列齐所有支部" Unit Plan Stop;
        PlanFiled "方案报工委组织科备案" Unit Plan Stop;
    }
    Before {
        StudyCoversItems "组织会前学习" Branch Meeting Warn;
        OpinionsFromOutside "征求服务对象意见" Branch Meeting Warn;
        TalkCoverage "开展谈心谈话" Branch Meeting Warn;
        TalksSettled "矛盾问题解决在会前" Branch Meeting Warn;
        ProblemListPerMember "列出问题清单和措施" Member Meeting Warn;
        CategoriesAnswered "问题清单逐项写全" Member Meeting Warn;
        BenchmarksTouched "对照要求查摆问题" Member Meeting Warn;
        AspectsTouched "联系个人实际" Member Meeting Warn;
        CriticismExchanged "会前沟通交换意见" Branch Meeting Warn;
    }
    Meeting {
        MeetingHeld "召开组织生活会" Branch Meeting Stop;
        AttendanceTaken "登记到会情况" Branch Meeting Warn;
        QuorumMet "到会人数达到规定" Branch Meeting Warn;
        LeadersAsOrdinary "领导干部以普通党员身份参加" Branch Meeting Warn;
        SuperiorCommented "派人参加并点评" Unit Meeting Warn;
        LastMeasuresReported "报告上年度整改情况" Branch Meeting Warn;
        SecretaryFirst "书记带头自我批评" Branch Meeting Warn;
        SelfCriticismEach "作自我批评" Member Meeting Warn;
        ViewsExamined "剖析思想根源" Member Meeting Warn;
        MutualCriticism "开展相互批评" Branch Meeting Warn;
        SecretaryCriticises "书记带头批评帮助" Branch Meeting Warn;
    }
    Appraisal {
        AppraisalOnTheSpot "会后现场评议党员" Branch Meeting Warn;
        AppraisalCounted "无记名测评并签字计票" Branch Meeting Stop;
        LeadingGroupAppraised "测评支部班子" Branch Meeting Warn;
        EveryMemberAppraised "评议全体党员" Branch Meeting Warn;
        FedBack "向本人反馈评议结果" Branch None Warn;
        Published "公示评议结果" Branch None Warn;
        ResultsUsed "运用评议结果" Branch None Warn;
    }
    After {
        MeasuresPerMember "制定会后整改措施" Member None Warn;
        MeasuresCarriedOut "按期完成整改" Member None Warn;
    }
    Report {
        BranchesCovered "所有支部召开组织生活会" Unit Meeting Warn;
        GatesPassed "逐关把关" Unit Summary Warn;
        ReportFiled "报送情况总结材料" Unit Summary Warn;
        SummaryFiled "报送测评汇总表" Unit Summary Warn;
        DuesCollected "按月收缴党费" Branch None Warn;
        Supervised "督导支部组织生活会" Committee Meeting Warn;
        LeadersAttended "工委领导参加支部会" Committee Meeting Warn;
        AssessmentInput "形成年度考评依据" Committee None Warn;
    }
}

/// Every rule once, in the order of the work.
pub fn offers() -> &'static [Offer] {
    OFFERS
}
