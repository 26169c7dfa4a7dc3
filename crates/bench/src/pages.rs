//! Server time of the heaviest pages at 1,000 branches and 22,000 members.

use std::error::Error;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use pingyi_domain::ids::OrgId;
use pingyi_domain::org::OrgTree;
use pingyi_simulate::{Made, Mix, Size, committee};
use pingyi_storage::{Db, account, org};
use pingyi_web::{App, router};
use tower::ServiceExt as _;

use crate::figure::{Figure, Measured, Stopwatch, percentile};
use crate::ground;

/// What the project is designed for.
pub const LARGE: Size = Size {
    units: 120,
    branches: 1_000,
    members: 22_000,
};

/// Larger answers would be a mistake of their own.
const LARGEST: usize = 64 * 1024 * 1024;

/// Goal of the 99th percentile, in milliseconds.
const GOAL: f64 = 50.0;

/// Through the whole router, one request after the other, the answer read to its end.
pub async fn measure(requests: usize) -> Measured {
    let folder = tempfile::tempdir()?;
    let db = ground::open(folder.path()).await?;
    let watch = Stopwatch::start();
    let made = committee(ground::order(&db, Mix::Every), LARGE).await?;
    let mut figures = vec![Figure::beside(
        "生成 1000 个支部的虚构数据",
        watch.seconds(),
        "秒",
    )];
    let app = ground::app(&db);
    let cookie = sign_in(&app, &db).await?;
    let site = router(app);
    for (name, path) in paths(&db, &made).await? {
        let mut times = Vec::with_capacity(requests);
        // The first answers fill caches that a running site has filled.
        let mut size = 0;
        for nth in 0..requests + 10 {
            let watch = Stopwatch::start();
            size = get(&site, &path, &cookie).await?;
            if nth >= 10 {
                times.push(watch.elapsed());
            }
        }
        figures.extend(report(name, &mut times, size));
    }
    Ok(figures)
}

fn report(name: &str, times: &mut [Duration], bytes: usize) -> [Figure; 2] {
    let kilobytes = bytes / 1024;
    [
        Figure::new(&format!("{name} p99"), percentile(times, 99), GOAL, "毫秒"),
        Figure::beside(
            &format!("　p50（{} 次，{kilobytes} KB）", times.len()),
            percentile(times, 50),
            "毫秒",
        ),
    ]
}

async fn sign_in(app: &App, db: &Db) -> Result<String, Box<dyn Error>> {
    let mut tx = db.begin().await?;
    let clerk = account::find(&mut tx, "zuzhike")
        .await?
        .ok_or("没有组织科账号")?;
    let headers = pingyi_web::kernel::session::open(app, &mut tx, &clerk).await?;
    tx.commit().await?;
    let cookie = headers
        .get(header::SET_COOKIE)
        .ok_or("没有登录凭证")?
        .to_str()?;
    Ok(cookie.split(';').next().unwrap_or_default().to_owned())
}

/// The overview, what one requirement lacks everywhere, the largest unit, a branch, the queues.
async fn paths(db: &Db, made: &Made) -> Result<Vec<(&'static str, String)>, Box<dyn Error>> {
    let mut tx = db.read().await?;
    let tree = org::tree(&mut tx).await?;
    let unit = largest(&tree).ok_or("没有单位")?;
    let branch = tree.branches_of(unit).first().map_or(unit, |b| b.id);
    let at = format!("/c/{}", made.campaign);
    Ok(vec![
        ("工委总览（含还差什么）", at.clone()),
        (
            "还差什么：一项要求、全部支部",
            format!("{at}/missing/appraisal-counted"),
        ),
        ("还差什么：最大的单位", format!("{at}/o/{unit}")),
        ("还差什么：一个支部", format!("{at}/o/{branch}")),
        ("方案审核列表", format!("{at}/plans")),
        ("汇总表接收列表", format!("{at}/filings")),
    ])
}

fn largest(tree: &OrgTree) -> Option<OrgId> {
    let units = tree
        .units()
        .map(|unit| (tree.branches_of(unit.id).len(), unit.id));
    units
        .max_by_key(|(branches, _)| *branches)
        .map(|(_, id)| id)
}

async fn get(site: &Router, path: &str, cookie: &str) -> Result<usize, Box<dyn Error>> {
    let request = Request::get(path)
        .header(header::COOKIE, cookie)
        .body(Body::empty())?;
    let answer = site.clone().oneshot(request).await?;
    if !answer.status().is_success() {
        return Err(format!("{path} 回答 {}", answer.status()).into());
    }
    Ok(to_bytes(answer.into_body(), LARGEST).await?.len())
}
