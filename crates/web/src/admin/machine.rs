//! The machine: version, database, room on the disk, backups, and whether all is whole.

use std::path::PathBuf;

use askama::Template;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::{Db, Tx, backup as copy, check as health, meta};
use serde::{Deserialize, Serialize};

use super::disk::{free_bytes, size_text};
use super::log::broken_text;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::Fields;
use crate::kernel::html::{Answer, page, redirect_done};

/// Below this the disk may fill up in the middle of a campaign.
const LITTLE: u64 = 1024 * 1024 * 1024;
/// Days after which a backup is old.
const OLD: i64 = 7;
/// Backups shown.
const SHOWN: usize = 10;

#[derive(Template)]
#[template(path = "admin/system.html")]
struct SystemPage {
    frame: Frame,
    version: &'static str,
    schema: i64,
    engine: &'static str,
    size: String,
    free: Option<String>,
    little_room: bool,
    folder: String,
    can_copy: bool,
    last_backup: Option<String>,
    backup_old: bool,
    backups: Vec<(String, String)>,
    health: Option<Health>,
}

/// What the last check found, as kept in `meta`.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Health {
    at: String,
    rows: i64,
    faults: Vec<String>,
}

/// The state of the machine.
pub async fn show(ctx: Ctx) -> Answer {
    let size = ctx.app.db.size_bytes().await?;
    let mut tx = ctx.app.db.read().await?;
    let frame = ctx.frame(&mut tx, "系统").await?;
    let last: Option<i64> = meta::get(&mut tx, "last_backup")
        .await?
        .and_then(|t| t.parse().ok());
    let health = meta::get(&mut tx, "health").await?;
    let folder = ctx.app.options.folder.clone();
    let free = folder.as_deref().and_then(free_bytes);
    page(&SystemPage {
        frame,
        version: env!("CARGO_PKG_VERSION"),
        schema: pingyi_storage::known_version(),
        engine: ctx.app.db.engine_name(),
        size: size_text(u64::try_from(size).unwrap_or(0)),
        free: free.map(size_text),
        little_room: free.is_some_and(|free| free < LITTLE),
        folder: folder.map_or_else(String::new, |folder| folder.display().to_string()),
        can_copy: ctx.app.db.is_sqlite(),
        last_backup: last.map(|at| pingyi_domain::time::UnixTime(at).minute_text()),
        backup_old: last.is_none_or(|at| ctx.now.0 - at > OLD * 86_400),
        backups: backups(&ctx),
        health: health.and_then(|text| serde_json::from_str(&text).ok()),
    })
}

fn backup_folder(ctx: &Ctx) -> Option<PathBuf> {
    ctx.app
        .options
        .folder
        .as_ref()
        .map(|folder| folder.join("backups"))
}

/// The newest copies with their sizes.
fn backups(ctx: &Ctx) -> Vec<(String, String)> {
    let entries = backup_folder(ctx).and_then(|folder| std::fs::read_dir(folder).ok());
    let mut found: Vec<(String, String)> = entries
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().to_str()?.to_owned();
            let size = entry.metadata().ok()?.len();
            (entry.path().extension()? == "db").then(|| (name, size_text(size)))
        })
        .collect();
    found.sort_by(|a, b| b.cmp(a));
    found.truncate(SHOWN);
    found
}

/// Copies the database into the data folder.
pub async fn backup(ctx: Ctx, _fields: Fields) -> Answer {
    let none = || {
        PageError::refused("没有设置数据文件夹，不能在这里备份；请在服务器上运行 pingyi backup。")
    };
    let folder = backup_folder(&ctx).ok_or_else(none)?;
    let stamp = ctx.now.local().strftime("%Y%m%d-%H%M%S").to_string();
    let name = format!("pingyi-{stamp}.db");
    copy::to_file(&ctx.app.db, &folder.join(&name))
        .await
        .map_err(PageError::refused)?;
    let mut tx = ctx.app.db.begin().await?;
    meta::set(&mut tx, "last_backup", &ctx.now.0.to_string()).await?;
    let detail = serde_json::json!({ "file": name });
    tx.audit(
        &ctx.actor(),
        ctx.now,
        Event::BackupMade,
        Object::System,
        detail,
    )
    .await?;
    tx.commit().await?;
    redirect_done("/admin/system", "backup")
}

/// Checks the whole database and keeps what was found.
pub async fn check(ctx: Ctx, _fields: Fields) -> Answer {
    let found = examine(&ctx.app.db, &ctx).await?;
    let text = serde_json::to_string(&found).map_err(PageError::internal)?;
    let mut tx: Tx = ctx.app.db.begin().await?;
    meta::set(&mut tx, "health", &text).await?;
    tx.commit().await?;
    redirect_done("/admin/system", "checked")
}

async fn examine(db: &Db, ctx: &Ctx) -> Result<Health, PageError> {
    let report = health::check(db).await?;
    let mut faults = Vec::new();
    if report.schema_version != report.known_version {
        faults.push(format!(
            "数据库结构是第 {} 版，程序是第 {} 版",
            report.schema_version, report.known_version
        ));
    }
    faults.extend(
        report
            .damage
            .into_iter()
            .flatten()
            .map(|text| format!("数据文件损坏：{text}")),
    );
    faults.extend(
        report
            .dangling
            .into_iter()
            .flatten()
            .map(|text| format!("记录之间的引用断开：{text}")),
    );
    faults.extend(
        report
            .chain
            .broken
            .map(|found| format!("操作日志不完整：{}", broken_text(found))),
    );
    Ok(Health {
        at: ctx.now.minute_text(),
        rows: report.chain.good,
        faults,
    })
}
