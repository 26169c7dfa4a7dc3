//! The burden meter on the preview of a notice: what it asks people to type, and what it does not.

use pingyi_domain::burden::{self, Burden, Load, Table};
use pingyi_domain::notice::{Notice, Owes};

/// The meter as the page shows it.
#[derive(Debug)]
pub struct Meter {
    /// 每个支部（按 20 名党员计）…
    pub branch: Sum,
    /// 每名党员…
    pub member: Sum,
    /// Who else, in one line each.
    pub others: Vec<Sum>,
    /// Members the estimate is made for.
    pub members: u32,
    /// Line by line.
    pub rows: Vec<Row>,
    /// Why it may be too much.
    pub warnings: Vec<String>,
}

/// What one kind of people has to do.
#[derive(Debug)]
pub struct Sum {
    /// 每个直属党组织.
    pub who: &'static str,
    /// Boxes.
    pub entries: u32,
    /// Boxes that fill themselves.
    pub known: u32,
    /// Minutes.
    pub minutes: u32,
}

/// One requirement and one kind of people.
#[derive(Debug)]
pub struct Row {
    /// Short name of the task.
    pub title: String,
    /// 党支部.
    pub who: &'static str,
    /// Boxes.
    pub entries: u32,
    /// Boxes that fill themselves.
    pub known: u32,
    /// 约 3 分钟; empty where nothing is to be done.
    pub time: String,
    /// How it was worked out.
    pub reason: String,
}

/// The meter of a notice.
pub fn meter(notice: &Notice) -> Meter {
    let found = burden::burden(notice, Table::shipped());
    let sum = |who| sum(who, found.of(who));
    let others = [Owes::Unit, Owes::Committee].map(sum);
    Meter {
        branch: sum(Owes::Branch),
        member: sum(Owes::Member),
        others: others.into_iter().filter(|s| s.minutes > 0).collect(),
        members: found.size.members,
        rows: rows(notice, &found),
        warnings: warnings(notice, &found),
    }
}

fn sum(who: Owes, load: Load) -> Sum {
    Sum {
        who: match who {
            Owes::Branch => "每个支部",
            Owes::Member => "每名党员",
            Owes::Unit => "每个直属党组织",
            Owes::Committee => "工委",
        },
        entries: load.entries,
        known: load.known,
        minutes: load.minutes(),
    }
}

fn rows(notice: &Notice, found: &Burden<'_>) -> Vec<Row> {
    let title = |at: usize| notice.requirements[at].title.clone();
    let lines = found.lines.iter();
    lines
        .map(|line| Row {
            title: title(line.requirement),
            who: line.by.label(),
            entries: line.load.entries,
            known: line.load.known,
            time: time(line.load),
            reason: match line.shared {
                Some(first) => format!("与“{}”一起填，不另填", title(first)),
                None => line.reason.to_owned(),
            },
        })
        .collect()
}

fn time(load: Load) -> String {
    match load.tenths {
        0 => String::new(),
        1..600 => "不到 1 分钟".into(),
        _ => format!("约 {} 分钟", (load.tenths + 300) / 600),
    }
}

fn warnings(notice: &Notice, found: &Burden<'_>) -> Vec<String> {
    let limit = notice.settings.burden;
    let words = |who| {
        let (name, most) = match who {
            Owes::Member => ("每名党员", limit.member_minutes),
            _ => ("每个支部", limit.branch_minutes),
        };
        let minutes = found.of(who).minutes();
        format!(
            "{name}约要填 {minutes} 分钟，超过了设定的 {most} 分钟。请看看有没有可以不要的要求；仍可印发。"
        )
    };
    found.too_much(notice).into_iter().map(words).collect()
}
