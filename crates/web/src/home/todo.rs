//! Findings turned into lines of 「还差什么」: words, day, who acts, and the button.

use jiff::civil::Date;
use pingyi_domain::assess::{Action, Actor, Finding, Gap, Status};
use pingyi_domain::notice::{Notice, Rule};
use pingyi_domain::time::chinese_date;

use crate::kernel::access::{BRANCH, CLERK, UNIT, User};
use crate::kernel::campaign::Campaign;

/// Place in the list.
type Order = (bool, bool, Date, usize);

/// One line.
pub struct Item {
    /// The task.
    pub title: String,
    /// Clause, e.g. `二、4b`.
    pub clause: String,
    /// The notice's own words.
    pub words: String,
    /// Last day in words.
    pub due: Option<String>,
    /// Days left or over, in words.
    pub left: Option<String>,
    /// Over.
    pub late: bool,
    /// What is missing.
    pub gap: String,
    /// Who must act.
    pub actor: &'static str,
    /// Where the button leads, when this person may press it.
    pub href: Option<String>,
    /// Words on the button.
    pub button: &'static str,
    order: Order,
}

/// The three parts of a 「还差什么」.
#[derive(Default)]
pub struct Todo {
    /// Still to do, late ones first, then by day.
    pub open: Vec<Item>,
    /// Proved by the facts.
    pub met: Vec<Item>,
    /// The notice asks for it; this program keeps no record of it yet.
    pub untracked: Vec<Item>,
    /// Their turn comes later.
    pub waiting: usize,
}

/// What the person looking may do, worked out once per page.
#[derive(Clone, Copy, Default)]
pub struct May {
    branch: bool,
    unit: bool,
    section: bool,
}

impl May {
    /// Over an organisation with this line upward.
    pub fn of(user: &User, line: &[pingyi_domain::ids::OrgId]) -> Self {
        Self {
            branch: user.holds_over(BRANCH, line),
            unit: user.holds_over(UNIT, line),
            section: user.holds_over(CLERK, line),
        }
    }

    fn allows(self, actor: Actor) -> bool {
        match actor {
            Actor::Branch => self.branch,
            Actor::Unit => self.unit,
            Actor::Section => self.section,
        }
    }
}

/// Sorts findings into the three parts.
pub fn sort(campaign: &Campaign, findings: &[Finding], today: Date, may: May) -> Todo {
    let mut todo = Todo::default();
    for finding in findings {
        let item = || item(campaign, finding, today, may);
        match finding.status {
            Status::Open { .. } => todo.open.push(item()),
            Status::Met { .. } => todo.met.push(item()),
            Status::Untracked => todo.untracked.push(item()),
            Status::NotYet => todo.waiting += 1,
        }
    }
    todo.open.sort_by_key(|item| item.order);
    todo
}

fn item(campaign: &Campaign, finding: &Finding, today: Date, may: May) -> Item {
    let asked = &campaign.notice.requirements[finding.requirement];
    let late = matches!(
        finding.status,
        Status::Open { late: true, .. } | Status::Met { late: true }
    );
    let (gap, actor, href, button) = match &finding.status {
        Status::Open {
            gap, actor, action, ..
        } => {
            let href = may
                .allows(*actor)
                .then(|| address(campaign, finding, *action));
            (
                gap_text(asked.rule, *gap),
                actor.label(),
                href,
                button(asked.rule, *gap, *action),
            )
        }
        _ => (String::new(), "", None, ""),
    };
    Item {
        title: asked.title.clone(),
        clause: asked.clause.paragraph().as_str().to_owned(),
        words: asked.words.clone(),
        due: finding.due.map(chinese_date),
        left: finding.due.map(|day| days_left(today, day)),
        late,
        gap,
        actor,
        href,
        button,
        order: order(asked.rule, late, finding, today),
    }
}

/// Signing for the notice comes before everything else. Then late ones first, then by last day;
/// what has none is due at once, in the notice's order.
fn order(rule: Rule, late: bool, finding: &Finding, today: Date) -> Order {
    let due = finding.due.unwrap_or(today);
    (
        rule != Rule::ReceiptAcknowledged,
        !late,
        due,
        finding.requirement,
    )
}

/// `还有 5 天`, `今天截止`, `已逾期 3 天`.
pub fn days_left(today: Date, day: Date) -> String {
    let days = today
        .until(day)
        .map_or(0, |span| i64::from(span.get_days()));
    match days {
        0 => "今天截止".into(),
        1.. => format!("还有 {days} 天"),
        _ => format!("已逾期 {} 天", -days),
    }
}

/// The page that leads there.
pub fn address(campaign: &Campaign, finding: &Finding, action: Action) -> String {
    let unit = finding.unit;
    let branch = finding.branch.unwrap_or(unit);
    let at =
        |org: pingyi_domain::ids::OrgId, rest: &str| campaign.path(&format!("/o/{org}/{rest}"));
    match action {
        Action::Acknowledge => at(unit, "receipt"),
        Action::EditPlan => at(unit, "plan"),
        Action::ReviewPlan => at(unit, "plan/review"),
        Action::Roster => "/roster".into(),
        Action::Meeting => at(branch, "meeting"),
        Action::Appraisal => at(branch, "appraisal"),
        Action::BranchSummary => at(branch, "summary"),
        Action::UnitSummary => at(unit, "unit-summary"),
        Action::ReviewSummary => at(unit, "unit-summary/review"),
        Action::Study => at(branch, "study"),
        Action::Opinions => at(branch, "opinions"),
        Action::Talks => at(branch, "talks"),
        Action::ProblemLists => at(branch, "lists"),
        Action::Speeches => at(branch, "speeches"),
        Action::Results => at(branch, "results"),
        Action::Measures => at(branch, "measures"),
        Action::Gates => at(branch, "gates"),
        Action::Dues => at(branch, "dues"),
        Action::Supervision => campaign.path("/supervision"),
        Action::LeaderVisits => campaign.path("/supervision/leaders"),
        Action::Assessment => campaign.path("/assessment"),
    }
}

fn button(rule: Rule, gap: Gap, action: Action) -> &'static str {
    match action {
        // A draft is there: what is left of 报备案 is handing it in.
        Action::EditPlan if rule == Rule::PlanFiled && gap == Gap::Unfinished => "去报送",
        Action::Acknowledge => "去签收",
        Action::EditPlan => "去做方案",
        Action::ReviewPlan => "去审核",
        Action::Roster => "去核对名册",
        Action::Meeting => "去开会记录",
        Action::Appraisal => "去评议",
        Action::BranchSummary => "去看汇总表",
        Action::UnitSummary => "去汇总",
        Action::ReviewSummary => "去接收",
        Action::Study => "去记学习",
        Action::Opinions => "去征求意见",
        Action::Talks => "去记谈话",
        Action::ProblemLists => "去看清单",
        Action::Speeches => "去记发言",
        Action::Results => "去反馈公示",
        Action::Measures => "去看整改",
        Action::Gates => "去把关",
        Action::Dues => "去记党费",
        Action::Supervision => "去督导",
        Action::LeaderVisits => "去登记",
        Action::Assessment => "去考评",
    }
}

/// What is missing, in the words of its rule.
pub fn gap_text(rule: Rule, gap: Gap) -> String {
    // Own words where nobody sends anything up. // 通知 三、3
    match (rule, gap) {
        (Rule::Published, Gap::Waiting) => return "公示稿已拟，还没有批准张贴".into(),
        (Rule::Published, Gap::Returned) => return "公示已撤回，还没有重新公示".into(),
        (Rule::ResultsUsed, Gap::Unfinished) => {
            return "还没有记录表扬激励（不表扬的，写一句原因）".into();
        }
        _ => (),
    }
    let (Gap::Missing { count, of } | Gap::People { count, of }) = gap else {
        return gap.message();
    };
    match rule {
        Rule::EveryMemberAppraised => format!("应评 {of} 名党员，还有 {count} 名没有评定意见"),
        Rule::BranchesCovered => format!("{of} 个支部，还有 {count} 个没有召开"),
        Rule::PlanCoversBranches => format!("{of} 个支部，方案里还缺 {count} 个的时间"),
        Rule::ResponsibleNamed => format!("{of} 个书记岗位，空缺 {count} 个，请核对名册的党内职务"),
        Rule::AttendanceTaken => format!("应到 {of} 人，还有 {count} 人没有登记"),
        Rule::QuorumMet => format!("应到 {of} 人，缺席 {count} 人，到会人数偏少"),
        Rule::StudyCoversItems if matches!(gap, Gap::People { .. }) => {
            format!("应学 {of} 人，还有 {count} 人没有学全，请补学")
        }
        Rule::StudyCoversItems => format!("{of} 项学习内容，还有 {count} 项没有学"),
        Rule::OpinionsFromOutside => format!("{of} 条意见，还有 {count} 条没有答复"),
        Rule::LeadersAsOrdinary => format!("{of} 名领导干部，{count} 名没有到会也没有写明原因"),
        Rule::ProblemListPerMember => format!("应交 {of} 份问题清单，还有 {count} 份没有交"),
        Rule::CategoriesAnswered => format!("已交 {of} 份清单，{count} 份没有逐项写全"),
        Rule::BenchmarksTouched => format!("已交 {of} 份清单，{count} 份没有对照全部三个方面"),
        Rule::AspectsTouched => format!("已交 {of} 份清单，{count} 份没有联系全部四个方面"),
        Rule::MeasuresPerMember => {
            format!("{of} 名党员，还有 {count} 名会后没有修订或确认整改措施")
        }
        Rule::MeasuresCarriedOut => format!("共 {of} 条整改措施，{count} 条已过时限没有销号"),
        Rule::LastMeasuresReported => {
            format!("上次活动留下 {of} 条整改措施，{count} 条还没有人报告落实情况")
        }
        Rule::GatesPassed => format!("{of} 关还有 {count} 关没有过"),
        Rule::Supervised => format!("应督导 {of} 个支部，还差 {count} 个"),
        Rule::AssessmentInput => format!("{of} 个单位，还有 {count} 个没有完成考评"),
        Rule::LeadersAttended => format!("{of} 名工委领导，{count} 名参加的支部会还不够"),
        Rule::DuesCollected => {
            format!("从通知印发之月到上月应交 {of} 人次，还有 {count} 人次没有交清或没有核定")
        }
        Rule::FedBack => format!("已评定 {of} 名党员，还有 {count} 名没有反馈本人"),
        Rule::ResultsUsed => format!("{of} 名末位等次的党员，还有 {count} 名没有帮助计划"),
        Rule::TalkCoverage => format!("按职务应谈 {of} 对，还有 {count} 对没有谈"),
        Rule::TalksSettled => format!("谈出 {of} 个问题，还有 {count} 个没有解决"),
        Rule::SelfCriticismEach => format!("应到 {of} 人，还有 {count} 人没有自我批评记录"),
        Rule::ViewsExamined => format!("{of} 人作了自我批评，{count} 人没有剖析思想根源"),
        Rule::MutualCriticism => format!("到会 {of} 人，{count} 人没有收到批评意见"),
        Rule::CriticismExchanged => format!("{of} 人受到批评，{count} 人会前没有交换意见的谈话"),
        _ => gap.message(),
    }
}

/// Index of a requirement by its id.
pub fn requirement(notice: &Notice, id: &str) -> Option<usize> {
    notice.requirements.iter().position(|r| r.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_said_in_words() {
        assert_eq!(
            days_left(date(2015, 9, 15), date(2015, 9, 30)),
            "还有 15 天"
        );
        assert_eq!(days_left(date(2015, 9, 30), date(2015, 9, 30)), "今天截止");
        assert_eq!(
            days_left(date(2015, 10, 2), date(2015, 9, 30)),
            "已逾期 2 天"
        );
        assert_eq!(days_left(date(2015, 8, 1), date(2015, 9, 30)), "还有 60 天");
    }
}
