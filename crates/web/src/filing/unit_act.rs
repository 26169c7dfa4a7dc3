//! A unit saves its draft or hands both papers in together. // 通知 四、4

use axum::extract::Path;
use pingyi_domain::filing::{BranchReady, FilingKind, Readiness};
use pingyi_domain::ids::{CampaignId, OrgId};

use super::branch_act::check;
use super::desk::{self, Input};
use super::load::Gathered;
use super::report::{KEYS, OwnWords};
use super::rollup::Line;
use super::unit;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, redirect_done};

/// Longest text of one part, in characters.
const LONGEST: usize = 5_000;

/// Saves the draft or hands it in.
pub async fn submit(ctx: Ctx, Path(key): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let desk = unit::load(&ctx, &mut tx, key).await?;
    let hand_in = fields.get("act") == "submit";
    let own = own_words(&fields);
    let mut form = FormState::of(&fields);
    check(&mut form, &fields, hand_in);
    check_words(&mut form, &own);
    if hand_in && desk.gathered.sheets.is_empty() {
        form.fail(
            "",
            "所属党支部都还没有上报汇总表，没有可以汇总的数字。请先督促支部完成计票签字并上报。",
        );
    }
    if !form.is_ok() {
        return unit::render(&ctx, &mut tx, &desk, own, form).await;
    }
    let input = Input {
        filler: fields.get("filler").to_owned(),
        contact: fields.get("contact").to_owned(),
        report: own.text(),
    };
    let draft = desk::save(
        &ctx,
        &mut tx,
        (key.0, key.1, FilingKind::UnitSummary),
        input,
    )
    .await?;
    if hand_in {
        let snapshot =
            serde_json::to_string(&desk.gathered.dossier).map_err(PageError::internal)?;
        let deadline = desk.scene.campaign.notice.deadlines.summary;
        desk::submit(
            &ctx,
            &mut tx,
            draft,
            snapshot,
            deadline,
            &readiness(&desk.gathered),
        )
        .await?;
    }
    tx.commit().await?;
    let done = if hand_in {
        "filing-submitted"
    } else {
        "filing-saved"
    };
    redirect_done(&desk.scene.path("/unit-summary"), done)
}

fn own_words(fields: &Fields) -> OwnWords {
    let words = KEYS
        .iter()
        .map(|key| ((*key).to_owned(), fields.get(key).replace('\r', "")));
    OwnWords(words.filter(|(_, text)| !text.is_empty()).collect())
}

fn check_words(form: &mut FormState, own: &OwnWords) {
    for (key, text) in &own.0 {
        let count = text.chars().count();
        if count > LONGEST {
            form.fail(
                key,
                format!("这一段有 {count} 字，最多 {LONGEST} 字。请压缩后再保存。"),
            );
        }
    }
}

/// Hard stops over the branches that are in: unsigned tallies, failing arithmetic, and totals
/// that are not the sum of the branches'. The report goes with the roll-up by construction.
fn readiness(gathered: &Gathered) -> Readiness {
    let sheets = &gathered.sheets;
    let dossier = &gathered.dossier;
    let lines: Vec<Line> = sheets.iter().map(Line::of).collect();
    let absent = dossier.missing();
    let summed = Line::sum(
        &dossier.total.name,
        dossier.grades.len(),
        lines.iter().chain(absent),
    );
    Readiness {
        branches: sheets
            .iter()
            .map(|sheet| BranchReady {
                branch: sheet.branch,
                round: Some(sheet.state),
                problems: sheet.problems(),
            })
            .collect(),
        totals_agree: dossier.adds_up() && summed == dossier.total,
        report_attached: true,
    }
}
