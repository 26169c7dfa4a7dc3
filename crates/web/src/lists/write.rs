//! Saving a list: draft or handed in, by its author or on his behalf.

use pingyi_domain::lists::{
    Draft, ListContent, ListError, ListProblem, ListState, ListStep, Stage,
};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::problem_list::{ListVersion, ProblemList};
use pingyi_storage::{Tx, measure, problem_list};

use super::load::Desk;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;

/// What is to be saved.
pub(super) struct Save {
    pub content: ListContent,
    /// Hand it in, not only keep it.
    pub hand_in: bool,
    /// 代录: why.
    pub proxy: Option<String>,
}

/// Saves and commits; what stops a handing in comes back, nothing saved then.
pub(super) async fn save(
    ctx: &Ctx,
    mut tx: Tx,
    desk: &Desk,
    save: Save,
) -> Result<Vec<ListProblem>, PageError> {
    let (hand_in, proxy) = (save.hand_in, save.proxy);
    let draft = draft_of(ctx, desk, save.content)?;
    let mut version = version_of(ctx, &draft, proxy)?;
    let mut list = list_of(desk, &draft);
    let event = if hand_in {
        let notice = &desk.scene.campaign.notice;
        let handed = match draft.hand_in(notice, ctx.now) {
            Ok(handed) => handed,
            Err(ListError::Incomplete(found)) => return Ok(found),
            Err(why) => return Err(PageError::refused(why)),
        };
        version.handed_at = Some(handed.at);
        stand(ctx, desk, &mut list, &version);
        Event::ListHandedIn
    } else {
        Event::ListSaved
    };
    store(&mut tx, desk, &list, &version).await?;
    if hand_in {
        measure::sync(&mut tx, &list, &version.content.items).await?;
    }
    log(ctx, &mut tx, desk, &version, event).await?;
    tx.commit().await?;
    Ok(Vec::new())
}

/// 会后确认沿用: the measures stand after the criticism as they did before; `proxy` says why
/// somebody else enters it. // 通知 三、4
pub(super) async fn confirm(
    ctx: &Ctx,
    tx: &mut Tx,
    desk: &Desk,
    proxy: Option<String>,
) -> Result<(), PageError> {
    let state = desk.state().unwrap_or(ListState::Draft);
    state.advance(ListStep::Amend).map_err(PageError::refused)?;
    let handed = desk.handed_in().ok_or(PageError::NotFound)?;
    let notice = &desk.scene.campaign.notice;
    let confirmed = handed
        .confirm(notice, desk.over, ctx.now)
        .map_err(PageError::refused)?;
    let draft = Draft {
        head: confirmed.head,
    };
    let mut version = version_of(ctx, &draft, proxy)?;
    version.handed_at = Some(confirmed.at);
    version.confirmed = true;
    let mut list = desk.list.clone().ok_or(PageError::NotFound)?;
    stand(ctx, desk, &mut list, &version);
    store(tx, desk, &list, &version).await?;
    log(ctx, tx, desk, &version, Event::ListConfirmed).await
}

/// The version to be written: the open draft again, or the next one.
fn draft_of(ctx: &Ctx, desk: &Desk, content: ListContent) -> Result<Draft, PageError> {
    let next = match desk.state() {
        None => Draft::new(ctx.app.new_id(), desk.person.member.id, content.clone()),
        Some(ListState::HandedIn) => {
            let handed = desk.handed_in().ok_or(PageError::NotFound)?;
            handed.amend(desk.over).map_err(PageError::refused)?
        }
        Some(ListState::Returned) => {
            let back = desk.returned().ok_or(PageError::NotFound)?;
            back.revise().map_err(PageError::refused)?
        }
        Some(ListState::Draft) => Draft {
            head: desk.head().ok_or(PageError::NotFound)?,
        },
    };
    let mut draft = next;
    draft.head.content = content;
    Ok(draft)
}

pub(super) fn version_of(
    ctx: &Ctx,
    draft: &Draft,
    proxy_reason: Option<String>,
) -> Result<ListVersion, PageError> {
    let user = ctx.user()?;
    Ok(ListVersion {
        list_id: draft.head.id,
        version: draft.head.version,
        stage: draft.head.stage,
        content: draft.head.content.clone(),
        saved_at: ctx.now,
        saved_by: user.account,
        saved_by_name: user.name.clone(),
        proxy_reason,
        handed_at: None,
        confirmed: false,
        returned_at: None,
        returned_by: None,
        returned_name: None,
        comment: None,
    })
}

fn list_of(desk: &Desk, draft: &Draft) -> ProblemList {
    let fresh = || ProblemList {
        id: draft.head.id,
        campaign_id: desk.scene.campaign.id,
        branch_id: desk.scene.branch.id,
        member_id: desk.person.member.id,
        state: ListState::Draft,
        version: 1,
        before_version: None,
        after_version: None,
        first_handed_on: None,
        all_categories: false,
        all_benchmarks: false,
        all_aspects: false,
    };
    let list = desk.list.clone().unwrap_or_else(fresh);
    ProblemList {
        state: ListState::Draft,
        version: draft.head.version,
        ..list
    }
}

/// The version just handed in is the one that counts.
pub(super) fn stand(ctx: &Ctx, desk: &Desk, list: &mut ProblemList, version: &ListVersion) {
    let touched = version.content.touched(&desk.scene.campaign.notice);
    list.state = ListState::HandedIn;
    list.version = version.version;
    match version.stage {
        Stage::Before => list.before_version = Some(version.version),
        Stage::After => list.after_version = Some(version.version),
    }
    list.first_handed_on = list.first_handed_on.or(Some(ctx.now.date()));
    list.all_categories = touched.categories;
    list.all_benchmarks = touched.benchmarks;
    list.all_aspects = touched.aspects;
}

pub(super) async fn store(
    tx: &mut Tx,
    desk: &Desk,
    list: &ProblemList,
    version: &ListVersion,
) -> Result<(), PageError> {
    if desk.list.is_some() {
        problem_list::update(tx, list).await?;
    } else {
        problem_list::insert(tx, list).await?;
    }
    if desk.versions.iter().any(|v| v.version == version.version) {
        problem_list::update_version(tx, version).await?;
    } else {
        problem_list::insert_version(tx, version).await?;
    }
    Ok(())
}

/// Counts only: what a list says is not for the log.
pub(super) async fn log(
    ctx: &Ctx,
    tx: &mut Tx,
    desk: &Desk,
    version: &ListVersion,
    event: Event,
) -> Result<(), PageError> {
    let detail = serde_json::json!({
        "branch": desk.scene.branch.name,
        "version": version.version,
        "stage": version.stage.label(),
        "items": version.content.items.len(),
        "proxy": version.proxy_reason.is_some(),
    });
    let object = Object::Member(desk.person.member.id);
    tx.audit(&ctx.actor(), ctx.now, event, object, detail)
        .await?;
    Ok(())
}
