//! Figures and exclusions of an organisation, in roster order.

use std::collections::HashMap;

use pingyi_domain::assess::Coverage;
use pingyi_domain::facts::{BranchFacts, UnitFacts};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::org::{Org, OrgKind};
use pingyi_domain::time::chinese_date;
use pingyi_storage::exclusion::{self, BranchExclusion, NotAppraised, NotDue};
use pingyi_storage::{Tx, facts, org};

use crate::kernel::campaign::{self, Campaign};
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::route::{line_of, unit_in};

/// What the page and the sheet are made from.
pub(super) struct Board {
    pub campaign: Campaign,
    pub org: Org,
    /// The unit, when the organisation is a branch below one.
    pub unit: Option<(OrgId, String)>,
    pub sum: Coverage,
    pub lines: Vec<Line>,
    pub left: Vec<Left>,
    /// This branch's own exclusion.
    pub own: Option<BranchExclusion>,
}

/// One subordinate, or the branch itself.
pub(super) struct Line {
    pub org: OrgId,
    pub name: String,
    pub coverage: Coverage,
    /// What a reader has to know beside the figures.
    pub note: String,
}

/// One exclusion.
pub(super) struct Left {
    pub unit: String,
    pub branch: String,
    pub who: String,
    /// Out of which figure.
    pub kind: &'static str,
    pub reason: String,
    /// Who approved it; `None` where nobody is on record.
    pub approver: Option<String>,
    pub on: String,
}

/// In the place of an approver nobody wrote down. The notice names none for 不参评: a warning.
pub(super) const UNAPPROVED: &str = "未填批准人";

impl Board {
    pub fn whole(&self) -> bool {
        self.org.parent.is_none()
    }

    pub fn is_branch(&self) -> bool {
        self.org.kind == OrgKind::Branch
    }
}

/// Everything recorded about exclusions, by branch.
struct Exclusions {
    branches: HashMap<OrgId, BranchExclusion>,
    not_due: HashMap<OrgId, Vec<NotDue>>,
    not_appraised: HashMap<OrgId, Vec<NotAppraised>>,
}

impl Exclusions {
    async fn read(tx: &mut Tx, campaign: CampaignId) -> Result<Self, PageError> {
        let mut found = Self {
            branches: HashMap::new(),
            not_due: HashMap::new(),
            not_appraised: HashMap::new(),
        };
        for row in exclusion::branches(tx, campaign).await? {
            found.branches.insert(row.branch_id, row);
        }
        for row in exclusion::not_due(tx, campaign).await? {
            found.not_due.entry(row.branch_id).or_default().push(row);
        }
        for row in exclusion::not_appraised(tx, campaign).await? {
            let of = found.not_appraised.entry(row.branch_id).or_default();
            of.push(row);
        }
        Ok(found)
    }

    /// A branch's exclusions, its own first.
    fn of(&mut self, unit: &UnitFacts, branch: &BranchFacts) -> Vec<Left> {
        let left = |who: String, kind, reason, approver, on| Left {
            unit: unit.name.clone(),
            branch: branch.name.clone(),
            who,
            kind,
            reason,
            approver,
            on,
        };
        let mut found = Vec::new();
        if let Some(own) = self.branches.get(&branch.org) {
            found.push(left(
                format!("支部（名册党员 {} 名）", branch.members),
                "支部不列入",
                own.reason.clone(),
                Some(own.approver.clone()),
                chinese_date(own.approved_on),
            ));
        }
        for one in self.not_due.remove(&branch.org).unwrap_or_default() {
            found.push(left(
                one.name,
                "不计应到",
                one.reason.label().to_owned(),
                Some(one.approver),
                chinese_date(one.on_day),
            ));
        }
        for one in self.not_appraised.remove(&branch.org).unwrap_or_default() {
            found.push(left(
                one.name,
                "不参评",
                one.reason,
                one.approver.filter(|name| !name.is_empty()),
                one.on_day.map(chinese_date).unwrap_or_default(),
            ));
        }
        found
    }
}

/// The 工委 with its units, a unit with its branches, or one branch.
pub(super) async fn load(
    ctx: &Ctx,
    tx: &mut Tx,
    (id, here): (CampaignId, OrgId),
) -> Result<Board, PageError> {
    let campaign = campaign::load(&ctx.app, tx, id).await?;
    let at = org::get(tx, here).await?.ok_or(PageError::NotFound)?;
    let mut exclusions = Exclusions::read(tx, id).await?;
    if at.parent.is_none() {
        let ledger = ctx.app.facts.load(tx, id).await?;
        let lines = ledger.units.iter().map(unit_line).collect();
        return Ok(board(
            campaign,
            at,
            &ledger.units,
            lines,
            &mut exclusions,
            None,
        ));
    }
    let unit_id = unit_in(&line_of(tx, here).await?).ok_or(PageError::NotFound)?;
    let unit = facts::load_unit(tx, id, unit_id).await?;
    let mut unit = unit.ok_or(PageError::NotFound)?;
    let own = exclusions.branches.get(&here).cloned();
    if at.kind == OrgKind::Branch {
        unit.branches.retain(|b| b.org == here);
    } else if unit.org != here {
        return Err(PageError::NotFound);
    }
    let lines = unit.branches.iter().map(branch_line).collect();
    let units = std::slice::from_ref(&unit);
    let mut made = board(campaign, at, units, lines, &mut exclusions, own);
    made.unit = (unit.org != here).then(|| (unit.org, unit.name.clone()));
    Ok(made)
}

fn board(
    campaign: Campaign,
    org: Org,
    units: &[UnitFacts],
    lines: Vec<Line>,
    exclusions: &mut Exclusions,
    own: Option<BranchExclusion>,
) -> Board {
    let mut sum = Coverage::default();
    let mut left = Vec::new();
    for unit in units {
        for branch in &unit.branches {
            sum.add(branch);
            left.extend(exclusions.of(unit, branch));
        }
    }
    Board {
        campaign,
        org,
        unit: None,
        sum,
        lines,
        left,
        own,
    }
}

fn unit_line(unit: &UnitFacts) -> Line {
    Line {
        org: unit.org,
        name: unit.name.clone(),
        coverage: Coverage::of_unit(unit),
        note: String::new(),
    }
}

fn branch_line(branch: &BranchFacts) -> Line {
    let held = branch.meeting.as_ref().and_then(|m| m.held_on);
    let note = match (branch.excluded, held, branch.planned_on) {
        (true, ..) => "不列入本次活动".to_owned(),
        (_, Some(on), _) => format!("{}召开", chinese_date(on)),
        // Nobody is left on the roster: still counted until the 组织科 decides otherwise.
        _ if branch.members == 0 => "名册上没有党员".to_owned(),
        (_, None, Some(on)) => format!("计划{}召开", chinese_date(on)),
        _ => "时间未定".to_owned(),
    };
    Line {
        org: branch.org,
        name: branch.name.clone(),
        coverage: Coverage::of_branch(branch),
        note,
    }
}
