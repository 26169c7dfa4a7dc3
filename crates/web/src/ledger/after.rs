//! 会后: feedback, 公示, use of results, measures, dues, papers filed. // 通知 三、3 to 四、4

use std::collections::BTreeMap;

use jiff::civil::Date;
use pingyi_domain::appraisal::RoundState;
use pingyi_domain::dues::Month;
use pingyi_domain::filing::FilingKind;
use pingyi_domain::measure::MeasureState;
use pingyi_domain::notice::Rule;
use pingyi_domain::time::{UnixTime, chinese_date};
use pingyi_storage::dues::publication;
use pingyi_storage::filing::FilingVersion;
use pingyi_storage::{Tx, feedback, measure, publicity, result_use, round};

use super::book::{Row, Section, Source};
use crate::filing::desk;
use crate::kernel::error::PageError;
use crate::meeting::load;

/// The sections after the meeting.
pub(super) async fn sections(tx: &mut Tx, source: &Source) -> Result<Vec<Section>, PageError> {
    let mut found = results(tx, source).await?;
    found.push(publicity(tx, source).await?);
    found.extend(measures(tx, source).await?);
    found.push(dues(tx, source).await?);
    found.push(filed(tx, source).await?);
    Ok(found)
}

async fn results(tx: &mut Tx, source: &Source) -> Result<Vec<Section>, PageError> {
    let (mut told, mut used) = (Vec::new(), Vec::new());
    if let Some(held) = load::find(tx, &source.scene).await?
        && let Some(now) = round::find_current(tx, held.id).await?
        && now.state == RoundState::Determined
    {
        told = fed_back(&feedback::list(tx, now.id).await?);
        for one in result_use::commendations(tx, now.id).await? {
            let words = format!("表扬激励 1 名（{}）", one.manner);
            used.push(Row::on(one.given_on, one.entered_at, words));
        }
        if let Some(note) = result_use::declined(tx, now.id).await? {
            let words = "这次不表扬，已写明原因";
            used.push(Row::plain(Some(note.noted_on), words));
        }
        for plan in result_use::help_plans(tx, now.id).await? {
            let words = "教育帮助 1 名，已定帮助措施";
            used.push(Row::on(plan.started_on, plan.entered_at, words));
        }
    }
    Ok(vec![
        Source::section(Rule::FedBack, "评议结果反馈", told),
        Source::section(Rule::ResultsUsed, "结果运用", used),
    ])
}

/// Day by day: how many were told, how many said so; objections as a count.
fn fed_back(all: &[feedback::StoredFeedback]) -> Vec<Row> {
    let mut days: BTreeMap<Date, Vec<&feedback::StoredFeedback>> = BTreeMap::new();
    for one in all {
        days.entry(one.feedback.told_on).or_default().push(one);
    }
    let mut rows: Vec<Row> = days
        .into_iter()
        .map(|(day, told)| {
            let signed = told.iter().filter(|f| f.feedback.acknowledged.is_some());
            let words = format!("反馈 {} 名，本人已签收 {} 名", told.len(), signed.count());
            let entered = told.iter().map(|f| f.entered_at).max();
            Row::on(day, entered.unwrap_or(UnixTime(0)), words)
        })
        .collect();
    let raised: Vec<_> = all
        .iter()
        .filter_map(|f| f.feedback.objection.as_ref())
        .collect();
    if !raised.is_empty() {
        let answered = raised.iter().filter(|o| o.handling.is_some()).count();
        let words = format!("提出异议 {} 件，已答复 {answered} 件", raised.len());
        rows.push(Row::plain(None, words));
    }
    rows
}

async fn publicity(tx: &mut Tx, source: &Source) -> Result<Section, PageError> {
    let (campaign, branch) = source.at();
    let mut rows = Vec::new();
    for one in publicity::list(tx, campaign, branch).await? {
        let raised = publicity::objections(tx, one.id).await?;
        let objections = match raised.len() {
            0 => String::new(),
            n => {
                let answered = raised.iter().filter(|o| o.handled_on.is_some()).count();
                format!("；收到异议 {n} 件，已答复 {answered} 件")
            }
        };
        let words = format!(
            "公示（第 {} 份）：{}；范围：{}；{}至{}{objections}",
            one.no,
            one.state.label(),
            one.scope,
            chinese_date(one.from_on),
            chinese_date(one.to_on)
        );
        rows.push(match one.posted_at {
            Some(posted) => Row::on(one.from_on, posted, words),
            None => Row::plain(Some(one.from_on), words),
        });
    }
    Ok(Source::section(Rule::Published, "公示", rows))
}

async fn measures(tx: &mut Tx, source: &Source) -> Result<Vec<Section>, PageError> {
    let (campaign, branch) = source.at();
    let all = measure::list(tx, campaign, branch).await?;
    let mut days: BTreeMap<Date, (u32, u32)> = BTreeMap::new();
    for one in &all {
        let (sum, done) = days.entry(one.due_on).or_default();
        *sum += 1;
        *done += u32::from(one.state == MeasureState::Verified);
    }
    let row = |(day, (sum, done)): (Date, (u32, u32))| {
        let words = format!("应于当日前完成 {sum} 条，已销号 {done} 条");
        let over = day < source.today && done < sum;
        Row::plain(Some(day), words).remark(if over { "有逾期" } else { "" })
    };
    let facts = &source.facts()?.records.measures;
    let mut after = Vec::new();
    if facts.members > 0 {
        let words = format!("{} 名党员会后修订或确认了整改措施", facts.members);
        after.push(Row::plain(None, words));
    }
    Ok(vec![
        Source::section(Rule::MeasuresPerMember, "会后整改措施", after),
        Source::section(
            Rule::MeasuresCarriedOut,
            "对单销号",
            days.into_iter().map(row).collect(),
        ),
    ])
}

/// Month by month whether all paid, without a name or an amount. // docs/DUES.md
async fn dues(tx: &mut Tx, source: &Source) -> Result<Section, PageError> {
    let notice = &source.scene.campaign.notice;
    let facts = &source.facts()?.records.dues;
    let (first, last) = (Month::of(notice.date), Month::of(source.today).plus(-1));
    let mut rows = Vec::new();
    if facts.assessed > 0 && first <= last {
        // A year at most: the ledger is of a campaign, the register is the clerk's.
        for month in first.through(last).take(12) {
            let (owing, settled) = (facts.owing_in(month), facts.settled_in(month));
            let words = if settled >= owing {
                format!("{}：应交 {owing} 人，已交清", month.chinese())
            } else {
                format!("{}：应交 {owing} 人，已交清 {settled} 人", month.chinese())
            };
            rows.push(Row::plain(None, words));
        }
    }
    for one in publication::list(tx, source.scene.branch.id).await? {
        let words = format!("公布 {} 年党费收缴情况（{}）", one.year, one.published_by);
        rows.push(Row::at(one.published_at, words));
        if let (Some(at), Some(reason)) = (one.withdrawn_at, &one.reason) {
            let words = format!("撤回 {} 年党费收缴情况公布：{reason}", one.year);
            rows.push(Row::at(at, words));
        }
    }
    Ok(Source::section(Rule::DuesCollected, "党费收缴", rows))
}

async fn filed(tx: &mut Tx, source: &Source) -> Result<Section, PageError> {
    let (campaign, branch) = source.at();
    let mut rows = Vec::new();
    let unit = source.unit.org;
    let papers = [
        (branch, FilingKind::BranchSummary, "支部汇总表"),
        (unit, FilingKind::UnitSummary, "单位汇总表和总结材料"),
    ];
    for (org, kind, what) in papers {
        if let Some(found) = desk::find(tx, campaign, org, kind).await? {
            for version in found.versions.iter().rev() {
                rows.extend(handed(what, version));
            }
        }
    }
    Ok(Source::section(Rule::SummaryFiled, "材料报送", rows))
}

fn handed(what: &str, version: &FilingVersion) -> Vec<Row> {
    let Some(submitted) = version.submitted_at else {
        return Vec::new();
    };
    let words = format!(
        "报送{what}（第 {} 稿），日志校验码 {}",
        version.version, version.chain_head
    );
    let late = if version.late { "迟报" } else { "" };
    let mut rows = vec![Row::at(submitted, words).remark(late)];
    if let (Some(state), Some(at)) = (version.decision, version.decided_at) {
        rows.push(Row::at(at, format!("{what}：{}", state.label())));
    }
    rows
}
