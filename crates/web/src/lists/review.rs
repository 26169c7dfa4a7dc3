//! A handed-in list as its reviewer reads it; that reading is logged. // 通知 二、3

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::ids::{CampaignId, MemberId, OrgId};
use pingyi_domain::lists::{ListError, ListState, ListStep};
use pingyi_domain::notice::Rule;
use pingyi_storage::audit::Event;
use pingyi_storage::{Tx, problem_list};

use super::hints::{Hints, hints};
use super::load::{Desk, author_of, desk, reviewer};
use super::view::{Part, chip, day, parts};
use super::write;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};
use crate::kernel::reading::log_reading;
use crate::meeting::load::Quote;

#[derive(Template)]
#[template(path = "lists/review.html")]
struct ReviewPage<'a> {
    frame: Frame,
    desk: &'a Desk,
    chip: (&'static str, String),
    parts: Vec<Part>,
    warnings: Vec<String>,
    hints: Hints,
    proxy: Option<(String, String)>,
    handed: String,
    returnable: bool,
    form: FormState,
    words: Option<Quote>,
}

impl ReviewPage<'_> {
    fn paper(&self) -> String {
        let member = self.desk.person.member.id;
        self.desk.scene.path(&format!("/lists/{member}/paper"))
    }
}

/// Shows the version that counts.
pub async fn show(
    ctx: Ctx,
    Path((campaign, org, member)): Path<(CampaignId, OrgId, MemberId)>,
) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let desk = desk(&ctx.app, &mut tx, (campaign, org), member).await?;
    may_read(&ctx, &desk)?;
    log_reading(&ctx, &mut tx, member, "问题清单").await?;
    let answer = render(&ctx, &mut tx, &desk, FormState::default()).await?;
    tx.commit().await?;
    Ok(answer)
}

pub(super) fn may_read(ctx: &Ctx, desk: &Desk) -> Result<(), PageError> {
    let asks = reviewer(ctx.user()?, &desk.scene, &desk.people);
    asks.may_read(author_of(&desk.people, &desk.person))
        .map_err(PageError::refused)
}

async fn render(ctx: &Ctx, tx: &mut Tx, desk: &Desk, form: FormState) -> Answer {
    let notice = &desk.scene.campaign.notice;
    // A draft is nobody's but its author's; what was handed in before it still stands.
    let version = desk.standing().or_else(|| {
        let newest = desk.newest();
        newest.filter(|v| v.handed_at.is_some())
    });
    let version = version.ok_or_else(|| {
        PageError::refused("这份清单还没有提交。草稿只有本人能看，请等本人提交。")
    })?;
    let warnings = version.content.check(notice).into_iter();
    page(&ReviewPage {
        frame: ctx.frame(tx, "审阅问题清单").await?,
        desk,
        chip: chip(desk),
        parts: parts(&version.content, notice),
        warnings: warnings.map(|p| p.message(notice)).collect(),
        hints: hints(tx, desk, &version.content).await?,
        proxy: version
            .proxy_reason
            .clone()
            .map(|why| (version.saved_by_name.clone(), why)),
        handed: day(version.handed_at),
        returnable: desk.state() == Some(ListState::HandedIn),
        form,
        words: desk.scene.words(Rule::ProblemListPerMember),
    })
}

/// Sends it back with a comment.
pub async fn submit(
    ctx: Ctx,
    Path((campaign, org, member)): Path<(CampaignId, OrgId, MemberId)>,
    fields: Fields,
) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let desk = desk(&ctx.app, &mut tx, (campaign, org), member).await?;
    may_read(&ctx, &desk)?;
    let state = desk.state().ok_or(PageError::NotFound)?;
    state
        .advance(ListStep::Return)
        .map_err(PageError::refused)?;
    let asks = reviewer(ctx.user()?, &desk.scene, &desk.people);
    let handed = desk.handed_in().ok_or(PageError::NotFound)?;
    let author = author_of(&desk.people, &desk.person);
    let back = match handed.return_with(asks, author, fields.get("comment"), ctx.now) {
        Ok(back) => back,
        Err(why @ ListError::NoComment) => {
            let mut form = FormState::of(&fields);
            form.fail("comment", why.to_string());
            let answer = render(&ctx, &mut tx, &desk, form).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
        }
        Err(why) => return Err(PageError::refused(why)),
    };
    store(&ctx, &mut tx, &desk, &back.comment).await?;
    tx.commit().await?;
    redirect_done(&desk.scene.path("/lists"), "list-returned")
}

async fn store(ctx: &Ctx, tx: &mut Tx, desk: &Desk, comment: &str) -> Result<(), PageError> {
    let user = ctx.user()?;
    let mut version = desk.newest().cloned().ok_or(PageError::NotFound)?;
    version.returned_at = Some(ctx.now);
    version.returned_by = Some(user.account);
    version.returned_name = Some(user.name.clone());
    version.comment = Some(comment.to_owned());
    let mut list = desk.list.clone().ok_or(PageError::NotFound)?;
    list.state = ListState::Returned;
    // What was returned stands no longer; an earlier stage's version still does.
    list.before_version = list.before_version.filter(|v| *v != version.version);
    list.after_version = list.after_version.filter(|v| *v != version.version);
    problem_list::update(tx, &list).await?;
    problem_list::update_version(tx, &version).await?;
    write::log(ctx, tx, desk, &version, Event::ListReturned).await
}
