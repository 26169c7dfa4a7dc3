//! `/c/{campaign}/assessment`: the scheme and how far each unit's sheet is. No score stands here:
//! sums belong to a unit's own sheet. // docs/DOMAIN.md: no ranking

use std::collections::HashMap;

use askama::Template;
use axum::extract::Path;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::notice::Rule;
use pingyi_domain::scheme::{SchemeState, SheetState};
use pingyi_domain::time::{UnixTime, chinese_date};
use pingyi_storage::assessment::{self, Sheet};
use pingyi_storage::org;

use crate::kernel::access::CLERK;
use crate::kernel::campaign;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::html::{Answer, page};

#[derive(Template)]
#[template(path = "assessment/desk.html")]
struct DeskPage {
    frame: Frame,
    base: String,
    words: Option<(String, String)>,
    clerk: bool,
    state: Option<SchemeState>,
    saved: String,
    checked: usize,
    units: Vec<Line>,
}

impl DeskPage {
    fn issued(&self) -> bool {
        self.state == Some(SchemeState::Issued)
    }
}

struct Line {
    name: String,
    href: String,
    state: SheetState,
    /// Where it stands, in words.
    word: &'static str,
    class: &'static str,
    handed: String,
    checked: String,
}

/// The page.
pub async fn show(ctx: Ctx, Path(id): Path<CampaignId>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, id).await?;
    let scheme = assessment::scheme(&mut tx, id).await?;
    let all = assessment::list(&mut tx, id).await?;
    let mut sheets: HashMap<OrgId, Sheet> = all.into_iter().map(|s| (s.unit_id, s)).collect();
    let tree = org::tree(&mut tx).await?;
    let units: Vec<Line> = tree
        .units()
        .map(|unit| {
            let href = campaign.path(&format!("/o/{}/assessment", unit.id));
            let sheet = sheets.remove(&unit.id);
            let word = sheet.as_ref().map_or("未开始", |s| s.state.label());
            let blank = || Sheet::blank(id, unit.id);
            let sheet = sheet.unwrap_or_else(blank);
            line((unit.name.clone(), href), word, &sheet)
        })
        .collect();
    let asked = campaign.notice.requirement(Rule::AssessmentInput);
    let done = |line: &&Line| line.state == SheetState::Checked;
    page(&DeskPage {
        frame: ctx.frame(&mut tx, "目标责任制考评").await?,
        base: campaign.path("/assessment"),
        words: asked.map(|r| (r.clause.paragraph().as_str().to_owned(), r.words.clone())),
        clerk: ctx.user()?.holds(CLERK),
        state: scheme.as_ref().map(|s| s.state),
        saved: scheme.map_or_else(String::new, |s| {
            format!("{} {}", chinese_date(s.saved_at.date()), s.saved_by)
        }),
        checked: units.iter().filter(done).count(),
        units,
    })
}

fn line((name, href): (String, String), word: &'static str, sheet: &Sheet) -> Line {
    let day = |at: Option<UnixTime>| at.map_or_else(String::new, |at| chinese_date(at.date()));
    Line {
        name,
        href,
        state: sheet.state,
        word,
        class: match sheet.state {
            SheetState::Own => "",
            SheetState::HandedIn => "wait",
            SheetState::Checked => "ok",
        },
        handed: day(sheet.handed_at),
        checked: day(sheet.checked_at),
    }
}
