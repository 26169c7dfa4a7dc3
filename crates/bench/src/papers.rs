//! Annex 2 of all 214 branches in three formats, in a process of its own: its peak memory is
//! that of this work alone.

use std::error::Error;
use std::path::Path;

use pingyi_simulate::{Mix, demo};
use pingyi_storage::campaign;
use pingyi_web::filing_bulk;
use serde_json::{Value, json};
use tokio::process::Command;

use crate::figure::{Figure, Measured, Stopwatch, megabytes, processor_seconds};
use crate::ground;

/// Prepares the data here, makes the papers in a child.
pub async fn measure() -> Measured {
    let folder = tempfile::tempdir()?;
    let db = ground::open(folder.path()).await?;
    let watch = Stopwatch::start();
    demo(ground::order(&db, Mix::Done)).await?;
    let made = watch.seconds();
    db.close().await;
    let program = std::env::current_exe()?;
    let output = Command::new(program)
        .arg("--papers-of")
        .arg(folder.path())
        .output()
        .await?;
    let said: Value = serde_json::from_slice(&output.stdout)
        .map_err(|_| String::from_utf8_lossy(&output.stderr).into_owned())?;
    let number = |key: &str| said[key].as_f64();
    let promised = [
        ("214 个支部汇总表三种格式", "seconds", 20.0, "秒"),
        ("　内存峰值", "megabytes", 400.0, "MB"),
    ];
    let beside = [
        // Twice the time on two free cores: tells a slow program from a busy machine.
        ("　处理器时间", "processor", "秒"),
        ("　文件数", "files", "个"),
        ("　压缩包大小", "zip", "MB"),
    ];
    let promised = promised
        .iter()
        .filter_map(|(name, key, goal, unit)| Some(Figure::new(name, number(key)?, *goal, unit)));
    let beside = beside
        .iter()
        .filter_map(|(name, key, unit)| Some(Figure::beside(name, number(key)?, unit)));
    let mut figures: Vec<Figure> = promised.chain(beside).collect();
    figures.push(Figure::beside("建立演示数据（全部完成）", made, "秒"));
    Ok(figures)
}

/// In the child: makes the papers and says what they took.
pub async fn child(folder: &Path) {
    match papers(folder).await {
        Ok(said) => println!("{said}"),
        Err(why) => eprintln!("{why}"),
    }
}

async fn papers(folder: &Path) -> Result<Value, Box<dyn Error>> {
    let db = ground::open(folder).await?;
    let app = ground::app(&db);
    let mut tx = db.read().await?;
    let found = campaign::list(&mut tx)
        .await?
        .into_iter()
        .next()
        .ok_or("没有通知")?;
    drop(tx);
    let out = tempfile::tempfile()?;
    let size = out.try_clone()?;
    let watch = Stopwatch::start();
    let bulk = filing_bulk(&app, found.id, out, |_, _| {}).await?;
    let seconds = watch.seconds();
    if let Some(first) = bulk.skipped.first() {
        eprintln!("有 {} 个没有生成，例如：{first}", bulk.skipped.len());
    }
    Ok(json!({
        "seconds": seconds,
        "processor": processor_seconds("self"),
        "megabytes": megabytes("self", "VmHWM"),
        "files": bulk.files,
        "zip": size.metadata()?.len() / 1024 / 1024,
    }))
}
