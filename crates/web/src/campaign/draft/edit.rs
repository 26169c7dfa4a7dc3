//! `/drafts/{draft}/edit`: the draft as a form.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::ids::CampaignId;
use pingyi_storage::Tx;

use super::fill::{CAP_OF, Choice, VOTERS, fill, scopes};
use super::lists;
use super::load::{Draft, load, overtaken, save};
use super::pick::{Pick, by_stage, picks};
use super::read::read;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};

#[derive(Template)]
#[template(path = "campaign/edit.html")]
struct EditPage {
    frame: Frame,
    form: FormState,
    path: String,
    title: String,
    saved: String,
    picks: Vec<Pick>,
    voters: &'static [Choice],
    cap_of: &'static [Choice],
    scopes: [Choice; 3],
    grading: &'static [lists::Field],
    before: &'static [lists::Field],
    annexes: &'static [lists::Field],
}

impl EditPage {
    fn stages(&self) -> Vec<(&'static str, Vec<&Pick>)> {
        by_stage(&self.picks)
    }

    /// Something in the folded part of the head is marked.
    fn issuer_wrong(&self) -> bool {
        let folded = ["issuer_full", "issuer_short", "issuer_mark", "signature"];
        folded.iter().any(|name| self.form.error(name).is_some())
    }

    /// Ticked ones of a stage.
    fn asked(&self, picks: &[&Pick]) -> usize {
        picks.iter().filter(|pick| pick.used(&self.form)).count()
    }
}

/// The form.
pub async fn show(ctx: Ctx, Path(id): Path<CampaignId>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let draft = load(&mut tx, id).await?;
    let picks = picks(&draft.notice);
    let form = fill(&draft.notice, &picks).with("version", draft.row.version.to_string());
    page(&form_page(&ctx, &mut tx, &draft, form, picks).await?)
}

async fn form_page(
    ctx: &Ctx,
    tx: &mut Tx,
    draft: &Draft,
    form: FormState,
    picks: Vec<Pick>,
) -> Result<EditPage, PageError> {
    Ok(EditPage {
        frame: ctx.frame(tx, "起草通知").await?,
        form,
        path: draft.path(""),
        title: draft.row.title.clone(),
        saved: draft.saved(),
        picks,
        voters: VOTERS,
        cap_of: CAP_OF,
        scopes: scopes(),
        grading: lists::GRADING,
        before: lists::BEFORE,
        annexes: lists::ANNEXES,
    })
}

/// Saves everything, or nothing and says what is wrong.
pub async fn submit(ctx: Ctx, Path(id): Path<CampaignId>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let draft = load(&mut tx, id).await?;
    let mut picks = picks(&draft.notice);
    let mut form = FormState::of(&fields);
    let notice = read(&mut form, &mut picks, &draft.notice);
    if let Some(words) = overtaken(&draft, fields.get("version")) {
        form.fail("", words);
    }
    let Some(notice) = notice.filter(|_| form.is_ok()) else {
        let form = form.with("version", draft.row.version.to_string());
        let answer = page(&form_page(&ctx, &mut tx, &draft, form, picks).await?)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    };
    if notice == draft.notice {
        return redirect_done(&draft.path(""), "draft-saved");
    }
    // The comments of the text stay.
    let text = notice.to_toml_over(&draft.row.text);
    let text = text.map_err(PageError::internal)?;
    let path = draft.path("");
    save(&ctx, tx, draft.row, &notice, text).await?;
    redirect_done(&path, "draft-saved")
}
