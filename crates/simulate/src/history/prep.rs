//! What a branch did before its meeting: study with 补学, a forum and what was said there. // 通知 二
//!
//! It throws dice of its own, so that the rest of the history stays as it was.

use jiff::civil::Date;
use pingyi_domain::ids::{ActivityId, MemberId, OpinionId, StudyId};
use pingyi_domain::opinion::{ActivityForm, Given, Mode, Source};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::opinion::Activity;
use pingyi_storage::study::{Makeup, Session};
use serde_json::json;
use uuid::Builder;

use super::{Chronicle, Fate};
use crate::act::Write;
use crate::calendar::{moment, plus_days, workday};
use crate::dice::Dice;
use crate::stage::BranchStage;
use crate::texts;

/// Days after the notice: two sessions, the forum.
const DAYS: [i64; 3] = [5, 9, 7];

impl Chronicle<'_> {
    /// Study and opinions, as far as their days have come.
    pub(super) fn before_meeting(&mut self, fate: &Fate<'_>) {
        let mut dice = Dice::new(fate.branch.org.id.0.as_u64_pair().1);
        let held = fate.stage > BranchStage::Opened;
        // Branches that have not met are at different points.
        let sessions = if held { 2 } else { dice.below(3) };
        let split = self.notice.study.len().div_ceil(2);
        for number in 0..sessions {
            self.study(fate, &mut dice, number, split);
        }
        if held || dice.chance(50) {
            self.forum(fate, &mut dice, held);
        }
    }

    /// A day that has come and lies before the meeting.
    pub(super) fn day(&self, fate: &Fate<'_>, after: i64) -> Option<Date> {
        let day = workday(plus_days(self.calendar.issued, after));
        (day < fate.starts.date() && day <= self.calendar.last).then_some(day)
    }

    fn study(&mut self, fate: &Fate<'_>, dice: &mut Dice, number: usize, split: usize) {
        let Some(day) = self.day(fate, DAYS[number]) else {
            return;
        };
        let at = moment(day.at(17, 10, 0, 0));
        let branch = fate.branch;
        let session = Session {
            id: dice.id::<StudyId>(at),
            campaign_id: self.campaign,
            branch_id: branch.org.id,
            held_on: day,
            place: fate.place.to_owned(),
            host: branch.secretary.name.clone(),
            note: None,
            entered_at: at,
        };
        let all = self.notice.study.iter().map(|item| item.key.clone());
        let (skip, take) = if number == 0 {
            (0, split)
        } else {
            (split, usize::MAX)
        };
        let items: Vec<String> = all.skip(skip).take(take).collect();
        let away = dice.below(branch.members.len());
        let present: Vec<(MemberId, bool)> = (0..)
            .zip(&branch.members)
            .map(|(at, m)| (m.id, at != away))
            .collect();
        let detail = json!({ "branch": branch.org.name, "session": session.id });
        let what = (Event::StudyRecorded, Object::Org(branch.org.id));
        let missed = (branch.members[away].id, items.clone(), day);
        let write = Write::Study(Box::new(session), items, present);
        self.note(at, &branch.secretary, what, detail, write);
        if dice.chance(80) {
            self.make_up(fate, missed);
        }
    }

    fn make_up(&mut self, fate: &Fate<'_>, (member, items, day): (MemberId, Vec<String>, Date)) {
        let done_on = plus_days(day, 1);
        if done_on > self.calendar.last {
            return;
        }
        let at = moment(done_on.at(16, 0, 0, 0));
        let branch = fate.branch;
        let makeups = items.into_iter().map(|item| Makeup {
            member,
            item,
            done_on,
            how: texts::MAKEUP.to_owned(),
            entered_at: at,
        });
        let detail = json!({ "branch": branch.org.name });
        let what = (Event::StudyMadeUp, Object::Org(branch.org.id));
        let write = Write::Makeups(self.campaign, makeups.collect());
        self.note(at, &branch.secretary, what, detail, write);
    }

    fn forum(&mut self, fate: &Fate<'_>, dice: &mut Dice, answered: bool) {
        let Some(day) = self.day(fate, DAYS[2]) else {
            return;
        };
        let at = moment(day.at(17, 40, 0, 0));
        let branch = fate.branch;
        let activity = Activity {
            id: dice.id::<ActivityId>(at),
            campaign_id: self.campaign,
            branch_id: branch.org.id,
            form: ActivityForm::Forum,
            mode: Mode::BackToBack,
            source: dice.pick(&[Source::FrontLine, Source::Served, Source::Masses]),
            held_on: day,
            place: fate.place.to_owned(),
            convenor: branch.secretary.name.clone(),
            heard: Some(8),
            entered_at: at,
        };
        let somebody = branch.members[dice.below(branch.members.len())].id;
        let about = [None, Some(branch.secretary_id), Some(somebody)];
        let given = about
            .into_iter()
            .zip(texts::OPINIONS)
            .map(|(about, text)| Given {
                id: unordered(dice),
                about,
                text: text.to_owned(),
            });
        let given: Vec<Given> = given.collect();
        let detail = json!({ "branch": branch.org.name, "activity": activity.id });
        let what = (Event::OpinionsHeard, Object::Org(branch.org.id));
        let write = Write::Heard(Box::new(activity), given, answered);
        self.note(at, &branch.secretary, what, detail, write);
    }
}

/// An id that tells neither time nor order.
fn unordered(dice: &mut Dice) -> OpinionId {
    let byte = |_| u8::try_from(dice.between(0, 255)).unwrap_or_default();
    OpinionId(Builder::from_random_bytes(std::array::from_fn(byte)).into_uuid())
}
