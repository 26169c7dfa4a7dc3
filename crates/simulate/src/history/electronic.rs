//! One branch appraises electronically: box, two scrutineers' phones, slips, ballots, sums.
//! // 通知 三、3
//!
//! Dice of its own, so that nothing else depends on its votes.

use std::sync::Arc;

use jiff::civil::Date;
use pingyi_domain::appraisal::{Closed, Counted, Prepared, Round, RoundHead, RoundState};
use pingyi_domain::ballot_box::{Closing, count_of};
use pingyi_domain::count::Count;
use pingyi_domain::entry::Shape;
use pingyi_domain::ids::MemberId;
use pingyi_domain::meeting::MeetingState;
use pingyi_domain::time::UnixTime;
use pingyi_room::BallotPaper;
use pingyi_storage::audit::{Actor, Event, Object};
use pingyi_storage::official::{OfficialRole, RoundOfficial};
use pingyi_storage::round::StoredRound;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use serde_json::{Value, json};

use super::meeting::Held;
use super::round::{Stand, chosen};
use super::{Chronicle, Fate, number, votes};
use crate::act::{Act, Write};
use crate::booth::{Booth, Keys};
use crate::boxes::{BoxAct, BoxWrite, Evening};
use crate::calendar::plus_minutes;
use crate::dice::Dice;
use crate::error::{Result, SimulateError};

/// Spares beside the voters' slips; branches made up here need no more.
const SPARES: usize = 2;

/// What is noted of every step.
struct Noted<'a> {
    branch: &'a str,
    of: Arc<Evening>,
    no: u32,
    host: Actor,
}

/// A step at its time.
struct Step {
    event: Event,
    act: BoxAct,
    at: UnixTime,
    detail: Value,
}

impl Chronicle<'_> {
    /// From the list to the count.
    pub(super) fn by_phone(
        &mut self,
        fate: &Fate<'_>,
        held: &Held,
        stand: Stand<Prepared>,
    ) -> Result<Stand<Counted>> {
        let voters = fate.branch.members.iter();
        let voters = voters.filter(|m| held.came(m));
        let voters = voters.filter(|m| self.notice.settings.voters.include(m.standing));
        let voters = number(voters.count());
        let closes = plus_minutes(stand.at, 18);
        let of = self.evening(fate, &stand, (voters, closes), chosen(fate, held))?;
        let noted = Noted {
            branch: &fate.branch.org.name,
            of: Arc::new(of),
            no: stand.row.no,
            host: held.host(fate).actor(),
        };
        self.before_voting(&noted, stand.at);
        let (round, mut row) = self.voting(&noted, stand, (voters, closes))?;
        let at = self.opening(&noted, closes);
        let closing = Closing {
            issued: voters,
            collected: voters,
            missing: None,
        };
        let shape = Shape {
            rows: round.head.on_ballot().count(),
            grades: round.head.grades,
            group: round.head.group,
        };
        let count = count_of(&closing, &noted.of.outcome.sums, shape);
        let count = count.map_err(SimulateError::refused)?;
        let round = round.count(count.clone()).map_err(SimulateError::refused)?;
        row.state = RoundState::Counted;
        row.invalid = Some(0);
        let step = Step {
            event: Event::BoxCounted,
            act: BoxAct::Count,
            at,
            detail: json!({ "ballots": voters }),
        };
        let second = watcher(&noted.of, 2);
        self.on_box(&noted, Some(second), &step, (Some(&row), Some(count)));
        Ok(Stand { round, row, at })
    }

    /// The box opens and closes, and the round with it.
    fn voting(
        &mut self,
        noted: &Noted<'_>,
        stand: Stand<Prepared>,
        (voters, closes): (u32, UnixTime),
    ) -> Result<(Round<Closed>, StoredRound)> {
        let opened = plus_minutes(stand.at, 10);
        let round = stand
            .round
            .open(MeetingState::CriticismDone, voters, voters, opened)
            .map_err(SimulateError::refused)?;
        let mut row = stand.row;
        row.state = RoundState::Open;
        (row.present, row.issued) = (Some(voters), Some(voters));
        row.opened_at = Some(opened);
        let open = Step {
            event: Event::BoxOpened,
            act: BoxAct::Open(opened),
            at: opened,
            detail: json!({ "voters": voters, "issued": voters, "paper": 0 }),
        };
        self.on_box(noted, None, &open, (Some(&row), None));
        let last = Step {
            event: Event::BoxLastCall,
            act: BoxAct::LastCall,
            at: plus_minutes(opened, 6),
            detail: json!({ "seconds": 60 }),
        };
        self.on_box(noted, None, &last, (None, None));
        let round = round.close(voters, closes);
        let round = round.map_err(SimulateError::refused)?;
        row.state = RoundState::Closed;
        row.collected = Some(voters);
        row.closed_at = Some(closes);
        let close = Step {
            event: Event::BoxClosed,
            act: BoxAct::Close(closes),
            at: closes,
            detail: json!({ "issued": voters, "collected": voters, "missing": null, "paper": null }),
        };
        self.on_box(noted, None, &close, (Some(&row), None));
        Ok((round, row))
    }

    /// Votes of everybody in the room, sealed and counted beforehand.
    fn evening(
        &self,
        fate: &Fate<'_>,
        stand: &Stand<Prepared>,
        (voters, closes): (u32, UnixTime),
        officials: Vec<RoundOfficial>,
    ) -> Result<Evening> {
        let seed = fate.branch.org.id.0.as_u64_pair().1 ^ 0xb0c5;
        let (mut dice, rng) = (Dice::new(seed), &mut StdRng::seed_from_u64(!seed));
        let head = &stand.round.head;
        let backward = backward(fate, &stand.round.head);
        let rows = head.on_ballot().map(|id| Some(id) == backward);
        let rows: Vec<bool> = rows.collect();
        let keys = Keys::random(rng);
        let paper = self.ballot_paper(fate, stand, fate.starts.date());
        let count = usize::try_from(voters).unwrap_or_default();
        let booth = Booth::make(&keys, &paper, count + SPARES, rng)?;
        let votes = votes::marked(&mut dice, count, &rows, head.grades);
        let outcome = booth.run(&keys, &votes, (closes, rng))?;
        let watching = officials.into_iter();
        let watching = watching.filter(|o| o.role == OfficialRole::Scrutineer);
        let scrutineers = watching.map(|o| (o.name, o.member_id));
        Ok(Evening {
            round: head.id,
            booth,
            keys,
            scrutineers: scrutineers.collect(),
            outcome,
        })
    }

    /// As the product's own, see `pingyi_web::room::key`.
    fn ballot_paper(&self, fate: &Fate<'_>, stand: &Stand<Prepared>, on: Date) -> BallotPaper {
        let name = |id| fate.branch.members.iter().find(|m| m.id == id);
        let members = stand.round.head.on_ballot().filter_map(name);
        let grades = self.notice.grades.iter();
        BallotPaper {
            title: self.notice.title.clone(),
            description: format!("{} {on} 第{}轮", fate.branch.org.name, stand.row.no),
            grades: grades.map(|g| g.label.clone()).collect(),
            rows: members.map(|m| m.name.clone()).collect(),
        }
    }

    fn before_voting(&mut self, noted: &Noted<'_>, from: UnixTime) {
        let names = noted.of.scrutineers.iter().map(|(name, _)| name.as_str());
        let names: Vec<&str> = names.collect();
        let new = Step {
            event: Event::BoxCreated,
            act: BoxAct::New,
            at: plus_minutes(from, 2),
            detail: json!({ "scrutineers": names }),
        };
        self.on_box(noted, None, &new, (None, None));
        for slot in [1, 2] {
            let key = Step {
                event: Event::BoxKeyMade,
                act: BoxAct::Key(slot),
                at: plus_minutes(from, 3 + i64::from(slot)),
                detail: json!({ "number": slot }),
            };
            let by = watcher(&noted.of, slot);
            self.on_box(noted, Some(by), &key, (None, None));
        }
        let slips = Step {
            event: Event::SlipsMade,
            act: BoxAct::Slips,
            at: plus_minutes(from, 7),
            detail: json!({ "made": noted.of.booth.slips() }),
        };
        self.on_box(noted, None, &slips, (None, None));
    }

    /// Both scrutineers give their parts; when the box is open.
    fn opening(&mut self, noted: &Noted<'_>, closed: UnixTime) -> UnixTime {
        for slot in [1, 2] {
            let share = Step {
                event: Event::ShareGiven,
                act: BoxAct::Share(slot),
                at: plus_minutes(closed, i64::from(slot)),
                detail: json!({ "number": slot }),
            };
            let by = watcher(&noted.of, slot);
            self.on_box(noted, Some(by), &share, (None, None));
        }
        plus_minutes(closed, 3)
    }

    /// Adds a step; by the host where nobody else is named.
    fn on_box(
        &mut self,
        noted: &Noted<'_>,
        by: Option<Actor>,
        step: &Step,
        (row, count): (Option<&StoredRound>, Option<Count>),
    ) {
        let write = BoxWrite {
            of: Arc::clone(&noted.of),
            act: step.act,
            row: row.cloned(),
            count,
        };
        self.acts.push(Act {
            at: step.at,
            actor: by.unwrap_or_else(|| noted.host.clone()),
            event: step.event,
            object: Object::Round(noted.of.round),
            detail: json!({ "branch": noted.branch, "round": noted.no, "detail": &step.detail }),
            write: Write::Ballots(Box::new(write)),
        });
    }
}

/// An ordinary member on whom most marks say 差; the last one on the list who neither holds a post
/// nor counts.
fn backward(fate: &Fate<'_>, head: &RoundHead) -> Option<MemberId> {
    let branch = fate.branch;
    let plain = |id: &MemberId| {
        *id != branch.secretary_id
            && !branch.titles.contains_key(id)
            && !branch.teller_ids.contains(id)
    };
    let plain: Vec<MemberId> = head.on_ballot().filter(plain).collect();
    // The first plain member's own pages are shown to visitors.
    plain.last().copied().filter(|_| plain.len() > 1)
}

/// A scrutineer as the log copies him: by name, without an account.
fn watcher(of: &Evening, slot: u32) -> Actor {
    let found = (1..).zip(&of.scrutineers).find(|(n, _)| *n == slot);
    Actor {
        account: None,
        name: found.map(|(_, (name, _))| name.clone()).unwrap_or_default(),
        post: "监票人".into(),
    }
}
