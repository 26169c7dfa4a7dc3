//! 民主评议党员: rounds from the list to the branch's opinions. // 通知 三、3

use pingyi_domain::appraisal::{
    Closed, Counted, Official, Officials, Open, Opinion, Prepared, Round, RoundHead, RoundState,
    Signed, Subject, Treatment, Voided,
};
use pingyi_domain::count::{Count, MemberMarks};
use pingyi_domain::entry::{DoubleEntry, Entry, Shape, differences};
use pingyi_domain::ids::{MemberId, RoundId};
use pingyi_domain::meeting::{Due, MeetingState};
use pingyi_domain::member::Member;
use pingyi_domain::time::UnixTime;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::count_entry::CountEntry;
use pingyi_storage::determination::Determination;
use pingyi_storage::official::{OfficialRole, RoundOfficial};
use pingyi_storage::round::StoredRound;
use pingyi_storage::subject::RoundMember;
use serde_json::json;

use super::meeting::Held;
use super::{Chronicle, Fate, number, votes};
use crate::act::Write;
use crate::calendar::plus_minutes;
use crate::error::{Result, SimulateError};
use crate::stage::BranchStage;
use crate::texts;
use crate::town::Person;

/// A round with its row and the time it has reached.
pub(super) struct Stand<S> {
    pub round: Round<S>,
    pub row: StoredRound,
    pub at: UnixTime,
}

impl Chronicle<'_> {
    /// The appraisal; the time of the opinions where it has come so far.
    pub(super) fn appraise(&mut self, fate: &Fate<'_>, held: Held) -> Result<Option<UnixTime>> {
        if fate.stage < BranchStage::Prepared {
            return Ok(None);
        }
        let first = self.prepare(fate, &held, plus_minutes(held.at, 4))?;
        if fate.stage < BranchStage::RoundOpen {
            return Ok(None);
        }
        if fate.electronic {
            let counted = self.by_phone(fate, &held, first)?;
            return self.conclude(fate, held, counted);
        }
        let mut open = self.issue(fate, &held, first)?;
        let only_void = fate.stage == BranchStage::Voided;
        if only_void || (fate.stage > BranchStage::Voided && self.dice.chance(4)) {
            let voided = self.void(fate, &held, open)?;
            if only_void {
                return Ok(None);
            }
            let again = self.prepare_next(fate, &held, &voided)?;
            open = self.issue(fate, &held, again)?;
        }
        if fate.stage < BranchStage::RoundClosed {
            return Ok(None);
        }
        let closed = self.collect(fate, &held, open)?;
        match self.count(fate, closed)? {
            Some(counted) => self.conclude(fate, held, counted),
            None => Ok(None),
        }
    }

    /// From the count to the opinions.
    fn conclude(
        &mut self,
        fate: &Fate<'_>,
        held: Held,
        counted: Stand<Counted>,
    ) -> Result<Option<UnixTime>> {
        if fate.stage < BranchStage::Signed {
            return Ok(None);
        }
        let signed = self.sign(fate, &held, counted)?;
        self.close_meeting(fate, held, signed.at)?;
        if fate.stage < BranchStage::Determined {
            return Ok(None);
        }
        self.determine(fate, signed).map(Some)
    }

    fn prepare(&mut self, fate: &Fate<'_>, held: &Held, at: UnixTime) -> Result<Stand<Prepared>> {
        let members = fate.branch.members.iter();
        let head = RoundHead {
            id: self.dice.id(at),
            meeting: held.row.id,
            number: 1,
            grades: self.notice.grades.len(),
            subjects: members.map(|m| self.subject(held, m)).collect(),
            group: self.notice.settings.leading_group_ballot,
        };
        self.new_round(fate, held, Round::prepare(head), at)
    }

    fn prepare_next(
        &mut self,
        fate: &Fate<'_>,
        held: &Held,
        voided: &Stand<Voided>,
    ) -> Result<Stand<Prepared>> {
        let at = plus_minutes(voided.at, 3);
        let id: RoundId = self.dice.id(at);
        self.new_round(fate, held, voided.round.next(id), at)
    }

    /// Who was not due is listed beside; who was absent is appraised all the same.
    fn subject(&self, held: &Held, member: &Member) -> Subject {
        let line = held.list.iter().find(|l| l.member == member.id);
        let treatment = match line.map(|l| &l.due) {
            Some(Due::Excluded { reason, .. }) => Treatment::NotAppraised {
                why: reason.label().to_owned(),
            },
            _ => Treatment::of(member.standing, &self.notice.settings),
        };
        Subject {
            member: member.id,
            treatment,
        }
    }

    fn new_round(
        &mut self,
        fate: &Fate<'_>,
        held: &Held,
        round: Round<Prepared>,
        at: UnixTime,
    ) -> Result<Stand<Prepared>> {
        let settings = serde_json::to_string(&self.notice.settings);
        let row = fresh_row(&round.head, settings.map_err(SimulateError::refused)?);
        let list = listed(fate, &round.head.subjects);
        let officials = chosen(fate, held);
        let out = list
            .iter()
            .filter(|m| m.subject.treatment != Treatment::Graded);
        let detail = json!({
            "branch": fate.branch.org.name, "round": row.no, "listed": list.len(),
            "not_graded": out.map(|m| &m.name).collect::<Vec<_>>(),
            "officials": officials.iter().map(|o| &o.name).collect::<Vec<_>>(),
        });
        let what = (Event::RoundPrepared, Object::Round(row.id));
        let write = Write::NewRound(Box::new(row.clone()), list, officials);
        self.note(at, held.host(fate), what, detail, write);
        Ok(Stand { round, row, at })
    }

    /// A step that only moves the row on.
    fn save_round(
        &mut self,
        fate: &Fate<'_>,
        held: &Held,
        row: &StoredRound,
        (event, at): (Event, UnixTime),
    ) {
        let detail = json!({
            "branch": fate.branch.org.name, "round": row.no, "voters": row.present,
            "issued": row.issued, "collected": row.collected, "reason": row.void_reason,
        });
        let write = Write::Round(Box::new(row.clone()));
        let what = (event, Object::Round(row.id));
        self.note(at, held.host(fate), what, detail, write);
    }

    /// 发票.
    fn issue(
        &mut self,
        fate: &Fate<'_>,
        held: &Held,
        stand: Stand<Prepared>,
    ) -> Result<Stand<Open>> {
        let settings = &self.notice.settings;
        let voters = fate.branch.members.iter();
        let voters = voters.filter(|m| held.came(m) && settings.voters.include(m.standing));
        let voters = number(voters.count());
        let at = plus_minutes(stand.at, 3);
        let round = stand
            .round
            .open(MeetingState::CriticismDone, voters, voters, at)
            .map_err(SimulateError::refused)?;
        let mut row = stand.row;
        row.state = RoundState::Open;
        row.present = Some(voters);
        row.issued = Some(voters);
        row.opened_at = Some(at);
        self.save_round(fate, held, &row, (Event::RoundOpened, at));
        Ok(Stand { round, row, at })
    }

    /// More came back than went out. // docs/DOMAIN.md §2.5 invariant 3
    fn void(&mut self, fate: &Fate<'_>, held: &Held, stand: Stand<Open>) -> Result<Stand<Voided>> {
        let at = plus_minutes(stand.at, 11);
        let issued = stand.round.stage.issued;
        let reason = texts::void_reason(issued + 1, issued);
        let round = stand
            .round
            .void(&reason, at)
            .map_err(SimulateError::refused)?;
        let mut row = stand.row;
        row.state = RoundState::Voided;
        row.void_reason = Some(reason);
        row.voided_at = Some(at);
        self.save_round(fate, held, &row, (Event::RoundVoided, at));
        Ok(Stand { round, row, at })
    }

    /// 收票.
    fn collect(
        &mut self,
        fate: &Fate<'_>,
        held: &Held,
        stand: Stand<Open>,
    ) -> Result<Stand<Closed>> {
        let ballots = votes::ballots(self.dice, stand.round.stage.issued);
        let at = plus_minutes(stand.at, 9);
        let round = stand
            .round
            .close(ballots.collected, at)
            .map_err(SimulateError::refused)?;
        let mut row = stand.row;
        row.state = RoundState::Closed;
        row.collected = Some(ballots.collected);
        row.closed_at = Some(at);
        self.save_round(fate, held, &row, (Event::RoundClosed, at));
        Ok(Stand { round, row, at })
    }

    /// Two people type it; `None` where they have not both typed the same.
    fn count(&mut self, fate: &Fate<'_>, stand: Stand<Closed>) -> Result<Option<Stand<Counted>>> {
        if fate.stage < BranchStage::FirstEntry {
            return Ok(None);
        }
        let count = self.ballot_box(&stand);
        let shape = Shape {
            rows: count.rows.len(),
            grades: self.notice.grades.len(),
            group: count.group.is_some(),
        };
        let blank = DoubleEntry::Empty(shape);
        let [one, two] = &fate.branch.tellers;
        let at = plus_minutes(stand.at, 10);
        let entered = self.enter(blank, (1, one), &stand.row, (&count, at))?;
        if fate.stage < BranchStage::Differing {
            return Ok(None);
        }
        let differing = fate.stage == BranchStage::Differing;
        let typed = if differing || self.dice.chance(15) {
            votes::misread(self.dice, &count)
        } else {
            count.clone()
        };
        let mut at = plus_minutes(at, 7);
        let mut entered = self.enter(entered, (2, two), &stand.row, (&typed, at))?;
        if differing {
            return Ok(None);
        }
        if typed != count {
            at = plus_minutes(at, 4);
            entered = self.retype(entered, two, &stand.row, (&typed, &count, at))?;
        }
        let DoubleEntry::Agreed(agreed) = entered else {
            return Err(SimulateError::refused("两遍录入不一致"));
        };
        self.agree(two, stand, agreed, at).map(Some)
    }

    fn ballot_box(&mut self, stand: &Stand<Closed>) -> Count {
        let (issued, collected) = (stand.round.stage.open.issued, stand.round.stage.collected);
        let drawn = votes::ballots(self.dice, issued);
        let ballots = votes::Ballots {
            issued,
            collected,
            invalid: drawn.invalid,
        };
        let head = &stand.round.head;
        let lines = head.on_ballot().count() + usize::from(head.group);
        let mut count = votes::count(self.dice, ballots, lines, head.grades);
        count.group = if head.group { count.rows.pop() } else { None };
        count
    }

    fn enter(
        &mut self,
        entry: DoubleEntry,
        (slot, by): (u32, &Person),
        row: &StoredRound,
        (count, at): (&Count, UnixTime),
    ) -> Result<DoubleEntry> {
        let typed = Entry {
            by: by.account,
            count: count.clone(),
        };
        let entered = entry.enter(typed.clone()).map_err(SimulateError::refused)?;
        let stored = CountEntry {
            slot,
            entry: typed,
            by_name: by.name.clone(),
            entered_at: at,
        };
        let what = (Event::CountEntered, Object::Round(row.id));
        let detail = json!({ "round": row.no, "fields": [] });
        self.note(at, by, what, detail, Write::Entry(row.id, stored));
        Ok(entered)
    }

    /// Only the differing fields are typed again.
    fn retype(
        &mut self,
        mut entry: DoubleEntry,
        by: &Person,
        row: &StoredRound,
        (typed, right, at): (&Count, &Count, UnixTime),
    ) -> Result<DoubleEntry> {
        let fields = differences(typed, right);
        for &field in &fields {
            let value = field.get(right).unwrap_or_default();
            entry = entry
                .retype(by.account, field, value)
                .map_err(SimulateError::refused)?;
        }
        let stored = CountEntry {
            slot: 2,
            entry: Entry {
                by: by.account,
                count: right.clone(),
            },
            by_name: by.name.clone(),
            entered_at: at,
        };
        let labels: Vec<String> = fields.iter().map(|f| f.label()).collect();
        let what = (Event::CountRetyped, Object::Round(row.id));
        let detail = json!({ "round": row.no, "fields": labels });
        self.note(at, by, what, detail, Write::Retyped(row.id, stored));
        Ok(entry)
    }

    fn agree(
        &mut self,
        by: &Person,
        stand: Stand<Closed>,
        count: Count,
        at: UnixTime,
    ) -> Result<Stand<Counted>> {
        let round = stand
            .round
            .count(count.clone())
            .map_err(SimulateError::refused)?;
        let mut row = stand.row;
        row.state = RoundState::Counted;
        row.invalid = Some(count.invalid);
        let detail = json!({ "round": row.no, "fields": [] });
        let what = (Event::CountAgreed, Object::Round(row.id));
        let write = Write::Count(Box::new(row.clone()), count);
        self.note(at, by, what, detail, write);
        Ok(Stand { round, row, at })
    }

    /// 监票人、计票人 sign the counting sheet.
    fn sign(
        &mut self,
        fate: &Fate<'_>,
        held: &Held,
        stand: Stand<Counted>,
    ) -> Result<Stand<Signed>> {
        let at = plus_minutes(stand.at, 6);
        let signing = chosen(fate, held);
        let round = stand
            .round
            .sign(officials(&signing)?, at.date())
            .map_err(SimulateError::refused)?;
        let mut row = stand.row;
        row.state = RoundState::Signed;
        row.signed_on = Some(at.date());
        let detail = json!({
            "branch": fate.branch.org.name, "round": row.no, "on": row.signed_on,
            "signed_by": signing.iter().map(|o| &o.name).collect::<Vec<_>>(),
        });
        let what = (Event::RoundSigned, Object::Round(row.id));
        let write = Write::Round(Box::new(row.clone()));
        self.note(at, held.host(fate), what, detail, write);
        Ok(Stand { round, row, at })
    }

    /// 评定意见: marks and daily conduct, the branch committee decides. // 通知 三、3
    fn determine(&mut self, fate: &Fate<'_>, stand: Stand<Signed>) -> Result<UnixTime> {
        let at = self.later(stand.at, (0, 2), (16, 5));
        let opinions = opinions(&stand.round.head, &stand.round.stage.count);
        let rows = self.determinations(&stand.round.head, &opinions, at);
        let followed = self.results(fate, &stand.round.head, &opinions, at)?;
        stand
            .round
            .determine(opinions)
            .map_err(SimulateError::refused)?;
        let mut row = stand.row;
        row.state = RoundState::Determined;
        let detail = json!({
            "branch": fate.branch.org.name, "round": row.no, "members": rows.len(),
        });
        let what = (Event::OpinionsDetermined, Object::Round(row.id));
        let write = Write::Opinions(Box::new(row), rows);
        self.note(at, &fate.branch.secretary, what, detail, write);
        Ok(followed.map_or(at, |last| last.max(at)))
    }

    fn determinations(
        &mut self,
        head: &RoundHead,
        opinions: &[(MemberId, Opinion)],
        at: UnixTime,
    ) -> Vec<Determination> {
        let mut rows = Vec::with_capacity(opinions.len());
        for (member, opinion) in opinions {
            let place = head.subjects.iter().position(|s| s.member == *member);
            let (grade, ungraded_reason) = match opinion {
                Opinion::Graded { grade } => {
                    (self.notice.grades.get(*grade).map(|g| g.key.clone()), None)
                }
                Opinion::Ungraded { reason } => (None, Some(reason.clone())),
            };
            rows.push(Determination {
                seq: number(place.unwrap_or(0) + 1),
                grade,
                ungraded_reason,
                note: self.dice.pick(&texts::REMARKS).to_owned(),
                decided_on: at.date(),
            });
        }
        rows
    }
}

fn listed(fate: &Fate<'_>, subjects: &[Subject]) -> Vec<RoundMember> {
    let members = fate.branch.members.iter().zip(subjects).enumerate();
    members
        .map(|(at, (member, subject))| RoundMember {
            seq: number(at + 1),
            subject: subject.clone(),
            name: member.name.clone(),
            standing: member.standing,
            post_title: fate
                .branch
                .titles
                .get(&member.id)
                .cloned()
                .unwrap_or_default(),
        })
        .collect()
}

fn fresh_row(head: &RoundHead, settings: String) -> StoredRound {
    StoredRound {
        id: head.id,
        meeting_id: head.meeting,
        no: head.number,
        state: RoundState::Prepared,
        void_reason: None,
        voided_at: None,
        present: None,
        issued: None,
        collected: None,
        invalid: None,
        settings,
        opened_at: None,
        closed_at: None,
        signed_on: None,
    }
}

/// The envoy watches where there is one, else a member who does not count; an electronic box takes
/// two.
pub(super) fn chosen(fate: &Fate<'_>, held: &Held) -> Vec<RoundOfficial> {
    let tellers = fate.branch.teller_ids;
    let of_member = |role: OfficialRole, member: &Member| RoundOfficial {
        role,
        name: member.name.clone(),
        org_name: fate.branch.org.name.clone(),
        member_id: Some(member.id),
    };
    let members = &fate.branch.members;
    let envoy = held.row.envoy.as_ref().map(|envoy| RoundOfficial {
        role: OfficialRole::Scrutineer,
        name: envoy.name.clone(),
        org_name: held.row.envoy_org_name.clone().unwrap_or_default(),
        member_id: None,
    });
    let watchers = members
        .iter()
        .filter(|m| !tellers.contains(&m.id) && held.came(m));
    let watchers = watchers.map(|m| of_member(OfficialRole::Scrutineer, m));
    let watching = if fate.electronic { 2 } else { 1 };
    let counting = members.iter().filter(|m| tellers.contains(&m.id));
    let counting = counting.map(|m| of_member(OfficialRole::Teller, m));
    let watching = envoy.into_iter().chain(watchers).take(watching);
    watching.chain(counting).collect()
}

/// The rule's view of them.
fn officials(chosen: &[RoundOfficial]) -> Result<Officials> {
    let of = |role: OfficialRole| {
        let those = chosen.iter().filter(move |o| o.role == role);
        those
            .map(|o| match o.member_id {
                Some(id) => Official::Member { id },
                None => Official::Envoy {
                    name: o.name.clone(),
                },
            })
            .collect()
    };
    Officials::new(of(OfficialRole::Scrutineer), of(OfficialRole::Teller))
        .map_err(SimulateError::refused)
}

/// The plurality where there is one; a tie goes to the better grade.
fn opinions(head: &RoundHead, count: &Count) -> Vec<(MemberId, Opinion)> {
    let mut marks = count.rows.iter();
    let mut opinions = Vec::new();
    for subject in &head.subjects {
        let opinion = match &subject.treatment {
            Treatment::NotAppraised { .. } => continue,
            Treatment::Ungraded { why } => Opinion::Ungraded {
                reason: why.label().to_owned(),
            },
            Treatment::Graded => {
                let hint = marks.next().and_then(MemberMarks::plurality);
                Opinion::Graded {
                    grade: hint.unwrap_or(0),
                }
            }
        };
        opinions.push((subject.member, opinion));
    }
    opinions
}
