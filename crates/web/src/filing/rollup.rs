//! The roll-up: a unit by its branches, the committee by its units. Sums of branch figures,
//! never an average of percentages (docs/DOMAIN.md §2.5 invariant 5). // 通知 四、4

use std::collections::BTreeMap;

use jiff::civil::Date;
use pingyi_documents::forms::{RollupGrade, RollupRow, TallyRollup};
use pingyi_domain::appraisal::Opinion;
use pingyi_domain::count::{BranchResult, Rollup, percent_text};
use pingyi_domain::ids::OrgId;
use pingyi_domain::member::Standing;
use pingyi_domain::time::chinese_date;
use serde::{Deserialize, Serialize};

use super::annex2::{Filled, bare, short_day};
use super::sheet::BranchSheet;

/// One branch, or the sum of several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Line {
    /// Which; a sum has none.
    pub org: Option<OrgId>,
    /// Its name.
    pub name: String,
    /// 党员数.
    pub members: u32,
    /// Of these, probationary.
    pub probationary: u32,
    /// 应参评: every member on the list, exclusions beside it. // 通知 四、3
    pub due: u32,
    /// 实参评: members with the branch's opinion.
    pub appraised: u32,
    /// Members still without an opinion.
    pub undecided: u32,
    /// Members excluded, by reason.
    pub excluded: BTreeMap<String, u32>,
    /// Members of branches that have not reported.
    pub unreported: u32,
    /// 应到.
    pub meeting_due: u32,
    /// 实到.
    pub present: u32,
    /// Ballots, marks and grades.
    pub sums: Rollup,
    /// Day of the meeting.
    pub held_on: Option<Date>,
    /// 上级参会点评人.
    pub envoy: String,
    /// What is missing, where the branch has not reported.
    pub missing: Option<String>,
    /// 公示 from and to. // 通知 三、3
    #[serde(default)]
    pub published: Option<(Date, Date)>,
}

impl Line {
    /// The line of a branch that has reported.
    pub fn of(sheet: &BranchSheet) -> Self {
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let members = &sheet.members;
        let opinions: Vec<Opinion> = members
            .iter()
            .filter(|m| m.is_due())
            .filter_map(|m| m.opinion.clone())
            .collect();
        let mut excluded = BTreeMap::new();
        for why in members.iter().filter_map(|m| m.exclusion()) {
            *excluded.entry(why.to_owned()).or_insert(0) += 1;
        }
        let probationary = members
            .iter()
            .filter(|m| m.standing == Standing::Probationary)
            .count();
        Self {
            org: Some(sheet.branch),
            name: sheet.name.clone(),
            members: number(members.len()),
            probationary: number(probationary),
            due: number(members.len()),
            appraised: number(opinions.len()),
            undecided: sheet.undecided(),
            excluded,
            unreported: 0,
            meeting_due: sheet.due(),
            present: sheet.attendance.present,
            sums: Rollup::of(
                sheet.grades.len(),
                [BranchResult {
                    count: &sheet.count,
                    opinions: &opinions,
                }],
            ),
            held_on: sheet.held_on,
            envoy: sheet.envoy.clone(),
            missing: None,
            published: sheet.published,
        }
    }

    /// The line of a branch that has not reported: its members are due all the same.
    pub fn absent(
        org: OrgId,
        name: &str,
        members: (u32, u32),
        grades: usize,
        missing: &str,
    ) -> Self {
        Self {
            org: Some(org),
            name: name.to_owned(),
            members: members.0,
            probationary: members.1,
            due: members.0,
            appraised: 0,
            undecided: 0,
            excluded: BTreeMap::new(),
            unreported: members.0,
            meeting_due: 0,
            present: 0,
            sums: Rollup::new(grades),
            held_on: None,
            envoy: String::new(),
            missing: Some(missing.to_owned()),
            published: None,
        }
    }

    /// The sum of lines under a name.
    pub fn sum<'a>(name: &str, grades: usize, lines: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut total = Self {
            org: None,
            missing: None,
            ..Self::absent(OrgId(uuid::Uuid::nil()), name, (0, 0), grades, "")
        };
        for line in lines {
            total.add(line);
        }
        total
    }

    fn add(&mut self, line: &Self) {
        self.members += line.members;
        self.probationary += line.probationary;
        self.due += line.due;
        self.appraised += line.appraised;
        self.undecided += line.undecided;
        self.unreported += line.unreported;
        self.meeting_due += line.meeting_due;
        self.present += line.present;
        for (why, count) in &line.excluded {
            *self.excluded.entry(why.clone()).or_insert(0) += count;
        }
        self.sums.merge(&line.sums);
    }

    /// How many were not appraised, and why; 无 when there are none.
    pub fn not_appraised(&self) -> String {
        let mut parts: Vec<String> = self
            .excluded
            .iter()
            .map(|(why, count)| format!("{why}{count}人"))
            .collect();
        if self.undecided > 0 {
            parts.push(format!("评定意见未定{}人", self.undecided));
        }
        if self.unreported > 0 {
            parts.push(format!("尚未上报{}人", self.unreported));
        }
        match self.due.saturating_sub(self.appraised) {
            0 => "无".into(),
            count => format!("{count}人：{}", parts.join("，")),
        }
    }

    /// Members per grade with their share, from the sums.
    pub fn grades(&self, places: u8) -> Vec<(u64, String)> {
        let percents = self.sums.member_percents(places);
        self.sums
            .members
            .iter()
            .copied()
            .zip(percents.into_iter().map(percent_text))
            .collect()
    }

    /// Whether the figures are the same; 公示 may begin after the filing.
    pub fn same_figures(&self, other: &Self) -> bool {
        let plain = |line: &Self| Self {
            published: None,
            ..line.clone()
        };
        plain(self) == plain(other)
    }

    /// Day of the meeting in words; empty for a sum.
    pub fn day(&self) -> String {
        self.held_on.map_or_else(String::new, chinese_date)
    }

    /// As the form prints it.
    pub fn row(&self, places: u8) -> RollupRow {
        let grade = |(count, percent): (u64, String)| RollupGrade {
            count: self
                .missing
                .is_none()
                .then(|| u32::try_from(count).unwrap_or(u32::MAX)),
            percent: bare(&percent),
        };
        RollupRow {
            name: self.name.clone(),
            members: self.members,
            probationary: self.probationary,
            due: self.due,
            appraised: self.appraised,
            not_appraised: self.not_appraised(),
            grades: self.grades(places).into_iter().map(grade).collect(),
            ungraded: u32::try_from(self.sums.ungraded).unwrap_or(u32::MAX),
            meeting_date: self.day(),
            envoy: self.envoy.clone(),
            published: self.published.map_or_else(String::new, |(from, to)| {
                format!("{}\n至{}", short_day(from), short_day(to))
            }),
            remark: self
                .missing
                .as_ref()
                .map_or_else(String::new, |why| format!("未上报：{why}")),
        }
    }
}

/// Who stands under a roll-up.
pub(crate) struct Head<'a> {
    /// Title.
    pub title: &'a str,
    /// Unit or committee.
    pub unit: &'a str,
    /// What a row is.
    pub row_title: &'a str,
    /// Labels of the grades.
    pub grades: &'a [String],
    /// Decimal places of percentages.
    pub places: u8,
    /// In what capacity the head signs.
    pub signer_role: &'a str,
    /// Who signs.
    pub signer: &'a str,
}

/// The printed roll-up with its total row.
pub(crate) fn form(head: &Head<'_>, lines: &[Line], filled: &Filled) -> TallyRollup {
    let total = Line::sum("合计", head.grades.len(), lines);
    TallyRollup {
        title: head.title.to_owned(),
        unit: head.unit.to_owned(),
        row_title: head.row_title.to_owned(),
        grades: head.grades.to_vec(),
        rows: lines.iter().map(|line| line.row(head.places)).collect(),
        total: Some(total.row(head.places)),
        signer_role: head.signer_role.to_owned(),
        signer: head.signer.to_owned(),
        filled_by: filled.by.clone(),
        phone: filled.phone.clone(),
        filed_on: filled.on,
        notes: notes(lines, head.row_title),
        origin: Some(filled.origin.clone()),
    }
}

fn notes(lines: &[Line], row_title: &str) -> Vec<String> {
    let mut notes = vec![
        "各等次人数按党支部评定意见统计，由各支部数字相加得出；百分比以评定等次的人数为分母。"
            .to_owned(),
        "应参评为全体党员，未参评的逐项列明原因，不从应参评中扣除。".to_owned(),
    ];
    let missing = lines.iter().filter(|line| line.missing.is_some()).count();
    if missing > 0 {
        notes.push(format!(
            "尚有{missing}个{row_title}未上报，本表合计不含其测评结果。"
        ));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::super::sheet::sample;
    use super::*;
    use pingyi_domain::appraisal::Treatment;
    use uuid::Uuid;

    #[test]
    fn the_total_is_the_sum_of_branches_and_its_percentages_are_not_averaged() {
        let mut small = sample::sheet(1); // 2 good, 1 fair
        small.members.truncate(1); // 1 good
        let lines = [Line::of(&small), Line::of(&sample::sheet(2))];
        let total = Line::sum("合计", 3, &lines);
        assert_eq!(total.sums.members, [3, 1, 0]);
        // the average of 100 % and 66.7 % would be 83.4 %
        assert_eq!(total.grades(1)[0], (3, "75.0%".into()));
        assert_eq!(
            (total.members, total.appraised, total.sums.ungraded),
            (5, 5, 1)
        );
    }

    #[test]
    fn exclusions_stand_beside_the_figures_with_their_reasons() {
        let mut sheet = sample::sheet(1);
        for at in [0, 1] {
            sheet.members[at].treatment = Treatment::NotAppraised {
                why: "长期患病".into(),
            };
            sheet.members[at].opinion = None;
        }
        let line = Line::of(&sheet);
        assert_eq!((line.due, line.appraised), (4, 2));
        assert_eq!(line.not_appraised(), "2人：长期患病2人");
        assert_eq!(Line::of(&sample::sheet(2)).not_appraised(), "无");
    }

    #[test]
    fn a_branch_that_has_not_reported_is_printed_with_its_members_and_no_grades() {
        let id = OrgId(Uuid::from_u128(7));
        let lines = [
            Line::absent(id, "第七党支部", (12, 1), 3, "还没有召开专题组织生活会"),
            Line::of(&sample::sheet(1)),
        ];
        let row = lines[0].row(1);
        assert_eq!(
            row.grades[0],
            RollupGrade {
                count: None,
                percent: "—".into()
            }
        );
        assert_eq!(row.remark, "未上报：还没有召开专题组织生活会");
        let total = Line::sum("合计", 3, &lines);
        assert_eq!((total.due, total.appraised), (16, 4));
        assert_eq!(total.not_appraised(), "12人：尚未上报12人");
        assert!(notes(&lines, "党支部")[2].contains("尚有1个党支部未上报"));
    }
}
