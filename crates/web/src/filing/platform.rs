//! 评议结果录入表: what somebody types into the provincial member system, in its columns, so that
//! nobody writes it a second time by hand. // docs/DOMAIN.md §2.1, promise of one entry

use axum::extract::Path;
use jiff::civil::Date;
use pingyi_documents::forms::{Listing, ListingColumn};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::notice::Grade;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::platform::{self, PlatformRow};
use pingyi_storage::{facts, org};

use super::load::origin;
use crate::kernel::campaign;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::html::Answer;
use crate::kernel::paper::{answer, format_of};
use crate::kernel::route::{line_of, unit_in};

/// The table of a unit or of one branch. It names people, so making it is logged.
pub async fn sheet(ctx: Ctx, Path((id, at, format)): Path<(CampaignId, OrgId, String)>) -> Answer {
    let format = format_of(&format)?;
    let mut tx = ctx.app.db.begin().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, id).await?;
    let here = org::get(&mut tx, at).await?.ok_or(PageError::NotFound)?;
    let unit = unit_in(&line_of(&mut tx, at).await?).ok_or(PageError::NotFound)?;
    let unit = facts::load_unit(&mut tx, id, unit)
        .await?
        .ok_or(PageError::NotFound)?;
    let rows = platform::list(&mut tx, id, at).await?;
    if rows.is_empty() {
        return Err(PageError::refused(
            "还没有党支部确定评定意见，没有可以录入的结果。请在评定意见确定以后再下载。",
        ));
    }
    let below = org::list_under(&mut tx, at).await?;
    let waiting: Vec<String> = unit
        .branches
        .iter()
        .filter(|b| below.iter().any(|o| o.id == b.org))
        .filter(|b| rows.iter().all(|row| row.branch_id != b.org))
        .map(|b| b.name.clone())
        .collect();
    let mut paper = listing(&here.name, &rows, &campaign.notice.grades, &waiting);
    paper.origin = Some(origin(&mut tx, ctx.now).await?);
    let detail = serde_json::json!({ "papers": "platform", "org": here.name, "rows": rows.len() });
    tx.audit(
        &ctx.actor(),
        ctx.now,
        Event::ExportMade,
        Object::Org(at),
        detail,
    )
    .await?;
    tx.commit().await?;
    let name = format!("评议结果录入表-{}", here.name);
    answer(&ctx.app, paper.paper(), format, &name).await
}

/// The columns of the member system's page, the branch before them.
fn listing(place: &str, rows: &[PlatformRow], grades: &[Grade], waiting: &[String]) -> Listing {
    Listing {
        title: "民主评议党员结果录入表".into(),
        particulars: vec![("单位：".into(), place.to_owned())],
        columns: vec![
            ListingColumn::short("党支部", 18.0),
            ListingColumn::short("开展评议日期", 13.0),
            ListingColumn::short("结束评议日期", 13.0),
            ListingColumn::short("姓名", 10.0),
            ListingColumn::short("评议结果", 12.0),
            ListingColumn::sentences("奖惩情况", 13.0),
            ListingColumn::sentences("奖惩原因", 22.0),
        ],
        rows: rows
            .chunk_by(|a, b| a.branch_id == b.branch_id)
            .flat_map(|branch| lines(branch, grades))
            .collect(),
        notes: notes(grades, waiting),
        landscape: true,
        origin: None,
    }
}

/// One branch's lines: it began on the day of the meeting and ended with the last opinion.
fn lines(branch: &[PlatformRow], grades: &[Grade]) -> Vec<Vec<String>> {
    let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    let ended = branch.iter().filter_map(|row| row.decided_on).max();
    let line = |row: &PlatformRow| {
        vec![
            row.branch.clone(),
            day(row.held_on),
            day(ended),
            row.name.clone(),
            result(row, grades),
            row.manner.clone().unwrap_or_default(),
            row.praised_for.clone().unwrap_or_default(),
        ]
    };
    branch.iter().map(line).collect()
}

/// The opinion as the notice names its grades.
fn result(row: &PlatformRow, grades: &[Grade]) -> String {
    match (&row.excluded, row.decided_on, &row.grade) {
        (Some(why), ..) => format!("未参评（{why}）"),
        (None, None, _) => String::new(),
        (None, Some(_), None) => "不定等次".into(),
        (None, Some(_), Some(key)) => grades
            .iter()
            .find(|grade| grade.key == *key)
            .map_or_else(|| key.clone(), |grade| grade.label.clone()),
    }
}

fn notes(grades: &[Grade], waiting: &[String]) -> Vec<String> {
    let labels: Vec<&str> = grades.iter().map(|g| g.label.as_str()).collect();
    let mut notes = vec![
        format!(
            "评议结果按本次通知的等次（{}）填写；党员信息系统的等次名称不同的，由录入人员按上级规定对应。",
            labels.join("、")
        ),
        // 通知 三、3: 教育转化后进 is help, no punishment.
        "奖惩情况只列台帐记录的表扬激励；教育帮助不是处分，不列入。".to_owned(),
    ];
    if !waiting.is_empty() {
        notes.push(format!(
            "尚有{}个党支部没有确定评定意见，本表不含：{}。",
            waiting.len(),
            waiting.join("、")
        ));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    fn row(branch: u128, name: &str, day: i8) -> PlatformRow {
        PlatformRow {
            branch_id: OrgId(Uuid::from_u128(branch)),
            branch: format!("第{branch}党支部"),
            held_on: Some(date(2015, 9, 12)),
            name: name.into(),
            excluded: None,
            decided_on: Some(date(2015, 9, day)),
            grade: Some("good".into()),
            manner: None,
            praised_for: None,
        }
    }

    fn grades() -> Vec<Grade> {
        let text = include_str!("../../../../notices/xianning-2015-14.toml");
        pingyi_domain::notice::Notice::parse(text).unwrap().grades
    }

    #[test]
    fn a_branch_ends_with_its_last_opinion_and_no_other_branch_changes_that() {
        let rows = [row(1, "甲", 14), row(1, "乙", 16), row(2, "丙", 20)];
        let table = listing("某单位", &rows, &grades(), &[]).rows;
        let days: Vec<&str> = table.iter().map(|line| line[2].as_str()).collect();
        assert_eq!(days, ["2015-09-16", "2015-09-16", "2015-09-20"]);
        assert_eq!(table[0][1], "2015-09-12");
        assert_eq!(table[0][4], "好");
    }

    #[test]
    fn who_was_not_appraised_or_not_graded_is_told_as_such() {
        let mut away = row(1, "甲", 14);
        away.excluded = Some("长期患病".into());
        let mut new = row(1, "乙", 14);
        new.grade = None;
        assert_eq!(result(&away, &grades()), "未参评（长期患病）");
        assert_eq!(result(&new, &grades()), "不定等次");
    }

    #[test]
    fn branches_without_results_are_named_under_the_table() {
        let waiting = ["第二党支部".to_owned()];
        let notes = notes(&grades(), &waiting);
        assert!(notes[2].contains("尚有1个党支部") && notes[2].contains("第二党支部"));
    }
}
