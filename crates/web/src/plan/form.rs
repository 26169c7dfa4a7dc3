//! The plan's form: fields to content and back. Incomplete is fine, unreadable is not.

use jiff::civil::{Date, DateTime, Time};
use pingyi_domain::ids::OrgId;
use pingyi_domain::notice::Notice;
use pingyi_domain::org::Org;
use pingyi_domain::plan::{PlanContent, PlannedMeeting};

use crate::kernel::form::{Fields, FormState};

/// Longest theme and place.
const LINE: usize = 120;
/// Longest other text.
const TEXT: usize = 4000;
/// Meetings begin within these hours; 02:30 is meant as 14:30.
const HOURS: std::ops::RangeInclusive<i8> = 7..=21;

/// A content as fields.
pub fn fill(content: &PlanContent) -> FormState {
    let form = FormState::default()
        .with("theme", content.theme.as_str())
        .with("manner", content.manner.as_str())
        .with("participants", content.participants.as_str())
        .with("requirements", content.requirements.as_str());
    content.meetings.iter().fold(form, |form, planned| {
        let text = |pattern| {
            planned
                .starts
                .map_or_else(String::new, |t| t.strftime(pattern).to_string())
        };
        form.with(&format!("date-{}", planned.branch), text("%Y-%m-%d"))
            .with(&format!("time-{}", planned.branch), text("%H:%M"))
            .with(&format!("place-{}", planned.branch), planned.place.as_str())
    })
}

/// What was typed; what cannot be read is marked on the form.
pub fn read<'a>(
    fields: &Fields,
    notice: &Notice,
    branches: impl Iterator<Item = &'a Org>,
) -> (PlanContent, FormState) {
    let mut form = FormState::of(fields);
    let text = |form: &mut FormState, name: &str, label: &str, most: usize| {
        let text = clean(fields.get(name));
        if text.chars().count() > most {
            form.fail(name, format!("{label}太长，最多 {most} 个字。请缩短。"));
        }
        text
    };
    let common_place = text(&mut form, "place-all", "共同地点", LINE);
    let common_time = common_time(fields, &mut form);
    let mut content = PlanContent {
        theme: text(&mut form, "theme", "会议主题", LINE),
        meetings: Vec::new(),
        manner: text(&mut form, "manner", "会议方式", TEXT),
        participants: text(&mut form, "participants", "参加人员", TEXT),
        requirements: text(&mut form, "requirements", "相关要求", TEXT),
    };
    for branch in branches {
        let name = format!("place-{}", branch.id);
        let mut place = text(&mut form, &name, &format!("{}的地点", branch.name), LINE);
        if place.is_empty() {
            place.clone_from(&common_place);
        }
        let starts = starts(fields, &mut form, notice, branch, common_time);
        content.meetings.push(PlannedMeeting {
            branch: branch.id,
            starts,
            place,
        });
    }
    (content, form)
}

/// One kind of line end, no control characters (which Word refuses).
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.chars()
        .filter(|c| *c == '\n' || !c.is_control())
        .collect()
}

fn common_time(fields: &Fields, form: &mut FormState) -> Option<Time> {
    let typed = fields.some("time-all")?;
    let time = office_time(&typed);
    if let Err(reason) = &time {
        form.fail("time-all", format!("共同时间：{reason}"));
    }
    time.ok()
}

fn starts(
    fields: &Fields,
    form: &mut FormState,
    notice: &Notice,
    branch: &Org,
    common: Option<Time>,
) -> Option<DateTime> {
    let (date_name, time_name) = names(branch.id);
    let (day, clock) = (fields.some(&date_name), fields.some(&time_name));
    let mut fail = |name: &str, reason: String| {
        form.fail(name, format!("{}：{reason}", branch.name));
        None
    };
    let day = match day.map(|typed| meeting_day(&typed, notice)) {
        Some(Err(reason)) => return fail(&date_name, reason),
        Some(Ok(day)) => day,
        None if clock.is_some() => return fail(&date_name, "有时间没有日期。请填写日期。".into()),
        None => return None,
    };
    match (clock.map(|typed| office_time(&typed)), common) {
        (Some(Err(reason)), _) => fail(&time_name, reason),
        (Some(Ok(time)), _) | (None, Some(time)) => Some(day.to_datetime(time)),
        (None, None) => fail(
            &time_name,
            "有日期没有时间。请填写几点开始，或填写共同时间。".into(),
        ),
    }
}

/// Names of a branch's date and time fields.
pub fn names(branch: OrgId) -> (String, String) {
    (format!("date-{branch}"), format!("time-{branch}"))
}

/// A day that can be meant: after the notice, within a year of the last day. After the last day
/// it is kept; the rules warn.
fn meeting_day(typed: &str, notice: &Notice) -> Result<Date, String> {
    let day: Date = typed
        .parse()
        .map_err(|_| "日期读不懂。请按 2015-09-18 的样子填写。".to_owned())?;
    if day < notice.date {
        return Err(format!(
            "{day} 早于通知印发的 {}。请核对年份和月份。",
            notice.date
        ));
    }
    if day.year() > notice.deadlines.meeting.year() + 1 {
        return Err(format!("{day} 离会议期限超过一年。请核对年份。"));
    }
    Ok(day)
}

fn office_time(typed: &str) -> Result<Time, String> {
    let time: Time = typed
        .parse()
        .map_err(|_| "时间读不懂。请按 14:30 的样子填写。".to_owned())?;
    if HOURS.contains(&time.hour()) {
        Ok(time)
    } else {
        Err(format!(
            "{typed} 不像开会的时间。请核对上午、下午，填写 7:00 至 22:00 之间的时间。"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pingyi_domain::org::OrgKind;
    use uuid::Uuid;

    const NOTICE: &str = include_str!("../../../../notices/xianning-2015-14.toml");

    fn branch(n: u128) -> Org {
        let id = OrgId(Uuid::from_u128(n));
        Org {
            id,
            parent: None,
            kind: OrgKind::Branch,
            name: format!("第{n}支部"),
        }
    }

    fn typed(pairs: &[(&str, &str)]) -> (PlanContent, FormState) {
        let notice = Notice::parse(NOTICE).unwrap();
        let fields = pairs
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect();
        read(&Fields(fields), &notice, [branch(1), branch(2)].iter())
    }

    fn key(field: &str, n: u128) -> String {
        format!("{field}-{}", Uuid::from_u128(n))
    }

    #[test]
    fn common_time_and_place_fill_only_what_is_empty() {
        let (content, form) = typed(&[
            ("place-all", "三楼会议室"),
            ("time-all", "14:30"),
            (&key("date", 1), "2015-09-18"),
            (&key("time", 1), "09:00"),
            (&key("place", 1), "一楼"),
            (&key("date", 2), "2015-09-21"),
        ]);
        assert!(form.is_ok(), "{:?}", form.errors().collect::<Vec<_>>());
        assert_eq!(
            content.meetings[0].starts.unwrap().to_string(),
            "2015-09-18T09:00:00"
        );
        assert_eq!(content.meetings[0].place, "一楼");
        assert_eq!(
            content.meetings[1].starts.unwrap().to_string(),
            "2015-09-21T14:30:00"
        );
        assert_eq!(content.meetings[1].place, "三楼会议室");
    }

    #[test]
    fn an_empty_form_is_an_incomplete_draft_and_no_error() {
        let (content, form) = typed(&[]);
        assert!(form.is_ok());
        assert_eq!(content.meetings.len(), 2);
        assert_eq!(content.meetings[0].starts, None);
    }

    #[test]
    fn a_night_hour_half_a_time_and_a_wrong_year_are_marked() {
        for (pairs, name, word) in [
            (
                vec![(key("date", 1), "2015-09-18"), (key("time", 1), "02:30")],
                key("time", 1),
                "上午",
            ),
            (
                vec![(key("date", 1), "2015-09-18")],
                key("time", 1),
                "没有时间",
            ),
            (vec![(key("time", 1), "09:00")], key("date", 1), "没有日期"),
            (
                vec![(key("date", 1), "2014-09-18")],
                key("date", 1),
                "早于通知",
            ),
            (
                vec![(key("date", 1), "2051-09-18")],
                key("date", 1),
                "超过一年",
            ),
            (vec![(key("date", 1), "九月")], key("date", 1), "读不懂"),
        ] {
            let pairs: Vec<_> = pairs.iter().map(|(k, v)| (k.as_str(), *v)).collect();
            let (_, form) = typed(&pairs);
            assert!(
                form.error(&name).is_some_and(|e| e.contains(word)),
                "{pairs:?}"
            );
        }
    }

    #[test]
    fn a_day_after_the_deadline_is_kept() {
        let (content, form) = typed(&[(&key("date", 1), "2015-10-08"), (&key("time", 1), "09:00")]);
        assert!(form.is_ok());
        assert!(content.meetings[0].starts.is_some());
    }

    #[test]
    fn what_is_filled_in_reads_back() {
        let (content, _) = typed(&[
            ("theme", "主题"),
            (&key("date", 1), "2015-09-18"),
            (&key("time", 1), "14:30"),
            (&key("place", 1), "三楼"),
        ]);
        let form = fill(&content);
        assert_eq!(form.value(&key("date", 1)), "2015-09-18");
        assert_eq!(form.value(&key("time", 1)), "14:30");
        assert_eq!(form.value("theme"), "主题");
    }
}
