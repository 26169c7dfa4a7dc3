//! Problem lists before the meeting, their confirmation after it, and the first measures carried
//! out. // 通知 二、3 and 三、4

use pingyi_domain::ids::ListId;
use pingyi_domain::lists::{
    Author, Draft, HandedIn, Item, ListContent, ListState, NoneFound, Reviewer, Stage,
};
use pingyi_domain::measure::{MeasureState, Open};
use pingyi_domain::member::{Member, PostKind};
use pingyi_domain::time::UnixTime;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::measure::Measure;
use pingyi_storage::problem_list::{ListVersion, ProblemList};
use serde_json::json;

use super::{Chronicle, Fate, number};
use crate::act::Write;
use crate::calendar::{moment, plus_days, plus_minutes};
use crate::error::{Result, SimulateError};
use crate::stage::BranchStage;
use crate::texts::{LIST_BACK, LIST_CAUSES, LIST_NONE, LIST_PROBLEMS, LIST_PROXY};
use crate::town::Person;

/// A list handed in, as it goes on.
struct Handed {
    list: ProblemList,
    version: ListVersion,
    rule: HandedIn,
}

impl Chronicle<'_> {
    /// The lists of a branch: all of them where it has met, some where it has not.
    pub(super) fn lists(&mut self, fate: &Fate<'_>) -> Result<()> {
        let met = fate.stage >= BranchStage::CriticismDone;
        if fate.stage == BranchStage::Planned && self.dice.chance(40) {
            return Ok(());
        }
        let thorough = self.dice.chance(75);
        for (at, member) in fate.branch.members.iter().enumerate() {
            let writes = fate.stage != BranchStage::Planned || self.dice.chance(60);
            if !writes || (!thorough && at % 9 == 4) {
                continue;
            }
            let handed = self.hand_in_list(fate, member, at)?;
            if met && (thorough || at % 3 != 0) {
                self.confirm_list(fate, handed, at)?;
            } else if self.returns && fate.stage == BranchStage::Planned {
                self.returns = !self.return_list(fate, handed)?;
            }
        }
        Ok(())
    }

    fn hand_in_list(&mut self, fate: &Fate<'_>, member: &Member, n: usize) -> Result<Handed> {
        let at = self.before(fate, n);
        let id: ListId = self.dice.id(at);
        let content = self.content_of_list(at, n);
        let handed = Draft::new(id, member.id, content)
            .hand_in(self.notice, at)
            .map_err(SimulateError::refused)?;
        let (by, own) = writer(fate, member);
        let by = by.clone();
        let version = version(&handed, &by, own, at);
        let touched = version.content.touched(self.notice);
        let list = ProblemList {
            id,
            campaign_id: self.campaign,
            branch_id: fate.branch.org.id,
            member_id: member.id,
            state: ListState::HandedIn,
            version: 1,
            before_version: Some(1),
            after_version: None,
            first_handed_on: Some(at.date()),
            all_categories: touched.categories,
            all_benchmarks: touched.benchmarks,
            all_aspects: touched.aspects,
        };
        let write = Write::NewList(Box::new(list.clone()), Box::new(version.clone()));
        let what = (Event::ListHandedIn, Object::Member(member.id));
        self.note(at, &by, what, detail(fate, &version), write);
        Ok(Handed {
            list,
            version,
            rule: handed,
        })
    }

    /// The reviewer sends a list back; whether the branch has somebody who can.
    fn return_list(&mut self, fate: &Fate<'_>, handed: Handed) -> Result<bool> {
        let Handed {
            mut list,
            mut version,
            rule,
        } = handed;
        let Some((_, reviewer, asks, author)) = parties(fate, &list) else {
            return Ok(false);
        };
        let at = plus_minutes(rule.at, 95);
        let back = rule.return_with(asks, author, LIST_BACK, at);
        let back = back.map_err(SimulateError::refused)?;
        list.state = ListState::Returned;
        list.before_version = None;
        version.returned_at = Some(at);
        version.returned_by = Some(reviewer.account);
        version.returned_name = Some(reviewer.name.clone());
        version.comment = Some(back.comment);
        let what = (Event::ListReturned, Object::Member(list.member_id));
        let detail = detail(fate, &version);
        let write = Write::ListBack(Box::new(list), Box::new(version));
        self.note(at, reviewer, what, detail, write);
        Ok(true)
    }

    /// Three days before the meeting, or by yesterday.
    fn before(&self, fate: &Fate<'_>, n: usize) -> UnixTime {
        let first = plus_days(self.calendar.issued, 1);
        let day = plus_days(fate.starts.date(), -3).min(self.calendar.last);
        let morning = moment(day.max(first).at(9, 0, 0, 0));
        plus_minutes(morning, i64::from(number(n)) * 2)
    }

    fn content_of_list(&mut self, at: UnixTime, n: usize) -> ListContent {
        let whole = self.dice.chance(80);
        let mut content = ListContent::default();
        for (k, category) in self.notice.categories.iter().enumerate() {
            let listed = k % 5 == n % 5 || self.dice.chance(25);
            if !listed {
                content.none.push(NoneFound {
                    category: category.key.clone(),
                    reason: self.dice.pick(&LIST_NONE).to_owned(),
                });
                continue;
            }
            let all = |of: &[pingyi_domain::notice::Keyed]| -> Vec<String> {
                let most = if whole { of.len() } else { 1 };
                of.iter().take(most).map(|k| k.key.clone()).collect()
            };
            let (aspects, benchmarks) = (all(&self.notice.aspects), all(&self.notice.benchmarks));
            let (fact, measure) = self.dice.pick(LIST_PROBLEMS[k % LIST_PROBLEMS.len()]);
            let days = self.dice.pick(&[0, 31, 92]);
            content.items.push(Item {
                id: self.dice.id(at),
                category: category.key.clone(),
                aspects,
                benchmarks,
                fact: fact.to_owned(),
                cause: self.dice.pick(&LIST_CAUSES).to_owned(),
                measure: measure.to_owned(),
                due: Some(plus_days(self.notice.deadlines.meeting, days)),
            });
        }
        content
    }

    /// 会后确认沿用, on the next day; then some measures are reported and ticked off.
    fn confirm_list(&mut self, fate: &Fate<'_>, before: Handed, n: usize) -> Result<()> {
        let day = plus_days(fate.starts.date(), 1).min(self.calendar.last);
        let at = moment(day.at(17, 0, 0, 0)).max(moment(fate.starts.date().at(17, 0, 0, 0)));
        let at = plus_minutes(at, i64::from(number(n)) / 2);
        let member = before.list.member_id;
        let Handed {
            mut list, version, ..
        } = before;
        let confirmed = before
            .rule
            .confirm(self.notice, true, at)
            .map_err(SimulateError::refused)?;
        let next = ListVersion {
            version: confirmed.head.version,
            stage: Stage::After,
            saved_at: at,
            handed_at: Some(at),
            confirmed: true,
            ..version
        };
        list.version = next.version;
        list.after_version = Some(next.version);
        let who = fate.branch.members.iter().find(|m| m.id == member);
        let by = who
            .map_or(&fate.branch.secretary, |m| writer(fate, m).0)
            .clone();
        let write = Write::NextList(Box::new(list.clone()), Box::new(next.clone()));
        let what = (Event::ListConfirmed, Object::Member(member));
        self.note(at, &by, what, detail(fate, &next), write);
        if n.is_multiple_of(3) {
            self.carry_out(fate, &list, &next, at)?;
        }
        Ok(())
    }

    /// The first measure of a list: reported done, and mostly ticked off by somebody else.
    fn carry_out(
        &mut self,
        fate: &Fate<'_>,
        list: &ProblemList,
        version: &ListVersion,
        at: UnixTime,
    ) -> Result<()> {
        let Some(parties) = parties(fate, list) else {
            return Ok(());
        };
        let Some(item) = version.content.items.first() else {
            return Ok(());
        };
        let (reporter, verifier, reviewer, author) = parties;
        let open = Open {
            id: item.id,
            author,
            state: MeasureState::Open,
        };
        let evidence = "已按措施落实，服务对象反映有改进。";
        let claimed = open
            .claim(reporter.account, evidence, at.date(), at.date())
            .map_err(SimulateError::refused)?;
        let mut row = blank(list, item);
        row.state = MeasureState::Claimed;
        row.evidence = Some(claimed.evidence.clone());
        row.done_on = Some(claimed.done_on);
        row.claimed_at = Some(at);
        row.claimed_by = Some(claimed.by);
        row.claimed_name = Some(reporter.name.clone());
        let object = Object::Member(list.member_id);
        let detail = json!({ "branch": fate.branch.org.name, "measure": item.id });
        let write = Write::Measure(Box::new(row.clone()), MeasureState::Open);
        let what = (Event::MeasureClaimed, object);
        self.note(at, reporter, what, detail.clone(), write);
        if self.dice.chance(30) {
            return Ok(());
        }
        let at = plus_minutes(at, 20);
        let done = claimed
            .verify(verifier.account, reviewer, at)
            .map_err(SimulateError::refused)?;
        row.state = MeasureState::Verified;
        row.decided_at = Some(done.at);
        row.decided_by = Some(done.by);
        row.decided_name = Some(verifier.name.clone());
        let write = Write::Measure(Box::new(row), MeasureState::Claimed);
        self.note(
            at,
            verifier,
            (Event::MeasureVerified, object),
            detail,
            write,
        );
        Ok(())
    }
}

/// Who types a member's list: officers with an account their own, the secretary the others'.
fn writer<'f>(fate: &'f Fate<'_>, member: &Member) -> (&'f Person, bool) {
    let branch = fate.branch;
    if member.id == branch.secretary_id {
        return (&branch.secretary, true);
    }
    let teller = branch.teller_ids.iter().position(|id| *id == member.id);
    teller.map_or((&branch.secretary, false), |at| (&branch.tellers[at], true))
}

/// Who reports and who verifies; `None` where the branch has only one officer.
fn parties<'f>(
    fate: &'f Fate<'_>,
    list: &ProblemList,
) -> Option<(&'f Person, &'f Person, Reviewer, Author)> {
    let branch = fate.branch;
    let (second, second_id) = (&branch.tellers[0], branch.teller_ids[0]);
    if second_id == branch.secretary_id || !branch.titles.contains_key(&second_id) {
        return None;
    }
    let secretarys = list.member_id == branch.secretary_id;
    let reviewer = |member, post| Reviewer {
        member: Some(member),
        post: Some(post),
        unit: false,
    };
    let author = Author {
        member: list.member_id,
        post: secretarys.then_some(PostKind::Secretary),
        others: true,
    };
    Some(if secretarys {
        let by = reviewer(second_id, PostKind::CommitteeMember);
        (&branch.secretary, second, by, author)
    } else {
        let by = reviewer(branch.secretary_id, PostKind::Secretary);
        (second, &branch.secretary, by, author)
    })
}

fn version(handed: &HandedIn, by: &Person, own: bool, at: UnixTime) -> ListVersion {
    ListVersion {
        list_id: handed.head.id,
        version: handed.head.version,
        stage: handed.head.stage,
        content: handed.head.content.clone(),
        saved_at: at,
        saved_by: by.account,
        saved_by_name: by.name.clone(),
        proxy_reason: (!own).then(|| LIST_PROXY.to_owned()),
        handed_at: Some(at),
        confirmed: false,
        returned_at: None,
        returned_by: None,
        returned_name: None,
        comment: None,
    }
}

fn detail(fate: &Fate<'_>, version: &ListVersion) -> serde_json::Value {
    json!({
        "branch": fate.branch.org.name,
        "version": version.version,
        "stage": version.stage.label(),
        "items": version.content.items.len(),
        "proxy": version.proxy_reason.is_some(),
    })
}

/// As handing in made it; only what became of it is written.
fn blank(list: &ProblemList, item: &Item) -> Measure {
    Measure {
        id: item.id,
        list_id: list.id,
        campaign_id: list.campaign_id,
        branch_id: list.branch_id,
        member_id: list.member_id,
        seq: 1,
        category: item.category.clone(),
        problem: item.fact.clone(),
        words: item.measure.clone(),
        due_on: item.due.unwrap_or_default(),
        state: MeasureState::Open,
        evidence: None,
        done_on: None,
        claimed_at: None,
        claimed_by: None,
        claimed_name: None,
        decided_at: None,
        decided_by: None,
        decided_name: None,
        remark: None,
    }
}
