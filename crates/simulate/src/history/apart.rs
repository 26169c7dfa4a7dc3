//! What a demonstration shows once: an excluded branch, an unsigned collection, a ledger's link, an
//! address for reminders. // 通知 二、2, 四、3 and 四、4
//!
//! Dice of its own, so that the rest of the history stays as it was.

use pingyi_domain::ids::{ActivityId, OpinionId};
use pingyi_domain::opinion::{ActivityForm, Given, Mode, Source};
use pingyi_domain::time::UnixTime;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::exclusion::BranchExclusion;
use pingyi_storage::ledger_link::LedgerLink;
use pingyi_storage::opinion::Activity;
use serde_json::json;
use uuid::{Builder, Uuid};

use super::{Chronicle, number};
use crate::Set;
use crate::act::Write;
use crate::apart::Apart;
use crate::calendar::{moment, plus_days, plus_minutes, workday};
use crate::dice::Dice;
use crate::texts;
use crate::town::{Branch, Town, Unit};

/// How long the link opens the ledger.
const DAYS: i64 = 15;

impl Chronicle<'_> {
    /// All of it, in a demonstration.
    pub(super) fn apart(&mut self, town: &Town, set: Set) {
        let of_shown = town.units.iter().find_map(|unit| {
            let found = unit.branches.iter().find(|b| Some(b.org.id) == set.shown)?;
            Some((unit, found))
        });
        let Some((unit, branch)) = of_shown else {
            return;
        };
        let mut dice = Dice::new(branch.org.id.0.as_u64_pair().1 ^ 0xa9a7);
        self.collection(branch, &mut dice);
        self.link(branch, &mut dice);
        self.address(unit);
        self.exclude(town, set);
    }

    /// Handed in by telephone without a name in the week before the meeting, closed with a day's
    /// distance to it.
    fn collection(&mut self, branch: &Branch, dice: &mut Dice) {
        let met = self.met.iter().find(|m| m.branch == branch.org.id);
        let Some(held) = met.map(|m| m.on) else {
            return;
        };
        let day = workday(plus_days(self.calendar.issued, 3));
        let until = plus_days(held, -1);
        if day >= until {
            return;
        }
        let at = moment(day.at(9, 40, 0, 0));
        let activity = Activity {
            id: dice.id::<ActivityId>(at),
            campaign_id: self.campaign,
            branch_id: branch.org.id,
            form: ActivityForm::Sheet,
            mode: Mode::BackToBack,
            source: Source::Served,
            held_on: day,
            place: "网上不记名填写".to_owned(),
            convenor: branch.secretary.name.clone(),
            heard: None,
            entered_at: at,
        };
        let id = activity.id;
        let given: Vec<Given> = texts::UNSIGNED
            .iter()
            .map(|text| Given {
                id: unordered(dice),
                about: None,
                text: (*text).to_owned(),
            })
            .collect();
        let object = Object::Org(branch.org.id);
        let detail = json!({ "branch": branch.org.name, "activity": id, "last_day": until });
        let what = (Event::OpinionsCollected, object);
        let write = Write::Apart(Box::new(Apart::Collect(activity, until)));
        self.note(at, &branch.secretary, what, detail, write);
        let detail = json!({
            "branch": branch.org.name, "activity": id, "received": number(given.len()),
        });
        let what = (Event::OpinionsClosed, object);
        let write = Write::Apart(Box::new(Apart::Collected(
            (id, self.campaign, branch.org.id),
            until,
            given,
        )));
        let at = moment(until.at(17, 20, 0, 0));
        self.note(at, &branch.secretary, what, detail, write);
    }

    /// For an inspector, good for some days from yesterday. // 通知 四、4
    fn link(&mut self, branch: &Branch, dice: &mut Dice) {
        let at = moment(self.calendar.last.at(16, 35, 0, 0));
        let id: Uuid = dice.id(at);
        let link = LedgerLink {
            id,
            campaign_id: self.campaign,
            branch_id: branch.org.id,
            token_hash: String::new(),
            purpose: "工委第二督导组查阅台帐".to_owned(),
            made_by: branch.secretary.name.clone(),
            made_at: at,
            expires_at: UnixTime(at.0 + DAYS * 86_400),
            revoked_at: None,
            openings: 0,
        };
        let what = (Event::LedgerLinkMade, Object::Org(branch.org.id));
        let detail = json!({ "branch": branch.org.name, "link": id });
        let write = Write::Apart(Box::new(Apart::Link(link)));
        self.note(at, &branch.secretary, what, detail, write);
    }

    /// The unit's secretary is reminded by mail.
    fn address(&mut self, unit: &Unit) {
        let who = unit.secretary.clone();
        let at = moment(workday(plus_days(self.calendar.issued, 1)).at(9, 15, 0, 0));
        let what = (Event::EmailChanged, Object::Account(who.account));
        // The domain is reserved: nobody reads there.
        let address = "danwei2@example.org".to_owned();
        let write = Write::Apart(Box::new(Apart::Address(who.account, address, at)));
        self.note(at, &who, what, json!({ "set": true }), write);
    }

    /// A branch that has not met and whose members are all away. // 通知 四、3
    fn exclude(&mut self, town: &Town, set: Set) {
        let usual = town.units.iter().filter(|unit| {
            let shown = unit.branches.iter().any(|b| Some(b.org.id) == set.shown);
            !unit.attached() && !shown && Some(unit.org.id) != set.untouched
        });
        let waiting = usual.filter(|unit| unit.branches.len() > 2);
        let branches = waiting.flat_map(|unit| unit.branches.iter().map(move |b| (unit, b)));
        let planned = branches
            .filter(|(_, b)| self.waiting.contains(&b.org.id) && !b.org.name.contains("离退休"))
            .min_by_key(|(_, b)| b.members.len());
        let Some((_, branch)) = planned else { return };
        let on = workday(plus_days(self.calendar.issued, 4));
        let at = plus_minutes(moment(on.at(10, 30, 0, 0)), 7);
        let row = BranchExclusion {
            campaign_id: self.campaign,
            branch_id: branch.org.id,
            reason: "支部党员全部抽调到县里驻村，年底前不能集中，返回后补开".to_owned(),
            approver: "郑怀远".to_owned(),
            approved_on: on,
            by_name: self.clerks[0].name.clone(),
            at,
        };
        let what = (Event::BranchExcluded, Object::Org(branch.org.id));
        let detail = json!({ "branch": branch.org.name });
        let clerk = self.clerks[0].clone();
        let write = Write::Apart(Box::new(Apart::Excluded(row)));
        self.note(at, &clerk, what, detail, write);
    }
}

/// An id that tells neither time nor order.
fn unordered(dice: &mut Dice) -> OpinionId {
    let byte = |_| u8::try_from(dice.between(0, 255)).unwrap_or_default();
    OpinionId(Builder::from_random_bytes(std::array::from_fn(byte)).into_uuid())
}
