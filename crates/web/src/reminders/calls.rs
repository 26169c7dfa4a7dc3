//! Whom to ring and what to say, from the open findings. // 通知 四、4: 电话询问
//!
//! The 组织科 rings units about what units owe; a unit rings its branches. Roster order.

use std::collections::HashMap;

use jiff::civil::Date;
use pingyi_domain::assess::{Actor, Finding, Status, assess_unit};
use pingyi_domain::facts::UnitFacts;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::notice::Notice;
use pingyi_domain::org::{Org, OrgKind};
use pingyi_storage::contact::{self, Contact};
use pingyi_storage::{Tx, facts, org};

use super::words::words;
use crate::kernel::campaign::{self, Campaign};
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::route::{line_of, unit_in};

/// What is due within so many days is worth a call before it is late.
const SOON: i64 = 7;

/// One call.
pub(super) struct Call {
    pub org: OrgId,
    pub name: String,
    pub person: String,
    pub phone: String,
    /// One sentence each, late ones first.
    pub says: Vec<Say>,
}

/// One sentence.
pub(super) struct Say {
    pub words: String,
    pub late: bool,
}

/// All calls of the one who rings.
pub(super) struct Calls {
    pub campaign: Campaign,
    pub org: Org,
    pub list: Vec<Call>,
}

impl Calls {
    pub fn whole(&self) -> bool {
        self.org.parent.is_none()
    }
}

/// The calls of a unit or the 工委; `all` names what is not urgent too.
pub(super) async fn load(
    ctx: &Ctx,
    tx: &mut Tx,
    (id, here): (CampaignId, OrgId),
    all: bool,
) -> Result<Calls, PageError> {
    let campaign = campaign::load(&ctx.app, tx, id).await?;
    let at = org::get(tx, here).await?.ok_or(PageError::NotFound)?;
    let people = contact::list_under(tx, here).await?;
    let people: HashMap<OrgId, Contact> = people.into_iter().map(|c| (c.org_id, c)).collect();
    let caller = Caller {
        notice: &campaign.notice,
        today: ctx.now.date(),
        all,
        people: &people,
    };
    let calls = if at.parent.is_none() {
        let ledger = ctx.app.facts.load(tx, id).await?;
        let units = ledger.units.iter();
        units.filter_map(|unit| caller.unit(unit)).collect()
    } else {
        if unit_in(&line_of(tx, here).await?) != Some(here) {
            return Err(PageError::NotFound);
        }
        let unit = facts::load_unit(tx, id, here).await?;
        caller.branches(&unit.ok_or(PageError::NotFound)?)
    };
    Ok(Calls {
        campaign,
        org: at,
        list: calls,
    })
}

struct Caller<'a> {
    notice: &'a Notice,
    today: Date,
    all: bool,
    people: &'a HashMap<OrgId, Contact>,
}

impl Caller<'_> {
    /// A unit about what it owes itself; of its branches one sentence, since it rings them.
    fn unit(&self, unit: &UnitFacts) -> Option<Call> {
        let findings = assess_unit(self.notice, unit, self.today);
        let attached = unit.kind == OrgKind::Branch;
        let own = |f: &&Finding| {
            let of = actor(f);
            of == Some(Actor::Unit) || (attached && of == Some(Actor::Branch))
        };
        let mut says = self.says(unit, findings.iter().filter(own));
        if !attached {
            let below = findings.iter().filter(|f| actor(f) == Some(Actor::Branch));
            let below: Vec<&Finding> = below.filter(|f| self.urgent(f)).collect();
            let late = below.iter().filter(|f| is_late(f)).count();
            if !below.is_empty() {
                says.push(Say {
                    words: format!(
                        "所属支部还有 {} 项没有做到，其中逾期 {late} 项，请逐个催办",
                        below.len()
                    ),
                    late: late > 0,
                });
            }
        }
        self.call(unit.org, &unit.name, says)
    }

    fn branches(&self, unit: &UnitFacts) -> Vec<Call> {
        let findings = assess_unit(self.notice, unit, self.today);
        let call = |branch: &pingyi_domain::facts::BranchFacts| {
            let own = findings
                .iter()
                .filter(|f| f.branch == Some(branch.org) && actor(f) == Some(Actor::Branch));
            self.call(branch.org, &branch.name, self.says(unit, own))
        };
        unit.branches.iter().filter_map(call).collect()
    }

    fn call(&self, org: OrgId, name: &str, says: Vec<Say>) -> Option<Call> {
        if says.is_empty() {
            return None;
        }
        let person = self.people.get(&org);
        Some(Call {
            org,
            name: name.to_owned(),
            person: person.map_or_else(
                || "（书记空缺）".to_owned(),
                |p| format!("{}（{}）", p.name, p.title),
            ),
            phone: person.and_then(|p| p.phone.clone()).unwrap_or_default(),
            says,
        })
    }

    /// Late ones first, then by day.
    fn says<'f>(&self, unit: &UnitFacts, findings: impl Iterator<Item = &'f Finding>) -> Vec<Say> {
        let mut urgent: Vec<&Finding> = findings.filter(|f| self.urgent(f)).collect();
        urgent.sort_by_key(|f| (!is_late(f), f.due.unwrap_or(self.today), f.requirement));
        urgent.into_iter().map(|f| self.say(unit, f)).collect()
    }

    fn say(&self, unit: &UnitFacts, finding: &Finding) -> Say {
        // A unit's own call also names matters at one of its branches (who is sent there).
        let branch = finding
            .branch
            .filter(|id| *id != unit.org && actor(finding) == Some(Actor::Unit));
        let branch = branch.and_then(|id| unit.branches.iter().find(|b| b.org == id));
        let at = branch.map_or_else(String::new, |b| format!("{}：", b.name));
        Say {
            words: format!("{at}{}", words(self.notice, finding, self.today)),
            late: is_late(finding),
        }
    }

    /// Late, without a day of its own, or due within a week.
    fn urgent(&self, finding: &Finding) -> bool {
        if !finding.status.is_open() {
            return false;
        }
        let days = finding.due.map(|day| {
            let span = self.today.until(day);
            span.map_or(0, |span| i64::from(span.get_days()))
        });
        self.all || is_late(finding) || days.is_none_or(|days| days <= SOON)
    }
}

fn actor(finding: &Finding) -> Option<Actor> {
    match finding.status {
        Status::Open { actor, .. } => Some(actor),
        _ => None,
    }
}

fn is_late(finding: &Finding) -> bool {
    matches!(finding.status, Status::Open { late: true, .. })
}
