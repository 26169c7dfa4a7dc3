//! 整改措施对单销号表 of a branch and of one member, made at the moment of download.

use axum::extract::Path;
use pingyi_documents::forms::{Listing, ListingColumn};
use pingyi_domain::ids::{CampaignId, MemberId, OrgId};
use pingyi_domain::measure::MeasureState;
use pingyi_domain::time::chinese_date;
use pingyi_storage::measure::Measure;

use super::show::{Desk, desk};
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::html::Answer;
use crate::kernel::paper::{answer, format_of};
use crate::meeting::papers::origin;

/// The table of all members.
pub async fn table(
    ctx: Ctx,
    Path((campaign, org, format)): Path<(CampaignId, OrgId, String)>,
) -> Answer {
    let format = format_of(&format)?;
    let mut tx = ctx.app.db.read().await?;
    let desk = desk(&ctx, &mut tx, (campaign, org)).await?;
    let origin = origin(&ctx, &mut tx).await?;
    drop(tx);
    let paper = Listing {
        origin,
        ..listing(&desk)
    };
    let name = format!("{}整改措施对单销号表", desk.scene.branch.name);
    answer(&ctx.app, paper.paper(), format, &name).await
}

/// One member's own, for that member and the branch's officers.
pub async fn of_member(
    ctx: Ctx,
    Path((campaign, org, member, format)): Path<(CampaignId, OrgId, MemberId, String)>,
) -> Answer {
    let format = format_of(&format)?;
    let mut tx = ctx.app.db.read().await?;
    let desk = desk(&ctx, &mut tx, (campaign, org)).await?;
    let own = ctx.user()?.member == Some(member);
    let name = desk.person(member).map(|p| p.member.name.clone());
    // Whose it is not, is told nothing, not even that there is one.
    let name = name.filter(|_| own || desk.officer());
    let name = name.ok_or(PageError::NotFound)?;
    let origin = origin(&ctx, &mut tx).await?;
    drop(tx);
    let paper = Listing {
        origin,
        ..listing_of(&desk, member, &name)
    };
    let file = format!("{name}整改措施对单销号表");
    answer(&ctx.app, paper.paper(), format, &file).await
}

/// Without the column of names, with room for what is verified by hand.
fn listing_of(desk: &Desk, member: MemberId, name: &str) -> Listing {
    let own = desk.measures.iter().filter(|m| m.member_id == member);
    let own: Vec<&Measure> = own.collect();
    let verified = own.iter().filter(|m| m.state == MeasureState::Verified);
    let whole = listing(desk);
    Listing {
        title: "整改措施对单销号表（个人）".into(),
        particulars: vec![
            ("党支部：".into(), desk.scene.branch.name.clone()),
            ("姓名：".into(), name.to_owned()),
            ("措施：".into(), format!("{}条", own.len())),
            ("已销号：".into(), format!("{}条", verified.count())),
        ],
        columns: whole.columns.into_iter().skip(1).collect(),
        rows: own
            .iter()
            .map(|m| row(name, m).into_iter().skip(1).collect())
            .collect(),
        ..whole
    }
}

fn listing(desk: &Desk) -> Listing {
    let verified = |m: &&Measure| m.state == MeasureState::Verified;
    let done = desk.measures.iter().filter(verified).count();
    Listing {
        title: "整改措施对单销号表".into(),
        particulars: vec![
            ("党支部：".into(), desk.scene.branch.name.clone()),
            ("措施：".into(), format!("{}条", desk.measures.len())),
            ("已销号：".into(), format!("{done}条")),
        ],
        columns: vec![
            ListingColumn::short("姓名", 6.5),
            ListingColumn::sentences("存在问题", 15.0),
            ListingColumn::sentences("整改措施", 16.0),
            ListingColumn::short("完成时限", 8.5),
            ListingColumn::sentences("完成情况", 14.0),
            ListingColumn::short("销号", 6.0),
            ListingColumn::short("核实人", 6.5),
        ],
        rows: rows(desk),
        notes: vec!["由本人报完成情况，由本人以外的支部委员核实后销号。".into()],
        landscape: true,
        origin: None,
    }
}

/// In roster order, member by member.
fn rows(desk: &Desk) -> Vec<Vec<String>> {
    let of = |p: &crate::meeting::load::Person| {
        let own = desk.measures.iter().filter(|m| m.member_id == p.member.id);
        own.map(|m| row(&p.member.name, m)).collect::<Vec<_>>()
    };
    desk.people.iter().flat_map(of).collect()
}

fn row(name: &str, m: &Measure) -> Vec<String> {
    let done = m.state == MeasureState::Verified;
    let verifier = m.decided_name.clone().filter(|_| done);
    vec![
        name.to_owned(),
        m.problem.clone(),
        m.words.clone(),
        chinese_date(m.due_on),
        m.evidence.clone().unwrap_or_default(),
        m.state.label().to_owned(),
        verifier.unwrap_or_default(),
    ]
}
