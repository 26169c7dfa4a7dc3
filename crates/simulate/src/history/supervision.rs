//! 督导: envoys, the team, leaders' meetings, one draw and the checks that followed.
//! // 通知 四、2 and 四、4
//!
//! Dice of its own, so that the rest of the history stays as it was.

use pingyi_domain::draw::{DrawList, Entry, Seed, Shares, sample};
use pingyi_domain::ids::{DrawId, LeaderId, OrgId, SupervisorId};
use pingyi_domain::time::UnixTime;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::draw::Draw;
use pingyi_storage::envoy_plan::EnvoyPlan;
use pingyi_storage::leader::{Leader, Visit};
use pingyi_storage::supervisor::Supervisor;
use serde_json::json;

use super::{Chronicle, Course, Fate, Met, number, plan_stage};
use crate::act::Write;
use crate::calendar::{moment, plus_days, plus_minutes, workday};
use crate::dice::Dice;
use crate::error::{Result, SimulateError};
use crate::more::More;
use crate::stage::{PlanStage, Profile};
use crate::town::{Branch, Town, Unit};

/// 专班. // 通知 四、4
const TEAM: [(&str, &str); 5] = [
    ("任守一", "工委组织科副科长"),
    ("贝清如", "纪工委干部"),
    ("古一川", "工委宣传科干部"),
    ("池晓岚", "机关党委专职副书记"),
    ("阮思齐", "机关党委干部"),
];

/// 工委领导班子成员, and how many meetings each has attended. // 通知 四、4
const LEADERS: [(&str, &str, usize); 4] = [
    ("郑怀远", "工委书记", 3),
    ("荣志恒", "工委副书记", 2),
    ("褚明远", "工委委员、纪工委书记", 1),
    ("雷启文", "工委委员", 0),
];

/// What was called out in the room.
const SEED: &str = "4 6 1 3";

/// A branch with its unit.
pub(super) type Place<'t> = (&'t Unit, &'t Branch);

impl Chronicle<'_> {
    /// Whom a unit will send to its branches; some have not decided yet. // 通知 四、2
    pub(super) fn envoys(&mut self, course: &Course<'_>, fates: &[Fate<'_>]) {
        let unit = course.unit;
        let mut dice = Dice::new(unit.org.id.0.as_u64_pair().1 ^ 0xe2b0);
        let silent = matches!(
            plan_stage(course.profile),
            PlanStage::Silent | PlanStage::Acknowledged
        );
        let at = moment(workday(plus_days(self.calendar.issued, 11)).at(16, 0, 0, 0));
        if course.profile == Profile::Untouched || silent || dice.chance(15) {
            return;
        }
        let by = if unit.attached() {
            self.clerks[0].clone()
        } else {
            unit.secretary.clone()
        };
        let named = fates.iter().filter(|_| dice.chance(92));
        let plans: Vec<EnvoyPlan> = named
            .map(|fate| EnvoyPlan {
                campaign_id: self.campaign,
                branch_id: fate.branch.org.id,
                name: fate.branch.envoy.clone(),
                post: String::new(),
                member_id: None,
                org_id: fate.branch.superior.id,
                by_name: by.name.clone(),
                at,
            })
            .collect();
        let detail = json!({ "branches": fates.len(), "named": plans.len() });
        let what = (Event::EnvoysAssigned, Object::Org(unit.org.id));
        let write = Write::More(Box::new(More::Envoys(plans)));
        self.note(at, &by, what, detail, write);
    }

    /// What the 工委 does itself.
    pub(super) fn supervision(&mut self, town: &Town) -> Result<()> {
        let mut dice = Dice::new(self.campaign.0.as_u64_pair().1 ^ 0x5eed);
        let at = moment(workday(plus_days(self.calendar.issued, 3)).at(10, 0, 0, 0));
        let team = self.team(town, &mut dice, at);
        self.leaders(&mut dice, plus_minutes(at, 30));
        let day = workday(plus_days(self.calendar.issued, 15));
        let drawn = self.draw_branches(town, &mut dice, moment(day.at(9, 30, 0, 0)))?;
        self.checks(town, &team, &mut dice, (day, drawn))
    }

    /// Two of them come from units.
    fn team(&mut self, town: &Town, dice: &mut Dice, at: UnixTime) -> Vec<Supervisor> {
        let mut team = Vec::new();
        for (nth, (name, post)) in TEAM.into_iter().enumerate() {
            let unit = nth.checked_sub(3).and_then(|n| town.units.get(n));
            let one = Supervisor {
                id: dice.id::<SupervisorId>(at),
                campaign_id: self.campaign,
                name: name.to_owned(),
                post: post.to_owned(),
                unit_id: unit.map(|u| u.org.id),
                active: true,
            };
            let detail = json!({ "name": name, "active": true });
            let what = (Event::TeamChanged, Object::Campaign(self.campaign));
            let write = Write::More(Box::new(More::Team(one.clone())));
            let at = plus_minutes(at, i64::from(number(nth)));
            self.note(at, &self.clerks[0].clone(), what, detail, write);
            team.push(one);
        }
        team
    }

    /// Each is linked to units that have met, and attended some of their meetings.
    fn leaders(&mut self, dice: &mut Dice, at: UnixTime) {
        let met = self.met.clone();
        let mut units: Vec<OrgId> = met.iter().map(|m| m.unit).collect();
        units.dedup();
        for (nth, (name, post, attended)) in LEADERS.into_iter().enumerate() {
            let own = units.iter().skip(nth).step_by(LEADERS.len()).take(6);
            let own: Vec<OrgId> = own.copied().collect();
            let row = Leader {
                id: dice.id::<LeaderId>(at),
                campaign_id: self.campaign,
                name: name.to_owned(),
                post: post.to_owned(),
            };
            let meetings = met.iter().filter(|m| own.contains(&m.unit));
            let meetings: Vec<Met> = meetings.take(attended).copied().collect();
            let detail = json!({ "leader": name, "units": own.len() });
            let what = (Event::LeadersChanged, Object::Campaign(self.campaign));
            let leader = row.id;
            let write = Write::More(Box::new(More::Leader(row, own)));
            let at = plus_minutes(at, i64::from(number(nth)));
            self.note(at, &self.clerks[0].clone(), what, detail, write);
            for one in meetings {
                self.visit(leader, one);
            }
        }
    }

    fn visit(&mut self, leader: LeaderId, met: Met) {
        let at = moment(met.on.at(17, 45, 0, 0));
        let by = self.clerks[0].clone();
        let row = Visit {
            leader_id: leader,
            branch_id: met.branch,
            visited_on: met.on,
            entered_by: by.name.clone(),
            entered_at: at,
        };
        let what = (Event::LeaderVisited, Object::Org(met.branch));
        let detail = json!({ "on": met.on });
        let write = Write::More(Box::new(More::Visit(row)));
        self.note(at, &by, what, detail, write);
    }

    /// The list is frozen and read out, then the seed is called. docs/DRAW.md
    fn draw_branches<'t>(
        &mut self,
        town: &'t Town,
        dice: &mut Dice,
        at: UnixTime,
    ) -> Result<(DrawId, Vec<Place<'t>>)> {
        let list = self.list(town)?;
        let order: Vec<Place<'t>> = list
            .entries()
            .iter()
            .filter_map(|e| place(town, &e.unit, &e.branch))
            .collect();
        let by = self.clerks[0].clone();
        let mut row = Draw {
            id: dice.id(at),
            campaign_id: self.campaign,
            list_text: list.text(),
            list_hash: list.hash(),
            frozen_by: by.name.clone(),
            frozen_at: at,
            seed: None,
            drawn_by: None,
            drawn_at: None,
        };
        let object = Object::Draw(row.id);
        let detail = json!({ "hash": row.list_hash, "branches": order.len() });
        let ids = order.iter().map(|(_, b)| b.org.id).collect();
        let write = Write::More(Box::new(More::Frozen(row.clone(), ids)));
        self.note(at, &by, (Event::DrawFrozen, object), detail, write);
        let seed = Seed::called(SEED).map_err(SimulateError::refused)?;
        let drawn: Vec<usize> = sample(&list, &seed).iter().map(|one| one.at).collect();
        let at = plus_minutes(at, 12);
        row.seed = Some(seed.as_str().to_owned());
        row.drawn_by = Some(by.name.clone());
        row.drawn_at = Some(at);
        let detail = json!({ "hash": row.list_hash, "seed": row.seed, "drawn": drawn.len() });
        let picked = drawn.iter().map(|at| number(*at)).collect();
        let id = row.id;
        let write = Write::More(Box::new(More::Drawn(row, picked)));
        self.note(at, &by, (Event::DrawHeld, object), detail, write);
        let drawn = drawn.into_iter().filter_map(|at| order.get(at).copied());
        Ok((id, drawn.collect()))
    }

    /// Every branch with the same weight.
    fn list(&self, town: &Town) -> Result<DrawList> {
        let all = town
            .units
            .iter()
            .flat_map(|u| u.branches.iter().map(move |b| (u, b)));
        let entries = all.map(|(unit, branch)| Entry {
            unit: unit.org.name.clone(),
            branch: branch.org.name.clone(),
            weight: 1,
            recent: false,
        });
        let shares = Shares::from(self.notice.settings.spot_check);
        DrawList::new(shares, entries.collect()).map_err(SimulateError::refused)
    }
}

/// A line of the list, found again.
fn place<'t>(town: &'t Town, unit: &str, branch: &str) -> Option<Place<'t>> {
    let found = town.units.iter().find(|u| u.org.name == unit)?;
    let mut branches = found.branches.iter();
    Some((found, branches.find(|b| b.org.name == branch)?))
}
