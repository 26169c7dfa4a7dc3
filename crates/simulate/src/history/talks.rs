//! Talks before the meeting: whom the notice asks for, on two or three days. // 通知 二、2
//!
//! Dice of its own, so that the rest of the history stays as it was.

use jiff::civil::Date;
use pingyi_domain::ids::{MemberId, TalkId};
use pingyi_domain::member::PostKind;
use pingyi_domain::talk::{Confirmation, Gist, Matter, Need, Person as Party, needs};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::talk::{self, Talk};
use serde_json::json;

use super::{Chronicle, Fate};
use crate::act::Write;
use crate::calendar::moment;
use crate::dice::Dice;
use crate::more::More;
use crate::stage::BranchStage;
use crate::texts;

/// Days after the notice on which talks were held.
const DAYS: [i64; 3] = [6, 8, 10];

impl Chronicle<'_> {
    /// As many as the branch has come to.
    pub(super) fn talks(&mut self, fate: &Fate<'_>) {
        let mut dice = Dice::new(fate.branch.org.id.0.as_u64_pair().1 ^ 0x7a1c);
        let met = fate.stage > BranchStage::Opened;
        // Branches that have not met are at different points; a few that have left some out.
        let share = match (met, dice.below(4)) {
            (true, 0) => 85,
            (true, _) => 100,
            (false, n) => [0, 35, 70, 100][n],
        };
        let mut days: [Vec<(MemberId, MemberId)>; 3] = Default::default();
        for pair in pairs(fate, &mut dice) {
            let day = dice.below(DAYS.len());
            if dice.chance(share) {
                days[day].push(pair);
            }
        }
        for (after, pairs) in DAYS.into_iter().zip(days) {
            if let Some(day) = self.day(fate, after).filter(|_| !pairs.is_empty()) {
                self.talks_of(fate, &mut dice, day, pairs);
            }
        }
    }

    fn talks_of(
        &mut self,
        fate: &Fate<'_>,
        dice: &mut Dice,
        day: Date,
        pairs: Vec<(MemberId, MemberId)>,
    ) {
        let branch = fate.branch;
        let at = moment(day.at(17, 50, 0, 0));
        let one = |pair| self.talk(fate, dice, (day, pair));
        let talks: Vec<Talk> = pairs.into_iter().map(one).collect();
        let detail = json!({ "branch": branch.org.name, "held_on": day, "talks": talks.len() });
        let what = (Event::TalksRecorded, Object::Org(branch.org.id));
        let write = Write::More(Box::new(More::Talks(talks)));
        self.note(at, &branch.secretary, what, detail, write);
    }

    fn talk(
        &self,
        fate: &Fate<'_>,
        dice: &mut Dice,
        (day, (one, other)): (Date, (MemberId, MemberId)),
    ) -> Talk {
        let branch = fate.branch;
        let at = moment(day.at(17, 50, 0, 0));
        let mut party = |member: MemberId| talk::Party {
            member,
            confirmed: confirmed(fate, dice, member).map(|how| (how, day)),
        };
        let (one, other) = (party(one), party(other));
        let gist = gist(dice);
        let matter = self.matter(fate, dice, day);
        Talk {
            campaign_id: self.campaign,
            branch_id: branch.org.id,
            entry: talk::Entry {
                id: dice.id::<TalkId>(at),
                held_on: day,
                one,
                other,
                written: !gist.is_empty(),
                raised: matter.what().is_some(),
                settled_on: matter.settled_on(),
                entered_by_name: branch.secretary.name.clone(),
                entered_at: at,
            },
            place: dice.chance(60).then(|| fate.place.to_owned()),
            gist,
            matter,
            entered_by: branch.secretary.account,
        }
    }

    /// Now and then something is left open; mostly it is settled two days later. // 通知 二、2
    fn matter(&self, fate: &Fate<'_>, dice: &mut Dice, day: Date) -> Matter {
        if !dice.chance(6) {
            return Matter::None;
        }
        let what = dice.pick(&texts::TALK_MATTERS).to_owned();
        let on = crate::calendar::plus_days(day, 2);
        let settled = on <= self.calendar.last && on < fate.starts.date() && dice.chance(75);
        if settled {
            Matter::Settled { what, on }
        } else {
            Matter::Open { what }
        }
    }
}

/// Who talks with whom: those with a post with each other, every other member with one of them.
fn pairs(fate: &Fate<'_>, dice: &mut Dice) -> Vec<(MemberId, MemberId)> {
    let branch = fate.branch;
    let leads = |id: &MemberId| *id == branch.secretary_id || branch.titles.contains_key(id);
    let members = branch.members.iter().map(|m| m.id);
    let people: Vec<Party> = members
        .map(|member| Party {
            member,
            post: leads(&member).then_some(PostKind::CommitteeMember),
        })
        .collect();
    let leading: Vec<MemberId> = people
        .iter()
        .filter(|p| p.post.is_some())
        .map(|p| p.member)
        .collect();
    let asked = needs(&people).into_iter();
    asked
        .filter_map(|need| match need {
            Need::Both(pair) => {
                let [one, other] = pair.members();
                Some((one, other))
            }
            Need::One(member) => Some((*leading.get(dice.below(leading.len()))?, member)),
        })
        .collect()
}

/// The secretary types them; officers say so on their page, the others sign on paper.
fn confirmed(fate: &Fate<'_>, dice: &mut Dice, member: MemberId) -> Option<Confirmation> {
    if member == fate.branch.secretary_id {
        return Some(Confirmation::Entered);
    }
    let online = fate.branch.teller_ids.contains(&member);
    let how = if online {
        Confirmation::Online
    } else {
        Confirmation::Paper
    };
    dice.chance(88).then_some(how)
}

/// Writing down what was said is nobody's duty: few do.
fn gist(dice: &mut Dice) -> Gist {
    if !dice.chance(18) {
        return Gist::default();
    }
    Gist {
        achievement: Some(dice.pick(&texts::TALK_PRAISE).to_owned()),
        problem: Some(dice.pick(&texts::POINTS).to_owned()),
        self_criticism: dice
            .chance(50)
            .then(|| dice.pick(&texts::LIST_CAUSES).to_owned()),
    }
}
