//! What was said at the meeting: self-criticism with its causes, criticism of one another.
//! // 通知 三、1 and 三、2
//!
//! Dice of its own, so that the rest of the history stays as it was.

use pingyi_domain::ids::MemberId;
use pingyi_domain::meeting::{Due, FirstToSpeak};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::criticism::Criticism;
use pingyi_storage::speech::Speech;
use serde_json::json;

use super::meeting::Held;
use super::{Chronicle, Fate};
use crate::act::Write;
use crate::calendar::plus_minutes;
use crate::dice::Dice;
use crate::more::More;
use crate::stage::BranchStage;
use crate::texts;

/// Who was there, who wrote instead.
struct Floor {
    present: Vec<MemberId>,
    written: Vec<MemberId>,
}

impl Chronicle<'_> {
    /// Entered by the recorder in the hour after the meeting; some have not done it yet.
    pub(super) fn speeches(&mut self, fate: &Fate<'_>, held: &Held) {
        let mut dice = Dice::new(fate.branch.org.id.0.as_u64_pair().1 ^ 0x5bee);
        let done = fate.stage >= BranchStage::SummarySubmitted;
        if !done && dice.chance(15) {
            return;
        }
        let floor = floor(fate, held, &mut dice);
        let list = self.said(fate, &floor, &mut dice);
        let by = &fate.branch.tellers[1];
        let at = plus_minutes(held.at, 46);
        let detail = json!({
            "branch": fate.branch.org.name, "speeches": list.len(),
            "written": list.iter().filter(|s| s.written).count(),
            "first_speaker": held.row.first_speaker_name,
        });
        let what = (Event::SpeechesSaved, Object::Meeting(held.row.id));
        let write = Write::More(Box::new(More::Speeches(held.row.id, list)));
        self.note(at, by, what, detail, write);
        if !done && dice.chance(12) {
            return;
        }
        let said = mutual(fate, &floor, &mut dice);
        let detail = json!({ "branch": fate.branch.org.name, "criticisms": said.len() });
        let what = (Event::CriticismSaved, Object::Meeting(held.row.id));
        let write = Write::More(Box::new(More::Criticism(held.row.id, said)));
        self.note(plus_minutes(at, 21), by, what, detail, write);
    }

    fn said(&self, fate: &Fate<'_>, floor: &Floor, dice: &mut Dice) -> Vec<Speech> {
        let thorough = dice.chance(80);
        let reader = floor
            .present
            .iter()
            .find(|m| **m == fate.branch.secretary_id || fate.branch.teller_ids.contains(m));
        let all = floor.present.iter().map(|m| (*m, false));
        let all = all.chain(floor.written.iter().map(|m| (*m, true)));
        let mut list = Vec::new();
        for (member, written) in all {
            // A recorder who was not thorough left somebody out.
            if !thorough && list.len() > 3 && dice.chance(10) {
                continue;
            }
            list.push(Speech {
                member,
                words: words(dice),
                views: self.causes(dice, thorough),
                written,
                reader: reader.copied().filter(|_| written),
            });
        }
        list
    }

    /// 从世界观、人生观、价值观上剖析. // 通知 三、1
    fn causes(&self, dice: &mut Dice, thorough: bool) -> Vec<(String, String)> {
        let views = self.notice.views.iter();
        let mut all = Vec::new();
        for view in views {
            if thorough || dice.chance(60) {
                let words = dice.pick(&texts::LIST_CAUSES).to_owned();
                all.push((view.key.clone(), words));
            }
        }
        all
    }
}

/// The first speaker first, the others as they stand on the roster.
fn floor(fate: &Fate<'_>, held: &Held, dice: &mut Dice) -> Floor {
    let first = match held.done.first {
        FirstToSpeak::Secretary => fate.branch.secretary_id,
        FirstToSpeak::Other { member, .. } => member,
    };
    let members = || fate.branch.members.iter();
    let came = members().filter(|m| held.came(m)).map(|m| m.id);
    let mut present: Vec<MemberId> = came.collect();
    present.sort_by_key(|m| *m != first);
    let due = |id: MemberId| {
        let line = held.list.iter().find(|l| l.member == id);
        line.is_some_and(|l| l.due == Due::Yes)
    };
    let absent = members().filter(|m| !held.came(m) && due(m.id));
    let written = absent.filter(|_| dice.chance(65)).map(|m| m.id).collect();
    Floor { present, written }
}

/// Two problems of different kinds.
fn words(dice: &mut Dice) -> String {
    let at = dice.below(texts::LIST_PROBLEMS.len());
    let next = (at + 1) % texts::LIST_PROBLEMS.len();
    let (one, _) = dice.pick(texts::LIST_PROBLEMS[at]);
    let (other, _) = dice.pick(texts::LIST_PROBLEMS[next]);
    format!("{one}{other}")
}

/// The secretary speaks to nearly everybody, everybody to the next. // 通知 三、2
fn mutual(fate: &Fate<'_>, floor: &Floor, dice: &mut Dice) -> Vec<Criticism> {
    let lead = fate.branch.secretary_id;
    let mut pairs: Vec<(MemberId, MemberId)> = Vec::new();
    for (at, &member) in floor.present.iter().enumerate() {
        if floor.present.contains(&lead) && member != lead && dice.chance(88) {
            pairs.push((lead, member));
        }
        let next = floor.present[(at + 1) % floor.present.len()];
        if next != member && !pairs.contains(&(member, next)) {
            pairs.push((member, next));
        }
    }
    let mut said = Vec::new();
    for (from, to) in pairs {
        let repeated = said
            .iter()
            .any(|c: &Criticism| (c.from, c.to) == (from, to));
        if !repeated {
            said.push(Criticism {
                from,
                to,
                words: dice.pick(&texts::POINTS).to_owned(),
                answer: dice
                    .chance(45)
                    .then(|| dice.pick(&texts::ANSWERS).to_owned()),
            });
        }
    }
    said
}
