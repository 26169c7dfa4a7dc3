//! 代录: the branch types a member's list for him, with the reason; the author stays the member.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::ids::{CampaignId, MemberId, OrgId};
use pingyi_domain::lists::ListState;
use pingyi_domain::notice::Rule;
use pingyi_domain::prose;
use pingyi_storage::Tx;

use super::form::ListForm;
use super::hints::Hints;
use super::load::{Desk, author_of, desk, reviewer};
use super::mine::{EditPage, done, refuse_overwriting};
use super::write::{self, Save};
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::Fields;
use crate::kernel::html::{Answer, page};
use crate::kernel::reading::log_reading;

/// The form. What stands in it is the member's: reading it is logged.
pub async fn show(
    ctx: Ctx,
    Path((campaign, org, member)): Path<(CampaignId, OrgId, MemberId)>,
) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let desk = desk(&ctx.app, &mut tx, (campaign, org), member).await?;
    may_type(&ctx, &desk)?;
    let mut form = ListForm::fill(&desk.content(), &desk.scene.campaign.notice);
    if let Some(reason) = desk.newest().and_then(|v| v.proxy_reason.clone()) {
        form.reason.value = reason;
    }
    if desk.list.is_some() {
        log_reading(&ctx, &mut tx, member, "问题清单").await?;
    }
    let answer = edit(&ctx, &mut tx, &desk, &form).await?;
    tx.commit().await?;
    Ok(answer)
}

/// Whose list this person may type: that of whom he may review, unless its author is at it.
fn may_type(ctx: &Ctx, desk: &Desk) -> Result<(), PageError> {
    let asks = reviewer(ctx.user()?, &desk.scene, &desk.people);
    asks.may_read(author_of(&desk.people, &desk.person))
        .map_err(PageError::refused)?;
    let own_draft = desk.state() == Some(ListState::Draft)
        && desk.newest().is_some_and(|v| v.proxy_reason.is_none());
    if own_draft {
        return Err(PageError::refused(
            "本人正在起草这份清单，不能代录。请等本人提交，或请本人继续填写。",
        ));
    }
    Ok(())
}

async fn edit(ctx: &Ctx, tx: &mut Tx, desk: &Desk, form: &ListForm) -> Answer {
    let member = desk.person.member.id;
    page(&EditPage {
        frame: ctx.frame(tx, "代录问题清单").await?,
        desk,
        form,
        action: desk.scene.path(&format!("/lists/{member}/edit")),
        back: desk.scene.path("/lists"),
        proxy: Some(desk.person.member.name.clone()),
        words: desk.scene.words(Rule::ProblemListPerMember),
        hints: Hints::default(),
    })
}

/// Saves it.
pub async fn submit(
    ctx: Ctx,
    Path((campaign, org, member)): Path<(CampaignId, OrgId, MemberId)>,
    fields: Fields,
) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let desk = desk(&ctx.app, &mut tx, (campaign, org), member).await?;
    may_type(&ctx, &desk)?;
    let notice = &desk.scene.campaign.notice;
    let mut form = ListForm::typed(&fields, notice);
    let content = form.content(&ctx.app, &desk.content());
    let reason = reason(&mut form);
    refuse_overwriting(&mut form, &fields, &desk);
    if let (true, Some(reason)) = (form.errors.is_empty(), reason) {
        let save = Save {
            content,
            hand_in: fields.get("do") == "hand-in",
            proxy: Some(reason),
        };
        let found = write::save(&ctx, tx, &desk, save).await?;
        if found.is_empty() {
            let back = match fields.get("do") {
                "hand-in" => desk.scene.path("/lists"),
                _ => desk.scene.path(&format!("/lists/{member}/edit")),
            };
            return done(&back, fields.get("do"));
        }
        form.mark(&found, notice);
        tx = ctx.app.db.begin().await?;
    }
    let answer = edit(&ctx, &mut tx, &desk, &form).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
}

/// 自己动手 is the rule (二、3); typing for somebody needs its reason.
fn reason(form: &mut ListForm) -> Option<String> {
    match prose::line(&form.reason.value, prose::LINE) {
        Ok(reason) => Some(reason),
        Err(why) => {
            let words = format!("代录原因{why}");
            form.errors.push(words.clone());
            form.reason.error = Some(words);
            None
        }
    }
}
