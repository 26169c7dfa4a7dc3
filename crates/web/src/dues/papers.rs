//! 登记表, 公布表 and 汇总表, made from the book at the moment of download.

use axum::extract::{Path, Query};
use pingyi_documents::forms::{Listing, ListingColumn};
use pingyi_domain::dues::Fen;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::time::chinese_date;
use pingyi_storage::org;

use super::register::Asked;
use super::year::{Told, Wanted};
use super::{register as book, unit as units, year as years};
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::html::Answer;
use crate::kernel::paper::{answer, format_of};
use crate::meeting::load;
use crate::meeting::papers::origin;

type At = Path<(CampaignId, OrgId, String)>;

/// 党费收缴登记表, for the branch committee.
pub async fn register(
    ctx: Ctx,
    Path((campaign, org, format)): At,
    Query(asked): Query<Asked>,
) -> Answer {
    let format = format_of(&format)?;
    let mut tx = ctx.app.db.read().await?;
    let scene = load::scene(&ctx.app, &mut tx, (campaign, org)).await?;
    let year = asked.year(ctx.now.date())?;
    let rows = book::rows(&mut tx, scene.branch.id, year).await?;
    let sum: Fen = rows.iter().filter(|r| !r.large).map(|r| r.amount).sum();
    let large: Fen = rows.iter().filter(|r| r.large).map(|r| r.amount).sum();
    let listing = Listing {
        title: format!("{year}年党费收缴登记表"),
        particulars: vec![
            ("党支部：".into(), scene.branch.name.clone()),
            ("党费合计（元）：".into(), sum.to_string()),
            ("大额党费（元）：".into(), large.to_string()),
        ],
        columns: vec![
            ListingColumn::short("交纳日期", 12.0),
            ListingColumn::short("姓名", 9.0),
            ListingColumn::short("交纳月份", 15.0),
            ListingColumn::short("金额（元）", 9.0),
            ListingColumn::short("交纳人", 11.0),
            ListingColumn::short("收款人", 8.0),
            ListingColumn::sentences("备注", 18.0),
        ],
        rows: rows.into_iter().map(register_row).collect(),
        notes: vec!["登记有误的以冲正更正，原记录和冲正都保留；负数为冲正。".into()],
        landscape: true,
        origin: origin(&ctx, &mut tx).await?,
    };
    drop(tx);
    let name = format!("{year}年党费收缴登记表-{}", scene.branch.name);
    answer(&ctx.app, listing.paper(), format, &name).await
}

fn register_row(r: book::Row) -> Vec<String> {
    let mark = if r.reversed { "已冲正；" } else { "" };
    vec![
        r.paid_on,
        r.name,
        r.months,
        r.amount.to_string(),
        r.payer,
        r.receiver,
        format!("{mark}{}", r.note)
            .trim_end_matches('；')
            .to_owned(),
    ]
}

/// 年度党费收缴公布表: for members once it is published; one taken back says so.
pub async fn year(
    ctx: Ctx,
    Path((campaign, org, format)): At,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let format = format_of(&format)?;
    let mut tx = ctx.app.db.read().await?;
    let scene = load::scene(&ctx.app, &mut tx, (campaign, org)).await?;
    let year = wanted.year(ctx.now.date())?;
    let writes = scene.writes(ctx.user()?);
    let mut told = years::told(&mut tx, scene.branch.id, (year, wanted.no), writes).await?;
    let Some(rows) = told.rows.take() else {
        return Err(PageError::refused(format!(
            "{year}年的党费收缴情况还没有公布。公布以后，本支部党员都可以看。"
        )));
    };
    let sum: Fen = rows.iter().map(|r| r.amount).sum();
    let mark = told.taken_back.as_ref().map_or("", |_| "（已撤回）");
    let mut particulars = vec![("党支部：".into(), scene.branch.name.clone())];
    particulars.extend(published(&told));
    particulars.push(("合计（元）：".into(), sum.to_string()));
    let listing = Listing {
        title: format!("{year}年度党费收缴情况公布表{mark}"),
        particulars,
        columns: vec![
            ListingColumn::short("姓名", 14.0),
            ListingColumn::short("交纳月份", 26.0),
            ListingColumn::short("月数", 8.0),
            ListingColumn::short("实交金额（元）", 14.0),
        ],
        rows: rows
            .into_iter()
            .map(|r| vec![r.name, r.months, r.count.to_string(), r.amount.to_string()])
            .collect(),
        notes: vec!["按交纳月份统计，大额党费另行登记，不在本表内。".into()],
        landscape: false,
        origin: origin(&ctx, &mut tx).await?,
    };
    drop(tx);
    let name = format!("{year}年度党费收缴情况公布表{mark}-{}", scene.branch.name);
    answer(&ctx.app, listing.paper(), format, &name).await
}

/// When it was published, and taken back why.
fn published(told: &Told) -> Vec<(String, String)> {
    let on = |day: String| ("公布日期：".to_owned(), day);
    match (&told.taken_back, &told.published) {
        (Some(old), _) => vec![
            on(old.published.1.clone()),
            (
                "撤回：".into(),
                format!("{}，{}", old.withdrawn.1, old.withdrawn.0),
            ),
            ("撤回原因：".into(), old.reason.clone()),
        ],
        (None, Some(p)) => vec![on(chinese_date(p.published_at.date()))],
        (None, None) => vec![on("尚未公布".into())],
    }
}

/// 党费收缴汇总表 of a unit.
pub async fn unit(ctx: Ctx, Path((_, org, format)): At, Query(asked): Query<Asked>) -> Answer {
    let format = format_of(&format)?;
    let mut tx = ctx.app.db.read().await?;
    let unit = org::get(&mut tx, org).await?.ok_or(PageError::NotFound)?;
    let today = ctx.now.date();
    let year = asked.year(today)?;
    let mut rows = units::rows(&mut tx, &unit, year, today).await?;
    rows.push(units::total(&rows));
    let listing = Listing {
        title: format!("{year}年党费收缴汇总表"),
        particulars: vec![("党组织：".into(), unit.name.clone())],
        columns: vec![
            ListingColumn::short("党支部", 22.0),
            ListingColumn::short("应收（元）", 10.0),
            ListingColumn::short("实收（元）", 10.0),
            ListingColumn::short("未收（元）", 10.0),
            ListingColumn::short("大额党费（元）", 11.0),
        ],
        rows: rows.into_iter().map(unit_row).collect(),
        notes: vec![
            "应收和未收统计到上月为止；实收含自愿多交和预交，因此可能多于应收减未收。".into(),
        ],
        landscape: false,
        origin: origin(&ctx, &mut tx).await?,
    };
    drop(tx);
    answer(
        &ctx.app,
        listing.paper(),
        format,
        &format!("{year}年党费收缴汇总表-{}", unit.name),
    )
    .await
}

fn unit_row(r: units::Row) -> Vec<String> {
    let amounts = [r.due, r.received, r.arrears, r.large].map(|fen| fen.to_string());
    [r.name].into_iter().chain(amounts).collect()
}
