//! The log: who did what when, whether its chain holds, and a listing of it.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use jiff::civil::Date;
use pingyi_documents::Format;
use pingyi_documents::forms::{Listing, ListingColumn};
use pingyi_documents::paper::Origin;
use pingyi_domain::org::OrgTree;
use pingyi_domain::time::UnixTime;
use pingyi_storage::audit::{self, AuditRow, Break, Event, Filter, Object, Page};
use pingyi_storage::{Tx, account, org};
use serde::Deserialize;

use super::words;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::Fields;
use crate::kernel::html::{Answer, page, query_escape};
use crate::kernel::paper;

const PER_PAGE: u32 = 100;
/// Rows of one listing; beyond it, choose days.
const LISTED: u32 = 5000;

/// What is looked for.
#[derive(Debug, Clone, Deserialize, Default)]
pub struct Search {
    #[serde(default)]
    event: String,
    #[serde(default)]
    person: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    page: u32,
}

#[derive(Template)]
#[template(path = "admin/audit.html")]
struct LogPage {
    frame: Frame,
    search: Search,
    events: Vec<(&'static str, &'static str)>,
    wrong: Vec<&'static str>,
    rows: Vec<Line>,
    total: i64,
    earlier: Option<String>,
    later: Option<String>,
    head: String,
}

/// A row in words.
struct Line {
    seq: i64,
    at: String,
    who: String,
    post: String,
    event: String,
    detail: String,
}

/// The log, newest first.
pub async fn show(ctx: Ctx, Query(search): Query<Search>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let (filter, wrong) = filter(&mut tx, &search).await?;
    let total = audit::count(&mut tx, &filter).await?;
    let slice = Page {
        offset: search.page.saturating_mul(PER_PAGE),
        limit: PER_PAGE,
    };
    let tree = org::tree(&mut tx).await?;
    let rows = audit::list(&mut tx, &filter, slice).await?;
    let rows: Vec<Line> = rows.iter().map(|row| line(row, &tree)).collect();
    let head = audit::head(&mut tx).await?.short();
    let frame = ctx.frame(&mut tx, "操作日志").await?;
    let more = total > i64::from(slice.offset) + i64::from(PER_PAGE);
    page(&LogPage {
        frame,
        events: Event::ALL
            .iter()
            .map(|event| (event.as_str(), event.label()))
            .collect(),
        wrong,
        rows,
        total,
        earlier: search.page.checked_sub(1).map(|to| search.link(to)),
        later: more.then(|| search.link(search.page + 1)),
        head,
        search,
    })
}

impl Search {
    fn link(&self, to: u32) -> String {
        format!(
            "/admin/audit?event={}&person={}&from={}&until={}&page={to}",
            query_escape(&self.event),
            query_escape(&self.person),
            query_escape(&self.from),
            query_escape(&self.until),
        )
    }
}

/// The filter, and what of it could not be understood.
async fn filter(tx: &mut Tx, search: &Search) -> Result<(Filter, Vec<&'static str>), PageError> {
    let mut wrong = Vec::new();
    let mut filter = Filter {
        event: Event::parse(&search.event),
        ..Filter::default()
    };
    let person = search.person.trim();
    if !person.is_empty() {
        let all = account::list(tx).await?;
        let by_login = all.iter().find(|a| a.login == person);
        let found = by_login.or_else(|| all.iter().find(|a| a.display_name == person));
        filter.account = found.map(|owner| owner.id);
        if found.is_none() {
            wrong.push("没有这位人员的账号，请填写完整的姓名或登录名；下面没有按人员筛选。");
        }
    }
    let mut day = |text: &str, next: bool| {
        if text.is_empty() {
            return None;
        }
        let start = text
            .parse::<Date>()
            .ok()
            .and_then(|date| midnight(date, next));
        if start.is_none() {
            wrong.push("日期请写成 2015-09-15 这样；下面没有按这个日期筛选。");
        }
        start
    };
    filter.from = day(&search.from, false);
    filter.until = day(&search.until, true);
    Ok((filter, wrong))
}

/// The first second of a day, or of the day after it.
fn midnight(date: Date, next: bool) -> Option<UnixTime> {
    let date = if next { date.tomorrow().ok()? } else { date };
    let start = jiff::tz::Offset::constant(8)
        .to_timestamp(date.at(0, 0, 0, 0))
        .ok()?;
    Some(UnixTime(start.as_second()))
}

fn line(row: &AuditRow, tree: &OrgTree) -> Line {
    Line {
        seq: row.seq,
        at: row.at.minute_text(),
        who: row.actor_name.clone(),
        post: row.actor_post.clone(),
        event: Event::parse(&row.event).map_or(row.event.clone(), |event| event.label().into()),
        detail: words::detail(&row.detail, tree),
    }
}

#[derive(Template)]
#[template(path = "admin/check.html")]
struct CheckPage {
    frame: Frame,
    good: i64,
    head: String,
    broken: Option<String>,
}

/// Recomputes the whole chain.
pub async fn check(ctx: Ctx) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let chain = audit::verify(&mut tx).await?;
    let frame = ctx.frame(&mut tx, "校验日志").await?;
    page(&CheckPage {
        frame,
        good: chain.good,
        head: chain.head.short(),
        broken: chain.broken.map(broken_text),
    })
}

/// Where the chain breaks, in words.
pub fn broken_text(found: Break) -> String {
    match found {
        Break::Missing(row) => format!("第 {row} 条记录缺失"),
        Break::Unlinked(row) => format!("第 {row} 条记录与前一条接不上"),
        Break::Altered(row) => format!("第 {row} 条记录被改动过"),
        Break::Head(row) => format!("第 {row} 条起与链尾不符，有记录被删去或添加"),
    }
}

/// A listing of what the filter shows, as a file; that it was taken is itself logged.
pub async fn export(ctx: Ctx, fields: Fields) -> Answer {
    let get = |name: &str| fields.get(name).to_owned();
    let search = Search {
        event: get("event"),
        person: get("person"),
        from: get("from"),
        until: get("until"),
        page: 0,
    };
    let format = paper::format_of(fields.get("format"))?;
    let (listing, rows) = listing(&ctx, &search).await?;
    let mut tx = ctx.app.db.begin().await?;
    let detail = serde_json::json!({ "what": "操作日志", "rows": rows });
    tx.audit(
        &ctx.actor(),
        ctx.now,
        Event::ExportMade,
        Object::System,
        detail,
    )
    .await?;
    tx.commit().await?;
    send(&ctx, &listing, format).await
}

async fn send(ctx: &Ctx, listing: &Listing, format: Format) -> Result<Response, PageError> {
    let name = format!("操作日志-{}", ctx.now.date());
    paper::answer(&ctx.app, listing.paper(), format, &name).await
}

async fn listing(ctx: &Ctx, search: &Search) -> Result<(Listing, usize), PageError> {
    let mut tx = ctx.app.db.read().await?;
    let (filter, _) = filter(&mut tx, search).await?;
    let total = audit::count(&mut tx, &filter).await?;
    let slice = Page {
        offset: 0,
        limit: LISTED,
    };
    let rows = audit::list(&mut tx, &filter, slice).await?;
    let head = audit::head(&mut tx).await?;
    let tree = org::tree(&mut tx).await?;
    let cells = |row: &AuditRow| {
        let line = line(row, &tree);
        vec![
            line.seq.to_string(),
            line.at,
            line.who,
            line.post,
            line.event,
            line.detail,
        ]
    };
    let rows: Vec<Vec<String>> = rows.iter().map(cells).collect();
    let mut notes = vec![format!("日志校验码 {}，共 {total} 条。", head.short())];
    if total > i64::from(LISTED) {
        notes.push(format!("只列出最近 {LISTED} 条；其余请按日期分段下载。"));
    }
    let count = rows.len();
    let columns = vec![
        ListingColumn::short("记录号", 5.0),
        ListingColumn::short("时间", 9.0),
        ListingColumn::short("人员", 6.0),
        ListingColumn::sentences("职务", 10.0),
        ListingColumn::short("事项", 9.0),
        ListingColumn::sentences("说明", 18.0),
    ];
    let listing = Listing {
        title: "操作日志".into(),
        particulars: vec![("下载人：".into(), ctx.actor().name)],
        columns,
        rows,
        notes,
        landscape: true,
        origin: Some(Origin {
            chain_head: head.short(),
            date: ctx.now.date(),
        }),
    };
    Ok((listing, count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_in_china() {
        let day = jiff::civil::date(2015, 9, 15);
        assert_eq!(
            midnight(day, false).map(UnixTime::minute_text),
            Some("2015-09-15 00:00".into())
        );
        assert_eq!(
            midnight(day, true).map(UnixTime::minute_text),
            Some("2015-09-16 00:00".into())
        );
    }
}
