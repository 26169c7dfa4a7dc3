//! The member's own list: written, handed in, confirmed after the meeting. // 通知 二、3

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::lists::ListState;
use pingyi_domain::notice::Rule;
use pingyi_storage::Tx;

use super::form::ListForm;
use super::hints::{Hints, hints};
use super::load::{Desk, desk, own};
use super::view::{Part, chip, parts};
use super::write::{self, Save};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::form::Fields;
use crate::kernel::html::{Answer, page, redirect_done};
use crate::meeting::load::Quote;

/// The list as a form, the author's own or filled in for somebody.
#[derive(Template)]
#[template(path = "lists/edit.html")]
pub(super) struct EditPage<'a> {
    pub frame: Frame,
    pub desk: &'a Desk,
    pub form: &'a ListForm,
    pub action: String,
    pub back: String,
    /// Somebody else's name when it is filled in for them.
    pub proxy: Option<String>,
    pub words: Option<Quote>,
    pub hints: Hints,
}

#[derive(Template)]
#[template(path = "lists/mine.html")]
struct MinePage<'a> {
    frame: Frame,
    desk: &'a Desk,
    chip: (&'static str, String),
    parts: Vec<Part>,
    warnings: Vec<String>,
    hints: Hints,
    words: Option<Quote>,
}

/// The form while there is something to write, else the list as it stands.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let desk = desk(&ctx.app, &mut tx, at, own(ctx.user()?)?).await?;
    let editing = ctx.path.contains("edit=1") || desk.state() != Some(ListState::HandedIn);
    if editing {
        let form = ListForm::fill(&desk.content(), &desk.scene.campaign.notice);
        return edit(&ctx, &mut tx, &desk, &form).await;
    }
    let notice = &desk.scene.campaign.notice;
    let content = desk.content();
    let warnings = content.check(notice).into_iter().filter(|p| !p.stops());
    page(&MinePage {
        frame: ctx.frame(&mut tx, "我的问题清单").await?,
        chip: chip(&desk),
        parts: parts(&content, notice),
        warnings: warnings.map(|p| p.message(notice)).collect(),
        hints: hints(&mut tx, &desk, &content).await?,
        words: desk.scene.words(Rule::MeasuresPerMember),
        desk: &desk,
    })
}

async fn edit(ctx: &Ctx, tx: &mut Tx, desk: &Desk, form: &ListForm) -> Answer {
    page(&EditPage {
        frame: ctx.frame(tx, "我的问题清单").await?,
        desk,
        form,
        action: desk.scene.path("/lists/mine"),
        back: "/me".into(),
        proxy: None,
        words: desk.scene.words(Rule::ProblemListPerMember),
        hints: hints(tx, desk, &desk.content()).await?,
    })
}

/// Saves the draft, or hands it in.
pub async fn submit(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let desk = desk(&ctx.app, &mut tx, at, own(ctx.user()?)?).await?;
    let notice = &desk.scene.campaign.notice;
    let mut form = ListForm::typed(&fields, notice);
    let content = form.content(&ctx.app, &desk.content());
    refuse_overwriting(&mut form, &fields, &desk);
    let hand_in = fields.get("do") == "hand-in";
    if form.errors.is_empty() {
        let save = Save {
            content,
            hand_in,
            proxy: None,
        };
        let found = write::save(&ctx, tx, &desk, save).await?;
        if found.is_empty() {
            return done(&desk.scene.path("/lists/mine"), fields.get("do"));
        }
        form.mark(&found, notice);
        tx = ctx.app.db.begin().await?;
    }
    let answer = edit(&ctx, &mut tx, &desk, &form).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
}

/// Back to the place where one more is to be written, or to the list.
pub(super) fn done(path: &str, pressed: &str) -> Answer {
    match pressed.strip_prefix("more-") {
        Some(category) => {
            let key: String = category
                .chars()
                .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
                .collect();
            let to = format!("{path}?edit=1#{key}");
            Ok(axum::response::Redirect::to(&to).into_response())
        }
        None if pressed == "hand-in" => redirect_done(path, "list-handed-in"),
        None => redirect_done(&format!("{path}?edit=1"), "list-saved"),
    }
}

/// Two windows, or the branch and the author at once: nobody's words are lost unseen.
pub(super) fn refuse_overwriting(form: &mut ListForm, fields: &Fields, desk: &Desk) {
    if fields.get("seen") != desk.seen() {
        let who = desk.newest().map_or("另一个窗口", |v| &v.saved_by_name);
        form.errors.push(format!(
            "您填写期间，{who}也保存过这份清单。您填的内容还在下面：请核对后再保存，就以您的为准。"
        ));
    }
}

/// 会后确认沿用: the measures stand after the criticism as they did before. // 通知 三、4
pub async fn confirm(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, _fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let desk = desk(&ctx.app, &mut tx, at, own(ctx.user()?)?).await?;
    write::confirm(&ctx, &mut tx, &desk, None).await?;
    tx.commit().await?;
    redirect_done(&desk.scene.path("/lists/mine"), "list-confirmed")
}
