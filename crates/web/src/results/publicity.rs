//! 公示: the draft and what stands of it. // 通知 三、3

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::day::{last_working_day, working_days_after};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::notice::Rule;
use pingyi_domain::results::{Finding, PublicityHead, PublicityState, scan};
use pingyi_domain::time::chinese_date;
use pingyi_storage::Tx;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::publicity::{self, Publicity, PublicityObjection};

use super::load::{Results, results};
use super::{APPROVERS, enter};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};
use crate::kernel::route::line_of;
use crate::meeting::load::Quote;

#[derive(Template)]
#[template(path = "results/publicity.html")]
struct PublicityPage<'a> {
    frame: Frame,
    results: &'a Results,
    quote: Option<Quote>,
    writes: bool,
    approves: bool,
    now: Option<&'a Publicity>,
    objections: Vec<PublicityObjection>,
    findings: Vec<Finding>,
    changed: bool,
    form: &'a FormState,
}

/// The page.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let found = results(&ctx.app, &mut tx, at).await?;
    let form = blank(&ctx, &found);
    render(&ctx, &mut tx, &found, &form).await
}

/// Saves the draft.
pub async fn submit(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let found = results(&ctx.app, &mut tx, at).await?;
    found.determined()?;
    let mut form = FormState::of(&fields);
    let draft = draft(&mut form, &ctx, &found)?;
    let Some(draft) = draft else {
        return refused(&ctx, &mut tx, &found, &form).await;
    };
    if found.notice().is_some_and(|p| p.id == draft.id) {
        publicity::update(&mut tx, &draft).await?;
    } else {
        publicity::insert(&mut tx, &draft).await?;
    }
    log(&ctx, &mut tx, &found, &draft, Event::PublicityDrafted).await?;
    tx.commit().await?;
    redirect_done(&found.path("/publicity"), "publicity-saved")
}

/// The draft as stored, or what the settings and the meeting say.
pub(super) fn blank(ctx: &Ctx, found: &Results) -> FormState {
    let today = ctx.now.date();
    let form = FormState::default()
        .with("on", today.to_string())
        .with("by", ctx.user.as_ref().map_or("", |u| u.name.as_str()));
    if let Some(now) = found.notice().filter(|p| !p.state.is_over()) {
        return form
            .with("scope", &*now.scope)
            .with("opening", &*now.opening)
            .with("channel", &*now.channel)
            .with("from_on", now.from_on.to_string())
            .with("to_on", now.to_on.to_string());
    }
    let settings = found.scene.campaign.notice.settings.publicity;
    let from = working_days_after(today, 1);
    let channel = found.notice().map(|p| p.channel.clone());
    form.with("scope", settings.scope.label())
        .with("opening", opening(found))
        .with("channel", channel.unwrap_or_default())
        .with("from_on", from.to_string())
        .with(
            "to_on",
            last_working_day(from, settings.working_days).to_string(),
        )
}

fn opening(found: &Results) -> String {
    let held = found.held_on.map(chinese_date).unwrap_or_default();
    format!(
        "按照{}要求，{}于{held}召开专题组织生活会，并现场开展民主评议党员。经无记名投票测评、支部委员会研究评定，现将评议结果予以公示。",
        found.scene.campaign.notice.number, found.scene.branch.name,
    )
}

fn draft(form: &mut FormState, ctx: &Ctx, found: &Results) -> Result<Option<Publicity>, PageError> {
    let open = found.notice().filter(|p| !p.state.is_over());
    if open.is_some_and(|p| p.state != PublicityState::Draft) {
        return Err(PageError::refused(
            "公示已经批准，不能再改。确需修改的，请先撤回并写明原因，再重新拟稿。",
        ));
    }
    let scope = enter::line(form, "scope", "公示范围");
    let opening = enter::text(form, "opening", "公示正文");
    let channel = enter::line(form, "channel", "意见反映渠道");
    let from = enter::any_day(form, "from_on", "第一天");
    let to = enter::any_day(form, "to_on", "最后一天");
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        form.fail("to_on", "最后一天：早于第一天，请核对。");
    }
    let (Some(scope), Some(opening), Some(channel), Some(from_on), Some(to_on), true) =
        (scope, opening, channel, from, to, form.is_ok())
    else {
        return Ok(None);
    };
    let user = ctx.user()?;
    Ok(Some(Publicity {
        id: open.map_or_else(|| ctx.app.new_id(), |p| p.id),
        campaign_id: found.scene.campaign.id,
        branch_id: found.scene.branch.id,
        round_id: found.determined()?,
        no: open.map_or_else(|| found.notice().map_or(1, |p| p.no + 1), |p| p.no),
        state: PublicityState::Draft,
        scope,
        opening,
        channel,
        from_on,
        to_on,
        drafted_by: user.account,
        drafted_by_name: user.name.clone(),
        drafted_at: ctx.now,
        approved_by: None,
        approved_by_name: None,
        approved_at: None,
        posted_at: None,
        ended_at: None,
        withdrawn_at: None,
        withdrawn_reason: None,
        snapshot: None,
    }))
}

/// 保密审查 of what was typed; the office's telephone stands in a field that is not scanned.
pub(super) fn findings(found: &Results, of: &Publicity) -> Vec<Finding> {
    let names: Vec<String> = found.members.iter().map(|m| m.name.clone()).collect();
    let text = format!("{}\n{}", of.opening, of.scope);
    scan(&text, &names)
}

/// For the rules.
pub(super) fn head(found: &Results, of: &Publicity) -> PublicityHead {
    PublicityHead {
        drafter: of.drafted_by,
        from: of.from_on,
        to: of.to_on,
        findings: findings(found, of),
    }
}

/// One line in the log: which notice, of how many members; no text.
pub(super) async fn log(
    ctx: &Ctx,
    tx: &mut Tx,
    found: &Results,
    of: &Publicity,
    event: Event,
) -> Result<(), PageError> {
    let detail = serde_json::json!({
        "branch": found.scene.branch.name, "no": of.no, "members": found.members.len(),
        "from": of.from_on.to_string(), "to": of.to_on.to_string(),
    });
    let object = Object::Round(of.round_id);
    tx.audit(&ctx.actor(), ctx.now, event, object, detail)
        .await?;
    Ok(())
}

pub(super) async fn refused(ctx: &Ctx, tx: &mut Tx, found: &Results, form: &FormState) -> Answer {
    let answer = render(ctx, tx, found, form).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
}

async fn render(ctx: &Ctx, tx: &mut Tx, results: &Results, form: &FormState) -> Answer {
    let line = line_of(tx, results.scene.branch.id).await?;
    let user = ctx.user()?;
    let now = results.notice();
    let objections = match now {
        Some(now) => publicity::objections(tx, now.id).await?,
        None => Vec::new(),
    };
    page(&PublicityPage {
        frame: ctx.frame(tx, "评议结果公示").await?,
        quote: results.scene.words(Rule::Published),
        writes: results.scene.writes(user),
        approves: user.holds_over(APPROVERS, &line)
            && now.is_some_and(|p| p.drafted_by != user.account),
        objections,
        findings: now.map(|p| findings(results, p)).unwrap_or_default(),
        changed: now.is_some_and(|p| super::publicity_paper::changed(results, p)),
        now,
        results,
        form,
    })
}

impl PublicityPage<'_> {
    fn editable(&self) -> bool {
        self.writes
            && self.results.round.is_some()
            && self
                .now
                .is_none_or(|p| p.state == PublicityState::Draft || p.state.is_over())
    }

    fn unanswered(&self) -> usize {
        self.objections
            .iter()
            .filter(|o| o.handled_on.is_none())
            .count()
    }

    fn is(&self, word: &str) -> bool {
        self.now.is_some_and(|p| p.state.as_str() == word)
    }
}
