//! Saves a plan as a draft, complete or not; after a return or a filing that is a new version.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::plan::{Draft, PlanContent, PlanState};
use pingyi_storage::Tx;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::plan::{self, Plan};
use serde_json::json;

use super::dossier::{self, Dossier};
use super::edit::{seen, view, writable};
use super::form;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::Fields;
use crate::kernel::html::{Answer, page, redirect_done};

/// Saves a draft. // 通知 二、4
pub async fn save(
    ctx: Ctx,
    Path((campaign, org)): Path<(CampaignId, OrgId)>,
    fields: Fields,
) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let dossier = dossier::load(&ctx.app, &mut tx, campaign, org).await?;
    writable(&dossier)?;
    let notice = &dossier.scope.campaign.notice;
    let (mut content, mut form) = form::read(&fields, notice, dossier.due());
    content.meetings.extend(dossier.kept());
    if fields.get("seen") != seen(&dossier) {
        form.fail("", other_saved(&dossier));
    }
    if !form.is_ok() {
        let frame = ctx.frame(&mut tx, "填写工作方案").await?;
        drop(tx);
        // On a first form every empty field would be marked; what is unreadable is enough.
        let found = dossier.plan.as_ref().map(|_| dossier.problems(&content));
        let answer = page(&view(frame, &dossier, form, &found.unwrap_or_default()))?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    }
    let done = store(&ctx, &mut tx, &dossier, content).await?;
    tx.commit().await?;
    redirect_done(&dossier.scope.path("/plan"), done)
}

fn other_saved(dossier: &Dossier) -> String {
    let who = dossier
        .newest()
        .map_or("另一个人", |v| v.drafted_by_name.as_str());
    format!("您填写期间，{who}也保存过这份方案。您填的内容还在下面：请先核对，再保存就以您的为准。")
}

async fn store(
    ctx: &Ctx,
    tx: &mut Tx,
    dossier: &Dossier,
    content: PlanContent,
) -> Result<&'static str, PageError> {
    let user = ctx.user()?;
    let (id, event, version) = match (&dossier.plan, dossier.newest()) {
        (Some(plan), Some(newest)) if plan.state == PlanState::Draft => {
            let mut row = newest.clone();
            row.content = content;
            row.drafted_by = user.account;
            row.drafted_by_name.clone_from(&user.name);
            row.drafted_at = ctx.now;
            plan::update_version(tx, &row).await?;
            (plan.id, Event::PlanDrafted, row.version)
        }
        (Some(plan), Some(newest)) => {
            let mut draft =
                dossier::next_draft(plan, newest, user.account).map_err(PageError::refused)?;
            draft.head.content = content;
            let amends = plan.state == PlanState::Filed;
            plan::insert_version(tx, &dossier::row(plan.id, &draft, &user.name, ctx.now)).await?;
            let version = draft.head.version;
            plan::update(
                tx,
                &Plan {
                    state: PlanState::Draft,
                    version,
                    ..plan.clone()
                },
            )
            .await?;
            (
                plan.id,
                if amends {
                    Event::PlanAmended
                } else {
                    Event::PlanDrafted
                },
                version,
            )
        }
        _ => {
            let draft = Draft::new(ctx.app.new_id(), user.account, content);
            begin(ctx, tx, dossier, &draft).await?;
            (draft.head.id, Event::PlanDrafted, draft.head.version)
        }
    };
    let detail = json!({ "unit": dossier.scope.unit.name, "version": version });
    tx.audit(&ctx.actor(), ctx.now, event, Object::Plan(id), detail)
        .await?;
    Ok(if event == Event::PlanAmended {
        "plan-amended"
    } else {
        "plan-saved"
    })
}

async fn begin(ctx: &Ctx, tx: &mut Tx, dossier: &Dossier, draft: &Draft) -> Result<(), PageError> {
    let row = Plan {
        id: draft.head.id,
        campaign_id: dossier.scope.campaign.id,
        org_id: dossier.scope.unit.id,
        state: PlanState::Draft,
        version: draft.head.version,
        filed_version: None,
        number: None,
    };
    plan::insert(tx, &row).await?;
    let version = dossier::row(row.id, draft, &ctx.user()?.name, ctx.now);
    Ok(plan::insert_version(tx, &version).await?)
}
