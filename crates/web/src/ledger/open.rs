//! The ledger behind a link: the same page without any button, and one line in the log.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::time::chinese_date;
use pingyi_storage::audit::{Actor, Event, Object};
use pingyi_storage::ledger_link::LedgerLink;
use pingyi_storage::{Tx, ledger_link, org};

use super::book::{Book, load};
use crate::kernel::app::App;
use crate::kernel::error::PageError;
use crate::kernel::html::{Answer, page};
use crate::kernel::secret::token_hash;

#[derive(Template)]
#[template(path = "ledger/open.html")]
struct OpenPage {
    branch: String,
    until: String,
    /// What stands there; `None` once the link opens nothing.
    book: Option<Book>,
    today: String,
}

/// The page. A wrong address costs, a right one never waits.
pub async fn show(State(app): State<App>, Path(token): Path<String>) -> Answer {
    // Looked up without a writer's turn: wrong addresses must not keep anybody waiting.
    let mut tx = app.db.read().await?;
    let found = ledger_link::find(&mut tx, &token_hash(&token)).await?;
    drop(tx);
    let Some(link) = found else {
        if app.wrong_links.take(app.now()) {
            return Err(PageError::NotFound);
        }
        let words = "不对的地址试得太多，请过一分钟再打开。";
        return Ok((StatusCode::TOO_MANY_REQUESTS, words).into_response());
    };
    let mut tx = app.db.begin().await?;
    let branch = org::get(&mut tx, link.branch_id).await?;
    let branch = branch.map(|b| b.name).unwrap_or_default();
    let until = link.expires_at.minute_text();
    if !link.opens(app.now()) {
        let gone = page(&OpenPage {
            branch,
            until,
            book: None,
            today: String::new(),
        })?;
        return Ok((StatusCode::GONE, gone).into_response());
    }
    let book = load(&app, &mut tx, (link.campaign_id, link.branch_id)).await?;
    log(&app, &mut tx, &link, &branch).await?;
    tx.commit().await?;
    page(&OpenPage {
        branch,
        until,
        today: chinese_date(book.today),
        book: Some(book),
    })
}

/// Which link, never from where.
async fn log(app: &App, tx: &mut Tx, link: &LedgerLink, branch: &str) -> Result<(), PageError> {
    ledger_link::count_opening(tx, link.id).await?;
    let actor = Actor {
        account: None,
        name: "（台帐查看链接）".to_owned(),
        post: String::new(),
    };
    let detail = serde_json::json!({ "branch": branch, "link": link.id });
    let object = Object::Org(link.branch_id);
    tx.audit(&actor, app.now(), Event::LedgerOpened, object, detail)
        .await?;
    Ok(())
}
