//! A unit's roll-up and 总结材料 on screen, drafted and handed in together. // 通知 四、4

use askama::Template;
use axum::extract::Path;
use axum::response::IntoResponse;
use pingyi_domain::filing::{FilingKind, FilingState};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::notice::{Requirement, Rule};
use pingyi_domain::time::chinese_date;
use pingyi_storage::Tx;

use super::branch::prefilled;
use super::desk::{self, Filed};
use super::dossier::{Dossier, lacks};
use super::history::{self, VersionRow};
use super::load::{self, Gathered, UnitScene};
use super::report::{self, OwnWords, Part};
use super::rollup::Line;
use crate::kernel::access::{CLERK, UNIT};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::FormState;
use crate::kernel::html::{Answer, page};

#[derive(Template)]
#[template(path = "filing/unit.html")]
struct UnitPage<'a> {
    frame: Frame,
    scene: &'a UnitScene,
    requirements: Vec<&'a Requirement>,
    deadline: String,
    dossier: &'a Dossier,
    lines: Vec<Line>,
    waiting: Vec<Waiting>,
    changed: &'a [String],
    opening: String,
    parts: Vec<Part>,
    own: OwnWords,
    status: Option<FilingState>,
    chip: &'static str,
    versions: Vec<VersionRow>,
    may_write: bool,
    may_review: bool,
    form: FormState,
}

/// A branch that has not reported.
struct Waiting {
    name: String,
    what: &'static str,
    who: String,
    path: String,
}

impl UnitPage<'_> {
    fn locked(&self) -> bool {
        matches!(
            self.status,
            Some(FilingState::Submitted | FilingState::Received)
        )
    }

    fn returned(&self) -> bool {
        self.status == Some(FilingState::Returned)
    }

    fn writes(&self) -> bool {
        self.may_write && !self.locked()
    }

    fn places(&self) -> u8 {
        self.dossier.places
    }
}

/// Everything the unit's pages load.
pub(crate) struct Desk {
    /// Campaign, unit and its ledger.
    pub scene: UnitScene,
    /// Figures as of now.
    pub gathered: Gathered,
    /// What was drafted or filed.
    pub filed: Option<Filed>,
}

/// Loads it by campaign and unit.
pub(crate) async fn load(
    ctx: &Ctx,
    tx: &mut Tx,
    key: (CampaignId, OrgId),
) -> Result<Desk, PageError> {
    let scene = load::unit_scene(&ctx.app, tx, key).await?;
    let gathered = load::gather(tx, &scene).await?;
    let filed = desk::find(tx, key.0, key.1, FilingKind::UnitSummary).await?;
    Ok(Desk {
        scene,
        gathered,
        filed,
    })
}

impl Desk {
    /// The unit's own words: of the newest version (a returned one's are carried over).
    pub fn own(&self) -> OwnWords {
        let newest = self.filed.as_ref().and_then(Filed::newest);
        newest
            .map(|v| OwnWords::read(&v.report_text))
            .unwrap_or_default()
    }

    /// The figures that count: as handed in while with the 组织科, else as of now.
    pub fn dossier(&self) -> Dossier {
        let sent = self
            .filed
            .as_ref()
            .filter(|f| f.is_with_receiver())
            .and_then(Filed::newest);
        sent.and_then(|v| load::snapshot(&v.snapshot))
            .unwrap_or_else(|| self.gathered.dossier.clone())
    }
}

/// The page.
pub async fn show(ctx: Ctx, Path(key): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let desk = load(&ctx, &mut tx, key).await?;
    let form = prefilled(&ctx, desk.filed.as_ref());
    let own = desk.own();
    render(&ctx, &mut tx, &desk, own, form).await
}

/// The page with a form in whatever state; 422 when something on it is wrong.
pub(crate) async fn render(
    ctx: &Ctx,
    tx: &mut Tx,
    desk: &Desk,
    own: OwnWords,
    form: FormState,
) -> Answer {
    let status = form.status();
    let frame = ctx.frame(tx, "单位汇总和总结材料").await?;
    let dossier = desk.dossier();
    let body = page(&view(ctx, frame, desk, &dossier, own, form)?)?;
    Ok((status, body).into_response())
}

fn view<'a>(
    ctx: &Ctx,
    frame: Frame,
    desk: &'a Desk,
    dossier: &'a Dossier,
    own: OwnWords,
    form: FormState,
) -> Result<UnitPage<'a>, PageError> {
    let Desk {
        scene,
        gathered,
        filed,
    } = desk;
    let notice = &scene.campaign.notice;
    let user = ctx.user()?;
    let line = [scene.unit.id, scene.root];
    let status = filed.as_ref().map(|f| f.filing.state);
    Ok(UnitPage {
        frame,
        requirements: [Rule::ReportFiled, Rule::SummaryFiled]
            .into_iter()
            .filter_map(|rule| notice.requirement(rule))
            .collect(),
        deadline: chinese_date(notice.deadlines.summary),
        lines: dossier
            .lines
            .iter()
            .cloned()
            .chain([dossier.total.clone()])
            .collect(),
        waiting: waiting(scene),
        changed: &gathered.changed,
        opening: report::opening(notice, dossier),
        parts: report::parts(notice, dossier),
        own,
        chip: status.map_or("", history::chip),
        versions: history::rows(filed.as_ref()),
        may_write: user.holds_over(UNIT, &line),
        may_review: status == Some(FilingState::Submitted) && user.holds_over(CLERK, &line),
        status,
        dossier,
        scene,
        form,
    })
}

fn waiting(scene: &UnitScene) -> Vec<Waiting> {
    let row = |branch: &pingyi_domain::facts::BranchFacts| {
        let (what, who) = lacks(branch, scene.attached())?;
        let name = branch
            .secretary
            .as_deref()
            .filter(|_| who == "支部书记")
            .unwrap_or_default();
        Some(Waiting {
            name: branch.name.clone(),
            what,
            who: format!("{who}{name}"),
            path: format!("/c/{}/o/{}/summary", scene.campaign.id, branch.org),
        })
    };
    scene.facts.branches.iter().filter_map(row).collect()
}
