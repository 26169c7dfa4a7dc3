//! The results of a branch on one page: who was told, 公示, use.

use askama::Template;
use axum::extract::Path;
use jiff::civil::Date;
use pingyi_domain::day::working_days_after;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::notice::Rule;
use pingyi_domain::time::chinese_date;

use super::load::{Results, results};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::html::{Answer, page};
use crate::meeting::load::Quote;

#[derive(Template)]
#[template(path = "results/show.html")]
struct ResultsPage {
    frame: Frame,
    results: Results,
    writes: bool,
    fed_back: Option<Quote>,
    published: Option<Quote>,
    used: Option<Quote>,
    due: Option<String>,
    late: bool,
    today: Date,
}

/// The page.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let found = results(&ctx.app, &mut tx, at).await?;
    let today = ctx.now.date();
    let limit = found.scene.campaign.notice.settings.feedback_working_days;
    let first = found.members.iter().map(|m| m.given.decided_on).min();
    let due = first.map(|on| working_days_after(on, limit));
    page(&ResultsPage {
        frame: ctx.frame(&mut tx, "反馈、公示和结果运用").await?,
        writes: found.scene.writes(ctx.user()?),
        fed_back: found.scene.words(Rule::FedBack),
        published: found.scene.words(Rule::Published),
        used: found.scene.words(Rule::ResultsUsed),
        due: due.map(chinese_date),
        late: due.is_some_and(|d| today > d) && found.untold().next().is_some(),
        today,
        results: found,
    })
}

impl ResultsPage {
    fn counts(&self) -> [(usize, &'static str); 4] {
        let told = self
            .results
            .members
            .iter()
            .filter_map(|m| m.feedback.as_ref());
        let said = told.clone().filter(|f| f.feedback.acknowledged.is_some());
        let open = told.clone().filter(|f| f.feedback.waits());
        [
            (self.results.members.len(), "已评定"),
            (told.clone().count(), "已反馈"),
            (said.count(), "本人已确认"),
            (open.count(), "异议待答复"),
        ]
    }

    fn over(&self) -> bool {
        self.results.notice().is_some_and(|p| self.today > p.to_on)
    }
}
