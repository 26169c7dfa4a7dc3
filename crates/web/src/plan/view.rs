//! A version of a plan as pages show it.

use jiff::civil::DateTime;
use pingyi_domain::ids::OrgId;
use pingyi_domain::plan::{PlanContent, PlanProblem, PlanState, PlannedMeeting};
use pingyi_domain::time::{UnixTime, chinese_date};
use pingyi_storage::exclusion::BranchExclusion;
use pingyi_storage::plan::PlanVersion;

use super::dossier::Dossier;

/// Something wrong with a plan.
#[derive(Debug)]
pub struct Problem {
    /// Stops the plan from being handed in and filed.
    pub stops: bool,
    /// What and what to do, with the branch's name.
    pub text: String,
}

/// All problems, those that stop first.
pub fn problems(dossier: &Dossier, found: &[PlanProblem]) -> Vec<Problem> {
    let mut shown: Vec<_> = found
        .iter()
        .map(|problem| of_problem(dossier, problem))
        .collect();
    shown.sort_by_key(|problem| !problem.stops);
    shown
}

fn of_problem(dossier: &Dossier, problem: &PlanProblem) -> Problem {
    let text = match problem.branch() {
        Some(branch) => format!("{}：{}", dossier.branch_name(branch), problem.message()),
        None => problem.message(),
    };
    Problem {
        stops: problem.stops(),
        text,
    }
}

/// The five contents.
#[derive(Debug)]
pub struct Content {
    /// 主题.
    pub theme: String,
    /// 时间 and place, one row per branch.
    pub rows: Vec<Row>,
    /// Branches that are not due to meet, and why.
    pub excluded: Vec<String>,
    /// 方式.
    pub manner: Vec<String>,
    /// 参加人员.
    pub participants: Vec<String>,
    /// 相关要求.
    pub requirements: Vec<String>,
}

/// A branch's meeting.
#[derive(Debug)]
pub struct Row {
    /// Name of the branch.
    pub branch: String,
    /// When.
    pub time: String,
    /// Where.
    pub place: String,
    /// After the last day.
    pub after_deadline: bool,
}

/// A content for the screen: the unit's branches, then what else the plan names.
pub fn content(dossier: &Dossier, content: &PlanContent) -> Content {
    let known = dossier.due().map(|b| b.id);
    let foreign = content.meetings.iter().map(|m| m.branch);
    let foreign = foreign.filter(|id| !dossier.scope.branches.iter().any(|b| b.id == *id));
    Content {
        theme: content.theme.clone(),
        rows: known
            .chain(foreign)
            .map(|id| row(dossier, content, id))
            .collect(),
        excluded: excluded(dossier, &content.meetings),
        manner: lines(&content.manner),
        participants: lines(&content.participants),
        requirements: lines(&content.requirements),
    }
}

/// The branches that are not due to meet: why, and what had been planned. // 通知 四、3
pub fn excluded(dossier: &Dossier, planned: &[PlannedMeeting]) -> Vec<String> {
    let words = |e: &BranchExclusion| {
        let before = planned.iter().find(|m| m.branch == e.branch_id);
        let before = before.and_then(|m| m.starts).map(time_text);
        let before = before.map_or_else(String::new, |at| format!("原定{at}召开。"));
        format!(
            "{}不列入本次活动：{}（{}{}批准）。{before}",
            dossier.branch_name(e.branch_id),
            e.reason.trim_end_matches('。'),
            e.approver,
            chinese_date(e.approved_on),
        )
    };
    dossier.excluded.iter().map(words).collect()
}

fn row(dossier: &Dossier, content: &PlanContent, branch: OrgId) -> Row {
    let planned = content.meetings.iter().find(|m| m.branch == branch);
    let starts = planned.and_then(|m| m.starts);
    let last = dossier.scope.campaign.notice.deadlines.meeting;
    Row {
        branch: dossier.branch_name(branch).to_owned(),
        time: starts.map_or_else(String::new, time_text),
        place: planned.map_or_else(String::new, |m| m.place.clone()),
        after_deadline: starts.is_some_and(|t| t.date() > last),
    }
}

/// Non-empty lines of a text.
pub fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// `9月18日（周五）14:30`.
pub fn time_text(at: DateTime) -> String {
    const DAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];
    let day = usize::try_from(at.weekday().to_monday_zero_offset()).unwrap_or(0);
    let (month, date) = (at.month(), at.day());
    format!(
        "{month}月{date}日（周{}）{}",
        DAYS[day % 7],
        at.strftime("%H:%M")
    )
}

/// Colour of a state's mark.
pub fn chip(state: PlanState) -> &'static str {
    match state {
        PlanState::Draft => "info",
        PlanState::Submitted => "wait",
        PlanState::Returned => "late",
        PlanState::Filed => "ok",
    }
}

/// A version in the list of versions.
#[derive(Debug)]
pub struct Version {
    /// From 1.
    pub number: u32,
    /// 起草中, 已报送 …
    pub state: &'static str,
    /// Its colour.
    pub chip: &'static str,
    /// Who wrote it, and when it was last saved.
    pub drafted: (String, String),
    /// Who sent it, and when.
    pub submitted: Option<(String, String)>,
    /// Sent after the last day, and no change of a filed plan.
    pub late: bool,
    /// Who decided, and when.
    pub decided: Option<(String, String)>,
    /// The reviewer's words.
    pub opinion: Option<String>,
    /// The filed version in force.
    pub in_force: bool,
}

/// One version.
pub fn version(dossier: &Dossier, row: &PlanVersion) -> Version {
    let state = state_of(row);
    let filed = dossier.plan.as_ref().and_then(|plan| plan.filed_version);
    let pair = |name: &Option<String>, at: Option<UnixTime>| {
        Some((name.clone().unwrap_or_default(), at?.minute_text()))
    };
    Version {
        number: row.version,
        state: state.label(),
        chip: chip(state),
        drafted: (row.drafted_by_name.clone(), row.drafted_at.minute_text()),
        submitted: pair(&row.submitted_by_name, row.submitted_at),
        late: row.late && !dossier.amends(row),
        decided: pair(&row.reviewer_name, row.decided_at),
        opinion: row.opinion.clone().filter(|text| !text.is_empty()),
        in_force: filed == Some(row.version),
    }
}

/// The state a version is or ended in.
pub fn state_of(row: &PlanVersion) -> PlanState {
    match row.decision {
        Some(decision) => decision,
        None if row.submitted_at.is_some() => PlanState::Submitted,
        None => PlanState::Draft,
    }
}

/// What a version changed, in words, for who reviews it.
pub fn changes(dossier: &Dossier, old: &PlanContent, new: &PlanContent) -> Vec<String> {
    let texts = [
        ("会议主题", &old.theme, &new.theme),
        ("会议方式", &old.manner, &new.manner),
        ("参加人员", &old.participants, &new.participants),
        ("相关要求", &old.requirements, &new.requirements),
    ];
    let changed = texts.into_iter().filter(|(_, old, new)| old != new);
    let mut found: Vec<_> = changed
        .map(|(label, ..)| format!("{label}有改动"))
        .collect();
    for planned in &new.meetings {
        let before = old.meetings.iter().find(|m| m.branch == planned.branch);
        if before != Some(planned) {
            let name = dossier.branch_name(planned.branch);
            found.push(format!(
                "{name}：{} → {}",
                place_time(before),
                place_time(Some(planned))
            ));
        }
    }
    found
}

fn place_time(planned: Option<&PlannedMeeting>) -> String {
    let Some(planned) = planned else {
        return "未列入".into();
    };
    let time = planned.starts.map_or_else(|| "时间未定".into(), time_text);
    format!("{time} {}", planned.place)
}
