//! 电话催办单 on the screen.

use askama::Template;
use axum::extract::{Path, Query};
use pingyi_domain::ids::{CampaignId, OrgId};
use serde::Deserialize;

use super::calls::{Call, load};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::html::{Answer, page};

#[derive(Template)]
#[template(path = "reminders/calls.html")]
struct CallsPage {
    frame: Frame,
    back: String,
    here: String,
    base: String,
    name: String,
    whole: bool,
    all: bool,
    calls: Vec<Call>,
}

impl CallsPage {
    fn sheet(&self) -> String {
        format!("{}/sheet", self.here)
    }
}

/// What to name.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    show: String,
}

/// The page.
pub async fn show(
    ctx: Ctx,
    Path(at): Path<(CampaignId, OrgId)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let all = asked.show == "all";
    let found = load(&ctx, &mut tx, at, all).await?;
    let here = found.campaign.path(&format!("/o/{}", at.1));
    let whole = found.whole();
    page(&CallsPage {
        frame: ctx.frame(&mut tx, "电话催办单").await?,
        back: if whole {
            found.campaign.path("")
        } else {
            here.clone()
        },
        here: format!("{here}/calls"),
        base: found.campaign.path("/o"),
        whole,
        name: found.org.name,
        all,
        calls: found.list,
    })
}
