//! Annex 1 for the room, the tellers' worksheet and the counting report to be signed.

use axum::extract::Path;
use pingyi_documents::forms::{BallotSheet, CountEntrySheet, CountRow, CountSheet, VoidedRound};
use pingyi_domain::count::LEADING_GROUP;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::notice::{BlankRow, DoubleMark, Notice, OwnRow, Settings};
use pingyi_storage::ballot_archive::Printed;
use pingyi_storage::official::OfficialRole;

use super::load::{RoundResult, result};
use super::sitting::sitting;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::html::Answer;
use crate::kernel::paper::{answer, format_of};
use crate::meeting::load::Scene;
use crate::meeting::papers::origin;

type Place = Path<(CampaignId, OrgId, String)>;

/// Annex 1. Every sheet is the same: no number, no name line, no code.
pub async fn ballot(ctx: Ctx, Path((campaign, org, format)): Place) -> Answer {
    let format = format_of(&format)?;
    let mut tx = ctx.app.db.read().await?;
    let sitting = sitting(&ctx.app, &mut tx, (campaign, org)).await?;
    let now = sitting.round()?;
    let scene = &sitting.scene;
    let sheet = BallotSheet {
        title: annex_title(&scene.campaign.notice),
        unit: scene.unit().name.clone(),
        branch: scene.branch.name.clone(),
        date: sitting.held.as_ref().and_then(|m| m.held_on),
        grades: grades(scene),
        members: now.lines(),
        notes: ballot_notes(&scene.campaign.notice, &now.settings),
    };
    drop(tx);
    answer(
        &ctx.app,
        sheet.paper(),
        format,
        &format!("测评表-{}", scene.branch.name),
    )
    .await
}

/// The worksheet on which strokes are drawn while the marks are called.
pub async fn worksheet(ctx: Ctx, Path((campaign, org, format)): Place) -> Answer {
    let format = format_of(&format)?;
    let mut tx = ctx.app.db.read().await?;
    let sitting = sitting(&ctx.app, &mut tx, (campaign, org)).await?;
    let now = sitting.round()?;
    let sheet = CountEntrySheet {
        title: "民主评议党员唱票计票工作表".into(),
        organisation: sitting.scene.branch.name.clone(),
        round: now.round.no,
        grades: grades(&sitting.scene),
        members: now.lines(),
        date: now.round.opened_at.map(pingyi_domain::time::UnixTime::date),
        notes: vec![
            "每唱一票，在相应格内画“正”字一笔；两名计票人各用一张，互不参看，计完后核对。".into(),
            "每名党员一行各格之和应等于有效票数；有效票＝收回票－无效票。".into(),
        ],
    };
    drop(tx);
    let name = format!("计票工作表-{}", sitting.scene.branch.name);
    answer(&ctx.app, sheet.paper(), format, &name).await
}

/// 计票报告单, once two entries agreed.
pub async fn report(ctx: Ctx, Path((campaign, org, format)): Place) -> Answer {
    let format = format_of(&format)?;
    let mut tx = ctx.app.db.read().await?;
    let sitting = sitting(&ctx.app, &mut tx, (campaign, org)).await?;
    let found = result(&mut tx, &sitting.scene.campaign, org)
        .await?
        .ok_or_else(|| {
            PageError::refused("计票还没有完成，没有报告单可以打印。请先由两人录入计票结果。")
        })?;
    let mut sheet = report_of(&sitting.scene, &found);
    sheet.origin = origin(&ctx, &mut tx).await?;
    drop(tx);
    let name = format!("计票报告单-{}", sitting.scene.branch.name);
    answer(&ctx.app, sheet.paper(), format, &name).await
}

fn report_of(scene: &Scene, found: &RoundResult) -> CountSheet {
    let rows = found.rows.iter().filter_map(|row| {
        let marks = row.marks.as_ref()?;
        Some(CountRow {
            name: row.name.clone(),
            marks: marks.marks.clone(),
            abstained: marks.abstain,
            void_rows: marks.void,
        })
    });
    let group = found.count.group.iter().map(|marks| CountRow {
        name: LEADING_GROUP.into(),
        marks: marks.marks.clone(),
        abstained: marks.abstain,
        void_rows: marks.void,
    });
    let voided = found.voided.iter();
    let mut notes = vec!["每名党员各等次票数、弃权票数、该行无效票数之和等于有效票数。".into()];
    notes.extend(found.archive.as_ref().and_then(two_ways));
    CountSheet {
        title: "民主评议党员计票报告单".into(),
        organisation: scene.branch.name.clone(),
        round: found.round.no,
        due: found.figures.due,
        present: found.figures.present,
        issued: found.count.issued,
        collected: found.count.collected,
        valid: found.count.valid(),
        invalid: found.count.invalid,
        grades: grades(scene),
        rows: rows.chain(group).collect(),
        voided: voided
            .map(|(round, reason)| VoidedRound {
                round: *round,
                reason: reason.clone(),
            })
            .collect(),
        scrutineers: found.names(OfficialRole::Scrutineer),
        tellers: found.names(OfficialRole::Teller),
        date: found.round.signed_on,
        notes,
        archive: found.archive.as_ref().map(|kept| kept.sha256.clone()),
        origin: None,
    }
}

fn grades(scene: &Scene) -> Vec<String> {
    scene
        .campaign
        .notice
        .grades
        .iter()
        .map(|g| g.label.clone())
        .collect()
}

/// Said of a round in which some voted on paper and the others electronically; never how many
/// marks came which way.
pub(crate) fn two_ways(kept: &Printed) -> Option<String> {
    let paper = kept.paper.filter(|n| *n > 0)?;
    Some(format!(
        "本轮另发纸质测评表{paper}张，与电子票合并计算，表中各数为合计；电子票箱存档只含电子票。"
    ))
}

/// As the notice's list of annexes calls it.
fn annex_title(notice: &Notice) -> String {
    let title = notice
        .attachments
        .iter()
        .find(|a| a.number == 1)
        .map(|a| a.title.as_str());
    title
        .unwrap_or("民主评议党员测评表")
        .trim_matches(['《', '》'])
        .to_owned()
}

/// What the voter must know, by the campaign's settings. // 通知 三、3
fn ballot_notes(notice: &Notice, settings: &Settings) -> Vec<String> {
    let basis = notice.ballot_basis.join("、");
    let blank = match settings.blank_row {
        BlankRow::Abstain => "一行都不画为弃权",
        BlankRow::Void => "一行都不画的，该行无效",
    };
    let double = match settings.double_mark {
        DoubleMark::RowVoid => "画两个以上或有涂改的，该行无效",
        DoubleMark::BallotInvalid => "画两个以上或有涂改的，整张票无效",
    };
    // docs/DOMAIN.md §2.2: on a whole sheet an empty own row would name the writer.
    let own = match settings.self_rating.paper {
        OwnRow::Allowed => "本人一行也可以画，不必留空。",
        OwnRow::LeftOut => "本人一行不画。",
    };
    let group = settings
        .leading_group_ballot
        .then(|| format!("最后一行“{LEADING_GROUP}”是对支部班子整体的测评，画法与各行相同。"));
    let notes = [
        format!(
            "本表无记名填写。请结合{basis}情况，客观公正地作出评价，不带个人感情，不搞“好人主义”。"
        ),
        format!("每行在认可的等次下画一个“√”；{blank}，{double}。{own}"),
        "不要在表上写姓名或作其他记号，请用现场统一提供的笔填写。".into(),
    ];
    notes.into_iter().chain(group).collect()
}
