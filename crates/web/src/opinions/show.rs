//! The page of opinions: activities for everybody above, texts behind links for the branch.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Path;
use pingyi_domain::day::late_entry;
use pingyi_domain::ids::{ActivityId, CampaignId, OrgId};
use pingyi_domain::notice::Rule;
use pingyi_domain::time::chinese_date;
use pingyi_storage::opinion::{self, Activity, Tally};
use pingyi_storage::{Tx, opinion_collection};

use super::load::{self, CollectionView, at};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::html::{Answer, page};
use crate::meeting::load::{Quote, Scene, scene};
use crate::study::held_day;

/// An activity as the page shows it.
pub(super) struct ActivityLine {
    pub id: ActivityId,
    pub on: String,
    pub what: String,
    pub source: &'static str,
    pub outside: bool,
    pub place: String,
    pub convenor: String,
    pub heard: Option<u32>,
    pub entered: Option<String>,
    pub collection: Option<CollectionView>,
}

/// Somebody opinions are on.
struct Subject {
    href: String,
    name: String,
    opinions: u32,
    unanswered: u32,
}

#[derive(Template)]
#[template(path = "opinions/show.html")]
struct OpinionsPage {
    frame: Frame,
    scene: Scene,
    writes: bool,
    /// Opinions are heard before the meeting. // 通知 二、2
    collects: bool,
    words: Option<Quote>,
    activities: Vec<ActivityLine>,
    subjects: Vec<Subject>,
    opinions: u32,
    unanswered: u32,
}

impl OpinionsPage {
    fn outside(&self) -> bool {
        self.activities.iter().any(|a| a.outside)
    }

    fn sealed(&self) -> bool {
        let mut views = self.activities.iter().filter_map(|a| a.collection.as_ref());
        views.any(|view| view.sealed)
    }
}

/// The page.
pub async fn show(ctx: Ctx, Path(path): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let scene = scene(&ctx.app, &mut tx, path).await?;
    let writes = scene.writes(ctx.user()?);
    let collects = writes && held_day(&mut tx, &scene).await?.is_none();
    let activities = lines(&ctx, &mut tx, &scene).await?;
    let (campaign, branch) = at(&scene);
    let tallies = opinion::tallies(&mut tx, campaign, branch).await?;
    let sum = |of: fn(&Tally) -> u32| tallies.iter().map(of).sum();
    let (opinions, unanswered) = (sum(|t| t.opinions), sum(|t| t.unanswered));
    let words = scene.words(Rule::OpinionsFromOutside);
    // Who opinions are on is the branch's own affair.
    let subjects = if writes {
        tallies.into_iter().map(|t| subject(&scene, t)).collect()
    } else {
        Vec::new()
    };
    page(&OpinionsPage {
        frame: ctx.frame(&mut tx, "征求意见").await?,
        scene,
        writes,
        collects,
        words,
        activities,
        subjects,
        opinions,
        unanswered,
    })
}

async fn lines(ctx: &Ctx, tx: &mut Tx, scene: &Scene) -> Result<Vec<ActivityLine>, PageError> {
    let (campaign, branch) = at(scene);
    let collections = opinion_collection::list(tx, campaign, branch).await?;
    let mut views: HashMap<ActivityId, CollectionView> = collections
        .iter()
        .map(|c| (c.activity_id, CollectionView::of(c, ctx.now)))
        .collect();
    let activities = opinion::list_activities(tx, campaign, branch).await?;
    Ok(activities
        .into_iter()
        .map(|a| {
            let view = views.remove(&a.id);
            line(a, view)
        })
        .collect())
}

pub(super) fn line(activity: Activity, collection: Option<CollectionView>) -> ActivityLine {
    let entered = match &collection {
        // A collection is entered on the day it begins.
        Some(_) => None,
        None => late_entry(activity.held_on, activity.entered_at),
    };
    ActivityLine {
        id: activity.id,
        on: chinese_date(activity.held_on),
        what: format!("{}（{}）", activity.form.label(), activity.mode.label()),
        source: activity.source.label(),
        outside: activity.source.outside(),
        place: activity.place,
        convenor: activity.convenor,
        heard: activity.heard,
        entered,
        collection,
    }
}

fn subject(scene: &Scene, tally: Tally) -> Subject {
    let whom = load::value(tally.about);
    Subject {
        href: scene.path(&format!("/opinions/about/{whom}")),
        name: tally.name.unwrap_or_else(|| "支部整体".to_owned()),
        opinions: tally.opinions,
        unanswered: tally.unanswered,
    }
}
