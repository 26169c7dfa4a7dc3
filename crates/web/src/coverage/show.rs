//! The page, at every level.

use askama::Template;
use axum::extract::Path;
use axum::response::IntoResponse;
use pingyi_domain::assess::Coverage;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::notice::Rule;
use pingyi_storage::{Tx, org};

use super::load::{Board, Left, Line, load};
use crate::kernel::access::{CLERK, COMMITTEE};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::FormState;
use crate::kernel::html::{Answer, page};
use crate::meeting::load::Quote;

#[derive(Template)]
#[template(path = "coverage/show.html")]
struct CoveragePage {
    frame: Frame,
    crumbs: Vec<(String, String)>,
    here: String,
    base: String,
    name: String,
    quote: Option<Quote>,
    whole: bool,
    branch: bool,
    sum: Coverage,
    lines: Vec<Line>,
    left: Vec<Left>,
    /// What the person looking may decide about this branch.
    decision: Option<Decision>,
    form: FormState,
}

enum Decision {
    LeaveOut,
    TakeBack,
}

impl CoveragePage {
    fn sheet(&self) -> String {
        format!("{}/sheet", self.here)
    }

    /// How many stand there without an approver.
    fn unapproved(&self) -> usize {
        self.left.iter().filter(|l| l.approver.is_none()).count()
    }
}

/// Of the whole committee.
pub async fn whole(ctx: Ctx, Path(campaign): Path<CampaignId>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let root = org::tree(&mut tx).await?.root().map(|o| o.id);
    let root = root.ok_or(PageError::NotFound)?;
    answer(&ctx, tx, (campaign, root), FormState::default()).await
}

/// Of a unit or a branch.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let tx = ctx.app.db.read().await?;
    answer(&ctx, tx, at, FormState::default()).await
}

/// The page with the form as typed.
pub(super) async fn answer(
    ctx: &Ctx,
    mut tx: Tx,
    at: (CampaignId, OrgId),
    form: FormState,
) -> Answer {
    let board = load(ctx, &mut tx, at).await?;
    let status = form.status();
    let asked = board.campaign.notice.requirement(Rule::BranchesCovered);
    let decides = board.is_branch() && ctx.user()?.holds(CLERK);
    let decision = decides.then_some(match board.own {
        Some(_) => Decision::TakeBack,
        None => Decision::LeaveOut,
    });
    let body = page(&CoveragePage {
        frame: ctx.frame(&mut tx, "两个全覆盖").await?,
        crumbs: crumbs(ctx, &board),
        here: board
            .campaign
            .path(&format!("/o/{}/coverage", board.org.id)),
        base: board.campaign.path("/o"),
        quote: asked.map(|r| Quote {
            clause: r.clause.paragraph().as_str().to_owned(),
            words: r.words.clone(),
        }),
        whole: board.whole(),
        branch: board.is_branch(),
        name: board.org.name,
        sum: board.sum,
        lines: board.lines,
        left: board.left,
        decision,
        form,
    })?;
    Ok((status, body).into_response())
}

/// 总览 › 单位 › 支部: as far up as the person looking may go.
fn crumbs(ctx: &Ctx, board: &Board) -> Vec<(String, String)> {
    let mut way = Vec::new();
    let user = ctx.user.as_ref();
    if user.is_some_and(|u| u.holds(COMMITTEE)) {
        way.push(("总览".to_owned(), board.campaign.path("")));
        if !board.whole() {
            way.push(("两个全覆盖".to_owned(), board.campaign.path("/coverage")));
        }
    }
    if let Some((id, name)) = &board.unit {
        let reads = user.is_some_and(|u| u.holds(crate::kernel::access::UNIT_READ));
        if reads {
            let href = board.campaign.path(&format!("/o/{id}/coverage"));
            way.push((name.clone(), href));
        }
    }
    if !board.whole() {
        let href = board.campaign.path(&format!("/o/{}", board.org.id));
        way.push((board.org.name.clone(), href));
    }
    way
}
