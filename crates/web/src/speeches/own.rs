//! What a member said and was told at the meeting, for that member alone.

use askama::Template;
use axum::extract::Path;
use pingyi_domain::ids::{CampaignId, OrgId};

use super::floor::Floor;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::html::{Answer, page};

#[derive(Template)]
#[template(path = "speeches/own.html")]
struct OwnPage {
    frame: Frame,
    words: String,
    views: Vec<(String, String)>,
    received: Vec<Point>,
    given: Vec<Point>,
}

/// One criticism: with whom, what, and the answer.
struct Point {
    name: String,
    words: String,
    answer: String,
}

/// The page.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let me = ctx.user()?.member.ok_or(PageError::Forbidden)?;
    let floor = Floor::load(&ctx.app, &mut tx, at).await?;
    let frame = ctx.frame(&mut tx, "我在会上的发言").await?;
    let views = &floor.scene.campaign.notice.views;
    let speech = floor.speech(me);
    let of_views = speech.map(|s| {
        let label = |key: &str| views.iter().find(|v| v.key == key).map(|v| v.label.clone());
        let known = s
            .views
            .iter()
            .filter_map(|(key, words)| Some((label(key)?, words.clone())));
        known.collect()
    });
    let points = |mine: bool| {
        let of = floor.criticisms.iter();
        let of = of.filter(move |c| if mine { c.from == me } else { c.to == me });
        of.map(|c| Point {
            name: floor.name(if mine { c.to } else { c.from }).to_owned(),
            words: c.words.clone(),
            answer: c.answer.clone().unwrap_or_default(),
        })
        .collect::<Vec<_>>()
    };
    page(&OwnPage {
        frame,
        words: speech.map(|s| s.words.clone()).unwrap_or_default(),
        views: of_views.unwrap_or_default(),
        received: points(false),
        given: points(true),
    })
}
