//! `pingyi backup` and `pingyi restore`: the database as one file, the key as another beside it.

use crate::say::say;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use pingyi_storage::audit::{Actor, Event, Object};
use pingyi_storage::{Db, StorageError, backup, meta};
use pingyi_web::Clock as _;

use crate::clock::SystemClock;
use crate::folder::{Folder, write_private};
use crate::settings::Settings;
use crate::trouble::{Done, Trouble, why};

/// Where the copy goes or comes from.
#[derive(Debug, clap::Args)]
pub struct Copy {
    /// 备份文件
    #[arg(value_name = "备份文件")]
    file: PathBuf,
    #[command(flatten)]
    pub place: crate::cli::Place,
}

/// `x.db` has its key in `x.db.key`.
fn key_beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".key");
    PathBuf::from(name)
}

/// Copies database and key while the site runs.
pub async fn save(arguments: &Copy, settings: &Settings) -> Result<Done, Trouble> {
    let folder = Folder::of(settings);
    let missing = folder.database_file().filter(|file| !file.exists());
    if let Some(file) = missing {
        let shown = file.display();
        return Err(Trouble::Told(format!(
            "没有数据库文件“{shown}”，无可备份；请用 --data 指明数据文件夹。"
        )));
    }
    let key = std::fs::read(folder.key_file())
        .map_err(|_| Trouble::KeyMissing(folder.key_file().display().to_string()))?;
    let key_file = key_beside(&arguments.file);
    if key_file.exists() {
        return Err(StorageError::TargetExists(key_file.display().to_string()).into());
    }
    let db = Db::open(&folder.url).await?;
    backup::to_file(&db, &arguments.file).await?;
    write_private(&key_file, &key).map_err(|error| cannot_write(&key_file, &error))?;
    record(&db, &arguments.file).await?;
    db.close().await;
    say!("备份完成：{}", arguments.file.display());
    say!("密钥另存：{}", key_file.display());
    say!("两个文件恢复时都需要，请分开保管：只拿到其中一个的人查不出身份证号。");
    Ok(Done::Well)
}

async fn record(db: &Db, file: &Path) -> Result<(), Trouble> {
    let now = SystemClock.now();
    let mut tx = db.begin().await?;
    meta::set(&mut tx, "last_backup", &now.0.to_string()).await?;
    let actor = Actor {
        account: None,
        name: "命令行".into(),
        post: "系统管理员".into(),
    };
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let detail = serde_json::json!({ "file": name });
    tx.audit(&actor, now, Event::BackupMade, Object::System, detail)
        .await?;
    Ok(tx.commit().await?)
}

fn cannot_write(file: &Path, error: &std::io::Error) -> Trouble {
    let shown = file.display();
    match error.kind() {
        ErrorKind::StorageFull => {
            Trouble::Told(format!("写不下“{shown}”，磁盘已满；请腾出空间后重试。"))
        }
        _ => Trouble::Told(format!(
            "不能写入“{shown}”（{}）；请检查路径和权限。",
            why(error)
        )),
    }
}

/// Puts a copy into an empty data folder.
pub async fn restore(arguments: &Copy, settings: &Settings) -> Result<Done, Trouble> {
    let folder = Folder::of(settings);
    let target = folder.database_file().ok_or_else(|| {
        Trouble::Told("PostgreSQL 数据库请用 pg_restore 恢复；本命令只恢复 SQLite 备份。".into())
    })?;
    folder.create()?;
    let occupied = std::fs::read_dir(folder.path()).is_ok_and(|mut found| found.next().is_some());
    if occupied || target.exists() {
        let shown = folder.path().display();
        return Err(Trouble::Told(format!(
            "数据文件夹“{shown}”不是空的，没有恢复；请用 --data 换一个空文件夹，原来的数据不会被覆盖。"
        )));
    }
    let outcome = fill(&folder, &arguments.file, &target).await;
    if outcome.is_err() {
        // Only what this command has just put there.
        for left in [&target, &folder.key_file()] {
            drop(std::fs::remove_file(left));
        }
    }
    outcome
}

async fn fill(folder: &Folder, file: &Path, target: &Path) -> Result<Done, Trouble> {
    let bytes = std::fs::read(file).map_err(|error| {
        let shown = file.display();
        Trouble::Told(format!(
            "读不到备份文件“{shown}”（{}）；请检查路径和权限。",
            why(&error)
        ))
    })?;
    write_private(target, &bytes).map_err(|error| cannot_write(target, &error))?;
    let key = std::fs::read(key_beside(file)).ok();
    if let Some(key) = &key {
        let key_file = folder.key_file();
        write_private(&key_file, key).map_err(|error| cannot_write(&key_file, &error))?;
    }
    let db = Db::open(&folder.url).await?;
    let report = pingyi_storage::check::check(&db).await?;
    db.close().await;
    if !report.healthy() {
        return Err(Trouble::Told(
            "备份文件通不过检查，没有恢复；请换一个备份文件。".into(),
        ));
    }
    say!("已恢复到：{}", folder.path().display());
    say!(
        "操作日志 {} 条，校验码 {}",
        report.chain.good,
        report.chain.head.short()
    );
    if key.is_none() {
        let shown = folder.key_file().display().to_string();
        say!("还缺密钥：请把原来的 key 文件放到 {shown}，再启动。");
        return Ok(Done::WithFindings);
    }
    say!("请运行 pingyi serve 启动。");
    Ok(Done::Well)
}
