//! 会前: study, opinions, talks, lists. // 通知 二

use std::collections::BTreeMap;

use jiff::civil::Date;
use pingyi_domain::notice::Rule;
use pingyi_domain::opinion::{CollectionState, told};
use pingyi_domain::time::chinese_date;
use pingyi_storage::{Tx, opinion, opinion_collection, problem_list, study, talk};

use super::book::{Row, Section, Source};
use crate::kernel::error::PageError;

/// The sections before the meeting.
pub(super) async fn sections(tx: &mut Tx, source: &Source) -> Result<Vec<Section>, PageError> {
    Ok(vec![
        study(tx, source).await?,
        opinions(tx, source).await?,
        talks(tx, source).await?,
        lists(tx, source).await?,
    ])
}

async fn study(tx: &mut Tx, source: &Source) -> Result<Section, PageError> {
    let (campaign, branch) = source.at();
    let items = study::items(tx, campaign, branch).await?;
    let came = study::attendance(tx, campaign, branch).await?;
    let notice = &source.scene.campaign.notice;
    let label = |key: &str| {
        let found = notice.study.iter().find(|item| item.key == key);
        found.map_or_else(|| key.to_owned(), |item| item.label.clone())
    };
    let mut rows = Vec::new();
    for session in study::list(tx, campaign, branch).await? {
        let of = items.iter().filter(|i| i.session == session.id);
        let what: Vec<String> = of.map(|i| label(&i.item)).collect();
        let listed = came.iter().filter(|a| a.session == session.id);
        let (all, present) = listed.fold((0, 0), |(all, present), a| {
            (all + 1, present + u32::from(a.present))
        });
        let words = format!(
            "集中学习：{}；{}，{}主持；应到 {all} 人，实到 {present} 人",
            what.join("、"),
            session.place,
            session.host
        );
        rows.push(Row::on(session.held_on, session.entered_at, words));
    }
    let made_up = study::makeups(tx, campaign, branch).await?;
    rows.extend(by_day(made_up.iter().map(|m| m.done_on), "补学", "人次"));
    Ok(Source::section(Rule::StudyCoversItems, "会前学习", rows))
}

/// One row per day, with how many there were.
fn by_day(days: impl Iterator<Item = Date>, what: &str, unit: &str) -> Vec<Row> {
    let mut counts: BTreeMap<Date, u32> = BTreeMap::new();
    for day in days {
        *counts.entry(day).or_default() += 1;
    }
    let row = |(day, n)| Row::plain(Some(day), format!("{what} {n} {unit}"));
    counts.into_iter().map(row).collect()
}

/// How and among whom; how many opinions. No text, and no count that could point at somebody.
async fn opinions(tx: &mut Tx, source: &Source) -> Result<Section, PageError> {
    let (campaign, branch) = source.at();
    let collections = opinion_collection::list(tx, campaign, branch).await?;
    let mut rows = Vec::new();
    for one in opinion::list_activities(tx, campaign, branch).await? {
        let found = collections.iter().find(|c| c.activity_id == one.id);
        let more = match (found, one.heard) {
            (Some(c), _) if c.state == CollectionState::Collecting => match told(c.received) {
                Some(n) => format!(
                    "；不记名征集，{}截止，已收 {n} 条",
                    chinese_date(c.last_day)
                ),
                None => format!("；不记名征集，{}截止", chinese_date(c.last_day)),
            },
            (Some(c), _) => format!("；不记名征集，收到 {} 条", c.received),
            (None, Some(heard)) => format!("；听取 {heard} 人意见"),
            (None, None) => String::new(),
        };
        let words = format!(
            "{}（{}）：{}；{}，{}组织{more}",
            one.form.label(),
            one.mode.label(),
            one.source.label(),
            one.place,
            one.convenor
        );
        rows.push(Row::on(one.held_on, one.entered_at, words));
    }
    let facts = &source.facts()?.records.opinions;
    if facts.opinions > 0 {
        let answered = facts.opinions.saturating_sub(facts.unanswered);
        let words = format!("共 {} 条意见，已答复处理 {answered} 条", facts.opinions);
        rows.push(Row::plain(None, words));
    }
    Ok(Source::section(Rule::OpinionsFromOutside, "征求意见", rows))
}

/// How many on which day; who talked with whom stays in the branch.
async fn talks(tx: &mut Tx, source: &Source) -> Result<Section, PageError> {
    let (campaign, branch) = source.at();
    let held = talk::list(tx, campaign, branch).await?;
    let mut days: BTreeMap<Date, Vec<&talk::Entry>> = BTreeMap::new();
    for one in &held {
        days.entry(one.held_on).or_default().push(one);
    }
    let mut rows = Vec::new();
    for (day, all) in days {
        let confirmed = all.iter().filter(|t| both_confirmed(t)).count();
        let words = format!("谈心谈话 {} 次，双方已确认 {confirmed} 次", all.len());
        let last = all.iter().map(|t| t.entered_at).max();
        rows.push(match last {
            Some(entered) => Row::on(day, entered, words),
            None => Row::plain(Some(day), words),
        });
    }
    let facts = &source.facts()?.records.talks;
    if facts.held > 0 {
        let words = format!(
            "按职务应谈 {} 对，已谈 {} 对；谈出问题 {} 个，未解决 {} 个",
            facts.needed, facts.covered, facts.raised, facts.unsettled
        );
        rows.push(Row::plain(None, words));
    }
    Ok(Source::section(Rule::TalkCoverage, "谈心谈话", rows))
}

fn both_confirmed(entry: &talk::Entry) -> bool {
    entry.parties().iter().all(|p| p.confirmed.is_some())
}

/// How many were handed in on which day; what they say is read by the member and the secretary.
async fn lists(tx: &mut Tx, source: &Source) -> Result<Section, PageError> {
    let (campaign, branch) = source.at();
    let lists = problem_list::list(tx, campaign, branch).await?;
    let handed = lists.iter().filter_map(|l| l.first_handed_on);
    let mut rows = by_day(handed, "提交问题清单和整改措施", "份");
    let facts = &source.facts()?.records.lists;
    if facts.handed > 0 {
        let words = format!(
            "现有效 {} 份；逐项写全 {} 份",
            facts.handed, facts.all_categories
        );
        rows.push(Row::plain(None, words));
    }
    Ok(Source::section(
        Rule::ProblemListPerMember,
        "问题清单",
        rows,
    ))
}
