//! `/drafts/{draft}/text`: the whole draft as text, for everything the form has no field for.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::ids::CampaignId;
use pingyi_domain::notice::{Notice, NoticeError};
use pingyi_domain::prose;
use pingyi_storage::Tx;
use pingyi_storage::notice_draft::{self, NoticeDraft};

use super::load::{Draft, overtaken, save, slug_problem};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};
use crate::kernel::upload::Upload;

/// Longest file.
const MOST: usize = 100_000;
/// Most bytes of one that is uploaded, with the form around it.
pub(super) const FILE_LIMIT: usize = 410 * 1024;
/// Lines shown before and after a wrong one.
const AROUND: usize = 2;

#[derive(Template)]
#[template(path = "campaign/text.html")]
struct TextPage {
    frame: Frame,
    form: FormState,
    path: String,
    title: String,
    /// Lines around the wrong one: number, words, whether it is the one.
    near: Vec<(usize, String, bool)>,
}

/// The text.
pub async fn show(ctx: Ctx, Path(id): Path<CampaignId>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let row = notice_draft::get(&mut tx, id).await?;
    let row = row.ok_or(PageError::NotFound)?;
    let mut form = FormState::default()
        .with("text", row.text.as_str())
        .with("version", row.version.to_string());
    // Only a newer program can find something here.
    let near = Notice::parse(&row.text).err().map_or_else(Vec::new, |why| {
        form.fail("text", why.to_string());
        around(&row.text, why.line)
    });
    let frame = ctx.frame(&mut tx, "修改通知文本").await?;
    let (title, path) = (row.title, format!("/drafts/{id}"));
    page(&TextPage {
        frame,
        form,
        path,
        title,
        near,
    })
}

/// Saves it whole, or says which line is wrong and why.
pub async fn submit(ctx: Ctx, Path(id): Path<CampaignId>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let row = notice_draft::get(&mut tx, id).await?;
    let row = row.ok_or(PageError::NotFound)?;
    let text = fields.get("text").replace("\r\n", "\n");
    keep(&ctx, tx, row, (FormState::of(&fields), &text)).await
}

/// As [`submit`], from a file; refused whole, with the wrong line, when it is no notice.
pub async fn file(ctx: Ctx, Path(id): Path<CampaignId>, upload: Upload) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let row = notice_draft::get(&mut tx, id).await?;
    let row = row.ok_or(PageError::NotFound)?;
    let mut form = FormState::of(&upload.fields);
    let read = std::str::from_utf8(&upload.bytes).map(|text| text.trim_start_matches('\u{feff}'));
    match read.map(str::trim) {
        Ok(text) if !text.is_empty() => {
            let text = text.replace("\r\n", "\n");
            form = form.with("text", text.as_str());
            keep(&ctx, tx, row, (form, &text)).await
        }
        empty_or_not_text => {
            form.fail("file", if empty_or_not_text.is_ok() {
                "没有选择文件，或文件是空的。请点“选择文件”，选中通知文件（.toml）后再上传。"
            } else {
                "这个文件不是 UTF-8 文本，没有接收。请用记事本打开，另存为 UTF-8 编码的 .toml 文件后再上传。"
            });
            let form = form.with("text", row.text.as_str());
            again(&ctx, tx, form, (id, row.title), Vec::new()).await
        }
    }
}

/// Stores a text that reads as a notice.
async fn keep(
    ctx: &Ctx,
    mut tx: Tx,
    row: NoticeDraft,
    (mut form, text): (FormState, &str),
) -> Answer {
    let id = row.id;
    let notice = match read(&mut tx, text, id).await? {
        Ok(notice) => notice,
        Err((line, words)) => {
            form.fail("text", words);
            let near = line.map_or_else(Vec::new, |line| around(text, line));
            return again(ctx, tx, form, (id, row.title), near).await;
        }
    };
    let draft = Draft {
        row,
        notice: notice.clone(),
    };
    if let Some(words) = overtaken(&draft, form.value("version")) {
        form.fail("", words);
        let form = form.with("version", draft.row.version.to_string());
        return again(ctx, tx, form, (id, draft.row.title), Vec::new()).await;
    }
    save(ctx, tx, draft.row, &notice, format!("{text}\n")).await?;
    redirect_done(&format!("/drafts/{id}"), "draft-saved")
}

type Refused = (Option<usize>, String);

async fn read(
    tx: &mut Tx,
    text: &str,
    id: CampaignId,
) -> Result<Result<Notice, Refused>, PageError> {
    if let Err(why) = prose::text(text, MOST) {
        return Ok(Err((None, format!("通知文本{why}"))));
    }
    let notice = match Notice::parse(text) {
        Ok(notice) => notice,
        Err(why) => {
            let NoticeError { line, .. } = why;
            return Ok(Err((Some(line), why.to_string())));
        }
    };
    let line = text
        .lines()
        .position(|l| l.trim_start().starts_with("slug"));
    let problem = slug_problem(tx, &notice.slug, id).await?;
    Ok(match problem {
        None => Ok(notice),
        Some(words) => {
            let line = line.map_or(1, |at| at + 1);
            Err((Some(line), format!("通知文件第 {line} 行：{words}")))
        }
    })
}

async fn again(
    ctx: &Ctx,
    mut tx: Tx,
    form: FormState,
    (id, title): (CampaignId, String),
    near: Vec<(usize, String, bool)>,
) -> Answer {
    let frame = ctx.frame(&mut tx, "修改通知文本").await?;
    let answer = page(&TextPage {
        frame,
        form,
        path: format!("/drafts/{id}"),
        title,
        near,
    })?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
}

fn around(text: &str, line: usize) -> Vec<(usize, String, bool)> {
    let numbered = (1_usize..).zip(text.lines());
    let near = numbered.filter(|(n, _)| n.abs_diff(line) <= AROUND);
    near.map(|(n, words)| (n, words.to_owned(), n == line))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wrong_line_is_shown_among_its_neighbours() {
        let near = around("一\n二\n三\n四\n五\n六", 2);
        let numbers: Vec<_> = near.iter().map(|(n, _, _)| *n).collect();
        assert_eq!(numbers, [1, 2, 3, 4]);
        assert!(near[1].2 && near.iter().filter(|(_, _, wrong)| *wrong).count() == 1);
        assert_eq!(around("一", 9), []);
    }
}
