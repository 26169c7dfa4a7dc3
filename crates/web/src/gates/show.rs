//! The page of a branch's gates; of a unit, the list of its branches.

use askama::Template;
use axum::extract::Path;
use axum::response::IntoResponse;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::notice::Rule;
use pingyi_domain::org::OrgKind;
use pingyi_storage::{Tx, meeting, org};

use super::board::{self, Line, attached, decides};
use super::list;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::FormState;
use crate::kernel::html::{Answer, page};
use crate::meeting::load::{Quote, Scene, roster, scene};

#[derive(Template)]
#[template(path = "gates/show.html")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four independent facts of a page"
)]
struct GatesPage {
    frame: Frame,
    scene: Scene,
    words: Option<Quote>,
    lines: Vec<Line>,
    people: Vec<(String, String)>,
    decides: bool,
    reworks: bool,
    attached: bool,
    held: bool,
    form: FormState,
}

impl GatesPage {
    fn passed(&self) -> usize {
        let passed = |line: &&Line| line.class() == "ok";
        self.lines.iter().filter(passed).count()
    }

    fn deciding(&self) -> bool {
        self.decides && self.lines.iter().any(Line::undecided)
    }

    fn reworking(&self) -> bool {
        self.reworks && self.lines.iter().any(Line::returned)
    }
}

/// The page.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let here = org::get(&mut tx, at.1).await?.ok_or(PageError::NotFound)?;
    if here.kind != OrgKind::Branch {
        return list::show(&ctx, tx, at.0, here).await;
    }
    let scene = scene(&ctx.app, &mut tx, at).await?;
    answer(&ctx, tx, scene, FormState::default()).await
}

/// The page with a form as typed; refused when something on it is wrong.
pub(super) async fn answer(ctx: &Ctx, mut tx: Tx, scene: Scene, form: FormState) -> Answer {
    let status = form.status();
    let frame = ctx.frame(&mut tx, "四个不放过").await?;
    let lines = board::load(ctx, &mut tx, &scene).await?;
    let people = roster(&mut tx, scene.branch.id).await?;
    let held = meeting::find(&mut tx, scene.campaign.id, scene.branch.id).await?;
    let user = ctx.user()?;
    let body = page(&GatesPage {
        frame,
        words: scene.words(Rule::GatesPassed),
        people: people
            .into_iter()
            .map(|p| (p.member.id.to_string(), p.member.name))
            .collect(),
        decides: decides(user, &scene),
        reworks: scene.writes(user),
        attached: attached(&scene),
        held: held.is_some(),
        lines,
        scene,
        form,
    })?;
    Ok((status, body).into_response())
}
