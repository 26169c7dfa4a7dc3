//! 谈心谈话情况表 (the matrix) and 谈心谈话记录表, blank or with a talk's words.

use axum::extract::Path;
use pingyi_documents::forms::{Listing, ListingColumn, TalkRecord};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::time::chinese_date;

use super::load::{Ground, name_of, readable};
use super::matrix::{Matrix, Row};
use super::one::log;
use crate::kernel::context::Ctx;
use crate::kernel::html::Answer;
use crate::kernel::paper::{answer, format_of};
use crate::meeting::load::scene;
use crate::meeting::papers::origin;

/// The matrix: names and days, no words.
pub async fn matrix(
    ctx: Ctx,
    Path((campaign, org, format)): Path<(CampaignId, OrgId, String)>,
) -> Answer {
    let format = format_of(&format)?;
    let mut tx = ctx.app.db.read().await?;
    let ground = Ground::load(&ctx.app, &mut tx, (campaign, org)).await?;
    let mut listing = listing(&ground, &Matrix::of(&ground));
    listing.origin = origin(&ctx, &mut tx).await?;
    drop(tx);
    let name = format!("谈心谈话情况表-{}", ground.scene.branch.name);
    answer(&ctx.app, listing.paper(), format, &name).await
}

fn listing(ground: &Ground, matrix: &Matrix) -> Listing {
    let (needed, open) = ground.needs();
    let mut columns = vec![
        ListingColumn::short("姓名", 8.0),
        ListingColumn::short("党内职务", 9.0),
    ];
    let dates = matrix.columns.iter();
    columns.extend(dates.map(|name| ListingColumn::short(format!("与{name}"), 9.0)));
    columns.push(ListingColumn::short("情况", 7.0));
    Listing {
        title: "谈心谈话情况表".into(),
        particulars: vec![("党支部：".into(), ground.scene.branch.name.clone())],
        rows: matrix.rows.iter().map(row).collect(),
        notes: vec![
            format!(
                "按职务应谈{needed}对，已谈{}对；谈话共{}次。",
                needed - open.len(),
                ground.talks.len()
            ),
            "支部书记、副书记、委员之间两两谈，其他党员至少同其中一人谈。表中为谈话日期。".into(),
        ],
        landscape: matrix.columns.len() > 4,
        columns,
        origin: None,
    }
}

fn row(row: &Row) -> Vec<String> {
    let cell = |c: &super::matrix::Cell| {
        if c.missing {
            "未谈".to_owned()
        } else {
            c.text.clone()
        }
    };
    let mut out = vec![row.name.clone(), row.post.clone()];
    out.extend(row.cells.iter().map(cell));
    out.push(if row.out {
        "不列入应到".into()
    } else if row.done {
        "已谈".into()
    } else {
        "未谈全".into()
    });
    out
}

/// The blank form, for those who write by hand.
pub async fn blank(
    ctx: Ctx,
    Path((campaign, org, format)): Path<(CampaignId, OrgId, String)>,
) -> Answer {
    let format = format_of(&format)?;
    let mut tx = ctx.app.db.read().await?;
    let scene = scene(&ctx.app, &mut tx, (campaign, org)).await?;
    drop(tx);
    let form = TalkRecord {
        organisation: scene.branch.name,
        ..TalkRecord::blank()
    };
    answer(&ctx.app, form.paper(), format, "谈心谈话记录表").await
}

/// One talk, to be signed by both.
pub async fn one(
    ctx: Ctx,
    Path((campaign, org, id, format)): Path<(CampaignId, OrgId, String, String)>,
) -> Answer {
    let format = format_of(&format)?;
    let mut tx = ctx.app.db.begin().await?;
    let (scene, found) = readable(&ctx.app, &mut tx, (campaign, org, &id), ctx.user()?).await?;
    log(&ctx, &mut tx, &found).await?;
    let [one, other] = found.entry.parties();
    let parties = [
        name_of(&mut tx, one.member).await?,
        name_of(&mut tx, other.member).await?,
    ];
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let matter = match (found.matter.what(), found.matter.settled_on()) {
        (None, _) => String::new(),
        (Some(what), None) => format!("{what}（尚未解决）"),
        (Some(what), Some(on)) => format!("{what}（{}解决）", chinese_date(on)),
    };
    let form = TalkRecord {
        organisation: scene.branch.name,
        day: chinese_date(found.entry.held_on),
        place: text(&found.place),
        achievement: text(&found.gist.achievement),
        problem: text(&found.gist.problem),
        self_criticism: text(&found.gist.self_criticism),
        matter,
        parties: parties.clone(),
        origin: origin(&ctx, &mut tx).await?,
    };
    tx.commit().await?;
    let name = format!("谈心谈话记录-{}-{}", parties[0], parties[1]);
    answer(&ctx.app, form.paper(), format, &name).await
}
