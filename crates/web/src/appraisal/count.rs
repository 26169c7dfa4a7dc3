//! Entering the count: two people, one after the other, neither sees the other's numbers.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::appraisal::{RoundState, RoundStep};
use pingyi_domain::entry::{DoubleEntry, Entry, EntryState, Field};
use pingyi_domain::ids::{AccountId, CampaignId, OrgId};
use pingyi_storage::audit::{self, Event, Filter, Object};
use pingyi_storage::count_entry::CountEntry;
use pingyi_storage::{Tx, count_entry};

use super::load::Current;
use super::sheet;
use super::sitting::{Sitting, Typing, refuse, sitting, typing};
use super::together::{self, Hand, Joined};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};

#[derive(Template)]
#[template(path = "appraisal/count.html")]
struct CountPage<'a> {
    frame: Frame,
    sitting: &'a Sitting,
    now: &'a Current,
    grades: Vec<String>,
    names: Vec<String>,
    /// `enter`, `wait`, `retype`, `checked`, `look` or `agreed`.
    part: &'static str,
    second: bool,
    hand: Hand,
    fields: Vec<(String, String)>,
    form: &'a FormState,
}

/// Sums named at the top of the page; the rest stand in their rows.
const SHOWN: usize = 5;

/// Rows of the log in which the last typing is looked for.
const LOOK_BACK: u32 = 20;

/// A row of the sheet: name, what is wrong with it, and its boxes by name and column.
type SheetRow = (String, Option<String>, Vec<(String, String)>);

impl CountPage<'_> {
    /// The rows in the ballot's order.
    fn rows(&self) -> Vec<SheetRow> {
        let row = |(at, name): (usize, String)| {
            let wrong = self.form.error(&format!("row_{at}")).map(str::to_owned);
            (name, wrong, self.boxes(at))
        };
        self.now.lines().into_iter().enumerate().map(row).collect()
    }

    /// The boxes came back with something wrong.
    fn retyping(&self) -> bool {
        !self.form.is_ok() && self.form.error("reset_reason").is_none()
    }

    fn boxes(&self, row: usize) -> Vec<(String, String)> {
        let marks = self.grades.iter().enumerate();
        let marks = marks.map(|(grade, label)| (format!("m_{row}_{grade}"), label.clone()));
        let rest = [("a", "弃权"), ("v", "该行无效")];
        let rest = rest.map(|(key, label)| (format!("{key}_{row}"), label.to_owned()));
        marks.chain(rest).collect()
    }
}

/// The sheet, the boxes to retype, or whom to wait for.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let sitting = sitting(&ctx.app, &mut tx, at).await?;
    let now = sitting.round()?;
    Hand::of(&sitting)?;
    may_enter(now)?;
    let typed = typing(&mut tx, &sitting, now).await?;
    render(&ctx, &mut tx, &sitting, &typed, &FormState::default()).await
}

/// Takes one person's whole sheet, or nothing.
pub async fn submit(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let sitting = sitting(&ctx.app, &mut tx, at).await?;
    let now = sitting.round()?;
    let hand = Hand::of(&sitting)?;
    may_enter(now)?;
    let typed = typing(&mut tx, &sitting, now).await?;
    let (by, shape) = (ctx.user()?.account, sitting.shape(now));
    let mut form = FormState::of(&fields);
    let read = sheet::read(&mut form, shape, hand.issued);
    if let Some(count) = &read {
        sheet::check(&mut form, count, &hand, now, shape.grades);
    }
    let Some(count) = read.filter(|_| form.is_ok()) else {
        let answer = render(&ctx, &mut tx, &sitting, &typed, &form).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    };
    let entry = Entry { by, count };
    let slot = u32::try_from(typed.stored.len()).unwrap_or(2) + 1;
    let after = typed
        .entry
        .enter(entry.clone())
        .map_err(PageError::refused)?;
    let row = CountEntry {
        slot,
        entry,
        by_name: ctx.user()?.name.clone(),
        entered_at: ctx.now,
    };
    count_entry::insert(&mut tx, now.round.id, &row).await?;
    log(&ctx, &mut tx, &sitting, now, Event::CountEntered, &[]).await?;
    conclude(&ctx, tx, &sitting, now, after, "count-differs").await
}

/// Counts are entered while the ballots are in and not yet counted.
pub(super) fn may_enter(now: &Current) -> Result<(), PageError> {
    if now.round.state == RoundState::Closed {
        return Ok(());
    }
    now.round
        .state
        .advance(RoundStep::Count)
        .map(drop)
        .map_err(refuse)
}

/// The boxes in which two entries differ.
pub(super) fn differing(entry: &DoubleEntry) -> Vec<Field> {
    match entry {
        DoubleEntry::Differing(both) => both.fields().to_vec(),
        _ => Vec::new(),
    }
}

/// Once both agree, the count is the round's; else the page says what to do next.
pub(super) async fn conclude(
    ctx: &Ctx,
    mut tx: Tx,
    sitting: &Sitting,
    now: &Current,
    after: DoubleEntry,
    differs: &'static str,
) -> Answer {
    let (to, done) = match after {
        DoubleEntry::Agreed(agreed) => {
            log(ctx, &mut tx, sitting, now, Event::CountAgreed, &[]).await?;
            match together::agreed(&mut tx, sitting, agreed, (&ctx.actor(), ctx.now)).await? {
                Joined::Whole => ("", "count-agreed"),
                Joined::Waiting => ("/count", "paper-agreed"),
            }
        }
        DoubleEntry::Differing(_) => ("/count", differs),
        DoubleEntry::First(_) | DoubleEntry::Empty(_) => ("/count", "count-entered"),
    };
    tx.commit().await?;
    redirect_done(&sitting.path(to), done)
}

/// The log knows who typed and which boxes differed, never the numbers.
pub(super) async fn log(
    ctx: &Ctx,
    tx: &mut Tx,
    sitting: &Sitting,
    now: &Current,
    event: Event,
    fields: &[Field],
) -> Result<(), PageError> {
    let detail = serde_json::json!({
        "branch": sitting.scene.branch.name,
        "round": now.round.no,
        "fields": fields.iter().map(|f| f.label()).collect::<Vec<_>>(),
    });
    tx.audit(
        &ctx.actor(),
        ctx.now,
        event,
        Object::Round(now.round.id),
        detail,
    )
    .await?;
    Ok(())
}

/// Whether this person was the last to check their boxes: then it is the other's turn.
async fn checked_last(tx: &mut Tx, now: &Current, by: AccountId) -> Result<bool, PageError> {
    let filter = Filter {
        object: Some(Object::Round(now.round.id)),
        ..Filter::default()
    };
    let typed = [Event::CountEntered, Event::CountRetyped].map(Event::as_str);
    let newest = audit::Page {
        offset: 0,
        limit: LOOK_BACK,
    };
    let rows = audit::list(tx, &filter, newest).await?;
    let last = rows.iter().find(|row| typed.contains(&row.event.as_str()));
    Ok(last
        .is_some_and(|row| row.event == Event::CountRetyped.as_str() && row.account_id == Some(by)))
}

pub(super) async fn render(
    ctx: &Ctx,
    tx: &mut Tx,
    sitting: &Sitting,
    typed: &Typing,
    form: &FormState,
) -> Answer {
    let (now, by) = (sitting.round()?, ctx.user()?.account);
    let grades: Vec<String> = sitting
        .scene
        .campaign
        .notice
        .grades
        .iter()
        .map(|g| g.label.clone())
        .collect();
    let mine = typed.stored.iter().any(|e| e.entry.by == by);
    let part = match (typed.entry.state(), mine) {
        (EntryState::Agreed, _) => "agreed",
        (EntryState::Empty, _) | (EntryState::First, false) => "enter",
        (EntryState::First, true) => "wait",
        (_, true) if checked_last(tx, now, by).await? => "checked",
        (_, true) => "retype",
        (_, false) => "look",
    };
    let boxes = differing(&typed.entry);
    let named = boxes
        .iter()
        .map(|&f| (sheet::field_name(f), sheet::field_label(f, now, &grades)));
    page(&CountPage {
        frame: ctx.frame(tx, "录入计票结果").await?,
        fields: named.collect(),
        names: typed.names(),
        second: typed.entry.state() == EntryState::First,
        hand: Hand::of(sitting)?,
        sitting,
        now,
        grades,
        part,
        form,
    })
}
