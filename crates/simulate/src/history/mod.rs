//! What everybody did since the notice came out, drawn in memory by the domain's own rules.
//!
//! Each unit's and branch's history runs forward through the consuming types, so no state is
//! made that the product could not reach. Writing it down is [`crate::apply`]'s business.

mod apart;
mod assessment;
mod checks;
mod dues;
mod electronic;
mod filing;
mod gates;
mod lists;
mod meeting;
mod plan;
mod prep;
mod publicity;
mod results;
mod round;
mod speeches;
mod supervision;
mod talks;
mod votes;

use jiff::civil::{Date, DateTime};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::meeting::Basis;
use pingyi_domain::notice::Notice;
use pingyi_domain::org::OrgTree;
use pingyi_domain::time::UnixTime;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::receipt::Receipt;
use serde_json::json;

use crate::Set;
use crate::act::{Act, Write};
use crate::calendar::Calendar;
use crate::dice::Dice;
use crate::error::Result;
use crate::stage::{BranchStage, Dealer, Mix, PlanStage, Profile};
use crate::town::{Branch, Person, Town, Unit};
use plan::PlanTimes;

/// A number as the domain counts.
pub(crate) fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The log while it is being drawn.
pub(crate) struct Chronicle<'a> {
    pub notice: &'a Notice,
    pub campaign: CampaignId,
    pub calendar: Calendar,
    pub tree: &'a OrgTree,
    pub clerks: &'a [Person; 2],
    pub dice: &'a mut Dice,
    acts: Vec<Act>,
    /// Branches whose meeting took place.
    met: Vec<Met>,
    /// Branches whose meeting is still to come.
    waiting: Vec<OrgId>,
    /// Whether one list is to go back to its author.
    returns: bool,
}

/// A meeting that took place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Met {
    pub unit: OrgId,
    pub branch: OrgId,
    pub on: Date,
}

/// One unit with what will have happened to it.
struct Course<'t> {
    unit: &'t Unit,
    profile: Profile,
    shown: Option<OrgId>,
    times: PlanTimes,
    number: String,
}

/// One branch with what will have happened to it.
pub(crate) struct Fate<'t> {
    pub unit: &'t Unit,
    pub branch: &'t Branch,
    pub stage: BranchStage,
    /// Planned and, where it was held, real beginning.
    pub starts: DateTime,
    pub place: &'static str,
    /// Whether it votes by phone.
    pub electronic: bool,
}

/// Draws everything; acts come in order of time.
pub(crate) fn draw(
    town: &Town,
    notice: &Notice,
    campaign: CampaignId,
    calendar: Calendar,
    dice: &mut Dice,
    (mix, set): (Mix, Set),
) -> Result<Vec<Act>> {
    let mut chronicle = Chronicle {
        notice,
        campaign,
        calendar,
        tree: &town.tree,
        clerks: &town.clerks,
        dice,
        acts: Vec::new(),
        met: Vec::new(),
        waiting: Vec::new(),
        returns: set.shown.is_some(),
    };
    let mut dealer = Dealer::new(mix);
    let mut courses = chronicle.deal(town, &mut dealer, set);
    number_plans(notice, &mut courses);
    for course in &courses {
        chronicle.unit(course, &mut dealer)?;
    }
    chronicle.assessment(&courses);
    chronicle.supervision(town)?;
    chronicle.apart(town, set);
    // Every branch the visitor plays with, and one of each other unit.
    for unit in &town.units {
        let all = Some(unit.org.id) == set.untouched
            || unit.branches.iter().any(|b| Some(b.org.id) == set.shown);
        let some = if all { unit.branches.len() } else { 1 };
        for branch in unit.branches.iter().take(some) {
            chronicle.dues(branch)?;
        }
    }
    let mut acts = chronicle.acts;
    acts.sort_by_key(|act| act.at);
    Ok(acts)
}

/// 备案号 in the order of filing.
fn number_plans(notice: &Notice, courses: &mut [Course<'_>]) {
    let mut order: Vec<(UnixTime, usize)> = courses
        .iter()
        .enumerate()
        .filter_map(|(at, course)| Some((course.times.filed?, at)))
        .collect();
    order.sort();
    let (head, rest) = notice.number.split_once('〔').unwrap_or(("", ""));
    let year = rest.split_once('〕').map_or("", |(year, _)| year);
    let head = head.trim_end_matches('通');
    for (n, (_, at)) in order.into_iter().enumerate() {
        courses[at].number = format!("{head}组备〔{year}〕{}号", n + 1);
    }
}

impl Chronicle<'_> {
    /// Adds an act.
    pub fn note(
        &mut self,
        at: UnixTime,
        who: &Person,
        (event, object): (Event, Object),
        detail: serde_json::Value,
        write: Write,
    ) {
        let actor = who.actor();
        self.acts.push(Act {
            at,
            actor,
            event,
            object,
            detail,
            write,
        });
    }

    /// Profiles in another order than the roster's, the same for the same seed.
    fn deal<'t>(&mut self, town: &'t Town, dealer: &mut Dealer, set: Set) -> Vec<Course<'t>> {
        let mut order: Vec<usize> = (0..town.units.len()).collect();
        self.dice.shuffle(&mut order);
        let mut courses: Vec<Option<Course<'t>>> = town.units.iter().map(|_| None).collect();
        for at in order {
            let unit = &town.units[at];
            let shown = set.shown;
            let shown = shown.filter(|id| unit.branches.iter().any(|b| b.org.id == *id));
            let profile = if Some(unit.org.id) == set.untouched {
                Profile::Untouched
            } else if shown.is_some() {
                Profile::Running(PlanStage::Filed {
                    late: false,
                    revised: false,
                    amended: false,
                })
            } else {
                dealer.profile(self.dice)
            };
            courses[at] = Some(Course {
                unit,
                profile,
                shown,
                times: self.plan_times(plan_stage(profile)),
                number: String::new(),
            });
        }
        courses.into_iter().flatten().collect()
    }

    fn unit(&mut self, course: &Course<'_>, dealer: &mut Dealer) -> Result<()> {
        self.receipt(course);
        let fates = self.fates(course, dealer);
        let ground = self.plan(course, &fates)?;
        self.envoys(course, &fates);
        let mut done = Vec::new();
        for fate in &fates {
            if course.profile != Profile::Untouched {
                self.before_meeting(fate);
                self.talks(fate);
            }
            done.extend(self.branch(fate, ground.as_ref())?);
            if course.profile != Profile::Untouched {
                self.gates(fate)?;
            }
        }
        match (course.profile, done.iter().max()) {
            (Profile::Done(_, summary), Some(&after)) if done.len() == fates.len() => {
                self.unit_summary(course.unit, summary, after)
            }
            _ => Ok(()),
        }
    }

    /// 签收. // 通知 序
    fn receipt(&mut self, course: &Course<'_>) {
        let Some(at) = course.times.acknowledged else {
            return;
        };
        let unit = course.unit;
        let row = Receipt {
            campaign_id: self.campaign,
            org_id: unit.org.id,
            acknowledged_at: at,
            by_name: unit.secretary.name.clone(),
        };
        let detail = json!({ "org": unit.org.id, "unit": unit.org.name });
        let what = (Event::ReceiptAcknowledged, Object::Campaign(self.campaign));
        self.note(at, &unit.secretary, what, detail, Write::Receipt(row));
    }

    fn fates<'t>(&mut self, course: &Course<'t>, dealer: &mut Dealer) -> Vec<Fate<'t>> {
        let unit = course.unit;
        let first = unit.branches.first().map(|b| b.org.id);
        let stages = unit.branches.iter().map(|branch| match course.profile {
            _ if Some(branch.org.id) == course.shown => BranchStage::Determined,
            Profile::Done(..) if unit.attached() => BranchStage::Determined,
            Profile::Done(..) => BranchStage::SummaryReceived,
            Profile::Running(_) => dealer.branch(self.dice, unit.attached()),
            // A meeting that could not wait for the filing of its plan. // 通知 二、4
            Profile::PlanOnly(PlanStage::Submitted { late: true })
                if Some(branch.org.id) == first =>
            {
                BranchStage::Determined
            }
            _ => BranchStage::Planned,
        });
        let stages: Vec<BranchStage> = stages.collect();
        let early = matches!(course.profile, Profile::Done(..));
        unit.branches
            .iter()
            .zip(stages)
            .map(|(branch, stage)| Fate {
                unit,
                branch,
                stage,
                starts: self.start(
                    &course.times,
                    stage,
                    early || Some(branch.org.id) == course.shown,
                ),
                place: self.dice.pick(&crate::texts::PLACES),
                electronic: Some(branch.org.id) == course.shown,
            })
            .collect()
    }

    /// When a branch meets. Meetings not held yet are mostly still to come; some are overdue by
    /// their own plan.
    fn start(&mut self, times: &PlanTimes, stage: BranchStage, early: bool) -> DateTime {
        let overdue = self.dice.chance(25);
        let from = times.filed.or(times.submitted);
        let days = match from {
            Some(from) if stage != BranchStage::Planned || overdue => {
                let next = crate::calendar::plus_days(from.date(), 1);
                self.calendar.held_days(next.min(self.calendar.last))
            }
            _ => self.calendar.coming_days(),
        };
        // Units that are done met early enough to add everything up.
        let until = if early {
            days.len().div_ceil(2)
        } else {
            days.len()
        };
        let day = days[self.dice.below(until)];
        let (hour, minute) = self.dice.pick(&[(8, 30), (9, 0), (14, 30), (15, 0)]);
        day.at(hour, minute, 0, 0)
    }

    /// A branch's history; the time it ended when the branch has nothing more to do.
    fn branch(&mut self, fate: &Fate<'_>, ground: Option<&Basis>) -> Result<Option<UnixTime>> {
        self.lists(fate)?;
        if fate.stage == BranchStage::Planned {
            self.waiting.push(fate.branch.org.id);
            return Ok(None);
        }
        let basis = ground.cloned().unwrap_or_else(|| Basis::Override {
            by: fate.branch.secretary.account,
            reason: crate::texts::NO_PLAN.to_owned(),
        });
        let Some(held) = self.hold(fate, basis)? else {
            return Ok(None);
        };
        self.met.push(Met {
            unit: fate.unit.org.id,
            branch: fate.branch.org.id,
            on: fate.starts.date(),
        });
        self.speeches(fate, &held);
        let Some(determined) = self.appraise(fate, held)? else {
            return Ok(None);
        };
        if fate.unit.attached() {
            return Ok(Some(determined));
        }
        self.branch_summary(fate, determined)
    }
}

/// What a profile says about the plan.
fn plan_stage(profile: Profile) -> PlanStage {
    match profile {
        Profile::Untouched => PlanStage::Silent,
        Profile::PlanOnly(stage) | Profile::Running(stage) | Profile::Done(stage, _) => stage,
    }
}
