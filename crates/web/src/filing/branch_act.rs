//! A branch saves, hands in; its unit receives or returns. // 通知 四、4

use axum::extract::Path;
use pingyi_domain::filing::{BranchReady, FilingKind, Readiness};
use pingyi_domain::ids::{CampaignId, OrgId};

use super::branch::{self, Desk, attached};
use super::desk::{self, Input};
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, redirect_done};

/// Saves the draft or hands it in.
pub async fn submit(ctx: Ctx, Path(key): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let desk = branch::load(&ctx, &mut tx, key).await?;
    if attached(&desk.scene) {
        return Err(PageError::refused(
            "直属党支部的汇总表随单位材料一起报送。请到“单位汇总和总结材料”页办理。",
        ));
    }
    let hand_in = fields.get("act") == "submit";
    let mut form = FormState::of(&fields);
    check(&mut form, &fields, hand_in);
    if !form.is_ok() {
        return branch::render(&ctx, &mut tx, &desk, form).await;
    }
    let input = Input {
        filler: fields.get("filler").to_owned(),
        contact: fields.get("contact").to_owned(),
        report: String::new(),
    };
    let draft = desk::save(
        &ctx,
        &mut tx,
        (key.0, key.1, FilingKind::BranchSummary),
        input,
    )
    .await?;
    if hand_in {
        let snapshot = serde_json::to_string(&desk.sheet).map_err(PageError::internal)?;
        let deadline = desk.scene.campaign.notice.deadlines.summary;
        desk::submit(&ctx, &mut tx, draft, snapshot, deadline, &readiness(&desk)).await?;
    }
    tx.commit().await?;
    let done = if hand_in {
        "filing-submitted"
    } else {
        "filing-saved"
    };
    redirect_done(&desk.scene.path("/summary"), done)
}

/// Both fields are on the form, so both are asked for when it goes up.
pub(crate) fn check(form: &mut FormState, fields: &Fields, hand_in: bool) {
    for (name, label) in [("filler", "填表人"), ("contact", "联系电话")] {
        let text = fields.get(name);
        if text.chars().count() > 60 {
            form.fail(name, format!("{label}太长，最多 60 个字。"));
        } else if hand_in && text.is_empty() {
            form.fail(
                name,
                format!("没有填写{label}。汇总表上有这一栏，请填写后再报送。"),
            );
        }
    }
}

/// Hard stops: unsigned tally, failing arithmetic.
fn readiness(desk: &Desk) -> Readiness {
    let sheet = desk.sheet.as_ref();
    Readiness {
        branches: vec![BranchReady {
            branch: desk.scene.branch.id,
            round: sheet.map(|s| s.state),
            problems: sheet
                .map(super::sheet::BranchSheet::problems)
                .unwrap_or_default(),
        }],
        totals_agree: true,
        report_attached: false,
    }
}

/// The unit receives or returns it.
pub async fn decide(ctx: Ctx, Path(key): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let found = desk::find(&mut tx, key.0, key.1, FilingKind::BranchSummary).await?;
    match desk::decide(&ctx, &mut tx, found.ok_or(PageError::NotFound)?, &fields).await? {
        Ok(done) => {
            tx.commit().await?;
            redirect_done(&ctx.org_path(key.0, key.1, "/summary"), done)
        }
        Err(reason) => {
            let desk = branch::load(&ctx, &mut tx, key).await?;
            let opinion = fields.get("opinion");
            let mut form = branch::prefilled(&ctx, desk.filed.as_ref()).with("opinion", opinion);
            desk::refused(&mut form, &reason);
            branch::render(&ctx, &mut tx, &desk, form).await
        }
    }
}
