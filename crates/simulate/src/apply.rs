//! Writes a drawn history down: storage's verbs, each with its row of the log.

use pingyi_domain::opinion::Handling;
use pingyi_storage::audit::Entry;
use pingyi_storage::filing::{Filing, FilingVersion};
use pingyi_storage::problem_list::{ListVersion, ProblemList};
use pingyi_storage::{
    Tx, assessment, attendance, audit, count, count_entry, determination, dues, filing, measure,
    meeting, observer, official, opinion, plan, problem_list, receipt, round, study, subject,
};
use pingyi_web::{App, filing_snapshot, seal_income};

use crate::act::{Act, Write};
use crate::error::{Result, SimulateError};
use crate::{apart, boxes, more};

/// All acts in their order. Rows of the log, and lists handed in, are laid together and written in
/// few statements: all of it is one transaction, so nobody sees the difference.
pub(crate) async fn all(app: &App, tx: &mut Tx, acts: Vec<Act>) -> Result<()> {
    let mut tray = Tray::default();
    for act in acts {
        match &act.write {
            // A paper carries the head of the log and figures of everything before it.
            Write::Submit(..) => tray.clear(tx).await?,
            Write::NextList(..) | Write::ListBack(..) | Write::Measure(..) => {
                tray.clear_lists(tx).await?;
            }
            _ => {}
        }
        tray.log.push(Entry {
            actor: act.actor,
            at: act.at,
            event: act.event,
            object: act.object,
            detail: act.detail,
        });
        match act.write {
            Write::NewList(list, version) => tray.lists.push((list, version)),
            other => write(app, tx, other).await?,
        }
    }
    tray.clear(tx).await
}

/// What waits to be written.
#[derive(Default)]
struct Tray {
    log: Vec<Entry>,
    lists: Vec<(Box<ProblemList>, Box<ListVersion>)>,
}

impl Tray {
    async fn clear(&mut self, tx: &mut Tx) -> Result<()> {
        self.clear_lists(tx).await?;
        let log = std::mem::take(&mut self.log);
        tx.audit_all(log).await?;
        Ok(())
    }

    async fn clear_lists(&mut self, tx: &mut Tx) -> Result<()> {
        let new: Vec<_> = self.lists.iter().map(|(l, v)| (&**l, &**v)).collect();
        problem_list::insert_all(tx, &new).await?;
        let items = new.iter().map(|(l, v)| (*l, v.content.items.as_slice()));
        let items: Vec<_> = items.collect();
        measure::begin(tx, &items).await?;
        self.lists.clear();
        Ok(())
    }
}

#[expect(clippy::cognitive_complexity, reason = "one line for each kind of row")]
async fn write(app: &App, tx: &mut Tx, write: Write) -> Result<()> {
    match write {
        Write::Receipt(row) => receipt::insert(tx, &row).await?,
        of_dues @ (Write::DuesClerk(_) | Write::DuesAssessment(..) | Write::DuesPaid(_)) => {
            write_dues(app, tx, of_dues).await?;
        }
        Write::NewPlan(row, version) => {
            plan::insert(tx, &row).await?;
            plan::insert_version(tx, &version).await?;
        }
        Write::Plan(row, version) => {
            plan::update_version(tx, &version).await?;
            plan::update(tx, &row).await?;
        }
        Write::NextPlan(row, version) => {
            plan::insert_version(tx, &version).await?;
            plan::update(tx, &row).await?;
        }
        Write::NewMeeting(row) => meeting::insert(tx, &row).await?,
        Write::Meeting(row) => meeting::update(tx, &row).await?,
        Write::Attendance(id, list, observers) => {
            attendance::set(tx, id, &list).await?;
            observer::set(tx, id, &observers).await?;
        }
        // They wait in the tray.
        Write::NewList(..) => {}
        Write::NextList(row, version) => {
            problem_list::insert_version(tx, &version).await?;
            problem_list::update(tx, &row).await?;
        }
        Write::Scheme(row) => assessment::set_scheme(tx, &row).await?,
        Write::AssessmentSheet(row, marks) => assessment::set(tx, &row, &marks).await?,
        Write::Measure(row, from) => measure::update(tx, &row, from).await?,
        Write::More(of) => more::write(tx, *of).await?,
        Write::Apart(of) => apart::write(app, tx, *of).await?,
        Write::ListBack(row, version) => {
            problem_list::update(tx, &row).await?;
            problem_list::update_version(tx, &version).await?;
        }
        Write::Ballots(step) => boxes::write(app, tx, *step).await?,
        before @ (Write::Study(..) | Write::Makeups(..) | Write::Heard(..)) => {
            write_before(tx, before).await?;
        }
        of_round @ (Write::NewRound(..)
        | Write::Round(_)
        | Write::Entry(..)
        | Write::Retyped(..)
        | Write::Count(..)
        | Write::Opinions(..)) => write_round(tx, of_round).await?,
        of_filing => write_filing(app, tx, of_filing).await?,
    }
    Ok(())
}

async fn write_dues(app: &App, tx: &mut Tx, write: Write) -> Result<()> {
    match write {
        Write::DuesClerk(row) => dues::clerk::set(tx, &row).await?,
        Write::DuesAssessment(mut row, base) => {
            let sealed = seal_income(&app.key, row.member_id, base, app.random.as_ref());
            row.base_sealed = Some(sealed.map_err(SimulateError::refused)?);
            dues::assessment::insert(tx, &row).await?;
        }
        Write::DuesPaid(rows) => dues::payment::insert_all(tx, &rows).await?,
        _ => {}
    }
    Ok(())
}

/// What comes before the meeting. // 通知 二
async fn write_before(tx: &mut Tx, write: Write) -> Result<()> {
    match write {
        Write::Study(session, items, present) => {
            study::insert(tx, &session, &items, &present).await?;
        }
        Write::Makeups(campaign, makeups) => {
            for makeup in &makeups {
                study::insert_makeup(tx, campaign, makeup).await?;
            }
        }
        Write::Heard(activity, given, answered) => {
            opinion::insert_activity(tx, &activity).await?;
            opinion::insert(tx, activity.id, &given).await?;
            let at = (activity.campaign_id, activity.branch_id);
            for mut one in opinion::list(tx, at.0, at.1).await? {
                one.handling = answered.then_some(Handling::Adopted);
                opinion::update(tx, &one).await?;
            }
        }
        _ => {}
    }
    Ok(())
}

async fn write_round(tx: &mut Tx, write: Write) -> Result<()> {
    match write {
        Write::NewRound(row, list, officials) => {
            round::insert(tx, &row).await?;
            subject::set(tx, row.id, &list).await?;
            official::set(tx, row.id, &officials).await?;
        }
        Write::Round(row) => round::update(tx, &row).await?,
        Write::Entry(id, entry) => count_entry::insert(tx, id, &entry).await?,
        Write::Retyped(id, entry) => count_entry::update(tx, id, &entry).await?,
        Write::Count(row, sums) => {
            round::update(tx, &row).await?;
            count::set(tx, row.id, &sums).await?;
        }
        Write::Opinions(row, opinions) => {
            determination::set(tx, row.id, &opinions).await?;
            round::update(tx, &row).await?;
        }
        _ => {}
    }
    Ok(())
}

async fn write_filing(app: &App, tx: &mut Tx, write: Write) -> Result<()> {
    match write {
        Write::NewFiling(row, version) => {
            filing::insert(tx, &row).await?;
            filing::insert_version(tx, &version).await?;
        }
        Write::NextFiling(row, version) => {
            filing::update(tx, &row).await?;
            filing::insert_version(tx, &version).await?;
        }
        Write::Submit(row, version) => submit(app, tx, &row, *version).await?,
        Write::Decide(row, version) => decide(tx, &row, *version).await?,
        _ => {}
    }
    Ok(())
}

/// What the papers are made from is read at this point of the history.
async fn submit(app: &App, tx: &mut Tx, row: &Filing, mut version: FilingVersion) -> Result<()> {
    version.chain_head = audit::head(tx).await?.short();
    let made = filing_snapshot(app, tx, row.kind, (row.campaign_id, row.org_id)).await;
    version.snapshot = made.map_err(|why| SimulateError::Refused(format!("{why:?}")))?;
    filing::update(tx, row).await?;
    filing::update_version(tx, &version).await?;
    Ok(())
}

/// The drawn row does not know the figures it was handed in with.
async fn decide(tx: &mut Tx, row: &Filing, mut version: FilingVersion) -> Result<()> {
    if let Some(stored) = filing::get_version(tx, row.id, version.version).await? {
        version.snapshot = stored.snapshot;
        version.chain_head = stored.chain_head;
    }
    filing::update(tx, row).await?;
    filing::update_version(tx, &version).await?;
    Ok(())
}
