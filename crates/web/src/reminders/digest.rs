//! The daily digest: what is open for a person's own organisations, as one plain letter.
//!
//! Made here from `assess`, sent by `pingyi remind`. Names of tasks and counts only: a letter may
//! lie on a server that is not ours.

use jiff::civil::Date;
use pingyi_domain::assess::{Actor as Owes, Finding, Status, assess};
use pingyi_domain::facts::Ledger;
use pingyi_domain::ids::{AccountId, OrgId};
use pingyi_domain::time::chinese_date;
use pingyi_storage::audit::{Actor, Event, Object};
use pingyi_storage::email::Email;
use pingyi_storage::{account, email};

use super::words::words;
use crate::kernel::access::{BRANCH, CLERK, UNIT, User};
use crate::kernel::app::App;
use crate::kernel::campaign::{self, Campaign};
use crate::kernel::error::PageError;
use crate::kernel::session::load_user;

/// A letter's list is cut here; the site has the rest.
const LONGEST: usize = 40;

/// One letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// Whose.
    pub account: AccountId,
    /// Where to.
    pub address: String,
    /// Subject.
    pub subject: String,
    /// Text.
    pub body: String,
    /// How many matters it names.
    pub matters: usize,
}

/// Today's letters: to everybody with an address, something open, and none sent today.
pub async fn digests(app: &App) -> Result<Vec<Digest>, PageError> {
    let today = app.now().date();
    let mut tx = app.db.read().await?;
    let Some(campaign) = campaign::current(app, &mut tx).await? else {
        return Ok(Vec::new());
    };
    let due: Vec<Email> = email::list(&mut tx).await?;
    let due = due.into_iter().filter(|e| e.reminded_on != Some(today));
    let due: Vec<Email> = due.collect();
    if due.is_empty() {
        return Ok(Vec::new());
    }
    let ledger = app.facts.load(&mut tx, campaign.id).await?;
    let findings = assess(&campaign.notice, &ledger, today);
    let mut letters = Vec::new();
    for one in due {
        let Some(owner) = account::get(&mut tx, one.account_id).await? else {
            continue;
        };
        let user = load_user(&mut tx, owner, String::new()).await?;
        let lines = lines(&campaign, &ledger, &findings, &user, today);
        if !lines.is_empty() {
            letters.push(letter(app, &campaign, &user, one.address, &lines));
        }
    }
    Ok(letters)
}

/// Marks that today's letter went out. The log knows to whom and of how many matters: neither the
/// address nor a word of the letter.
pub async fn sent(app: &App, account: AccountId, matters: usize) -> Result<(), PageError> {
    let now = app.now();
    let mut tx = app.db.begin().await?;
    email::reminded(&mut tx, account, now.date()).await?;
    let program = Actor {
        account: None,
        name: "系统".into(),
        post: String::new(),
    };
    let detail = serde_json::json!({ "matters": matters });
    let object = Object::Account(account);
    tx.audit(&program, now, Event::ReminderSent, object, detail)
        .await?;
    Ok(tx.commit().await?)
}

struct Line {
    late: bool,
    due: Date,
    words: String,
}

/// What this person is the one to do, late ones first.
fn lines(
    campaign: &Campaign,
    ledger: &Ledger,
    findings: &[Finding],
    user: &User,
    today: Date,
) -> Vec<Line> {
    let mut lines: Vec<Line> = findings
        .iter()
        .filter(|f| concerns(user, ledger, f))
        .filter_map(|f| line(campaign, ledger, f, today))
        .collect();
    lines.sort_by_key(|line| (!line.late, line.due));
    lines
}

/// Whether the person acts on it: a branch for itself, a unit for itself and by its branches'
/// meetings, the 组织科 for what waits for it.
fn concerns(user: &User, ledger: &Ledger, finding: &Finding) -> bool {
    let Status::Open { actor, .. } = finding.status else {
        return false;
    };
    let own: Vec<OrgId> = finding.branch.into_iter().chain([finding.unit]).collect();
    match actor {
        Owes::Branch => user.holds_over(BRANCH, &own),
        Owes::Unit => user.holds_over(UNIT, &own),
        Owes::Section => {
            let root: Vec<OrgId> = ledger.committee.org.into_iter().collect();
            user.holds_over(CLERK, &root)
        }
    }
}

fn line(campaign: &Campaign, ledger: &Ledger, finding: &Finding, today: Date) -> Option<Line> {
    let Status::Open { late, .. } = finding.status else {
        return None;
    };
    let unit = ledger.units.iter().find(|u| u.org == finding.unit);
    let branch = unit.and_then(|u| u.branches.iter().find(|b| Some(b.org) == finding.branch));
    let place = branch
        .map(|b| b.name.as_str())
        .or_else(|| unit.map(|u| u.name.as_str()))
        .unwrap_or(&campaign.notice.issuer.short);
    Some(Line {
        late,
        due: finding.due.unwrap_or(today),
        words: format!("{place}：{}", words(&campaign.notice, finding, today)),
    })
}

fn letter(app: &App, campaign: &Campaign, user: &User, address: String, lines: &[Line]) -> Digest {
    let late = lines.iter().filter(|line| line.late).count();
    let over = if late > 0 {
        format!("，其中逾期 {late} 项")
    } else {
        String::new()
    };
    let listed: Vec<String> = (1..)
        .zip(lines.iter().take(LONGEST))
        .map(|(n, line)| format!("{n}．{}", line.words))
        .collect();
    let more = match lines.len().saturating_sub(LONGEST) {
        0 => String::new(),
        n => format!("\n另有 {n} 项，请登录后查看。"),
    };
    let today = chinese_date(app.now().date());
    Digest {
        account: user.account,
        matters: lines.len(),
        address,
        subject: format!("【评议】{today}待办 {} 项{over}", lines.len()),
        body: format!(
            "{}：\n\n《{}》还有 {} 项等您办理{over}：\n\n{}{more}\n\n请登录办理：{}\n\n这封信由系统按记录自动生成，每天最多一封。不想再收，请登录后在“邮件提醒”里清空邮箱。\n",
            user.name,
            campaign.notice.title,
            lines.len(),
            listed.join("\n"),
            app.options.address
        ),
    }
}
