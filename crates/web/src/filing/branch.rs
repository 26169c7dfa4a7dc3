//! A branch's 汇总表 on screen: computed at this moment, with what stops or delays filing it.

use askama::Template;
use axum::extract::Path;
use axum::response::IntoResponse;
use pingyi_documents::forms::TallyRow;
use pingyi_domain::count::LEADING_GROUP;
use pingyi_domain::facts::BranchFacts;
use pingyi_domain::filing::{FilingKind, FilingState};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::notice::{Requirement, Rule};
use pingyi_domain::time::chinese_date;
use pingyi_storage::{Tx, facts};

use super::desk::{self, Filed};
use super::dossier::lacks;
use super::history::{self, VersionRow};
use super::sheet::BranchSheet;
use super::{annex2, load};
use crate::kernel::access::{BRANCH, UNIT};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::FormState;
use crate::kernel::html::{Answer, page};
use crate::meeting::load::{Scene, scene};

#[derive(Template)]
#[template(path = "filing/branch.html")]
struct BranchPage<'a> {
    frame: Frame,
    scene: &'a Scene,
    requirement: Option<&'a Requirement>,
    deadline: String,
    sheet: Option<&'a BranchSheet>,
    rows: Vec<TallyRow>,
    absences: Vec<String>,
    notes: Vec<String>,
    /// The leading group's line in words, where the ballot asked.
    group: Option<String>,
    problems: Vec<String>,
    lacks: Option<(&'static str, &'static str)>,
    changed: bool,
    status: Option<FilingState>,
    chip: &'static str,
    versions: Vec<VersionRow>,
    newest: u32,
    may_write: bool,
    may_decide: bool,
    form: FormState,
}

impl BranchPage<'_> {
    /// With the unit, or accepted by it: nothing to write any more.
    fn locked(&self) -> bool {
        matches!(
            self.status,
            Some(FilingState::Submitted | FilingState::Received)
        )
    }

    fn returned(&self) -> bool {
        self.status == Some(FilingState::Returned)
    }

    /// So few ballots that counts told to members would tell them who marked what.
    fn small(&self) -> bool {
        self.sheet
            .is_some_and(|s| !s.settings.counts_shown(s.count.valid()))
    }

    fn attached(&self) -> bool {
        attached(self.scene)
    }
}

/// A directly attached branch files with the 工委 itself: there is no step between.
pub(crate) fn attached(scene: &Scene) -> bool {
    scene.unit().id == scene.branch.id
}

/// Everything the branch's pages load.
pub(crate) struct Desk {
    /// Campaign, branch and superiors.
    pub scene: Scene,
    /// The ledger's line.
    pub facts: Option<BranchFacts>,
    /// Figures as of now, once the tally is signed.
    pub sheet: Option<BranchSheet>,
    /// What was drafted or filed.
    pub filed: Option<Filed>,
}

/// Loads it by campaign and branch.
pub(crate) async fn load(
    ctx: &Ctx,
    tx: &mut Tx,
    key: (CampaignId, OrgId),
) -> Result<Desk, PageError> {
    let scene = scene(&ctx.app, tx, key).await?;
    let unit = scene.unit().clone();
    let found = facts::load_branch(tx, key.0, unit.id, key.1).await?;
    let sheet = load::sheet(tx, &scene.campaign, &scene.branch, &unit.name).await?;
    let filed = desk::find(tx, key.0, key.1, FilingKind::BranchSummary).await?;
    let facts = found.and_then(|unit| unit.branches.into_iter().next());
    Ok(Desk {
        scene,
        facts,
        sheet,
        filed,
    })
}

/// The page.
pub async fn show(ctx: Ctx, Path(key): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let desk = load(&ctx, &mut tx, key).await?;
    let form = prefilled(&ctx, desk.filed.as_ref());
    render(&ctx, &mut tx, &desk, form).await
}

/// 填表人 and 联系电话 as last used, else the user's own name.
pub(crate) fn prefilled(ctx: &Ctx, filed: Option<&Filed>) -> FormState {
    let last = filed.and_then(|f| f.versions.iter().find(|v| !v.filler.is_empty()));
    let own = ctx.user.as_ref().map_or("", |u| u.name.as_str());
    FormState::default()
        .with("filler", last.map_or(own, |v| v.filler.as_str()))
        .with("contact", last.map_or("", |v| v.contact.as_str()))
}

/// The page with a form in whatever state; 422 when something on it is wrong.
pub(crate) async fn render(ctx: &Ctx, tx: &mut Tx, desk: &Desk, form: FormState) -> Answer {
    let status = form.status();
    let frame = ctx.frame(tx, "民主评议党员测评汇总表").await?;
    let body = page(&view(ctx, frame, desk, form)?)?;
    Ok((status, body).into_response())
}

fn view<'a>(
    ctx: &Ctx,
    frame: Frame,
    desk: &'a Desk,
    form: FormState,
) -> Result<BranchPage<'a>, PageError> {
    let Desk {
        scene,
        facts,
        sheet,
        filed,
    } = desk;
    let notice = &scene.campaign.notice;
    let line: Vec<OrgId> = [scene.branch.id]
        .into_iter()
        .chain(scene.above.iter().map(|o| o.id))
        .collect();
    let user = ctx.user()?;
    let sheet = sheet.as_ref();
    let status = filed.as_ref().map(|f| f.filing.state);
    let with_unit = status == Some(FilingState::Submitted);
    let newest = filed.as_ref().and_then(Filed::newest);
    Ok(BranchPage {
        frame,
        requirement: notice.requirement(Rule::SummaryFiled),
        deadline: chinese_date(notice.deadlines.summary),
        rows: sheet.map(annex2::rows).unwrap_or_default(),
        absences: sheet.map(annex2::absences).unwrap_or_default(),
        notes: sheet.map(annex2::notes).unwrap_or_default(),
        group: sheet.and_then(annex2::group),
        problems: sheet.map(problems).unwrap_or_default(),
        lacks: facts
            .as_ref()
            .filter(|_| sheet.is_none())
            .and_then(|f| lacks(f, attached(scene))),
        changed: changed(sheet, filed.as_ref()),
        chip: status.map_or("", history::chip),
        versions: history::rows(filed.as_ref()),
        newest: newest.map_or(0, |v| v.version),
        may_write: user.holds_over(BRANCH, &line) && !attached(scene),
        may_decide: with_unit
            && user.holds_over(UNIT, &line)
            && newest.is_some_and(|v| v.submitted_by != Some(user.account)),
        status,
        scene,
        sheet,
        form,
    })
}

/// Sums that do not come out, each with the member's name.
pub(crate) fn problems(sheet: &BranchSheet) -> Vec<String> {
    let graded: Vec<&str> = sheet
        .members
        .iter()
        .filter(|m| m.marks.is_some())
        .map(|m| m.name.as_str())
        .chain([LEADING_GROUP])
        .collect();
    let name = |row: Option<usize>| {
        row.and_then(|at| graded.get(at))
            .copied()
            .unwrap_or_default()
    };
    sheet
        .problems()
        .iter()
        .map(|p| p.message_for(name(p.row())))
        .collect()
}

/// Whether storage says something else than what is with the unit.
fn changed(sheet: Option<&BranchSheet>, filed: Option<&Filed>) -> bool {
    let Some(filed) = filed.filter(|f| f.is_with_receiver()) else {
        return false;
    };
    let then = filed
        .newest()
        .and_then(|v| load::snapshot::<BranchSheet>(&v.snapshot));
    then.is_some_and(|then| sheet.is_none_or(|now| !now.same_result(&then)))
}
