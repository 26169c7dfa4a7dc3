//! 四个不放过: what a unit has let pass of its branches, and what it sent back. // 通知 四、3
//!
//! Dice of its own, so that the rest of the history stays as it was.

use pingyi_domain::gates::{Gate, GateState, GateStep};
use pingyi_domain::time::UnixTime;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::gate::Turn;
use serde_json::json;

use super::{Chronicle, Fate};
use crate::act::Write;
use crate::calendar::{moment, plus_days, plus_minutes};
use crate::dice::Dice;
use crate::error::{Result, SimulateError};
use crate::more::More;
use crate::stage::BranchStage;
use crate::texts;
use crate::town::Person;

impl Chronicle<'_> {
    /// The first two before the meeting, the others after it.
    pub(super) fn gates(&mut self, fate: &Fate<'_>) -> Result<()> {
        let mut dice = Dice::new(fate.branch.org.id.0.as_u64_pair().1 ^ 0x6a7e);
        let before = plus_days(fate.starts.date(), -1).min(self.calendar.last);
        let before = moment(before.at(17, 30, 0, 0));
        let looked = fate.stage > BranchStage::Opened || dice.chance(35);
        let early = before > moment(self.calendar.issued.at(18, 0, 0, 0));
        if looked && early && dice.chance(90) {
            self.decide_gates(fate, &mut dice, (0..2, before))?;
        }
        if fate.stage >= BranchStage::Determined && dice.chance(85) {
            let end = moment(fate.starts);
            if let Some((_, at)) = self.next(end, 2, (18, 10)) {
                let last = self.notice.gates.len();
                self.decide_gates(fate, &mut dice, (2..last, at))?;
            }
        }
        Ok(())
    }

    fn decide_gates(
        &mut self,
        fate: &Fate<'_>,
        dice: &mut Dice,
        (which, at): (std::ops::Range<usize>, UnixTime),
    ) -> Result<()> {
        let keys = self.notice.gates.get(which).unwrap_or_default().iter();
        let keys: Vec<String> = keys.map(|g| g.key.clone()).collect();
        let mut turns = Vec::new();
        let mut back = Vec::new();
        for key in keys {
            let fine = dice.chance(88);
            let (step, words) = match (fine, texts::GATE_BACK.iter().find(|(k, ..)| *k == key)) {
                (false, Some((_, why, _))) => (GateStep::Return, *why),
                _ => (GateStep::Pass, ""),
            };
            let state = GateState::Open;
            let turn = self.turn(
                fate,
                (key.as_str(), 1),
                (state, step),
                (words, decider(self, fate), at),
            )?;
            if step == GateStep::Return {
                back.push(turn.clone());
            }
            turns.push(turn);
        }
        let by = decider(self, fate).clone();
        self.save_gates(fate, turns, &by, (Event::GatesDecided, at));
        for turn in &back {
            self.rework(fate, turn, dice)?;
        }
        Ok(())
    }

    /// The branch makes up for it; mostly the unit looks again.
    fn rework(&mut self, fate: &Fate<'_>, turn: &Turn, dice: &mut Dice) -> Result<()> {
        let next = self.next(turn.at, 1, (11, 30));
        let Some((_, at)) = next.filter(|_| dice.chance(75)) else {
            return Ok(());
        };
        let found = texts::GATE_BACK.iter().find(|(k, ..)| *k == turn.gate);
        let Some((_, _, done)) = found else {
            return Ok(());
        };
        let by = fate.branch.secretary.clone();
        let step = (turn.state, GateStep::Rework);
        let reworked = self.turn(fate, (turn.gate.as_str(), 2), step, (*done, &by, at))?;
        let state = reworked.state;
        self.save_gates(fate, vec![reworked], &by, (Event::GateReworked, at));
        if dice.chance(30) {
            return Ok(());
        }
        let at = plus_minutes(at, 150);
        let by = decider(self, fate).clone();
        let step = (state, GateStep::Pass);
        let passed = self.turn(fate, (turn.gate.as_str(), 3), step, ("", &by, at))?;
        self.save_gates(fate, vec![passed], &by, (Event::GatesDecided, at));
        Ok(())
    }

    fn turn(
        &self,
        fate: &Fate<'_>,
        (gate, seq): (&str, u32),
        (state, step): (GateState, GateStep),
        (words, by, at): (&str, &Person, UnixTime),
    ) -> Result<Turn> {
        let taken = Gate { state }.take(step, words);
        let taken = taken.map_err(SimulateError::refused)?;
        Ok(Turn {
            campaign_id: self.campaign,
            branch_id: fate.branch.org.id,
            gate: gate.to_owned(),
            seq,
            state: taken.gate.state,
            words: taken.words,
            member_id: None,
            by_name: by.name.clone(),
            at,
        })
    }

    fn save_gates(
        &mut self,
        fate: &Fate<'_>,
        turns: Vec<Turn>,
        by: &Person,
        (event, at): (Event, UnixTime),
    ) {
        let of = |state: GateState| {
            let keys = turns.iter().filter(|t| t.state == state).map(|t| &t.gate);
            keys.collect::<Vec<_>>()
        };
        let detail = json!({
            "branch": fate.branch.org.name, "passed": of(GateState::Passed),
            "returned": of(GateState::Returned), "reworked": of(GateState::Reworked),
        });
        let what = (event, Object::Org(fate.branch.org.id));
        let write = Write::More(Box::new(More::Gates(turns)));
        self.note(at, by, what, detail, write);
    }
}

/// The unit decides for its branches, the 工委 for those attached to it.
fn decider<'c>(chronicle: &Chronicle<'c>, fate: &Fate<'c>) -> &'c Person {
    if fate.unit.attached() {
        &chronicle.clerks[0]
    } else {
        &fate.unit.secretary
    }
}
