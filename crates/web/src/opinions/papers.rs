//! 征求意见表, 征求意见汇总表 and each member's 意见反馈单.

use axum::extract::Path;
use pingyi_documents::forms::{Listing, ListingColumn, OpinionSheet, OpinionSlip};
use pingyi_domain::ids::{CampaignId, MemberId, OrgId};
use pingyi_domain::opinion::Handling;
use pingyi_domain::time::chinese_date;
use pingyi_storage::opinion::{self, Opinion};
use pingyi_storage::{Tx, opinion_collection};
use qrcode::{Color, QrCode};

use super::about::{PAPERS, whose};
use super::collect::topics;
use super::load::{at, takes, value};
use super::token;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::html::Answer;
use crate::kernel::paper::{answer, format_of};
use crate::kernel::reading::log_reading;
use crate::meeting::load::{Scene, scene};
use crate::meeting::papers::origin;

/// The blank sheet; of a running collection, with its address.
pub async fn sheet(
    ctx: Ctx,
    Path((campaign, org, format)): Path<(CampaignId, OrgId, String)>,
) -> Answer {
    let format = format_of(&format)?;
    let mut tx = ctx.app.db.read().await?;
    let scene = scene(&ctx.app, &mut tx, (campaign, org)).await?;
    let collections = opinion_collection::list(&mut tx, campaign, org).await?;
    let running = collections.iter().rfind(|c| takes(c, ctx.now));
    let address = running
        .map(|c| token::invite(&ctx.app, c.activity_id).map(|invite| invite.url))
        .transpose()?;
    let code = address.as_deref().map_or(Ok(Vec::new()), squares)?;
    let sheet = OpinionSheet {
        code,
        organisation: scene.branch.name.clone(),
        topics: topics(&scene),
        last_day: running.map_or_else(String::new, |c| chinese_date(c.last_day)),
        address,
    };
    drop(tx);
    let name = format!("征求意见表-{}", scene.branch.name);
    answer(&ctx.app, sheet.paper(), format, &name).await
}

/// The address as a QR code, row by row.
fn squares(address: &str) -> Result<Vec<String>, PageError> {
    let code = QrCode::new(address.as_bytes()).map_err(PageError::internal)?;
    let dark = |color: &Color| if *color == Color::Dark { '1' } else { '0' };
    let colors = code.to_colors();
    let rows = colors.chunks(code.width());
    Ok(rows.map(|row| row.iter().map(dark).collect()).collect())
}

/// All opinions by whom they are on; reading it is reading those on everybody.
pub async fn summary(
    ctx: Ctx,
    Path((campaign, org, format)): Path<(CampaignId, OrgId, String)>,
) -> Answer {
    let format = format_of(&format)?;
    let mut tx = ctx.app.db.begin().await?;
    let scene = scene(&ctx.app, &mut tx, (campaign, org)).await?;
    let opinions = opinion::list(&mut tx, campaign, org).await?;
    let mut rows = Vec::new();
    for tally in opinion::tallies(&mut tx, campaign, org).await? {
        if let Some(member) = tally.about {
            log_reading(&ctx, &mut tx, member, PAPERS).await?;
        }
        let name = tally.name.unwrap_or_else(|| "支部整体".to_owned());
        let own = opinions.iter().filter(|one| one.about_id == tally.about);
        rows.extend(own.map(|one| row(&scene, &name, one)));
    }
    let mut paper = listing(&scene, rows);
    paper.origin = origin(&ctx, &mut tx).await?;
    tx.commit().await?;
    let name = format!("征求意见汇总表-{}", scene.branch.name);
    answer(&ctx.app, paper.paper(), format, &name).await
}

fn row(scene: &Scene, name: &str, one: &Opinion) -> Vec<String> {
    let categories = scene.campaign.notice.categories.iter();
    let mut found = categories.filter(|c| Some(&c.key) == one.category.as_ref());
    let category = found.next().map(|c| c.label.clone());
    vec![
        name.to_owned(),
        one.text.clone(),
        category.unwrap_or_default(),
        handled(one),
    ]
}

fn listing(scene: &Scene, rows: Vec<Vec<String>>) -> Listing {
    Listing {
        title: "征求意见汇总表".into(),
        particulars: vec![("党支部：".into(), scene.branch.name.clone())],
        columns: vec![
            ListingColumn::short("对谁", 9.0),
            ListingColumn::sentences("意见（原话）", 34.0),
            ListingColumn::sentences("类别", 13.0),
            ListingColumn::sentences("处理情况", 24.0),
        ],
        rows,
        notes: vec!["意见不记名，次序已打乱。本表由支部委员会掌握，不公开张贴。".into()],
        landscape: true,
        origin: None,
    }
}

/// What became of an opinion, in one text.
fn handled(one: &Opinion) -> String {
    let label = one.handling.map(Handling::label);
    let parts = [label, one.handling_note.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join("。")
}

/// One member's slip: for the branch committee and for the member, nobody else.
pub async fn slip(
    ctx: Ctx,
    Path((campaign, org, member, format)): Path<(CampaignId, OrgId, String, String)>,
) -> Answer {
    let format = format_of(&format)?;
    let mut tx = ctx.app.db.begin().await?;
    let scene = scene(&ctx.app, &mut tx, (campaign, org)).await?;
    let (about, name) = whose(&mut tx, &scene, &member).await?;
    let about = about.ok_or(PageError::NotFound)?;
    may_read(&ctx, &scene, about)?;
    log_reading(&ctx, &mut tx, about, PAPERS).await?;
    let opinions = own(&mut tx, &scene, about).await?;
    let paper = OpinionSlip {
        organisation: scene.branch.name.clone(),
        name: name.clone(),
        opinions,
        origin: origin(&ctx, &mut tx).await?,
    };
    tx.commit().await?;
    answer(
        &ctx.app,
        paper.paper(),
        format,
        &format!("意见反馈单-{name}"),
    )
    .await
}

fn may_read(ctx: &Ctx, scene: &Scene, about: MemberId) -> Result<(), PageError> {
    let user = ctx.user()?;
    if user.member == Some(about) || scene.writes(user) {
        return Ok(());
    }
    Err(PageError::Forbidden)
}

async fn own(
    tx: &mut Tx,
    scene: &Scene,
    about: MemberId,
) -> Result<Vec<(String, String)>, PageError> {
    let (campaign, branch) = at(scene);
    let mut list = opinion::list(tx, campaign, branch).await?;
    list.retain(|one| value(one.about_id) == value(Some(about)));
    Ok(list
        .into_iter()
        .map(|one| {
            let answer = handled(&one);
            (one.text, answer)
        })
        .collect())
}
