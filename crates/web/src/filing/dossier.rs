//! Everything a unit files, as one value: the roll-up's lines and the facts its 总结材料 tells.
//! Kept word for word with every version filed. // 通知 四、4

use jiff::civil::Date;
use pingyi_domain::facts::{BranchFacts, FirstSpeaker, UnitFacts};
use pingyi_domain::filing::FilingState;
use pingyi_domain::ids::OrgId;
use pingyi_domain::meeting::MeetingState;
use pingyi_domain::notice::Notice;
use serde::{Deserialize, Serialize};

use super::rollup::Line;

/// A unit's figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Dossier {
    /// Which.
    pub org: OrgId,
    /// Its full name.
    pub unit: String,
    /// 第一责任人; empty for a vacancy. // 通知 四、2
    pub secretary: String,
    /// Labels of the grades.
    pub grades: Vec<String>,
    /// Decimal places of percentages.
    pub places: u8,
    /// One per branch, those that have not reported first.
    pub lines: Vec<Line>,
    /// Their sum.
    pub total: Line,
    /// What the 总结材料 tells.
    pub facts: ReportFacts,
}

/// What the 总结材料 tells, from the ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ReportFacts {
    /// Day of 签收.
    pub acknowledged_on: Option<Date>,
    /// Day the plan was filed.
    pub plan_filed_on: Option<Date>,
    /// Filing number.
    pub plan_number: Option<String>,
    /// The plan was handed in late.
    pub plan_late: bool,
    /// Branches there are.
    pub branches: u32,
    /// Branches that held the meeting.
    pub held: u32,
    /// First meeting.
    pub first_on: Option<Date>,
    /// Last meeting.
    pub last_on: Option<Date>,
    /// 应到 over all meetings.
    pub due: u32,
    /// 实到.
    pub present: u32,
    /// Not due, with recorded reasons.
    pub excluded: u32,
    /// Unit leaders due at meetings. // 通知 四、2
    pub leaders: u32,
    /// Of these, present or excused.
    pub leaders_accounted: u32,
    /// Branches with the superior's envoy. // 通知 四、2
    pub envoys: u32,
    /// Branches with the envoy's comment.
    pub commented: u32,
    /// Branches whose secretary spoke first. // 通知 三、1
    pub secretary_first: u32,
    /// Branches that met after the last day.
    pub late: Vec<String>,
    /// Branches that have not met.
    pub not_held: Vec<String>,
}

impl Dossier {
    /// From the branches' lines (in any order) and the unit's facts.
    pub fn of(notice: &Notice, facts: &UnitFacts, mut lines: Vec<Line>) -> Self {
        lines.sort_by_key(|line| line.missing.is_none());
        let grades: Vec<String> = notice.grades.iter().map(|g| g.label.clone()).collect();
        Self {
            org: facts.org,
            unit: facts.name.clone(),
            secretary: facts.secretary.clone().unwrap_or_default(),
            places: notice.settings.percent_places,
            total: Line::sum("合计", grades.len(), &lines),
            facts: ReportFacts::of(facts, notice.deadlines.meeting),
            grades,
            lines,
        }
    }

    /// Branches that have not reported.
    pub fn missing(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.missing.is_some())
    }

    /// Branches that have.
    pub fn reported(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.missing.is_none())
    }

    /// Whether the total is the sum of the lines (docs/DOMAIN.md §2.5 invariant 5).
    pub fn adds_up(&self) -> bool {
        self.total == Line::sum(&self.total.name, self.grades.len(), &self.lines)
    }

    /// What is different in `now`, a line each: what changed since this was filed.
    pub fn changes(&self, now: &Self) -> Vec<String> {
        let before = |org| self.lines.iter().find(|line| line.org == org);
        let mut changes: Vec<String> = Vec::new();
        for line in &now.lines {
            match before(line.org) {
                None => changes.push(format!("{}：报送后新增的支部。", line.name)),
                Some(old) => changes.extend(line_changes(old, line, &self.grades)),
            }
        }
        let gone = |line: &&Line| !now.lines.iter().any(|l| l.org == line.org);
        changes.extend(
            self.lines
                .iter()
                .filter(gone)
                .map(|l| format!("{}：报送后已不在本单位。", l.name)),
        );
        changes
    }
}

fn line_changes(old: &Line, new: &Line, grades: &[String]) -> Vec<String> {
    let mut changes = Vec::new();
    match (&old.missing, &new.missing) {
        (Some(_), None) => {
            return vec![format!(
                "{}：报送时未上报，现在已上报（实参评 {} 人）。",
                new.name, new.appraised
            )];
        }
        (None, Some(why)) => return vec![format!("{}：报送时已上报，现在{why}。", new.name)],
        _ => {}
    }
    let mut figure = |label: &str, was: u64, is: u64| {
        if was != is {
            changes.push(format!("{}：{label}由 {was} 变为 {is}。", new.name));
        }
    };
    figure("党员数", old.members.into(), new.members.into());
    figure("实参评", old.appraised.into(), new.appraised.into());
    figure("不定等次", old.sums.ungraded, new.sums.ungraded);
    for (at, grade) in grades.iter().enumerate() {
        let of = |line: &Line| line.sums.members.get(at).copied().unwrap_or_default();
        figure(&format!("“{grade}”"), of(old), of(new));
    }
    figure("收回票", old.sums.collected, new.sums.collected);
    changes
}

impl ReportFacts {
    fn of(unit: &UnitFacts, last_day: Date) -> Self {
        let mut facts = Self {
            acknowledged_on: unit.acknowledged_on,
            plan_filed_on: unit.plan.as_ref().and_then(|p| p.filed_on),
            plan_number: unit.plan.as_ref().and_then(|p| p.number.clone()),
            plan_late: unit.plan.as_ref().is_some_and(|p| p.late),
            ..Self::default()
        };
        unit.branches
            .iter()
            .for_each(|branch| facts.add(branch, last_day));
        facts
    }

    fn add(&mut self, branch: &BranchFacts, last_day: Date) {
        self.branches += 1;
        let meeting = branch.meeting.as_ref().filter(|m| is_held(m.state));
        let Some(meeting) = meeting else {
            self.not_held.push(branch.name.clone());
            return;
        };
        self.held += 1;
        self.due += meeting.due;
        self.present += meeting.present;
        self.excluded += meeting.excluded;
        self.leaders += meeting.leaders_due;
        self.leaders_accounted += meeting.leaders_accounted;
        self.envoys += u32::from(meeting.envoy);
        self.commented += u32::from(meeting.envoy && meeting.commented);
        self.secretary_first += u32::from(meeting.first_speaker == FirstSpeaker::Secretary);
        let Some(day) = meeting.held_on else { return };
        self.first_on = Some(self.first_on.map_or(day, |first| first.min(day)));
        self.last_on = Some(self.last_on.map_or(day, |last| last.max(day)));
        if day > last_day {
            self.late.push(branch.name.clone());
        }
    }
}

fn is_held(state: MeetingState) -> bool {
    matches!(state, MeetingState::CriticismDone | MeetingState::Closed)
}

/// What a branch still lacks before its 汇总表 can be counted in, and who must act; `None` when
/// nothing does. A directly attached branch files nothing to itself: its signed tally is enough.
pub(crate) fn lacks(branch: &BranchFacts, attached: bool) -> Option<(&'static str, &'static str)> {
    use pingyi_domain::appraisal::RoundState as R;
    let filed = branch.filing.as_ref().map(|f| f.state);
    if matches!(filed, Some(FilingState::Submitted | FilingState::Received)) {
        return None;
    }
    let branch_acts = "支部书记";
    if !branch.meeting.as_ref().is_some_and(|m| is_held(m.state)) {
        return Some(("还没有召开专题组织生活会", branch_acts));
    }
    match branch.appraisal.as_ref().map(|a| a.state) {
        None | Some(R::Voided | R::Prepared | R::Open) => Some(("还没有完成投票测评", branch_acts)),
        Some(R::Closed) => Some(("还没有完成计票录入", "支部计票人")),
        Some(R::Counted) => Some(("计票还没有签字确认", "支部监票人、计票人")),
        Some(R::Signed | R::Determined) if attached => None,
        Some(R::Signed | R::Determined) if filed == Some(FilingState::Returned) => {
            Some(("汇总表已退回，等待支部修改重报", branch_acts))
        }
        Some(R::Signed | R::Determined) => Some(("计票已签字，汇总表还没有报送", branch_acts)),
    }
}

#[cfg(test)]
pub(crate) mod sample {
    use super::super::rollup::Line;
    use super::super::sheet::sample::sheet;
    use super::*;
    use uuid::Uuid;

    pub(crate) fn dossier() -> Dossier {
        let lines = vec![
            Line::absent(
                OrgId(Uuid::from_u128(3)),
                "第三党支部",
                (9, 0),
                3,
                "还没有召开专题组织生活会",
            ),
            Line::of(&sheet(1)),
            Line::of(&sheet(2)),
        ];
        Dossier {
            org: OrgId(Uuid::from_u128(9)),
            unit: "市水利局机关党委".into(),
            secretary: "程思齐".into(),
            grades: ["好", "一般", "差"].map(str::to_owned).to_vec(),
            places: 1,
            total: Line::sum("合计", 3, &lines),
            lines,
            facts: ReportFacts {
                branches: 3,
                held: 2,
                due: 8,
                present: 8,
                envoys: 2,
                commented: 1,
                not_held: vec!["第三党支部".into()],
                first_on: Some(jiff::civil::date(2015, 9, 18)),
                last_on: Some(jiff::civil::date(2015, 9, 21)),
                ..ReportFacts::default()
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_must_be_the_sum_of_the_lines() {
        let mut dossier = sample::dossier();
        assert!(dossier.adds_up());
        dossier.total.sums.members[0] += 1;
        assert!(!dossier.adds_up());
    }

    #[test]
    fn changes_since_filing_are_named_figure_by_figure() {
        let then = sample::dossier();
        let mut now = then.clone();
        assert!(then.changes(&now).is_empty());
        now.lines[1].sums.members = vec![1, 2, 0];
        now.lines[0].missing = None;
        let changes = then.changes(&now);
        assert_eq!(
            changes[0],
            "第三党支部：报送时未上报，现在已上报（实参评 0 人）。"
        );
        assert!(changes.contains(&"第1党支部：“好”由 2 变为 1。".to_owned()));
        assert!(changes.contains(&"第1党支部：“一般”由 1 变为 2。".to_owned()));
    }

    #[test]
    fn a_dossier_survives_being_stored() {
        let dossier = sample::dossier();
        let text = serde_json::to_string(&dossier).unwrap();
        assert_eq!(serde_json::from_str::<Dossier>(&text).unwrap(), dossier);
    }
}
