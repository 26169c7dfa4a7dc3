//! A first draft in the notice's own words and the roster's figures, to be edited.

use pingyi_domain::notice::{Notice, Owes, Requirement, Rule};
use pingyi_domain::plan::PlanContent;
use pingyi_domain::time::chinese_date;
use pingyi_storage::{Tx, member, org};

use super::dossier::Dossier;
use crate::kernel::error::PageError;

/// Members of one branch.
#[derive(Debug, Clone)]
pub struct Room {
    /// Name of the branch.
    pub branch: String,
    /// Members on the roster.
    pub members: usize,
    /// Of these, in the unit's leading group.
    pub leaders: usize,
}

/// Everything but times and places.
pub async fn content(tx: &mut Tx, dossier: &Dossier) -> Result<PlanContent, PageError> {
    let scope = &dossier.scope;
    let mut rooms = Vec::new();
    for branch in dossier.due() {
        let members = member::list(tx, branch.id).await?;
        rooms.push(Room {
            branch: branch.name.clone(),
            members: members.len(),
            leaders: members.iter().filter(|m| m.unit_leader).count(),
        });
    }
    let superior = match scope.unit.parent {
        Some(parent) if scope.branches.iter().any(|b| b.id == scope.unit.id) => {
            org::get(tx, parent)
                .await?
                .map_or_else(String::new, |org| org.name)
        }
        _ => scope.unit.name.clone(),
    };
    let notice = &scope.campaign.notice;
    Ok(PlanContent {
        theme: notice.theme.title.clone(),
        meetings: Vec::new(),
        manner: manner(notice),
        participants: participants(notice, &rooms, &superior),
        requirements: requirements(notice),
    })
}

/// 方式. // 通知 二、1—3 and 三
fn manner(notice: &Notice) -> String {
    let grades: Vec<_> = notice
        .grades
        .iter()
        .map(|g| format!("“{}”", g.label))
        .collect();
    format!(
        "以党支部为单位召开。会前组织学习，征求意见，开展谈心谈话，每名党员列出问题清单和整改措施；\
         会上开展批评与自我批评；会后现场开展民主评议党员，按照{}{}个等次进行无记名投票测评。",
        grades.join("、"),
        numeral(grades.len())
    )
}

fn numeral(n: usize) -> &'static str {
    ["零", "一", "两", "三", "四", "五", "六"]
        .get(n)
        .copied()
        .unwrap_or("多")
}

/// 参加人员. // 通知 四、2
fn participants(notice: &Notice, rooms: &[Room], superior: &str) -> String {
    let each: Vec<_> = rooms
        .iter()
        .map(|r| format!("{}{}名", r.branch, r.members))
        .collect();
    let all: usize = rooms.iter().map(|r| r.members).sum();
    let mut lines = vec![format!(
        "各党支部全体党员，共{all}名：{}。",
        each.join("，")
    )];
    let leaders: usize = rooms.iter().map(|r| r.leaders).sum();
    if let Some(asked) = notice
        .requirement(Rule::LeadersAsOrdinary)
        .filter(|_| leaders > 0)
    {
        lines.push(format!(
            "领导班子中的党员领导干部{leaders}名，{}。",
            asked.words
        ));
    }
    if notice.requirement(Rule::SuperiorCommented).is_some() {
        lines.push(format!("{superior}派人参加各支部会议并点评。"));
    }
    lines.join("\n")
}

/// The words as a sentence of its own: who owes it is named where the words leave it out.
fn sentence(asked: &Requirement) -> String {
    let who = "每名党员";
    let is_bare = asked.owes == Owes::Member && !asked.words.starts_with(who);
    format!("{}{}。", if is_bare { who } else { "" }, asked.words)
}

/// 相关要求: the notice's own sentences. // 通知 三
fn requirements(notice: &Notice) -> String {
    const QUOTED: [Rule; 7] = [
        Rule::ProblemListPerMember,
        Rule::SecretaryFirst,
        Rule::SelfCriticismEach,
        Rule::MutualCriticism,
        Rule::AppraisalOnTheSpot,
        Rule::FedBack,
        Rule::MeasuresPerMember,
    ];
    let last = chinese_date(notice.deadlines.meeting);
    let mut lines = vec![format!("各党支部的专题组织生活会在{last}前完成。")];
    let quoted = QUOTED
        .into_iter()
        .filter_map(|rule| notice.requirement(rule));
    lines.extend(quoted.map(sentence));
    let numbered = lines
        .iter()
        .enumerate()
        .map(|(at, line)| format!("{}、{line}", at + 1));
    numbered.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice(text: &str) -> Notice {
        Notice::parse(text).unwrap()
    }

    const OURS: &str = include_str!("../../../../notices/xianning-2015-14.toml");
    const OTHER: &str = include_str!("../../../../notices/national-2019.toml");

    #[test]
    fn grades_and_sentences_come_from_the_notice() {
        assert!(manner(&notice(OURS)).contains("“好”、“一般”、“差”三个等次"));
        assert!(manner(&notice(OTHER)).contains("四个等次"));
        let asked = requirements(&notice(OURS));
        assert!(asked.starts_with("1、各党支部的专题组织生活会在2015年9月30日前完成。"));
        assert!(asked.contains("2、每名党员自己动手列出问题清单和整改措施。"));
        assert!(asked.contains("支部书记要带头开展自我批评，诚恳地接受批评、改正缺点。"));
    }

    #[test]
    fn participants_count_the_roster() {
        let room = |branch: &str, members, leaders| Room {
            branch: branch.into(),
            members,
            leaders,
        };
        let rooms = [room("一支部", 10, 1), room("二支部", 7, 0)];
        let text = participants(&notice(OURS), &rooms, "市水利局机关党委");
        assert!(text.contains("共17名：一支部10名，二支部7名。"), "{text}");
        assert!(
            text.contains("党员领导干部1名，以普通党员的身份认真参加"),
            "{text}"
        );
        assert!(
            text.contains("市水利局机关党委派人参加各支部会议并点评。"),
            "{text}"
        );
    }
}
