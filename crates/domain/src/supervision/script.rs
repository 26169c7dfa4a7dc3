//! What to ask by telephone: the notice's own gates, then what the branch still owes.

use crate::assess::{Finding, Status};
use crate::notice::Notice;

/// Most questions about open findings: a call is a conversation, not an examination.
const MOST: usize = 8;

/// Questions in plain sentences, the notice's words quoted. // 通知 四、4: 电话询问
pub fn questions(notice: &Notice, findings: &[Finding]) -> Vec<String> {
    let start = [
        format!(
            "支部的专题组织生活会围绕“{}”开了没有，什么时候开的？",
            notice.theme.title
        ),
        "上级党组织派了哪位同志参加，点评主要讲了什么？".to_owned(),
    ];
    let gates = notice
        .gates
        .iter()
        .map(|gate| format!("“{}”：支部是怎样做的，请举一个例子。", gate.words));
    let open = findings
        .iter()
        .filter(|f| matches!(f.status, Status::Open { .. }))
        .take(MOST)
        .map(|f| {
            let title = &notice.requirements[f.requirement].title;
            format!("台帐显示“{title}”还没有完成，是什么情况，准备什么时候完成？")
        });
    start.into_iter().chain(gates).chain(open).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::assess_branch;
    use crate::assess::tests::finished_unit;
    use jiff::civil::date;

    #[test]
    fn questions_come_from_the_gates_and_from_what_is_open() {
        let text = include_str!("../../../../notices/xianning-2015-14.toml");
        let notice = Notice::parse(text).unwrap();
        let mut unit = finished_unit();
        unit.branches[0].meeting = None;
        let found = assess_branch(&notice, &unit, &unit.branches[0], date(2015, 9, 15));
        let asked = questions(&notice, &found);
        assert!(asked.iter().any(|q| q.contains("查摆问题不聚焦的不放过")));
        let held = notice
            .requirement(crate::notice::Rule::MeetingHeld)
            .unwrap();
        assert!(asked.iter().any(|q| q.contains(&held.title)), "{asked:?}");
        assert!(asked.len() <= 2 + 4 + MOST);
    }
}
