//! Checks after a draw, by telephone and of ledgers, at every state. // 通知 四、4

use jiff::civil::Date;
use pingyi_domain::ids::{CheckId, DrawId, SupervisorId};
use pingyi_domain::supervision::{CheckMode, CheckState, CheckStep};
use pingyi_domain::time::UnixTime;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::spot_check::SpotCheck;
use pingyi_storage::supervisor::Supervisor;
use serde_json::json;

use super::supervision::Place;
use super::{Chronicle, number};
use crate::act::Write;
use crate::calendar::{moment, plus_days, plus_minutes, workday};
use crate::dice::Dice;
use crate::error::{Result, SimulateError};
use crate::more::More;
use crate::texts;
use crate::town::{Person, Town};

/// Checks besides those of the draw.
const OTHERS: usize = 8;

impl Chronicle<'_> {
    /// Most of those drawn, and some others, two or three a day.
    pub(super) fn checks(
        &mut self,
        town: &Town,
        team: &[Supervisor],
        dice: &mut Dice,
        (day, (draw, drawn)): (Date, (DrawId, Vec<Place<'_>>)),
    ) -> Result<()> {
        let of_draw = drawn.into_iter().map(|place| (place, true));
        let branches = town.units.iter().rev();
        let others = branches.filter_map(|u| Some((u, u.branches.last()?)));
        let others = others.take(OTHERS).map(|place| (place, false));
        let all: Vec<(Place<'_>, bool)> = of_draw.chain(others).collect();
        for (nth, (place, of_draw)) in all.into_iter().enumerate() {
            let after = 1 + i64::from(number(nth)) / 3;
            let on = workday(plus_days(day, after));
            if on > self.calendar.last || dice.chance(20) {
                continue;
            }
            let draw = of_draw.then_some(draw);
            self.check(place, team, dice, (nth, on, draw))?;
        }
        Ok(())
    }

    fn check(
        &mut self,
        (unit, branch): Place<'_>,
        team: &[Supervisor],
        dice: &mut Dice,
        (nth, on, draw): (usize, Date, Option<DrawId>),
    ) -> Result<()> {
        let by = self.clerks[nth % 2].clone();
        let at = plus_minutes(moment(on.at(16, 20, 0, 0)), i64::from(number(nth % 30)));
        let may = team.iter().filter(|s| s.unit_id != Some(unit.org.id));
        let who: Vec<SupervisorId> = may.skip(nth % 3).take(2).map(|s| s.id).collect();
        let mut row = self.found(dice, (nth, on, draw), (branch.org.id, &by, at));
        let detail = json!({
            "branch": branch.org.name, "mode": row.mode.as_str(),
            "state": row.state.as_str(), "checkers": who.len(),
        });
        let what = (Event::CheckEntered, Object::Check(row.id));
        let write = Write::More(Box::new(More::NewCheck(row.clone(), who)));
        self.note(at, &by, what, detail, write);
        let mut at = at;
        if row.state == CheckState::Demanded {
            let Some((_, replied)) = self.next(at, 2, (9, 50)).filter(|_| dice.chance(65)) else {
                return Ok(());
            };
            at = replied;
            texts::CHECK_REPLY.clone_into(&mut row.reply);
            row.replied_by = Some(unit.secretary.name.clone());
            row.replied_at = Some(at);
            let step = (CheckStep::Reply, Event::CheckReplied);
            self.step(&mut row, &unit.secretary, step, at)?;
        }
        let Some((_, at)) = self.next(at, 1, (15, 10)).filter(|_| dice.chance(60)) else {
            return Ok(());
        };
        texts::CHECK_CLOSED.clone_into(&mut row.closing);
        row.closed_by = Some(by.name.clone());
        row.closed_at = Some(at);
        self.step(&mut row, &by, (CheckStep::Close, Event::CheckClosed), at)
    }

    fn step(
        &mut self,
        row: &mut SpotCheck,
        by: &Person,
        (step, event): (CheckStep, Event),
        at: UnixTime,
    ) -> Result<()> {
        let was = row.state;
        row.state = was.advance(step).map_err(SimulateError::refused)?;
        let detail = json!({ "state": row.state.as_str() });
        let write = Write::More(Box::new(More::Check(row.clone(), was)));
        self.note(at, by, (event, Object::Check(row.id)), detail, write);
        Ok(())
    }

    /// A check as it is entered; four in ten demand something.
    fn found(
        &self,
        dice: &mut Dice,
        (nth, on, draw): (usize, Date, Option<DrawId>),
        (branch, by, at): (pingyi_domain::ids::OrgId, &Person, UnixTime),
    ) -> SpotCheck {
        let demands = dice.chance(40);
        let (finding, demand) = if demands {
            dice.pick(&texts::CHECK_FOUND)
        } else {
            (dice.pick(&texts::CHECK_FINE), "")
        };
        let mode = match draw {
            Some(_) => CheckMode::Random,
            None if nth.is_multiple_of(2) => CheckMode::Phone,
            None => CheckMode::Ledger,
        };
        SpotCheck {
            id: dice.id::<CheckId>(at),
            campaign_id: self.campaign,
            branch_id: branch,
            mode,
            state: if demands {
                CheckState::Demanded
            } else {
                CheckState::Open
            },
            checked_on: on,
            draw_id: draw,
            answers: json!([[texts::CHECK_QUESTION, texts::CHECK_ANSWER]]).to_string(),
            finding: finding.to_owned(),
            demand: demand.to_owned(),
            due_on: demands.then(|| workday(plus_days(on, 5))),
            reply: String::new(),
            replied_by: None,
            replied_at: None,
            closing: String::new(),
            closed_by: None,
            closed_at: None,
            entered_by: by.name.clone(),
            entered_at: at,
        }
    }
}
