//! Figures from storage: a branch's sheet, a unit's dossier.

use pingyi_documents::paper::Origin;
use pingyi_domain::facts::{BranchFacts, UnitFacts};
use pingyi_domain::filing::{FilingKind, FilingState};
use pingyi_domain::ids::OrgId;
use pingyi_domain::member::PostKind;
use pingyi_domain::org::{Org, OrgKind};
use pingyi_domain::time::UnixTime;
use pingyi_storage::{Tx, audit, facts, member, org, post};

use super::desk::{self, Filed};
use super::dossier::{Dossier, lacks};
use super::rollup::Line;
use super::sheet::{BranchSheet, Names};
use crate::appraisal::load::result;
use crate::kernel::app::App;
use crate::kernel::campaign::{self, Campaign};
use crate::kernel::error::PageError;
use pingyi_domain::ids::CampaignId;

/// A branch's sheet as storage has it now; `None` before the tally is signed.
pub(crate) async fn sheet(
    tx: &mut Tx,
    campaign: &Campaign,
    branch: &Org,
    unit: &str,
) -> Result<Option<BranchSheet>, PageError> {
    let Some(found) = result(tx, campaign, branch.id).await? else {
        return Ok(None);
    };
    if !found.signed() {
        return Ok(None);
    }
    let secretary = secretary(tx, branch.id).await?;
    let published = crate::results::publicity_days(tx, campaign.id, branch.id).await?;
    let names = Names {
        branch: branch.id,
        name: &branch.name,
        unit,
        secretary: &secretary,
        grades: campaign
            .notice
            .grades
            .iter()
            .map(|g| g.label.clone())
            .collect(),
        published,
    };
    Ok(Some(BranchSheet::of(names, found)))
}

async fn secretary(tx: &mut Tx, branch: OrgId) -> Result<String, PageError> {
    let posts = post::list(tx, branch).await?;
    let Some(held) = posts.iter().find(|p| p.kind == PostKind::Secretary) else {
        return Ok(String::new());
    };
    Ok(member::get(tx, held.member)
        .await?
        .map_or_else(String::new, |m| m.name))
}

/// What every paper made now says at its foot.
pub(crate) async fn origin(tx: &mut Tx, now: UnixTime) -> Result<Origin, PageError> {
    Ok(Origin {
        chain_head: audit::head(tx).await?.short(),
        date: now.date(),
    })
}

/// A unit in a campaign.
pub(crate) struct UnitScene {
    /// The campaign.
    pub campaign: Campaign,
    /// The unit.
    pub unit: Org,
    /// Its ledger.
    pub facts: UnitFacts,
    /// The 工委.
    pub root: OrgId,
}

impl UnitScene {
    /// `/c/{campaign}/o/{unit}` plus `rest`.
    pub fn path(&self, rest: &str) -> String {
        format!("/c/{}/o/{}{rest}", self.campaign.id, self.unit.id)
    }

    /// A directly attached branch is its own unit.
    pub fn attached(&self) -> bool {
        self.unit.kind == OrgKind::Branch
    }
}

/// Campaign and unit of an address; not found for an organisation that is no unit.
pub(crate) async fn unit_scene(
    app: &App,
    tx: &mut Tx,
    (campaign, unit): (CampaignId, OrgId),
) -> Result<UnitScene, PageError> {
    let campaign = campaign::load(app, tx, campaign).await?;
    let unit = org::get(tx, unit).await?.ok_or(PageError::NotFound)?;
    let root = unit.parent.ok_or(PageError::NotFound)?;
    let above = org::get(tx, root).await?.ok_or(PageError::NotFound)?;
    if above.parent.is_some() {
        return Err(PageError::NotFound);
    }
    let facts = facts::load_unit(tx, campaign.id, unit.id)
        .await?
        .ok_or(PageError::NotFound)?;
    Ok(UnitScene {
        campaign,
        unit,
        facts,
        root,
    })
}

/// A unit's dossier as of now, with what a person should know beside it.
pub(crate) struct Gathered {
    /// The figures.
    pub dossier: Dossier,
    /// The branches that reported, as they filed it.
    pub sheets: Vec<BranchSheet>,
    /// Branches whose figures changed after they filed.
    pub changed: Vec<String>,
}

/// Gathers what the branches filed. A directly attached branch counts with its signed tally.
pub(crate) async fn gather(tx: &mut Tx, scene: &UnitScene) -> Result<Gathered, PageError> {
    let mut lines = Vec::new();
    let (mut sheets, mut changed) = (Vec::new(), Vec::new());
    for branch in &scene.facts.branches {
        match reported(tx, scene, branch).await? {
            Reported::Yes(sheet, same) => {
                lines.push(Line::of(&sheet));
                if !same {
                    changed.push(branch.name.clone());
                }
                sheets.push(*sheet);
            }
            Reported::No(why) => {
                let members = (branch.members, branch.probationary);
                let grades = scene.campaign.notice.grades.len();
                lines.push(Line::absent(branch.org, &branch.name, members, grades, why));
            }
        }
    }
    let dossier = Dossier::of(&scene.campaign.notice, &scene.facts, lines);
    Ok(Gathered {
        dossier,
        sheets,
        changed,
    })
}

enum Reported {
    /// The sheet as filed, and whether storage still says the same.
    Yes(Box<BranchSheet>, bool),
    /// Why not.
    No(&'static str),
}

async fn reported(
    tx: &mut Tx,
    scene: &UnitScene,
    branch: &BranchFacts,
) -> Result<Reported, PageError> {
    if let Some((why, _)) = lacks(branch, scene.attached()) {
        return Ok(Reported::No(why));
    }
    let of = Org {
        id: branch.org,
        parent: None,
        kind: OrgKind::Branch,
        name: branch.name.clone(),
    };
    let now = sheet(tx, &scene.campaign, &of, &scene.unit.name).await?;
    let filed = filed_sheet(tx, scene.campaign.id, branch.org).await?;
    match (filed, now) {
        (Some(mut filed), Some(now)) => {
            let same = Line::of(&filed).same_figures(&Line::of(&now));
            // 公示 mostly begins after the branch has filed; its days complete the roll-up.
            filed.published = now.published;
            Ok(Reported::Yes(Box::new(filed), same))
        }
        (Some(filed), None) => Ok(Reported::Yes(Box::new(filed), false)),
        (None, Some(now)) => Ok(Reported::Yes(Box::new(now), true)),
        (None, None) => Ok(Reported::No("计票还没有签字确认")),
    }
}

/// What a branch filed, when it is with the unit; `None` also when the record is older than
/// this program and holds no sheet.
async fn filed_sheet(
    tx: &mut Tx,
    campaign: CampaignId,
    branch: OrgId,
) -> Result<Option<BranchSheet>, PageError> {
    let filed = desk::find(tx, campaign, branch, FilingKind::BranchSummary).await?;
    Ok(filed
        .filter(Filed::is_with_receiver)
        .and_then(|f| f.newest().and_then(|v| snapshot(&v.snapshot))))
}

/// Reads a snapshot.
pub(crate) fn snapshot<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}

impl Filed {
    /// Handed in and not returned.
    pub fn is_with_receiver(&self) -> bool {
        matches!(
            self.filing.state,
            FilingState::Submitted | FilingState::Received
        )
    }
}
