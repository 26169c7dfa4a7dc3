//! The 组织科 looks at what a unit handed in, then receives it or sends it back. // 通知 四、4

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use pingyi_domain::filing::{FilingKind, FilingState};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::notice::{Requirement, Rule};
use pingyi_storage::Tx;

use super::desk::{self, Filed};
use super::dossier::Dossier;
use super::history::{self, VersionRow};
use super::load::{self, UnitScene};
use super::report::{self, OwnWords, Part};
use super::rollup::Line;
use super::unit::{self, Desk};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};

#[derive(Template)]
#[template(path = "filing/review.html")]
struct ReviewPage<'a> {
    frame: Frame,
    scene: &'a UnitScene,
    requirement: Option<&'a Requirement>,
    status: FilingState,
    chip: &'static str,
    newest: &'a VersionRow,
    versions: &'a [VersionRow],
    dossier: &'a Dossier,
    lines: Vec<Line>,
    adds_up: bool,
    agrees: bool,
    changes: Vec<String>,
    changed_branches: &'a [String],
    opening: String,
    parts: Vec<Part>,
    own: OwnWords,
    own_filing: bool,
    form: FormState,
}

impl ReviewPage<'_> {
    fn open(&self) -> bool {
        self.status == FilingState::Submitted
    }

    fn places(&self) -> u8 {
        self.dossier.places
    }
}

/// The page; before anything was handed in there is nothing to review.
pub async fn show(ctx: Ctx, Path(key): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let desk = unit::load(&ctx, &mut tx, key).await?;
    let handed_in = |f: &&Filed| f.filing.state != FilingState::Draft;
    let Some(filed) = desk.filed.as_ref().filter(handed_in) else {
        return Ok(Redirect::to(&desk.scene.path("/unit-summary")).into_response());
    };
    render(&ctx, &mut tx, &desk, filed, FormState::default()).await
}

/// The page with a form in whatever state; 422 when something on it is wrong.
async fn render(ctx: &Ctx, tx: &mut Tx, desk: &Desk, filed: &Filed, form: FormState) -> Answer {
    let status = form.status();
    let frame = ctx.frame(tx, "核收单位材料").await?;
    let newest = filed.newest().ok_or(PageError::NotFound)?;
    let now = &desk.gathered.dossier;
    let dossier: Dossier = load::snapshot(&newest.snapshot).unwrap_or_else(|| now.clone());
    let versions = history::rows(Some(filed));
    let notice = &desk.scene.campaign.notice;
    let body = page(&ReviewPage {
        frame,
        requirement: notice.requirement(Rule::SummaryFiled),
        status: filed.filing.state,
        chip: history::chip(filed.filing.state),
        newest: versions.first().ok_or(PageError::NotFound)?,
        versions: &versions,
        lines: dossier
            .lines
            .iter()
            .cloned()
            .chain([dossier.total.clone()])
            .collect(),
        adds_up: dossier.adds_up(),
        agrees: agrees(&dossier, now),
        changes: dossier.changes(now),
        changed_branches: &desk.gathered.changed,
        opening: report::opening(notice, &dossier),
        parts: report::parts(notice, &dossier),
        own: OwnWords::read(&newest.report_text),
        own_filing: newest.submitted_by == Some(ctx.user()?.account),
        form,
        dossier: &dossier,
        scene: &desk.scene,
    })?;
    Ok((status, body).into_response())
}

/// Whether the filed total is the sum of what the branches in it filed
/// (docs/DOMAIN.md §2.5 invariant 5). Branches that reported later are told under the changes.
fn agrees(filed: &Dossier, now: &Dossier) -> bool {
    let in_it = |line: &&Line| filed.reported().any(|old| old.org == line.org);
    let branches = Line::sum("", filed.grades.len(), now.reported().filter(in_it));
    branches.sums == filed.total.sums
}

/// Receives or returns it.
pub async fn decide(ctx: Ctx, Path(key): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let found = desk::find(&mut tx, key.0, key.1, FilingKind::UnitSummary).await?;
    match desk::decide(&ctx, &mut tx, found.ok_or(PageError::NotFound)?, &fields).await? {
        Ok(done) => {
            tx.commit().await?;
            redirect_done(&format!("/c/{}/filings", key.0), done)
        }
        Err(reason) => {
            let desk = unit::load(&ctx, &mut tx, key).await?;
            let filed = desk.filed.as_ref().ok_or(PageError::NotFound)?;
            let mut form = FormState::of(&fields);
            desk::refused(&mut form, &reason);
            render(&ctx, &mut tx, &desk, filed, form).await
        }
    }
}
