//! 督导反馈单, 电话询问提纲, 督导台帐.

use axum::extract::Path;
use pingyi_documents::forms::{FindingNotice, Listing, ListingColumn, PhoneScript};
use pingyi_domain::ids::{CampaignId, CheckId, OrgId};
use pingyi_domain::time::chinese_date;
use pingyi_storage::{post, spot_check};

use super::check::{load, told};
use super::check_new::script_of;
use super::places::Places;
use crate::kernel::campaign;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::html::Answer;
use crate::kernel::paper::{answer, format_of};
use crate::kernel::route::line_of;
use crate::meeting::papers::origin;

/// 督导反馈单 of one check, for the unit and the committee.
pub async fn notice(
    ctx: Ctx,
    Path((id, org, check, format)): Path<(CampaignId, OrgId, CheckId, String)>,
) -> Answer {
    let format = format_of(&format)?;
    let mut tx = ctx.app.db.read().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, id).await?;
    let check = load(&mut tx, (id, check)).await?;
    if !line_of(&mut tx, check.branch_id).await?.contains(&org) {
        return Err(PageError::NotFound);
    }
    let place = Places::load(&mut tx).await?.place(check.branch_id)?;
    let told = told(&ctx, &mut tx, &place, check).await?;
    let form = FindingNotice {
        title: "专题组织生活会督导反馈单".into(),
        unit: place.unit_name.clone(),
        branch: place.branch_name.clone(),
        mode: told.check.mode.label().into(),
        on: told.on,
        checkers: told.checkers,
        finding: told.check.finding,
        demand: told.check.demand,
        due: told.due.unwrap_or_default(),
        reply: told.check.reply,
        closing: told.closed.map_or_else(String::new, |closed| {
            format!("{closed}办结。{}", told.check.closing)
        }),
        issuer: campaign.notice.signature.clone(),
        origin: origin(&ctx, &mut tx).await?,
    };
    drop(tx);
    let name = format!("督导反馈单-{}", form.branch);
    answer(&ctx.app, form.paper(), format, &name).await
}

/// 电话询问提纲 of a branch, made from what its ledger lacks today.
pub async fn script(
    ctx: Ctx,
    Path((id, branch, format)): Path<(CampaignId, OrgId, String)>,
) -> Answer {
    let format = format_of(&format)?;
    let mut tx = ctx.app.db.read().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, id).await?;
    let place = Places::load(&mut tx).await?.place(branch)?;
    let questions = script_of(&ctx, &mut tx, &campaign, &place).await?;
    let posts = post::list(&mut tx, branch).await?;
    let secretary = match posts.first() {
        Some(post) => pingyi_storage::member::get(&mut tx, post.member).await?,
        None => None,
    };
    let form = PhoneScript {
        title: "督导电话询问提纲".into(),
        unit: place.unit_name.clone(),
        branch: place.branch_name.clone(),
        secretary: secretary.map_or_else(String::new, |m| m.name),
        questions,
        origin: origin(&ctx, &mut tx).await?,
    };
    drop(tx);
    let name = format!("电话询问提纲-{}", form.branch);
    answer(&ctx.app, form.paper(), format, &name).await
}

/// 督导台帐: every check of the campaign.
pub async fn ledger(ctx: Ctx, Path((id, format)): Path<(CampaignId, String)>) -> Answer {
    let format = format_of(&format)?;
    let mut tx = ctx.app.db.read().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, id).await?;
    let places = Places::load(&mut tx).await?;
    let mut rows = Vec::new();
    for check in spot_check::list(&mut tx, id).await?.into_iter().rev() {
        rows.push(vec![
            places.label(check.branch_id),
            check.mode.label().to_owned(),
            chinese_date(check.checked_on),
            spot_check::checkers(&mut tx, check.id).await?.join("、"),
            check.finding,
            check.demand,
            check.state.label().to_owned(),
        ]);
    }
    let form = Listing {
        title: "专题组织生活会督导台帐".into(),
        particulars: vec![("通知：".into(), campaign.notice.number.clone())],
        columns: vec![
            ListingColumn::sentences("党支部", 18.0),
            ListingColumn::short("方式", 9.0),
            ListingColumn::short("日期", 11.0),
            ListingColumn::short("督导人员", 10.0),
            ListingColumn::sentences("发现情况", 20.0),
            ListingColumn::sentences("整改要求", 18.0),
            ListingColumn::short("状态", 9.0),
        ],
        rows,
        notes: Vec::new(),
        landscape: true,
        origin: origin(&ctx, &mut tx).await?,
    };
    drop(tx);
    answer(&ctx.app, form.paper(), format, "督导台帐").await
}
