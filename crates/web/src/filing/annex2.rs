//! Annex 2 《民主评议党员测评汇总表》 from a branch's figures. // 通知 四、4

use jiff::civil::Date;
use pingyi_documents::forms::{GradeTally, TallyRow, TallySummary};
use pingyi_documents::paper::Origin;
use pingyi_domain::appraisal::{Opinion, RoundState, Treatment};
use pingyi_domain::count::percent_text;
use pingyi_domain::notice::PercentOf;

use super::sheet::{BranchSheet, SheetMember};

/// What a person adds to the figures, and what the paper was made from.
#[derive(Debug, Clone)]
pub(crate) struct Filled {
    /// 填表人.
    pub by: String,
    /// 联系电话 of the office.
    pub phone: String,
    /// 填报日期; a blank before it is filed.
    pub on: Option<Date>,
    /// Foot line.
    pub origin: Origin,
}

/// The printed form.
pub(crate) fn form(sheet: &BranchSheet, title: &str, filled: &Filled) -> TallySummary {
    TallySummary {
        title: title.to_owned(),
        unit: sheet.unit.clone(),
        branch: sheet.name.clone(),
        meeting_time: sheet.time.clone(),
        meeting_place: sheet.place.clone(),
        due_full: sheet.attendance.due_full,
        due_probationary: sheet.attendance.due_probationary,
        present: sheet.attendance.present,
        absent: sheet.attendance.absent,
        absences: absences(sheet),
        issued: sheet.count.issued,
        collected: sheet.count.collected,
        valid: sheet.count.valid(),
        invalid: sheet.count.invalid,
        grades: sheet.grades.clone(),
        rows: rows(sheet),
        group: group(sheet),
        filled_by: filled.by.clone(),
        phone: filled.phone.clone(),
        filed_on: filled.on,
        callers: sheet.callers.clone(),
        tellers: sheet.tellers.clone(),
        scrutineers: sheet.scrutineers.clone(),
        secretary: sheet.secretary.clone(),
        notes: notes(sheet),
        archive: sheet.archive.clone(),
        origin: Some(filled.origin.clone()),
    }
}

/// Who was absent and why, one entry each.
pub(crate) fn absences(sheet: &BranchSheet) -> Vec<String> {
    let line = |(name, why): &(String, String)| match why.trim() {
        "" => format!("{name}（未写明原因）"),
        why => format!("{name}（{why}）"),
    };
    sheet.attendance.absences.iter().map(line).collect()
}

/// One row per member of the branch; those not appraised stand among them with the reason.
pub(crate) fn rows(sheet: &BranchSheet) -> Vec<TallyRow> {
    sheet
        .members
        .iter()
        .map(|member| row(sheet, member))
        .collect()
}

fn row(sheet: &BranchSheet, member: &SheetMember) -> TallyRow {
    let marks = member.marks.clone().unwrap_or_default();
    TallyRow {
        name: member.name.clone(),
        standing: member.standing.label().to_owned(),
        post: member.post.clone(),
        appraised: !matches!(member.treatment, Treatment::NotAppraised { .. }),
        tallies: tallies(sheet, member),
        abstained: marks.abstain,
        void_rows: marks.void,
        total: u32::try_from(marks.total()).unwrap_or(u32::MAX),
        opinion: opinion(sheet, member),
        fed_back: member.fed_back.map_or_else(String::new, short_day),
        remark: remark(member),
    }
}

/// `9月22日`: the year stands at the head of the form.
pub(crate) fn short_day(day: Date) -> String {
    format!("{}月{}日", day.month(), day.day())
}

/// The leading group's line in words; no member's, so it stands under the table.
pub(super) fn group(sheet: &BranchSheet) -> Option<String> {
    let marks = sheet.count.group.as_ref()?;
    let shares = sheet.count.percents(marks, &sheet.settings, sheet.due());
    let named = sheet.grades.iter().zip(&marks.marks).zip(shares);
    let mut parts: Vec<String> = named
        .map(|((grade, n), share)| format!("{grade}{n}票（{}）", percent_text(share)))
        .collect();
    parts.push(format!("弃权{}票", marks.abstain));
    parts.push(format!("该行无效{}票", marks.void));
    Some(parts.join("，"))
}

/// Counts with their percentages; a member without a row on the ballot has "—" throughout.
fn tallies(sheet: &BranchSheet, member: &SheetMember) -> Vec<GradeTally> {
    let Some(marks) = &member.marks else {
        return sheet
            .grades
            .iter()
            .map(|_| GradeTally {
                count: 0,
                percent: "—".into(),
            })
            .collect();
    };
    let percents = sheet.count.percents(marks, &sheet.settings, sheet.due());
    marks
        .marks
        .iter()
        .zip(percents)
        .map(|(&count, percent)| GradeTally {
            count,
            percent: bare(&percent_text(percent)),
        })
        .collect()
}

/// The column is headed %, so the sign is not repeated in every cell.
pub(crate) fn bare(percent: &str) -> String {
    percent.trim_end_matches('%').to_owned()
}

fn opinion(sheet: &BranchSheet, member: &SheetMember) -> String {
    match (&member.opinion, &member.treatment) {
        (Some(Opinion::Graded { grade }), _) => {
            sheet.grades.get(*grade).cloned().unwrap_or_default()
        }
        (Some(Opinion::Ungraded { .. }), _) => "不定等次".into(),
        (None, Treatment::NotAppraised { .. }) => "未参评".into(),
        (None, _) => String::new(),
    }
}

fn remark(member: &SheetMember) -> String {
    let why = match (&member.treatment, &member.opinion) {
        (Treatment::NotAppraised { why }, _) => why.as_str(),
        (Treatment::Ungraded { why }, _) => why.label(),
        (_, Some(Opinion::Ungraded { reason })) => reason,
        _ => "",
    };
    let parts = [why, member.note.trim()];
    let mut parts: Vec<&str> = parts.into_iter().filter(|p| !p.is_empty()).collect();
    parts.dedup();
    parts.join("；")
}

/// The rules applied, as the form's notes.
pub(crate) fn notes(sheet: &BranchSheet) -> Vec<String> {
    let grades = sheet.grades.join("、");
    let whole = match sheet.settings.percent_of {
        PercentOf::Marked => format!("该党员“{grades}”票数之和"),
        PercentOf::Collected => "收回票数".to_owned(),
        PercentOf::Due => "应到人数".to_owned(),
    };
    let places = match sheet.settings.percent_places {
        0 => "取整数".to_owned(),
        n => format!("保留{n}位小数"),
    };
    let mut notes = vec![
        format!(
            "百分比以{whole}为分母，四舍五入{places}，各项相加可能不等于100；分母为零的记“—”。"
        ),
        "票数是评定的依据之一，支部评定意见由支部委员会结合平时表现研究确定。".to_owned(),
    ];
    if sheet
        .members
        .iter()
        .any(|m| matches!(m.treatment, Treatment::Ungraded { .. }))
    {
        notes.push("不定等次的党员不列入测评票，票数记“0”、百分比记“—”。".to_owned());
    }
    notes.extend(sheet.two_ways.clone());
    if sheet.state != RoundState::Determined {
        notes.push("支部评定意见尚未全部确定。".to_owned());
    }
    if sheet.voided > 0 {
        notes.push(format!(
            "此前有{}轮测评作废，已留存备查，本表为有效一轮的结果。",
            sheet.voided
        ));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::super::sheet::sample;
    use super::*;

    #[test]
    fn percentages_follow_the_setting_and_a_zero_denominator_prints_a_dash() {
        let rows = rows(&sample::sheet(1));
        assert_eq!(rows[1].tallies[0].percent, "66.7");
        assert_eq!(rows[1].tallies[1].percent, "33.3");
        // three abstentions: nothing chose a grade
        assert_eq!(rows[2].tallies[0].percent, "—");
        let mut of_collected = sample::sheet(1);
        of_collected.settings.percent_of = PercentOf::Collected;
        of_collected.settings.percent_places = 0;
        assert_eq!(super::rows(&of_collected)[1].tallies[0].percent, "50");
    }

    #[test]
    fn the_leading_group_stands_under_the_table_and_not_among_the_members() {
        let mut sheet = sample::sheet(1);
        assert_eq!(group(&sheet), None);
        sheet.count.group = sample::marks(2, 0, 1);
        let words = group(&sheet).unwrap();
        assert_eq!(
            words,
            "好2票（100.0%），一般0票（0.0%），差0票（0.0%），弃权1票，该行无效0票"
        );
        assert_eq!(rows(&sheet).len(), 4);
    }

    #[test]
    fn a_probationary_member_has_no_grade_but_a_remark() {
        let rows = rows(&sample::sheet(1));
        assert_eq!(rows[3].opinion, "不定等次");
        assert_eq!(rows[3].remark, "预备党员，不定等次");
        assert_eq!(rows[3].tallies[0].percent, "—");
    }

    #[test]
    fn the_day_of_feedback_stands_on_the_form_and_a_blank_before() {
        let mut sheet = sample::sheet(1);
        sheet.members[0].fed_back = Some(jiff::civil::date(2015, 9, 22));
        let rows = rows(&sheet);
        assert_eq!(
            (rows[0].fed_back.as_str(), rows[1].fed_back.as_str()),
            ("9月22日", "")
        );
    }

    #[test]
    fn an_excluded_member_stays_on_the_form_with_the_reason() {
        let mut sheet = sample::sheet(1);
        sheet.members[2].treatment = Treatment::NotAppraised {
            why: "长期患病".into(),
        };
        sheet.members[2].opinion = None;
        let rows = rows(&sheet);
        assert_eq!(rows.len(), 4);
        assert!(!rows[2].appraised && rows[3].appraised);
        assert_eq!(
            (rows[2].opinion.as_str(), rows[2].remark.as_str()),
            ("未参评", "长期患病")
        );
    }

    #[test]
    fn the_form_says_valid_ballots_and_who_was_absent() {
        let mut sheet = sample::sheet(1);
        sheet.attendance.absences = vec![("陈立".into(), "出差".into())];
        let filled = Filled {
            by: "王雅文".into(),
            phone: "0715-8000000".into(),
            on: None,
            origin: Origin::sample(),
        };
        let form = form(&sheet, "民主评议党员测评汇总表", &filled);
        assert_eq!((form.collected, form.valid, form.invalid), (4, 3, 1));
        assert_eq!(form.absences, ["陈立（出差）"]);
        assert!(form.notes[0].contains("保留1位小数"));
    }
}
