//! Server time of the heaviest pages at 1,000 branches and 22,000 members.

use std::error::Error;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use pingyi_domain::ids::OrgId;
use pingyi_domain::org::OrgTree;
use pingyi_simulate::{Made, Mix, Size, committee};
use pingyi_storage::audit::{Actor, Event, Object};
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
        for after_change in [false, true] {
            let run = Run {
                db: &db,
                site: &site,
                cookie: &cookie,
                requests,
                after_change,
            };
            figures.extend(run.measure(name, &path).await?);
        }
    }
    Ok(figures)
}

/// Requests for one page.
struct Run<'a> {
    db: &'a Db,
    site: &'a Router,
    cookie: &'a str,
    requests: usize,
    /// Somebody changes something before each request, so that nothing kept from the request
    /// before may be used. The change itself is not timed.
    after_change: bool,
}

impl Run<'_> {
    async fn measure(&self, name: &str, path: &str) -> Result<[Figure; 2], Box<dyn Error>> {
        let mut times = Vec::with_capacity(self.requests);
        let mut size = 0;
        // The first answers fill what a running site has filled.
        for nth in 0..self.requests + 10 {
            if self.after_change {
                change(self.db).await?;
            }
            let watch = Stopwatch::start();
            size = get(self.site, path, self.cookie).await?;
            if nth >= 10 {
                times.push(watch.elapsed());
            }
        }
        Ok(self.report(name, &mut times, size / 1024))
    }

    fn report(&self, name: &str, times: &mut [Duration], kilobytes: usize) -> [Figure; 2] {
        let when = if self.after_change {
            "，每次前都有新变动"
        } else {
            ""
        };
        let count = times.len();
        [
            Figure::new(
                &format!("{name}{when} p99"),
                percentile(times, 99),
                GOAL,
                "毫秒",
            ),
            Figure::beside(
                &format!("　p50（{count} 次，{kilobytes} KB）"),
                percentile(times, 50),
                "毫秒",
            ),
        ]
    }
}

/// One more row of the log.
async fn change(db: &Db) -> Result<(), Box<dyn Error>> {
    let actor = Actor {
        account: None,
        name: "测速".into(),
        post: String::new(),
    };
    let mut tx = db.begin().await?;
    let nothing = serde_json::Value::Null;
    tx.audit(
        &actor,
        ground::now(),
        Event::ExportMade,
        Object::System,
        nothing,
    )
    .await?;
    Ok(tx.commit().await?)
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
