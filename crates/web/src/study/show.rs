//! The study page: items, who still lacks what, sessions, 补学.

use askama::Template;
use axum::extract::Path;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::notice::Rule;

use super::load::{Known, known};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::html::{Answer, page};
use crate::meeting::load::{Quote, Scene, scene};

#[derive(Template)]
#[template(path = "study/show.html")]
struct StudyPage {
    frame: Frame,
    scene: Scene,
    writes: bool,
    words: Option<Quote>,
    known: Known,
}

impl StudyPage {
    /// Items without a session.
    fn uncovered(&self) -> usize {
        let items = self.known.items.iter();
        items.filter(|item| item.days.is_empty()).count()
    }
}

/// The page.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let scene = scene(&ctx.app, &mut tx, at).await?;
    let known = known(&mut tx, &scene).await?;
    page(&StudyPage {
        frame: ctx.frame(&mut tx, "会前学习").await?,
        writes: scene.writes(ctx.user()?),
        words: scene.words(Rule::StudyCoversItems),
        known,
        scene,
    })
}
