//! The ledger's page, with the links that open it to a check.

use askama::Template;
use axum::extract::Path;
use axum::response::IntoResponse;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::time::{UnixTime, chinese_date};
use pingyi_storage::ledger_link::LedgerLink;
use pingyi_storage::{Tx, ledger_link};

use super::LINKS;
use super::book::{Book, load};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::FormState;
use crate::kernel::html::{Answer, page};

#[derive(Template)]
#[template(path = "ledger/show.html")]
struct LedgerPage {
    frame: Frame,
    book: Book,
    today: String,
    here: String,
    /// Whether the person looking may make links.
    opens: bool,
    links: Vec<LinkLine>,
    form: FormState,
}

impl LedgerPage {
    fn papers(&self) -> String {
        format!("{}/paper", self.here)
    }
}

/// A link as the page lists it.
struct LinkLine {
    href: String,
    purpose: String,
    made: String,
    until: String,
    state: &'static str,
    class: &'static str,
    alive: bool,
    openings: u32,
}

impl LinkLine {
    fn of(link: &LedgerLink, here: &str, now: UnixTime) -> Self {
        let (state, class) = match (link.revoked_at, link.opens(now)) {
            (Some(_), _) => ("已收回", ""),
            (None, true) => ("有效", "ok"),
            (None, false) => ("已到期", ""),
        };
        Self {
            href: format!("{here}/link/{}", link.id),
            purpose: link.purpose.clone(),
            made: format!("{}，{}", link.made_at.minute_text(), link.made_by),
            until: link.expires_at.minute_text(),
            state,
            class,
            alive: link.opens(now),
            openings: link.openings,
        }
    }
}

/// The page.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let tx = ctx.app.db.read().await?;
    let form = FormState::default().with("days", "3");
    answer(&ctx, tx, at, form).await
}

/// The page with the form as typed.
pub(super) async fn answer(
    ctx: &Ctx,
    mut tx: Tx,
    at: (CampaignId, OrgId),
    form: FormState,
) -> Answer {
    let book = load(&ctx.app, &mut tx, at).await?;
    let here = book.scene.path("/ledger");
    let opens = may_open(ctx, &book)?;
    let links = if opens {
        ledger_link::list(&mut tx, at.0, at.1).await?
    } else {
        Vec::new()
    };
    let status = form.status();
    let body = page(&LedgerPage {
        frame: ctx.frame(&mut tx, "台帐").await?,
        today: chinese_date(book.today),
        links: links
            .iter()
            .map(|link| LinkLine::of(link, &here, ctx.now))
            .collect(),
        here,
        opens,
        book,
        form,
    })?;
    Ok((status, body).into_response())
}

fn may_open(ctx: &Ctx, book: &Book) -> Result<bool, PageError> {
    let above = book.scene.above.iter().map(|o| o.id);
    let line: Vec<OrgId> = [book.scene.branch.id].into_iter().chain(above).collect();
    Ok(ctx.user()?.holds_over(LINKS, &line))
}
