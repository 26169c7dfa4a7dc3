//! `/c/{campaign}/o/{unit}/assessment`: the unit's sheet.

use askama::Template;
use axum::extract::Path;
use axum::response::IntoResponse;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::notice::Rule;
use pingyi_domain::scheme::{SchemeState, Sums};
use pingyi_domain::time::{UnixTime, chinese_date};
use pingyi_storage::Tx;

use super::fields::filled;
use super::load::{Board, Found, board, text};
use crate::kernel::access::COMMITTEE;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::form::FormState;
use crate::kernel::html::{Answer, page};

#[derive(Template)]
#[template(path = "assessment/show.html")]
struct ShowPage {
    frame: Frame,
    desk: Option<String>,
    words: Option<(String, String)>,
    sums: Sums,
    handed: String,
    checked: String,
    board: Board,
    form: FormState,
}

impl ShowPage {
    fn draft(&self) -> bool {
        self.board.scheme_state == SchemeState::Draft
    }

    fn sum(&self, which: &str) -> String {
        match which {
            "points" => text(self.sums.points),
            "own" => text(self.sums.own),
            "deduction" if self.board.may.see_check => self.sums.deduction.to_string(),
            "score" => text(self.sums.score),
            _ => String::new(),
        }
    }
}

#[derive(Template)]
#[template(path = "assessment/none.html")]
struct NonePage {
    frame: Frame,
    name: String,
    desk: Option<String>,
    scheme: String,
}

/// The page.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    match board(&ctx, &mut tx, at).await? {
        Found::Sheet(board) => {
            let form = filled(&board);
            answer(&ctx, tx, *board, form).await
        }
        Found::None(scene) => {
            let frame = ctx.frame(&mut tx, "目标责任制考评").await?;
            page(&NonePage {
                frame,
                name: scene.unit.name.clone(),
                desk: desk(&ctx, at.0),
                scheme: scene.campaign.path("/assessment/scheme"),
            })
        }
    }
}

fn desk(ctx: &Ctx, campaign: CampaignId) -> Option<String> {
    let user = ctx.user.as_ref()?;
    user.holds(COMMITTEE)
        .then(|| format!("/c/{campaign}/assessment"))
}

/// The sheet with the form as it stands.
pub(super) async fn answer(ctx: &Ctx, mut tx: Tx, board: Board, form: FormState) -> Answer {
    let status = form.status();
    let by = |name: &Option<String>, at: Option<UnixTime>| {
        let name = name.as_deref().unwrap_or_default();
        at.map(|at| format!("{} {name}", chinese_date(at.date())))
            .unwrap_or_default()
    };
    let asked = board
        .scene
        .campaign
        .notice
        .requirement(Rule::AssessmentInput);
    let body = page(&ShowPage {
        frame: ctx.frame(&mut tx, "目标责任制考评").await?,
        desk: desk(ctx, board.scene.campaign.id),
        words: asked.map(|r| (r.clause.paragraph().as_str().to_owned(), r.words.clone())),
        sums: board.sums(),
        handed: by(&board.sheet.handed_by, board.sheet.handed_at),
        checked: by(&board.sheet.checked_by, board.sheet.checked_at),
        board,
        form,
    })?;
    Ok((status, body).into_response())
}
