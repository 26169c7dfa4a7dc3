//! One unit or branch as a line of a table: chips and bars for where it stands.

use pingyi_domain::assess::{Coverage, Finding, Status};
use pingyi_domain::facts::{BranchFacts, FilingFacts, PlanFacts, UnitFacts};
use pingyi_domain::filing::FilingState;
use pingyi_domain::ids::OrgId;
use pingyi_domain::plan::PlanState;

/// A word with a colour; the word says it all, the colour helps.
pub struct Chip {
    /// Word.
    pub word: String,
    /// `ok`, `wait`, `late`, `info` or nothing.
    pub class: &'static str,
}

impl Chip {
    fn new(word: impl Into<String>, class: &'static str) -> Self {
        Self {
            word: word.into(),
            class,
        }
    }
}

/// A unit in the committee's overview.
pub struct UnitLine {
    /// Which.
    pub org: OrgId,
    /// Name.
    pub name: String,
    /// 第一责任人.
    pub secretary: String,
    /// 签收.
    pub receipt: Chip,
    /// 方案.
    pub plan: Chip,
    /// 汇总.
    pub filing: Chip,
    /// Both coverages.
    pub coverage: Coverage,
    /// Open findings.
    pub open: usize,
    /// Of these, late.
    pub late: usize,
}

/// A branch in its unit's table.
pub struct BranchLine {
    /// Which.
    pub org: OrgId,
    /// Name.
    pub name: String,
    /// 直接责任人.
    pub secretary: String,
    /// Day.
    pub day: String,
    /// Meeting.
    pub meeting: Chip,
    /// Appraisal.
    pub appraisal: Chip,
    /// 汇总表 handed to the unit.
    pub filing: Chip,
    /// Both coverages of this branch.
    pub coverage: Coverage,
    /// Open findings.
    pub open: usize,
    /// Of these, late.
    pub late: usize,
}

const VACANT: &str = "（空缺）";

/// Line of a unit with its findings.
pub fn unit_line(unit: &UnitFacts, findings: &[Finding]) -> UnitLine {
    let (open, late) = counts(findings.iter());
    UnitLine {
        org: unit.org,
        name: unit.name.clone(),
        secretary: unit.secretary.clone().unwrap_or_else(|| VACANT.into()),
        receipt: match unit.acknowledged_on {
            Some(_) => Chip::new("已签收", "ok"),
            None => Chip::new("未签收", "wait"),
        },
        plan: plan_chip(unit.plan.as_ref()),
        filing: filing_chip(unit.filing.as_ref()),
        coverage: Coverage::of_unit(unit),
        open,
        late,
    }
}

/// Line of a branch with the unit's findings.
pub fn branch_line(branch: &BranchFacts, findings: &[Finding]) -> BranchLine {
    let mut coverage = Coverage::default();
    coverage.add(branch);
    let (open, late) = counts(findings.iter().filter(|f| f.branch == Some(branch.org)));
    let held = branch.meeting.as_ref().and_then(|m| m.held_on);
    BranchLine {
        org: branch.org,
        name: branch.name.clone(),
        secretary: branch.secretary.clone().unwrap_or_else(|| VACANT.into()),
        day: match (held, branch.planned_on) {
            (Some(on), _) => on.to_string(),
            (None, Some(on)) => format!("{on}（计划）"),
            (None, None) => String::new(),
        },
        meeting: match &branch.meeting {
            _ if branch.excluded => Chip::new("不列入", ""),
            Some(meeting) if coverage.held == 1 => Chip::new(meeting.state.label(), "ok"),
            Some(meeting) => Chip::new(meeting.state.label(), "info"),
            None => Chip::new("未召开", ""),
        },
        appraisal: match &branch.appraisal {
            _ if branch.excluded => Chip::new("不列入", ""),
            Some(round) if coverage.missing_members() == 0 => Chip::new(round.state.label(), "ok"),
            Some(round) => Chip::new(round.state.label(), "info"),
            None => Chip::new("未评议", ""),
        },
        filing: filing_chip(branch.filing.as_ref()),
        coverage,
        open,
        late,
    }
}

fn counts<'a>(findings: impl Iterator<Item = &'a Finding>) -> (usize, usize) {
    findings.fold((0, 0), |(open, late), finding| match finding.status {
        Status::Open { late: true, .. } => (open + 1, late + 1),
        Status::Open { .. } => (open + 1, late),
        _ => (open, late),
    })
}

fn plan_chip(plan: Option<&PlanFacts>) -> Chip {
    match plan {
        None => Chip::new("未报", ""),
        Some(plan) if plan.filed_version.is_some() && plan.late => {
            Chip::new("已备案（迟报）", "ok")
        }
        Some(plan) if plan.filed_version.is_some() => Chip::new("已备案", "ok"),
        Some(plan) => match plan.state {
            PlanState::Submitted => Chip::new("待审核", "wait"),
            PlanState::Returned => Chip::new("已退回", "late"),
            PlanState::Draft | PlanState::Filed => Chip::new("起草中", "info"),
        },
    }
}

fn filing_chip(filing: Option<&FilingFacts>) -> Chip {
    match filing {
        None => Chip::new("未报", ""),
        Some(filing) => match filing.state {
            FilingState::Received if filing.late => Chip::new("已接收（迟报）", "ok"),
            FilingState::Received => Chip::new("已接收", "ok"),
            FilingState::Submitted => Chip::new("已报送", "wait"),
            FilingState::Returned => Chip::new("已退回", "late"),
            FilingState::Draft => Chip::new("准备中", "info"),
        },
    }
}

/// Width of a bar in thousandths, for an inline SVG. Templates pass fields by reference and
/// results by value.
pub fn bar(done: impl std::borrow::Borrow<u32>, of: impl std::borrow::Borrow<u32>) -> u32 {
    let (done, of) = (u64::from(*done.borrow()), u64::from(*of.borrow()));
    match of {
        0 => 0,
        _ => u32::try_from(done * 1000 / of).unwrap_or(1000).min(1000),
    }
}
