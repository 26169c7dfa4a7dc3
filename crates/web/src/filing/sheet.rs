//! What annex 2 of one branch is made from, kept word for word with every version filed.
//!
//! Taken from the appraisal's result; nothing here is typed by anybody. // 通知 四、4

use jiff::civil::Date;
use pingyi_domain::appraisal::{Opinion, RoundState, Treatment};
use pingyi_domain::count::{Count, CountProblem, MemberMarks};
use pingyi_domain::ids::OrgId;
use pingyi_domain::member::Standing;
use pingyi_domain::notice::Settings;
use pingyi_domain::time::chinese_date;
use pingyi_storage::official::OfficialRole;
use serde::{Deserialize, Serialize};

use crate::appraisal::load::{ResultRow, RoundResult};
use crate::appraisal::two_ways;

/// The figures of one branch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct BranchSheet {
    /// Which.
    pub branch: OrgId,
    /// Its full name.
    pub name: String,
    /// The unit it belongs to.
    pub unit: String,
    /// 支部书记; empty for a vacancy.
    pub secretary: String,
    /// Labels of the notice's grades, best first.
    pub grades: Vec<String>,
    /// Settings of the round.
    pub settings: Settings,
    /// State of the round that counts.
    pub state: RoundState,
    /// Day of the meeting.
    pub held_on: Option<Date>,
    /// Day and time, in words.
    pub time: String,
    /// Place.
    pub place: String,
    /// Whom the superior sent; empty for nobody. // 通知 四、2
    pub envoy: String,
    /// Who was due and who came.
    pub attendance: Attendance,
    /// Voters in the room when the ballots went out.
    pub voters: u32,
    /// Ballots and rows.
    pub count: Count,
    /// Every member of the branch in the ballot's order.
    pub members: Vec<SheetMember>,
    /// 唱票人.
    pub callers: Vec<String>,
    /// 计票人.
    pub tellers: Vec<String>,
    /// 监票人.
    pub scrutineers: Vec<String>,
    /// Rounds that were voided before.
    pub voided: u32,
    /// 公示 from and to; sheets filed by older programs have none. // 通知 三、3
    #[serde(default)]
    pub published: Option<(Date, Date)>,
    /// SHA-256 of the electronic box's archive; none for a round on paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archive: Option<String>,
    /// Said of a round held both ways.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub two_ways: Option<String>,
}

/// Who was due and who came.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Attendance {
    /// Full members due.
    pub due_full: u32,
    /// Probationary members due.
    pub due_probationary: u32,
    /// 实到.
    pub present: u32,
    /// 缺席.
    pub absent: u32,
    /// Not due, with recorded reasons.
    pub excluded: u32,
    /// Name and reason.
    pub absences: Vec<(String, String)>,
}

/// One member of the branch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SheetMember {
    /// Name.
    pub name: String,
    /// Full or probationary.
    pub standing: Standing,
    /// 党内职务; empty for none.
    pub post: String,
    /// How they take part.
    pub treatment: Treatment,
    /// Marks; `None` without a row on the ballot.
    pub marks: Option<MemberMarks>,
    /// The branch's opinion, once given.
    pub opinion: Option<Opinion>,
    /// 备注.
    pub note: String,
    /// Day of 反馈. // 通知 三、3
    #[serde(default)]
    pub fed_back: Option<Date>,
}

/// Names a sheet carries beside the result.
pub(crate) struct Names<'a> {
    /// Which branch.
    pub branch: OrgId,
    /// Its full name.
    pub name: &'a str,
    /// Its unit's.
    pub unit: &'a str,
    /// Its secretary's.
    pub secretary: &'a str,
    /// Labels of the grades.
    pub grades: Vec<String>,
    /// 公示 from and to.
    pub published: Option<(Date, Date)>,
}

impl BranchSheet {
    /// The sheet of a result.
    pub fn of(names: Names<'_>, result: RoundResult) -> Self {
        let by_role = |role| result.names(role);
        let meeting = &result.meeting;
        Self {
            branch: names.branch,
            name: names.name.to_owned(),
            unit: names.unit.to_owned(),
            secretary: names.secretary.to_owned(),
            grades: names.grades,
            state: result.round.state,
            held_on: meeting.held_on,
            time: time_text(meeting.started_at, meeting.held_on),
            place: meeting.place.clone(),
            envoy: meeting
                .envoy
                .as_ref()
                .map_or_else(String::new, |e| e.name.clone()),
            attendance: Attendance {
                due_full: result.due_by_standing.0,
                due_probationary: result.due_by_standing.1,
                present: result.figures.present,
                absent: result.figures.absent,
                excluded: result.figures.excluded,
                absences: result.absences.clone(),
            },
            voters: result.round.present.unwrap_or(result.figures.present),
            callers: by_role(OfficialRole::Caller),
            tellers: by_role(OfficialRole::Teller),
            scrutineers: by_role(OfficialRole::Scrutineer),
            voided: u32::try_from(result.voided.len()).unwrap_or(u32::MAX),
            two_ways: result.archive.as_ref().and_then(two_ways),
            archive: result.archive.map(|kept| kept.sha256),
            members: result.rows.into_iter().map(SheetMember::of).collect(),
            settings: result.settings,
            count: result.count,
            published: names.published,
        }
    }

    /// Whether meeting, count and opinions are the same; 反馈 and 公示 may follow the filing.
    pub fn same_result(&self, other: &Self) -> bool {
        let plain = |sheet: &Self| {
            let mut plain = sheet.clone();
            plain.published = None;
            plain.members.iter_mut().for_each(|m| m.fed_back = None);
            plain
        };
        plain(self) == plain(other)
    }

    /// Every sum that does not come out (docs/DOMAIN.md §2.5), which stops the filing.
    pub fn problems(&self) -> Vec<CountProblem> {
        self.count.check(self.voters, self.grades.len())
    }

    /// Members appraised who still lack the branch's opinion.
    pub fn undecided(&self) -> u32 {
        let open = self
            .members
            .iter()
            .filter(|m| m.is_due() && m.opinion.is_none());
        u32::try_from(open.count()).unwrap_or(u32::MAX)
    }

    /// 应到.
    pub fn due(&self) -> u32 {
        self.attendance
            .due_full
            .saturating_add(self.attendance.due_probationary)
    }
}

impl SheetMember {
    fn of(row: ResultRow) -> Self {
        Self {
            name: row.name,
            standing: row.standing,
            post: row.post,
            treatment: row.treatment,
            marks: row.marks,
            opinion: row.opinion,
            note: row.note,
            fed_back: row.fed_back,
        }
    }

    /// Whether the member takes part as one appraised.
    pub fn is_due(&self) -> bool {
        !matches!(self.treatment, Treatment::NotAppraised { .. })
    }

    /// Why the member is not appraised in this round.
    pub fn exclusion(&self) -> Option<&str> {
        match &self.treatment {
            Treatment::NotAppraised { why } => Some(why),
            _ => None,
        }
    }
}

/// `2015年9月18日14时30分`, or the day alone.
fn time_text(start: Option<jiff::civil::DateTime>, day: Option<Date>) -> String {
    match (start, day) {
        (Some(at), _) => {
            format!(
                "{}{}时{:02}分",
                chinese_date(at.date()),
                at.hour(),
                at.minute()
            )
        }
        (None, Some(day)) => chinese_date(day),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
pub(crate) mod sample {
    //! A branch of four: two good, one fair, one probationary without a grade.

    use super::*;
    use pingyi_domain::appraisal::UngradedReason;
    use uuid::Uuid;

    #[expect(clippy::unnecessary_wraps, reason = "as members of the sample take it")]
    pub(crate) fn marks(good: u32, fair: u32, abstain: u32) -> Option<MemberMarks> {
        Some(MemberMarks {
            marks: vec![good, fair, 0],
            abstain,
            void: 0,
        })
    }

    pub(crate) fn member(
        name: &str,
        marks: Option<MemberMarks>,
        grade: Option<usize>,
    ) -> SheetMember {
        SheetMember {
            name: name.into(),
            standing: Standing::Full,
            post: String::new(),
            treatment: Treatment::Graded,
            marks,
            opinion: grade.map(|grade| Opinion::Graded { grade }),
            note: String::new(),
            fed_back: None,
        }
    }

    pub(crate) fn sheet(n: u128) -> BranchSheet {
        let mut members = vec![
            member("丁小满", marks(3, 0, 0), Some(0)),
            member("王雅文", marks(2, 1, 0), Some(0)),
            member("刘喆", marks(0, 0, 3), Some(1)),
            member("孙乐", None, None),
        ];
        members[3].standing = Standing::Probationary;
        members[3].treatment = Treatment::Ungraded {
            why: UngradedReason::Probationary,
        };
        members[3].opinion = Some(Opinion::Ungraded {
            reason: "预备党员，不定等次".into(),
        });
        let rows = members.iter().filter_map(|m| m.marks.clone()).collect();
        BranchSheet {
            branch: OrgId(Uuid::from_u128(n)),
            name: format!("第{n}党支部"),
            unit: "市水利局机关党委".into(),
            secretary: "丁小满".into(),
            grades: ["好", "一般", "差"].map(str::to_owned).to_vec(),
            settings: Settings::default(),
            state: RoundState::Determined,
            held_on: Some(jiff::civil::date(2015, 9, 18)),
            time: "2015年9月18日14时30分".into(),
            place: "三楼会议室".into(),
            envoy: "周启航".into(),
            attendance: Attendance {
                due_full: 3,
                due_probationary: 1,
                present: 4,
                ..Attendance::default()
            },
            voters: 4,
            count: Count {
                issued: 4,
                collected: 4,
                invalid: 1,
                rows,
                group: None,
            },
            members,
            callers: Vec::new(),
            tellers: vec!["刘喆".into()],
            scrutineers: vec!["周启航".into()],
            voided: 0,
            published: None,
            archive: None,
            two_ways: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_does_not_add_up_is_found() {
        let mut sheet = sample::sheet(1);
        assert!(sheet.problems().is_empty());
        sheet.count.rows[0].marks[0] = 9;
        assert_eq!(sheet.problems().len(), 1);
    }

    #[test]
    fn a_sheet_survives_being_stored() {
        let sheet = sample::sheet(1);
        let text = serde_json::to_string(&sheet).unwrap();
        assert_eq!(serde_json::from_str::<BranchSheet>(&text).unwrap(), sheet);
    }

    #[test]
    fn feedback_and_publicity_after_the_filing_change_no_result() {
        let filed = sample::sheet(1);
        let mut now = filed.clone();
        now.members[0].fed_back = Some(jiff::civil::date(2015, 9, 22));
        now.published = Some((
            jiff::civil::date(2015, 9, 23),
            jiff::civil::date(2015, 9, 29),
        ));
        assert!(now.same_result(&filed));
        now.members[0].opinion = Some(Opinion::Graded { grade: 1 });
        assert!(!now.same_result(&filed));
    }

    #[test]
    fn members_without_an_opinion_are_counted_unless_excluded() {
        let mut sheet = sample::sheet(1);
        sheet.members[0].opinion = None;
        sheet.members[1].opinion = None;
        sheet.members[1].treatment = Treatment::NotAppraised {
            why: "长期患病".into(),
        };
        assert_eq!(sheet.undecided(), 1);
    }
}
