//! `/notices/{slug}`: a notice that can be issued, as a document with what it asks.

use askama::Template;
use axum::extract::Path;
use pingyi_domain::notice::{Deadlines, Notice};
use pingyi_domain::time::chinese_date;
use pingyi_storage::campaign;

use super::catalogue;
use super::demand::{Demand, demands};
use super::sheet::{Sheet, sheet};
use crate::kernel::access::CLERK;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::html::{Answer, page};

#[derive(Template)]
#[template(path = "campaign/preview.html")]
struct PreviewPage {
    frame: Frame,
    slug: String,
    sheet: Sheet,
    demands: Vec<Demand>,
    days: [String; 3],
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
    let frame = ctx.frame(&mut tx, "通知预览").await?;
    page(&PreviewPage {
        frame,
        slug,
        sheet: sheet(notice),
        demands: demands(notice),
        days: days(notice),
        issued,
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
