//! The branch's dues at a glance: this month, what is not paid, members with their amounts.

use askama::Template;
use axum::extract::Path;
use pingyi_domain::dues::{Fen, Month, months_text};
use pingyi_domain::ids::{CampaignId, MemberId, OrgId};
use pingyi_domain::notice::Rule;

use super::RATES;
use super::desk::{Desk, kind_text};
use crate::kernel::access::SECRETARY;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::html::{Answer, page};
use crate::meeting::load::{Quote, Scene};

#[derive(Template)]
#[template(path = "dues/board.html")]
struct BoardPage<'a> {
    frame: Frame,
    scene: &'a Scene,
    quote: Option<Quote>,
    month: Month,
    sum: Sum,
    /// Names and amounts, for the branch committee alone.
    rows: Option<Vec<Row>>,
    clerk: Option<&'a str>,
    is_clerk: bool,
    /// Whom the secretary may name.
    candidates: Vec<(MemberId, String, bool)>,
}

/// The branch as a whole.
#[derive(Default)]
struct Sum {
    unassessed: usize,
    owing: usize,
    settled: usize,
    due: Fen,
    paid: Fen,
    arrears: Fen,
}

/// A member.
struct Row {
    id: MemberId,
    name: String,
    kind: String,
    amount: Option<Fen>,
    settled: bool,
    unpaid: String,
    owed: Fen,
    /// Months without payment in a row, when the branch must verify.
    verify: Option<i32>,
}

impl Row {
    fn exempt(&self) -> bool {
        self.amount.is_some_and(Fen::is_zero)
    }
}

impl BoardPage<'_> {
    fn flagged(&self) -> bool {
        self.rows.iter().flatten().any(|r| r.verify.is_some())
    }

    fn late(&self) -> Vec<&Row> {
        let rows = self.rows.iter().flatten();
        rows.filter(|r| !r.unpaid.is_empty()).collect()
    }
}

/// The page: names for the committee, sums for superiors.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let desk = Desk::load(&ctx, &mut tx, at).await?;
    let user = ctx.user()?;
    let writes = desk.scene.writes(user);
    let line = desk.scene.branch.id;
    let names = user.holds_over(SECRETARY, &[line]);
    let rows: Vec<Row> = desk
        .people
        .iter()
        .map(|p| row(&desk, p.member.id, &p.member.name))
        .collect();
    let frame = ctx.frame(&mut tx, "党费收缴").await?;
    page(&BoardPage {
        frame,
        quote: desk.scene.words(Rule::DuesCollected),
        month: Month::of(desk.today),
        sum: sum(&desk),
        rows: writes.then_some(rows),
        clerk: desk.clerk_name(),
        is_clerk: desk.is_clerk(&ctx),
        candidates: if names { candidates(&desk) } else { Vec::new() },
        scene: &desk.scene,
    })
}

fn candidates(desk: &Desk) -> Vec<(MemberId, String, bool)> {
    let clerk = desk.clerk.as_ref().map(|c| c.member_id);
    let posted = desk.people.iter().filter(|p| p.kind.is_some());
    posted
        .map(|p| {
            let words = format!("{}（{}）", p.member.name, p.post);
            (p.member.id, words, clerk == Some(p.member.id))
        })
        .collect()
}

fn row(desk: &Desk, id: MemberId, name: &str) -> Row {
    let now = desk.now(id);
    let account = desk.account(id);
    let arrears = account.arrears(desk.over());
    let line = account.line(Month::of(desk.today));
    Row {
        id,
        name: name.to_owned(),
        kind: now.map(kind_text).unwrap_or_default(),
        amount: now.map(|a| a.amount),
        settled: line.is_some_and(|l| l.paid > Fen::ZERO && l.owed().is_zero()),
        unpaid: arrears
            .as_ref()
            .map(|a| months_text(&a.months))
            .unwrap_or_default(),
        owed: arrears.as_ref().map(|a| a.owed).unwrap_or_default(),
        verify: arrears
            .filter(|a| a.to_verify(&RATES.limits))
            .map(|a| a.run),
    }
}

/// This year up to this month; arrears of the months that are over, last year's included.
fn sum(desk: &Desk) -> Sum {
    let now = Month::of(desk.today);
    let mut sum = Sum::default();
    for person in &desk.people {
        let account = desk.account(person.member.id);
        let this_year = account
            .lines
            .iter()
            .filter(|l| l.month.year() == now.year());
        for line in this_year.filter(|l| l.month <= now) {
            sum.due = sum.due + line.due.unwrap_or_default();
            sum.paid = sum.paid + line.paid;
        }
        let arrears = account.arrears(desk.over());
        sum.arrears = sum.arrears + arrears.map(|a| a.owed).unwrap_or_default();
        match account.line(now).and_then(|l| Some((l, l.due?))) {
            None => sum.unassessed += 1,
            Some((_, due)) if due.is_zero() => {}
            Some((line, _)) => {
                sum.owing += 1;
                sum.settled += usize::from(line.owed().is_zero());
            }
        }
    }
    sum
}
