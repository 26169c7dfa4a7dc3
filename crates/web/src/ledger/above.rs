//! What unit and superiors did for this branch: receipt, plan, envoy, gates, checks. // 通知 四

use pingyi_domain::notice::Rule;
use pingyi_domain::plan::PlanState;
use pingyi_domain::time::chinese_date;
use pingyi_storage::{Tx, envoy_plan, gate, plan, receipt, spot_check};

use super::book::{Row, Section, Source};
use crate::kernel::error::PageError;
use crate::meeting::{load, when};

/// The sections of unit and superiors.
pub(super) async fn sections(tx: &mut Tx, source: &Source) -> Result<Vec<Section>, PageError> {
    Ok(vec![
        received(tx, source).await?,
        planned(tx, source).await?,
        responsible(source)?,
        envoy(tx, source).await?,
        gates(tx, source).await?,
        checks(tx, source).await?,
    ])
}

async fn received(tx: &mut Tx, source: &Source) -> Result<Section, PageError> {
    let found = receipt::get(tx, source.scene.campaign.id, source.unit.org).await?;
    let row = |r: receipt::Receipt| {
        let words = format!("{}签收通知（{}）", source.unit.name, r.by_name);
        Row::at(r.acknowledged_at, words)
    };
    let rows = found.map(row).into_iter().collect();
    Ok(Source::section(Rule::ReceiptAcknowledged, "签收通知", rows))
}

async fn planned(tx: &mut Tx, source: &Source) -> Result<Section, PageError> {
    let planning = load::planning(tx, &source.scene).await?;
    let mut rows = Vec::new();
    if let Some(found) = &planning.plan {
        for version in plan::list_versions(tx, found.id).await? {
            let Some(submitted) = version.submitted_at else {
                continue;
            };
            let words = format!("报送工作方案（第 {} 稿）", version.version);
            let late = if version.late { "迟报" } else { "" };
            rows.push(Row::at(submitted, words).remark(late));
            if let (Some(decision), Some(at)) = (version.decision, version.decided_at) {
                let words = match (decision, &found.number) {
                    (PlanState::Filed, Some(number)) => format!("备案，编号 {number}"),
                    (other, _) => other.label().to_owned(),
                };
                rows.push(Row::at(at, format!("第 {} 稿：{words}", version.version)));
            }
        }
        if let Some(line) = &planning.line {
            let time = line.starts.map(when::chinese).unwrap_or_default();
            let words = format!("方案安排本支部开会：{time} {}", line.place);
            rows.push(Row::plain(None, words.trim_end()));
        }
    }
    Ok(Source::section(Rule::PlanFiled, "工作方案", rows))
}

/// 第一责任人 and 直接责任人. // 通知 四、2
fn responsible(source: &Source) -> Result<Section, PageError> {
    let name = |person: &Option<String>| person.clone().unwrap_or_else(|| "（空缺）".to_owned());
    let rows = vec![
        Row::plain(
            None,
            format!("第一责任人：{}", name(&source.unit.secretary)),
        ),
        Row::plain(
            None,
            format!("直接责任人：{}", name(&source.facts()?.secretary)),
        ),
    ];
    Ok(Source::section(Rule::ResponsibleNamed, "落实责任", rows))
}

/// Who was to come, who came, whether a comment is on record. // 通知 四、2
async fn envoy(tx: &mut Tx, source: &Source) -> Result<Section, PageError> {
    let (campaign, branch) = source.at();
    let mut rows = Vec::new();
    if let Some(plan) = envoy_plan::find(tx, campaign, branch).await? {
        rows.push(Row::at(
            plan.at,
            format!("安排派员：{} {}", plan.name, plan.post),
        ));
    }
    if let Some(held) = load::find(tx, &source.scene).await?
        && let Some(envoy) = &held.envoy
    {
        let from = held.envoy_org_name.as_deref().unwrap_or_default();
        let said = if envoy.commented() {
            "已点评"
        } else {
            "还没有记录点评"
        };
        let words = format!("{from}派{}参加，{said}", envoy.name);
        rows.push(Row::plain(held.held_on, words));
    }
    Ok(Source::section(Rule::SuperiorCommented, "上级派员", rows))
}

/// Turns at the four gates; the reasons stay on their own page. // 通知 四、3
async fn gates(tx: &mut Tx, source: &Source) -> Result<Section, PageError> {
    let (campaign, branch) = source.at();
    let notice = &source.scene.campaign.notice;
    let mut turns = gate::list(tx, campaign, branch).await?;
    turns.sort_by_key(|turn| turn.at);
    let row = |turn: &gate::Turn| {
        let found = notice.gates.iter().find(|g| g.key == turn.gate);
        let label = found.map_or(turn.gate.as_str(), |g| g.label.as_str());
        let words = format!("{label}：{}（{}）", turn.state.label(), turn.by_name);
        Row::at(turn.at, words)
    };
    let rows = turns.iter().map(row).collect();
    Ok(Source::section(Rule::GatesPassed, "四个不放过", rows))
}

/// Checks of the supervision team. // 通知 四、4
async fn checks(tx: &mut Tx, source: &Source) -> Result<Section, PageError> {
    let (campaign, branch) = source.at();
    let mut rows = Vec::new();
    let all = spot_check::list(tx, campaign).await?;
    for one in all.iter().filter(|c| c.branch_id == branch) {
        let who = spot_check::checkers(tx, one.id).await?.join("、");
        let mut words = format!("{}（{who}）：{}", one.mode.label(), one.state.label());
        if let Some(due) = one.due_on {
            words = format!("{words}；要求{}前整改", chinese_date(due));
        }
        rows.push(Row::on(one.checked_on, one.entered_at, words));
    }
    Ok(Source::section(Rule::Supervised, "督导检查", rows))
}
