//! `pingyi doctor`: whether everything is whole, and what to do where it is not.

use crate::say::say;
use std::path::Path;

use pingyi_storage::check::{self, Report};
use pingyi_storage::{Db, StorageError};

use crate::folder::Folder;
use crate::settings::Settings;
use crate::trouble::{Done, Trouble};

/// Below this a campaign's papers may not fit.
const LITTLE: u64 = 512 * 1024 * 1024;

/// What is looked at, with what was found.
struct Examination {
    findings: Vec<String>,
}

impl Examination {
    fn good(what: &str) {
        say!("正常　{what}");
    }

    fn bad(&mut self, what: impl Into<String>) {
        let what = what.into();
        say!("问题　{what}");
        self.findings.push(what);
    }
}

/// Checks folder, key, disk and database.
pub async fn run(settings: &Settings) -> Result<Done, Trouble> {
    let folder = Folder::of(settings);
    let mut exam = Examination {
        findings: Vec::new(),
    };
    if !folder.path().is_dir() {
        let shown = folder.path().display();
        exam.bad(format!(
            "数据文件夹“{shown}”不存在；请用 --data 指明正确的文件夹，或从备份恢复。"
        ));
        return Ok(conclude(&exam));
    }
    examine_files(&folder, &mut exam);
    let missing = folder.database_file().filter(|file| !file.exists());
    if let Some(file) = missing {
        let shown = file.display();
        exam.bad(format!(
            "没有数据库文件“{shown}”；还没有使用过请先运行 pingyi serve，否则请从备份恢复。"
        ));
        return Ok(conclude(&exam));
    }
    match Db::open(&folder.url).await {
        Ok(db) => {
            examine_database(&folder, &db, &mut exam).await;
            db.close().await;
        }
        Err(error) => exam.bad(error.to_string()),
    }
    Ok(conclude(&exam))
}

fn conclude(exam: &Examination) -> Done {
    if exam.findings.is_empty() {
        say!("检查完毕，没有发现问题。");
        return Done::Well;
    }
    say!(
        "检查完毕，发现 {} 个问题，请按上面的说明处理。",
        exam.findings.len()
    );
    Done::WithFindings
}

fn examine_files(folder: &Folder, exam: &mut Examination) {
    let key = folder.key_file();
    match std::fs::metadata(&key) {
        Ok(found) if found.len() == 32 => Examination::good("密钥文件在"),
        Ok(_) => exam.bad(format!(
            "密钥文件“{}”内容不对；请从备份里找回原来的 key 文件。",
            key.display()
        )),
        Err(_) => exam.bad(format!(
            "密钥文件“{}”不见了；请从备份里找回 key 文件放回原处，不要另建新的。",
            key.display()
        )),
    }
    let private = [Some(key), folder.database_file()];
    for file in private.into_iter().flatten().filter(|file| file.exists()) {
        if is_open_to_others(&file) {
            let shown = file.display();
            exam.bad(format!(
                "别的用户也能读“{shown}”；请运行 chmod 600 '{shown}'。"
            ));
        }
    }
    if is_open_to_others(folder.path()) {
        let shown = folder.path().display();
        exam.bad(format!(
            "别的用户也能进“{shown}”；请运行 chmod 700 '{shown}'。"
        ));
    } else {
        Examination::good("文件权限只限本用户");
    }
    match pingyi_web::free_bytes(folder.path()) {
        Some(free) if free < LITTLE => {
            exam.bad(format!(
                "磁盘只剩 {} MB；请尽快腾出空间。",
                free / 1024 / 1024
            ));
        }
        Some(free) => Examination::good(&format!("磁盘剩余 {} MB", free / 1024 / 1024)),
        None => {}
    }
}

#[cfg(unix)]
fn is_open_to_others(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|found| found.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open_to_others(_: &Path) -> bool {
    false
}

async fn examine_database(folder: &Folder, db: &Db, exam: &mut Examination) {
    if let Err(trouble) = folder.recheck_key(db).await {
        exam.bad(trouble.to_string());
    }
    match check::check(db).await {
        Ok(report) => examine_report(&report, exam),
        Err(error @ StorageError::Corrupt(_)) => exam.bad(error.to_string()),
        Err(error) => exam.bad(format!("数据库检查没有做完：{error}")),
    }
}

fn examine_report(report: &Report, exam: &mut Examination) {
    if report.schema_version == report.known_version {
        Examination::good(&format!(
            "数据库结构第 {} 版，与程序一致",
            report.schema_version
        ));
    } else {
        exam.bad(format!(
            "数据库结构是第 {} 版，程序认识到第 {} 版；请换用写成它的那个版本的程序。",
            report.schema_version, report.known_version
        ));
    }
    let damage: Vec<&String> = report.damage.iter().flatten().collect();
    if let Some(first) = damage.first() {
        exam.bad(format!(
            "数据文件损坏 {} 处（{first}）；请停止使用，保留原文件，从最近的备份恢复。",
            damage.len()
        ));
    } else if report.damage.is_some() {
        Examination::good("数据文件完好");
    }
    let dangling: Vec<&String> = report.dangling.iter().flatten().collect();
    if let Some(first) = dangling.first() {
        exam.bad(format!(
            "有 {} 处引用断开（{first}）；请停止使用，从最近的备份恢复。",
            dangling.len()
        ));
    } else if report.dangling.is_some() {
        Examination::good("记录之间的引用完整");
    }
    for finding in &report.boxes {
        exam.bad(finding.to_string());
    }
    if report.boxes.is_empty() {
        Examination::good("票箱记录前后相符");
    }
    match report.chain.broken {
        None => Examination::good(&format!("操作日志 {} 条首尾相接，校验码 {}", report.chain.good, report.chain.head.short())),
        Some(found) => exam.bad(format!(
            "操作日志不完整：{}；有人绕过系统改动了数据库，请保留现场，报告工委，并与备份和已报送材料上的校验码核对。",
            pingyi_web::broken_text(found)
        )),
    }
}
