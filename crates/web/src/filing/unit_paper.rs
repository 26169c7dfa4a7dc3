//! A unit's two papers as files: as they count now, or as a version was handed in.

use axum::extract::Path;
use pingyi_documents::paper::Paper;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::notice::Notice;

use super::annex2::Filled;
use super::branch_paper::{as_handed_in, filled, title};
use super::dossier::Dossier;
use super::report::{self, OwnWords};
use super::rollup::{self, Head};
use super::{load, unit};
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::html::Answer;
use crate::kernel::paper;

/// Which of the two: word in the address and in the file name.
#[derive(Debug, Clone, Copy)]
enum Doc {
    Rollup,
    Report,
}

impl Doc {
    fn parse(word: &str) -> Result<Self, PageError> {
        match word {
            "rollup" => Ok(Self::Rollup),
            "report" => Ok(Self::Report),
            _ => Err(PageError::NotFound),
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Rollup => "测评汇总表",
            Self::Report => "总结材料",
        }
    }

    fn paper(self, notice: &Notice, dossier: &Dossier, own: &OwnWords, filled: &Filled) -> Paper {
        match self {
            Self::Report => report::form(notice, dossier, own, filled).paper(),
            Self::Rollup => {
                let title = format!("{}（单位汇总）", title(notice));
                rollup::form(&head(dossier, &title), &dossier.lines, filled).paper()
            }
        }
    }
}

fn head<'a>(dossier: &'a Dossier, title: &'a str) -> Head<'a> {
    Head {
        title,
        unit: &dossier.unit,
        row_title: "党支部",
        grades: &dossier.grades,
        places: dossier.places,
        signer_role: "第一责任人",
        signer: &dossier.secretary,
    }
}

/// The papers that count now.
pub async fn now(
    ctx: Ctx,
    Path((campaign, org, doc, format)): Path<(CampaignId, OrgId, String, String)>,
) -> Answer {
    let (doc, format) = (Doc::parse(&doc)?, paper::format_of(&format)?);
    let mut tx = ctx.app.db.read().await?;
    let desk = unit::load(&ctx, &mut tx, (campaign, org)).await?;
    let origin = load::origin(&mut tx, ctx.now).await?;
    drop(tx);
    let filled = filled(&ctx, desk.filed.as_ref(), origin);
    let dossier = desk.dossier();
    let printed = doc.paper(&desk.scene.campaign.notice, &dossier, &desk.own(), &filled);
    paper::answer(
        &ctx.app,
        printed,
        format,
        &format!("{}{}", dossier.unit, doc.label()),
    )
    .await
}

/// The papers as a version was handed in.
pub async fn version(
    ctx: Ctx,
    Path((campaign, org, version, doc, format)): Path<(CampaignId, OrgId, u32, String, String)>,
) -> Answer {
    let (doc, format) = (Doc::parse(&doc)?, paper::format_of(&format)?);
    let mut tx = ctx.app.db.read().await?;
    let desk = unit::load(&ctx, &mut tx, (campaign, org)).await?;
    drop(tx);
    let filed = desk.filed.ok_or(PageError::NotFound)?;
    let version = filed.handed_in(version).ok_or(PageError::NotFound)?;
    let dossier: Dossier = load::snapshot(&version.snapshot).ok_or(PageError::NotFound)?;
    let own = OwnWords::read(&version.report_text);
    let printed = doc.paper(
        &desk.scene.campaign.notice,
        &dossier,
        &own,
        &as_handed_in(version),
    );
    let name = format!("{}{}（第{}稿）", dossier.unit, doc.label(), version.version);
    paper::answer(&ctx.app, printed, format, &name).await
}
