//! `/notices/{slug}`: a notice that can be issued, as a document with what it asks. Drafts look alike.

use askama::Template;
use axum::extract::Path;
use pingyi_domain::notice::{Deadlines, Notice};
use pingyi_domain::time::chinese_date;
use pingyi_storage::{Tx, campaign};

use super::burden::{Meter, meter};
use super::catalogue;
use super::demand::{Demand, demands};
use super::draft::Draft;
use super::gist::{self, gist};
use super::sheet::{Sheet, sheet};
use crate::kernel::access::CLERK;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::html::{Answer, page};

#[derive(Template)]
#[template(path = "campaign/preview.html")]
struct PreviewPage {
    frame: Frame,
    /// `/notices/{slug}` or `/drafts/{id}`.
    base: String,
    sheet: Sheet,
    demands: Vec<Demand>,
    days: [String; 3],
    gist: Vec<gist::Line>,
    meter: Meter,
    /// What its reader would stumble over.
    ends: Vec<String>,
    /// Who saved a draft last; `None` for a notice that comes with the program.
    saved: Option<String>,
    /// Address of the campaign made from it.
    issued: Option<String>,
    may_issue: bool,
}

/// The document.
pub async fn show(ctx: Ctx, Path(slug): Path<String>) -> Answer {
    let notice = catalogue::find(&slug).ok_or(PageError::NotFound)?;
    let mut tx = ctx.app.db.read().await?;
    let issued = campaign::find(&mut tx, &slug)
        .await?
        .map(|row| format!("/c/{}", row.id));
    let base = format!("/notices/{slug}");
    let shown = preview(&ctx, &mut tx, notice, base).await?;
    page(&PreviewPage { issued, ..shown })
}

/// A draft of one's own.
pub async fn of_draft(ctx: &Ctx, tx: &mut Tx, draft: &Draft) -> Answer {
    let shown = preview(ctx, tx, &draft.notice, draft.path("")).await?;
    page(&PreviewPage {
        saved: Some(draft.saved()),
        ..shown
    })
}

async fn preview(
    ctx: &Ctx,
    tx: &mut Tx,
    notice: &Notice,
    base: String,
) -> Result<PreviewPage, PageError> {
    let ends = notice.loose_ends();
    Ok(PreviewPage {
        frame: ctx.frame(tx, "通知预览").await?,
        base,
        sheet: sheet(notice),
        demands: demands(notice),
        days: days(notice),
        gist: gist(notice),
        meter: meter(notice),
        ends: ends.iter().map(ToString::to_string).collect(),
        saved: None,
        issued: None,
        may_issue: ctx.user()?.holds(CLERK),
    })
}

/// The three last days.
pub fn days(notice: &Notice) -> [String; 3] {
    let Deadlines {
        plan,
        meeting,
        summary,
    } = notice.deadlines;
    [plan, meeting, summary].map(chinese_date)
}
