//! A draft as pages need it, and saving it.

use pingyi_domain::ids::CampaignId;
use pingyi_domain::notice::Notice;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::notice_draft::{self, NoticeDraft};
use pingyi_storage::{Tx, campaign};
use serde_json::json;

use crate::campaign::catalogue;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;

/// A draft and what it says.
#[derive(Debug, Clone)]
pub(in crate::campaign) struct Draft {
    /// As stored.
    pub row: NoticeDraft,
    /// Read from its text.
    pub notice: Notice,
}

impl Draft {
    /// `/drafts/{id}` plus `rest`.
    pub fn path(&self, rest: &str) -> String {
        format!("/drafts/{}{rest}", self.row.id)
    }

    /// 最近由周科长于…保存.
    pub fn saved(&self) -> String {
        format!(
            "最近由{}于 {} 保存",
            self.row.saved_by,
            self.row.saved_at.minute_text()
        )
    }
}

/// One draft. A newer program may refuse what an older one stored: then its text is to be mended.
pub(in crate::campaign) async fn load(tx: &mut Tx, id: CampaignId) -> Result<Draft, PageError> {
    let row = notice_draft::get(tx, id).await?;
    let row = row.ok_or(PageError::NotFound)?;
    let notice = Notice::parse(&row.text).map_err(|why| {
        PageError::refused(format!(
            "这份草稿现在读不通：{why}请打开 /drafts/{id}/text 修改文本。"
        ))
    })?;
    Ok(Draft { row, notice })
}

/// A short name nobody has: the sample's with a number.
pub(super) async fn fresh_slug(tx: &mut Tx, sample: &str) -> Result<String, PageError> {
    let drafts = notice_draft::list(tx).await?;
    let issued = campaign::list(tx).await?;
    let taken = |slug: &str| {
        catalogue::find(slug).is_some()
            || drafts.iter().any(|d| d.slug == slug)
            || issued.iter().any(|c| c.slug == slug)
    };
    let mut names = (2..1_000).map(|n| format!("{sample}-{n}"));
    let free = names.find(|slug| !taken(slug));
    free.ok_or_else(|| PageError::internal("no free short name"))
}

/// Why a short name cannot be this draft's.
pub(super) async fn slug_problem(
    tx: &mut Tx,
    slug: &str,
    id: CampaignId,
) -> Result<Option<String>, PageError> {
    let plain = slug
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !plain || slug.len() > 60 {
        return Ok(Some(
            "slug 只能用小写英文字母、数字和连字符，不超过 60 个。".into(),
        ));
    }
    let drafted = notice_draft::find(tx, slug).await?;
    let taken = catalogue::find(slug).is_some()
        || drafted.is_some_and(|d| d.id != id)
        || campaign::find(tx, slug).await?.is_some();
    Ok(taken.then(|| format!("slug“{slug}”已是另一份通知的简称。请改用别的。")))
}

/// Stores the next version with its row in the log. The text must read as the notice.
pub(super) async fn save(
    ctx: &Ctx,
    mut tx: Tx,
    mut row: NoticeDraft,
    notice: &Notice,
    text: String,
) -> Result<(), PageError> {
    let new = row.version == 0;
    row.slug.clone_from(&notice.slug);
    row.number.clone_from(&notice.number);
    row.title.clone_from(&notice.title);
    row.text = text;
    row.version += 1;
    row.saved_at = ctx.now;
    row.saved_by.clone_from(&ctx.user()?.name);
    if new {
        notice_draft::insert(&mut tx, &row).await?;
    } else {
        notice_draft::update(&mut tx, &row).await?;
    }
    let detail = json!({
        "number": row.number,
        "version": row.version,
        "requirements": notice.requirements.len(),
    });
    let object = Object::Campaign(row.id);
    tx.audit(
        &ctx.actor(),
        ctx.now,
        Event::CampaignDrafted,
        object,
        detail,
    )
    .await?;
    Ok(tx.commit().await?)
}

/// Somebody saved while this form was open: said once, the next press goes on.
pub(super) fn overtaken(draft: &Draft, seen: &str) -> Option<String> {
    let now = draft.row.version.to_string();
    (seen != now).then(|| {
        format!(
            "这份草稿{}，晚于您打开的时候。下面是您填的内容，还没有保存；再按一次“保存”，以您这里的为准。",
            draft.saved()
        )
    })
}
