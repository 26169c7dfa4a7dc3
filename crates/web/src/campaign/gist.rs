//! What a notice sets beside its text, in plain words, to be checked before it is issued.

use pingyi_domain::notice::{CapDenominator, Notice, Settings, Voters};

/// One line: what, and how it is set.
pub type Line = (&'static str, String);

/// All lines.
pub fn gist(n: &Notice) -> Vec<Line> {
    let join = |list: Vec<&str>| list.join("、");
    let (s, theme) = (&n.settings, &n.theme);
    let categories = n.categories.iter().map(|c| c.label.as_str()).collect();
    let study = n.study.iter().map(|k| k.label.as_str()).collect();
    let lines = [
        ("会议主题", theme.title.clone()),
        ("主要内容", theme.content.clone()),
        ("学习内容", join(study)),
        ("问题清单类别", join(categories)),
        ("评议等次", grades(n)),
        ("投票人", voters(s).to_owned()),
        ("预备党员", probationary(s).to_owned()),
        ("支部班子", group(s).to_owned()),
        ("反馈和公示", telling(s)),
    ];
    let filled = lines.into_iter().filter(|(_, words)| !words.is_empty());
    filled.collect()
}

fn grades(n: &Notice) -> String {
    let labels: Vec<&str> = n.grades.iter().map(|g| g.label.as_str()).collect();
    let all = labels.join("、");
    match (&n.settings.cap, labels.first()) {
        (Some(cap), Some(best)) => {
            let of = base(cap.denominator);
            format!("{all}；“{best}”一般不超过{of}的 {}", cap.fraction)
        }
        _ => format!("{all}；不设比例上限"),
    }
}

/// Of whom a cap is a fraction.
fn base(denominator: CapDenominator) -> &'static str {
    match denominator {
        CapDenominator::FullMembers => "本支部正式党员数",
        CapDenominator::Participants => "实际参加评议人数",
        CapDenominator::AllMembers => "本支部全体党员数",
    }
}

fn voters(s: &Settings) -> &'static str {
    match s.voters {
        Voters::FullAndProbationary => "到会的正式党员和预备党员",
        Voters::FullOnly => "只有到会的正式党员",
        Voters::MembersAndInvited => "到会党员，另请群众（票数分开统计）",
    }
}

fn probationary(s: &Settings) -> &'static str {
    if s.probationary_graded {
        "同样定等次"
    } else {
        "参加评议，不定等次"
    }
}

fn group(s: &Settings) -> &'static str {
    if s.leading_group_ballot {
        "测评表最后一行测评支部班子"
    } else {
        "不测评支部班子"
    }
}

fn telling(s: &Settings) -> String {
    format!(
        "评定后 {} 个工作日内向本人反馈；在{}公示 {} 个工作日",
        s.feedback_working_days,
        s.publicity.scope.label(),
        s.publicity.working_days
    )
}
