//! `/notices`: what was issued, and what can be.

use askama::Template;
use pingyi_domain::time::UnixTime;
use pingyi_storage::campaign;
use pingyi_storage::notice_draft::{self, NoticeDraft};

use super::catalogue;
use crate::kernel::access::CLERK;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::html::{Answer, page};

#[derive(Template)]
#[template(path = "campaign/list.html")]
struct ListPage {
    frame: Frame,
    issued: Vec<Issued>,
    drafts: Vec<Drafted>,
    ready: Vec<Ready>,
    may_issue: bool,
}

struct Issued {
    path: String,
    number: String,
    title: String,
    at: String,
    by: String,
}

struct Drafted {
    path: String,
    number: String,
    title: String,
    at: String,
    by: String,
}

struct Ready {
    slug: &'static str,
    number: &'static str,
    title: &'static str,
    asks: usize,
}

/// The three lists.
pub async fn show(ctx: Ctx) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let rows = campaign::list(&mut tx).await?;
    let drafts = notice_draft::list(&mut tx).await?;
    let frame = ctx.frame(&mut tx, "通知").await?;
    let is_used = |slug: &str| rows.iter().any(|row| row.slug == slug);
    let ready = catalogue::all()
        .iter()
        .filter(|notice| !is_used(&notice.slug));
    let ready = ready.map(|notice| Ready {
        slug: &notice.slug,
        number: &notice.number,
        title: &notice.title,
        asks: notice.requirements.len(),
    });
    let ready = ready.collect();
    let may_issue = ctx.user()?.holds(CLERK);
    page(&ListPage {
        frame,
        issued: rows.into_iter().map(issued).collect(),
        drafts: drafts.into_iter().map(drafted).collect(),
        ready,
        may_issue,
    })
}

fn drafted(row: NoticeDraft) -> Drafted {
    Drafted {
        path: format!("/drafts/{}", row.id),
        number: row.number,
        title: row.title,
        at: row.saved_at.minute_text(),
        by: row.saved_by,
    }
}

fn issued(row: campaign::Campaign) -> Issued {
    Issued {
        path: format!("/c/{}", row.id),
        number: row.number,
        title: row.title,
        at: row
            .issued_at
            .map_or_else(String::new, UnixTime::minute_text),
        by: row.issued_by.unwrap_or_default(),
    }
}
