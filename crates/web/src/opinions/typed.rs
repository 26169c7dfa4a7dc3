//! The page of one activity: opinions typed by the branch, or the code of its collection.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::ids::{ActivityId, CampaignId, OpinionId, OrgId};
use pingyi_domain::opinion::{Given, LONGEST};
use pingyi_domain::prose::{self, ProseProblem};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::{Tx, opinion, opinion_collection};

use super::collect::with_code;
use super::load::{self, CollectionView, WHOLE, chosen, subjects};
use super::show::{ActivityLine, line};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};
use crate::kernel::random::unordered_id;
use crate::meeting::load::{Scene, scene};
use crate::room::Invite;

/// Lines offered at once.
const LINES: usize = 5;

/// Names of a line's fields.
struct Row {
    about: String,
    text: String,
}

#[derive(Template)]
#[template(path = "opinions/typed.html")]
struct TypedPage {
    frame: Frame,
    scene: Scene,
    id: ActivityId,
    line: ActivityLine,
    code: Option<Invite>,
    rows: Vec<Row>,
    subjects: Vec<(String, String)>,
    form: FormState,
}

impl TypedPage {
    /// What a line's choice shows.
    fn chosen(&self, row: &Row, key: &str) -> bool {
        match self.form.value(&row.about) {
            "" => key == WHOLE,
            value => value == key,
        }
    }
}

fn rows() -> Vec<Row> {
    let row = |n| Row {
        about: format!("about_{n}"),
        text: format!("text_{n}"),
    };
    (1..=LINES).map(row).collect()
}

/// The page.
pub async fn show(
    ctx: Ctx,
    Path((campaign, org, id)): Path<(CampaignId, OrgId, String)>,
) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let scene = scene(&ctx.app, &mut tx, (campaign, org)).await?;
    answer(&ctx, &mut tx, scene, &id, FormState::default()).await
}

async fn answer(ctx: &Ctx, tx: &mut Tx, scene: Scene, id: &str, form: FormState) -> Answer {
    let activity = load::activity(tx, load::at(&scene), id).await?;
    let found = with_code(ctx, tx, activity.id).await?;
    let (view, code): (Option<CollectionView>, Option<Invite>) = found.unzip();
    page(&TypedPage {
        frame: ctx.frame(tx, "征求意见活动").await?,
        id: activity.id,
        line: line(activity, view),
        code,
        rows: rows(),
        subjects: subjects(tx, scene.branch.id).await?,
        scene,
        form,
    })
}

/// Keeps what was typed, all of it or nothing.
pub async fn submit(
    ctx: Ctx,
    Path((campaign, org, id)): Path<(CampaignId, OrgId, String)>,
    fields: Fields,
) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let scene = scene(&ctx.app, &mut tx, (campaign, org)).await?;
    let activity = load::activity(&mut tx, (campaign, org), &id).await?;
    if opinion_collection::get(&mut tx, activity.id)
        .await?
        .is_some()
    {
        return Err(PageError::refused(
            "这次是不记名征集，意见只从网上收。收到的纸质意见，请另外记录一次活动后录入。",
        ));
    }
    let subjects = subjects(&mut tx, org).await?;
    let mut form = FormState::of(&fields);
    let Some(given) = read(&ctx, &mut form, &subjects) else {
        let answer = answer(&ctx, &mut tx, scene, &id, form).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    };
    opinion::insert(&mut tx, activity.id, &given).await?;
    let detail = serde_json::json!({
        "branch": scene.branch.name, "activity": activity.id, "opinions": given.len(),
    });
    let object = Object::Org(scene.branch.id);
    tx.audit(&ctx.actor(), ctx.now, Event::OpinionsTyped, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&scene.path("/opinions"), "opinions-typed")
}

fn read(ctx: &Ctx, form: &mut FormState, subjects: &[(String, String)]) -> Option<Vec<Given>> {
    let mut given = Vec::new();
    for (number, row) in (1..).zip(rows()) {
        let text = match prose::text(form.value(&row.text), LONGEST) {
            Ok(text) => text,
            Err(ProseProblem::Empty) => continue,
            Err(e) => {
                form.fail(&row.text, format!("第{number}条意见{e}"));
                continue;
            }
        };
        let Some(about) = chosen(subjects, form.value(&row.about)) else {
            form.fail(&row.about, format!("第{number}条意见没有选对谁提的。"));
            continue;
        };
        let id = OpinionId(unordered_id(ctx.app.random.as_ref()));
        given.push(Given { id, about, text });
    }
    if given.is_empty() && form.is_ok() {
        form.fail("text_1", "没有填写意见。请至少写一条。");
    }
    form.is_ok().then_some(given)
}
