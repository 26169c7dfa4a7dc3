//! Before the ballot: who is appraised, who watches and counts; frozen into the round.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::appraisal::{RoundState, Treatment};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::notice::Rule;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::official::{OfficialRole, RoundOfficial};
use pingyi_storage::round::StoredRound;
use pingyi_storage::subject::RoundMember;
use pingyi_storage::{Tx, official, round, subject};

use super::listing::Line;
use super::officials;
use super::sitting::{Sitting, sitting};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};
use crate::meeting::load::{Person, Quote, roster};

#[derive(Template)]
#[template(path = "appraisal/prepare.html")]
struct PreparePage<'a> {
    frame: Frame,
    sitting: &'a Sitting,
    lines: &'a [Line],
    choices: Vec<(String, String)>,
    fields: [(&'static str, OfficialRole, &'static str); 5],
    form: &'a FormState,
    covered: Option<Quote>,
}

/// The form.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let sitting = sitting(&ctx.app, &mut tx, at).await?;
    may_prepare(&sitting)?;
    let people = roster(&mut tx, sitting.scene.branch.id).await?;
    // A new round begins with the list of the one before.
    let (mut list, mut chosen) = (Vec::new(), Vec::new());
    if let Some(last) = sitting.rounds.last() {
        list = subject::list(&mut tx, last.id).await?;
        chosen = official::list(&mut tx, last.id).await?;
    }
    let settings = &sitting.scene.campaign.notice.settings;
    let before = |p: &Person| {
        let found = list.iter().find(|m| m.subject.member == p.member.id);
        found.map(|m| m.subject.treatment.clone())
    };
    let mut lines: Vec<Line> = people
        .iter()
        .map(|p| Line::stored(p, before(p).as_ref(), settings))
        .collect();
    let form = officials::form(&sitting, &chosen);
    render(&ctx, &mut tx, &sitting, &mut lines, &form).await
}

/// Freezes the list into a round: a new one, or again while nothing has been issued.
pub async fn submit(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let sitting = sitting(&ctx.app, &mut tx, at).await?;
    may_prepare(&sitting)?;
    let people = roster(&mut tx, sitting.scene.branch.id).await?;
    let mut lines: Vec<Line> = people.iter().map(|p| Line::typed(p, &fields)).collect();
    let mut form = FormState::of(&fields);
    let chosen = officials::read(&mut form, &sitting);
    let list = freeze(&mut lines, &sitting, &mut form);
    let (Some(chosen), Some(list)) = (chosen, list) else {
        let answer = render(&ctx, &mut tx, &sitting, &mut lines, &form).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    };
    store(&ctx, tx, &sitting, &list, &chosen).await?;
    redirect_done(&sitting.path(""), "round-prepared")
}

/// Only after the criticism, and only while nothing has been issued. // 通知 三、3
fn may_prepare(sitting: &Sitting) -> Result<(), PageError> {
    sitting.ready()?;
    sitting.on_paper()?;
    match sitting.now.as_ref().map(|n| n.round.state) {
        None | Some(RoundState::Prepared) => Ok(()),
        Some(state) => Err(PageError::Refused(format!(
            "本轮测评{}，参评名单不再改动。名单确有错误的，请先作废本轮，再重新确定名单。",
            state.label()
        ))),
    }
}

fn freeze(lines: &mut [Line], sitting: &Sitting, form: &mut FormState) -> Option<Vec<RoundMember>> {
    let settings = &sitting.scene.campaign.notice.settings;
    let mut list = Vec::with_capacity(lines.len());
    for (seq, line) in (1_u32..).zip(lines.iter_mut()) {
        match line.treatment(settings) {
            Ok(treatment) => list.push(line.frozen(seq, treatment)),
            Err(words) => line.error = Some(words),
        }
    }
    let wrong = lines.len() - list.len();
    if wrong > 0 {
        form.fail(
            "list",
            format!("参评名单有 {wrong} 行要改正，已在行内标出。"),
        );
        return None;
    }
    if !list
        .iter()
        .any(|m| m.subject.treatment == Treatment::Graded)
    {
        form.fail(
            "list",
            pingyi_domain::appraisal::RoundError::NobodyAppraised.to_string(),
        );
        return None;
    }
    Some(list)
}

async fn store(
    ctx: &Ctx,
    mut tx: Tx,
    sitting: &Sitting,
    list: &[RoundMember],
    chosen: &[RoundOfficial],
) -> Result<(), PageError> {
    let (id, no) = if let Some(now) = &sitting.now {
        (now.round.id, now.round.no)
    } else {
        let fresh = fresh_round(ctx, sitting)?;
        round::insert(&mut tx, &fresh).await?;
        (fresh.id, fresh.no)
    };
    subject::set(&mut tx, id, list).await?;
    official::set(&mut tx, id, chosen).await?;
    let out = list
        .iter()
        .filter(|m| m.subject.treatment != Treatment::Graded);
    let detail = serde_json::json!({
        "branch": sitting.scene.branch.name,
        "round": no,
        "listed": list.len(),
        "not_graded": out.map(|m| &m.name).collect::<Vec<_>>(),
        "officials": chosen.iter().map(|o| &o.name).collect::<Vec<_>>(),
    });
    tx.audit(
        &ctx.actor(),
        ctx.now,
        Event::RoundPrepared,
        Object::Round(id),
        detail,
    )
    .await?;
    Ok(tx.commit().await?)
}

fn fresh_round(ctx: &Ctx, sitting: &Sitting) -> Result<StoredRound, PageError> {
    let settings = &sitting.scene.campaign.notice.settings;
    Ok(StoredRound {
        id: ctx.app.new_id(),
        meeting_id: sitting.ready()?.id,
        no: sitting.rounds.last().map_or(0, |r| r.no) + 1,
        state: RoundState::Prepared,
        void_reason: None,
        voided_at: None,
        present: None,
        issued: None,
        collected: None,
        invalid: None,
        settings: serde_json::to_string(settings).map_err(PageError::internal)?,
        opened_at: None,
        closed_at: None,
        signed_on: None,
    })
}

async fn render(
    ctx: &Ctx,
    tx: &mut Tx,
    sitting: &Sitting,
    lines: &mut [Line],
    form: &FormState,
) -> Answer {
    let here: std::collections::HashSet<_> = sitting.room.present().map(|m| m.id).collect();
    for line in lines.iter_mut() {
        line.absent = !here.contains(&line.id);
    }
    page(&PreparePage {
        frame: ctx.frame(tx, "确定参评名单").await?,
        sitting,
        lines,
        choices: officials::choices(sitting),
        fields: officials::FIELDS,
        form,
        covered: sitting.scene.words(Rule::EveryMemberAppraised),
    })
}
