//! What happens around the meeting, as rows: talks, words, results, gates, supervision.

use pingyi_domain::ids::{MeetingId, OrgId, RoundId, SupervisorId};
use pingyi_domain::supervision::CheckState;
use pingyi_storage::Tx;
use pingyi_storage::criticism::{self, Criticism};
use pingyi_storage::draw::{self, Draw};
use pingyi_storage::envoy_plan::{self, EnvoyPlan};
use pingyi_storage::feedback::{self, StoredFeedback};
use pingyi_storage::gate::{self, Turn};
use pingyi_storage::leader::{self, Leader, Visit};
use pingyi_storage::publicity::{self, Publicity, PublicityObjection};
use pingyi_storage::result_use::{self, Commendation, Declined, HelpNote, HelpPlan};
use pingyi_storage::speech::{self, Speech};
use pingyi_storage::spot_check::{self, SpotCheck};
use pingyi_storage::supervisor::{self, Supervisor};
use pingyi_storage::talk::{self, Talk};

use crate::error::Result;

/// A change, in storage's words.
#[derive(Debug)]
pub(crate) enum More {
    /// Talks of one day.
    Talks(Vec<Talk>),
    /// Self-criticism of a meeting.
    Speeches(MeetingId, Vec<Speech>),
    /// Criticism of one another.
    Criticism(MeetingId, Vec<Criticism>),
    /// Members are told.
    Told(RoundId, Vec<StoredFeedback>),
    /// They say so, object, or are answered.
    Answered(RoundId, Vec<StoredFeedback>),
    /// 公示 is drafted.
    NewPublicity(Publicity),
    /// It moves on.
    Publicity(Publicity),
    /// Somebody objects to it.
    Objection(Publicity, PublicityObjection),
    /// Praise.
    Praise(RoundId, Vec<Commendation>),
    /// No praise, and why.
    NoPraise(RoundId, Declined),
    /// Help for the backward.
    Help(RoundId, HelpPlan, Option<HelpNote>),
    /// Turns at gates.
    Gates(Vec<Turn>),
    /// Whom a superior will send where.
    Envoys(Vec<EnvoyPlan>),
    /// Somebody joins the supervision team.
    Team(Supervisor),
    /// A leader with linked units.
    Leader(Leader, Vec<OrgId>),
    /// A leader attended.
    Visit(Visit),
    /// A list is frozen.
    Frozen(Draw, Vec<OrgId>),
    /// The seed is called.
    Drawn(Draw, Vec<u32>),
    /// A check is entered.
    NewCheck(SpotCheck, Vec<SupervisorId>),
    /// It moves on from a state.
    Check(SpotCheck, CheckState),
}

/// Writes one.
pub(crate) async fn write(tx: &mut Tx, more: More) -> Result<()> {
    match more {
        More::Talks(talks) => talk::insert_all(tx, &talks).await?,
        More::Speeches(meeting, all) => speech::set(tx, meeting, &all).await?,
        More::Criticism(meeting, all) => criticism::set(tx, meeting, &all).await?,
        More::Gates(turns) => {
            for turn in &turns {
                gate::insert(tx, turn).await?;
            }
        }
        results @ (More::Told(..)
        | More::Answered(..)
        | More::NewPublicity(_)
        | More::Publicity(_)
        | More::Objection(..)
        | More::Praise(..)
        | More::NoPraise(..)
        | More::Help(..)) => write_results(tx, results).await?,
        of_committee => write_supervision(tx, of_committee).await?,
    }
    Ok(())
}

async fn write_results(tx: &mut Tx, more: More) -> Result<()> {
    match more {
        More::Told(round, all) => feedback::insert_all(tx, round, &all).await?,
        More::Answered(round, all) => {
            for one in &all {
                feedback::update(tx, round, one).await?;
            }
        }
        More::NewPublicity(row) => publicity::insert(tx, &row).await?,
        More::Publicity(row) => publicity::update(tx, &row).await?,
        More::Objection(row, objection) => {
            publicity::add_objection(tx, row.id, &objection).await?;
        }
        More::Praise(round, all) => {
            for one in &all {
                result_use::commend(tx, round, one).await?;
            }
        }
        More::NoPraise(round, note) => {
            result_use::set_declined(tx, round, Some(&note)).await?;
        }
        More::Help(round, plan, note) => {
            result_use::help(tx, round, &plan).await?;
            if let Some(note) = note {
                result_use::add_help_note(tx, round, &note).await?;
            }
        }
        _ => {}
    }
    Ok(())
}

async fn write_supervision(tx: &mut Tx, more: More) -> Result<()> {
    match more {
        More::Envoys(plans) => {
            for plan in &plans {
                envoy_plan::set(tx, plan).await?;
            }
        }
        More::Team(one) => supervisor::insert(tx, &one).await?,
        More::Leader(one, units) => {
            leader::insert(tx, &one).await?;
            leader::set_links(tx, one.id, &units).await?;
        }
        More::Visit(visit) => leader::insert_visit(tx, &visit).await?,
        More::Frozen(row, branches) => draw::insert(tx, &row, &branches).await?,
        More::Drawn(row, sample) => draw::hold(tx, &row, &sample).await?,
        More::NewCheck(row, who) => spot_check::insert(tx, &row, &who).await?,
        More::Check(row, was) => spot_check::update(tx, &row, was).await?,
        _ => {}
    }
    Ok(())
}
