//! The opinions on one member, or on the branch as a whole: read, routed and answered for.
//!
//! Reading those on somebody else leaves a line in the log.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::ids::{CampaignId, MemberId, OpinionId, OrgId};
use pingyi_domain::notice::Category;
use pingyi_domain::opinion::Handling;
use pingyi_domain::prose::LONG;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::opinion::{self, Opinion};
use pingyi_storage::{Tx, member};

use super::load::{WHOLE, chosen, subjects, value};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};
use crate::kernel::reading::log_reading;
use crate::meeting::load::{Scene, scene};
use crate::study::{id_of, optional};

/// What the log calls these papers.
pub(super) const PAPERS: &str = "征求到的意见";

/// An opinion with its form.
struct Line {
    id: OpinionId,
    text: String,
    answered: Option<String>,
    form: FormState,
}

#[derive(Template)]
#[template(path = "opinions/about.html")]
struct AboutPage<'a> {
    frame: Frame,
    scene: &'a Scene,
    name: String,
    whom: &'a str,
    /// Of a member: the slip can be printed.
    slip: bool,
    lines: Vec<Line>,
    subjects: Vec<(String, String)>,
    categories: &'a [Category],
    handlings: &'static [Handling],
}

impl AboutPage<'_> {
    /// Where the slip is, without its format.
    fn slips(&self) -> String {
        self.scene.path(&format!("/opinions/slip/{}", self.whom))
    }

    /// Whether the one the opinion is on is no choice any more.
    fn gone(&self, line: &Line) -> bool {
        let value = line.form.value("about");
        !self.subjects.iter().any(|(key, _)| key == value)
    }
}

/// The page.
pub async fn show(
    ctx: Ctx,
    Path((campaign, org, whom)): Path<(CampaignId, OrgId, String)>,
) -> Answer {
    // Reading is written down.
    let mut tx = ctx.app.db.begin().await?;
    let scene = scene(&ctx.app, &mut tx, (campaign, org)).await?;
    let answer = answer(&ctx, &mut tx, &scene, &whom, None).await?;
    tx.commit().await?;
    Ok(answer)
}

async fn answer(
    ctx: &Ctx,
    tx: &mut Tx,
    scene: &Scene,
    whom: &str,
    typed: Option<(OpinionId, FormState)>,
) -> Answer {
    let (about, name) = whose(tx, scene, whom).await?;
    let mut opinions = opinion::list(tx, scene.campaign.id, scene.branch.id).await?;
    opinions.retain(|one| one.about_id == about);
    if let (Some(member), false) = (about, opinions.is_empty()) {
        log_reading(ctx, tx, member, PAPERS).await?;
    }
    let mut lines: Vec<Line> = opinions.into_iter().map(line).collect();
    if let Some((id, form)) = typed
        && let Some(line) = lines.iter_mut().find(|line| line.id == id)
    {
        line.form = form;
    }
    page(&AboutPage {
        frame: ctx.frame(tx, "征求到的意见").await?,
        scene,
        name,
        whom,
        slip: about.is_some(),
        lines,
        subjects: subjects(tx, scene.branch.id).await?,
        categories: &scene.campaign.notice.categories,
        handlings: Handling::ALL,
    })
}

fn line(one: Opinion) -> Line {
    let form = FormState::default()
        .with("about", value(one.about_id))
        .with("category", one.category.unwrap_or_default())
        .with("handling", one.handling.map_or("", Handling::as_str))
        .with("note", one.handling_note.unwrap_or_default());
    Line {
        id: one.id,
        text: one.text,
        answered: one.handling.map(|h| h.label().to_owned()),
        form,
    }
}

/// On whom, and the name at the head of the page.
pub(super) async fn whose(
    tx: &mut Tx,
    scene: &Scene,
    whom: &str,
) -> Result<(Option<MemberId>, String), PageError> {
    if whom == WHOLE {
        return Ok((None, "支部整体".to_owned()));
    }
    let id: MemberId = id_of(whom)?;
    let found = member::get(tx, id).await?.ok_or(PageError::NotFound)?;
    // One who left since may still have opinions here.
    if found.branch != scene.branch.id {
        let tallies = opinion::tallies(tx, scene.campaign.id, scene.branch.id).await?;
        if !tallies.iter().any(|tally| tally.about == Some(id)) {
            return Err(PageError::NotFound);
        }
    }
    Ok((Some(id), found.name))
}

/// Routes and answers one opinion.
pub async fn submit(
    ctx: Ctx,
    Path((campaign, org, whom)): Path<(CampaignId, OrgId, String)>,
    fields: Fields,
) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let scene = scene(&ctx.app, &mut tx, (campaign, org)).await?;
    let id: OpinionId = id_of(fields.get("opinion"))?;
    let stored = opinion::get(&mut tx, campaign, org, id).await?;
    let stored = stored
        .filter(|one| value(one.about_id) == whom)
        .ok_or(PageError::NotFound)?;
    let subjects = subjects(&mut tx, org).await?;
    let mut form = FormState::of(&fields);
    let Some(new) = read(&scene, &mut form, &subjects, &stored) else {
        let answer = answer(&ctx, &mut tx, &scene, &whom, Some((id, form))).await?;
        tx.commit().await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    };
    opinion::update(&mut tx, &new).await?;
    let detail = serde_json::json!({
        "branch": scene.branch.name, "opinion": id,
        "from": stored.about_id, "to": new.about_id,
        "handling": new.handling.map(Handling::as_str),
    });
    let object = Object::Org(scene.branch.id);
    tx.audit(
        &ctx.actor(),
        ctx.now,
        Event::OpinionAnswered,
        object,
        detail,
    )
    .await?;
    tx.commit().await?;
    let back = scene.path(&format!("/opinions/about/{whom}"));
    redirect_done(&back, "opinion-answered")
}

fn read(
    scene: &Scene,
    form: &mut FormState,
    subjects: &[(String, String)],
    stored: &Opinion,
) -> Option<Opinion> {
    // One who left since is no choice any more, and may stay.
    let kept = (form.value("about") == value(stored.about_id)).then_some(stored.about_id);
    let about = chosen(subjects, form.value("about")).or(kept);
    if about.is_none() {
        form.fail("about", "请选择这条意见是对谁提的。");
    }
    let category = Some(form.value("category").to_owned()).filter(|key| !key.is_empty());
    let categories = &scene.campaign.notice.categories;
    let known = |key: &String| categories.iter().any(|c| c.key == *key);
    if category.as_ref().is_some_and(|key| !known(key)) {
        form.fail("category", "请从列表里选择类别，或者不选。");
    }
    let handling = handling(form);
    let note = optional(form, "note", "处理情况", LONG)?;
    match handling {
        None if note.is_some() => form.fail("handling", "写了处理情况，请再选择处理方式。"),
        Some(Handling::Explained | Handling::PassedOn) if note.is_none() => {
            form.fail("note", "请写明怎么说明的，或者转给了哪里。");
        }
        _ => {}
    }
    if !form.is_ok() {
        return None;
    }
    Some(Opinion {
        about_id: about?,
        category,
        handling,
        handling_note: note,
        ..stored.clone()
    })
}

fn handling(form: &mut FormState) -> Option<Handling> {
    let typed = form.value("handling");
    if typed.is_empty() {
        return None;
    }
    let read = Handling::parse(typed);
    if read.is_none() {
        form.fail("handling", "请从列表里选择处理方式。");
    }
    read
}
