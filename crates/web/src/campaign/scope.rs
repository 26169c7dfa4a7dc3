//! The campaign and the unit an address speaks of. Units alone receive notices and hand in plans.

use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::member::PostKind;
use pingyi_domain::org::{Org, OrgTree};
use pingyi_storage::{Tx, member, org, post};

use crate::kernel::app::App;
use crate::kernel::campaign::{self, Campaign};
use crate::kernel::error::PageError;

/// A unit within an issued campaign.
#[derive(Debug)]
pub struct Scope {
    /// The campaign.
    pub campaign: Campaign,
    /// The unit organisation.
    pub unit: Org,
    /// Its branches; a directly attached branch lists itself.
    pub branches: Vec<Org>,
}

impl Scope {
    /// `/c/{campaign}/o/{unit}` plus `rest`.
    pub fn path(&self, rest: &str) -> String {
        format!("/c/{}/o/{}{rest}", self.campaign.id, self.unit.id)
    }
}

/// An issued campaign; what is not issued is nobody's business yet.
pub async fn issued(app: &App, tx: &mut Tx, id: CampaignId) -> Result<Campaign, PageError> {
    let found = campaign::load(app, tx, id).await?;
    if found.issued_on.is_none() {
        Err(PageError::NotFound)
    } else {
        Ok(found)
    }
}

/// Loads campaign and unit; an organisation that is no unit has no such page.
pub async fn load(
    app: &App,
    tx: &mut Tx,
    campaign: CampaignId,
    unit: OrgId,
) -> Result<Scope, PageError> {
    let campaign = issued(app, tx, campaign).await?;
    let tree = org::tree(tx).await?;
    let found = tree
        .units()
        .find(|org| org.id == unit)
        .ok_or(PageError::NotFound)?
        .clone();
    let branches = branches(&tree, unit);
    Ok(Scope {
        campaign,
        unit: found,
        branches,
    })
}

fn branches(tree: &OrgTree, unit: OrgId) -> Vec<Org> {
    tree.branches_of(unit).into_iter().cloned().collect()
}

/// The secretary by name; empty where the post is vacant: 第一责任人 of a unit, 直接责任人 of a
/// branch. // 通知 四、2
pub async fn secretary(tx: &mut Tx, org: OrgId) -> Result<String, PageError> {
    let posts = post::list(tx, org).await?;
    let Some(held) = posts.into_iter().find(|p| p.kind == PostKind::Secretary) else {
        return Ok(String::new());
    };
    let holder = member::get(tx, held.member).await?;
    Ok(holder.map_or_else(String::new, |m| m.name))
}
