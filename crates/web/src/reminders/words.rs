//! An open finding in one sentence, the same in a call and in a letter.

use jiff::civil::Date;
use pingyi_domain::assess::{Finding, Status};
use pingyi_domain::notice::Notice;

use crate::home::todo::{days_left, gap_text};

/// 要求：还差什么（还有几天）.
pub(super) fn words(notice: &Notice, finding: &Finding, today: Date) -> String {
    let asked = &notice.requirements[finding.requirement];
    let gap = match finding.status {
        Status::Open { gap, .. } => gap_text(asked.rule, gap),
        _ => String::new(),
    };
    let left = finding.due.map(|day| days_left(today, day));
    let left = left.map_or_else(String::new, |left| format!("（{left}）"));
    format!("{}：{gap}{left}", asked.title)
}
