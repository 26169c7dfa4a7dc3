//! 汇总表 upward: a branch's to its unit, a unit's with its 总结材料 to the 组织科. // 通知 四、4

use pingyi_domain::appraisal::RoundState;
use pingyi_domain::filing::{
    BranchReady, Draft, FilingHead, FilingKind, FilingState, Readiness, Submitted,
};
use pingyi_domain::ids::{FilingId, OrgId};
use pingyi_domain::time::UnixTime;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::filing::{Filing, FilingVersion};
use serde_json::json;

use super::{Chronicle, Fate};
use crate::act::Write;
use crate::calendar::plus_minutes;
use crate::error::{Result, SimulateError};
use crate::stage::{BranchStage, SummaryStage};
use crate::texts;
use crate::town::{Branch, Person, Unit};

/// A made-up office telephone: numbers beginning so belong to nobody.
const OFFICE: &str = "0715-8000";

/// A filing, who sends it and who decides.
struct Desk<'p> {
    filing: Filing,
    version: FilingVersion,
    sender: &'p Person,
    receiver: &'p Person,
    ready: Readiness,
    at: UnixTime,
}

impl Chronicle<'_> {
    /// A branch's 汇总表; the time it was received.
    pub(super) fn branch_summary(
        &mut self,
        fate: &Fate<'_>,
        after: UnixTime,
    ) -> Result<Option<UnixTime>> {
        if fate.stage < BranchStage::SummaryDraft {
            return Ok(None);
        }
        let (unit, branch) = (fate.unit, fate.branch);
        let (sender, receiver) = parties(unit, branch);
        let key = (branch.org.id, FilingKind::BranchSummary);
        let ready = ready(&[branch.org.id], false);
        let mut desk = self.draft(key, (sender, receiver), ready, after);
        if fate.stage < BranchStage::SummarySubmitted {
            return Ok(None);
        }
        let sent = self.hand_in(&mut desk)?;
        match fate.stage {
            BranchStage::SummarySubmitted => Ok(None),
            BranchStage::SummaryReturned => {
                let opinion = self.dice.pick(&texts::SUMMARY_OPINIONS);
                self.send_back_filing(&mut desk, sent, opinion)?;
                Ok(None)
            }
            _ => self.receive(&mut desk, sent).map(Some),
        }
    }

    /// A unit's 汇总表 and 总结材料.
    pub(super) fn unit_summary(
        &mut self,
        unit: &Unit,
        stage: SummaryStage,
        after: UnixTime,
    ) -> Result<()> {
        if stage == SummaryStage::None {
            return Ok(());
        }
        let key = (unit.org.id, FilingKind::UnitSummary);
        let clerk = &self.clerks[self.dice.below(2)];
        let ready = ready(&unit.branch_ids(), true);
        let mut desk = self.draft(key, (&unit.secretary, clerk), ready, after);
        if stage == SummaryStage::Draft {
            return Ok(());
        }
        let sent = self.hand_in(&mut desk)?;
        match stage {
            SummaryStage::Received => self.receive(&mut desk, sent).map(drop),
            SummaryStage::Returned => {
                let opinion = self.dice.pick(&texts::UNIT_OPINIONS);
                self.send_back_filing(&mut desk, sent, opinion)
            }
            SummaryStage::ReceivedAfterReturn => self.second_try(&mut desk, sent),
            SummaryStage::None | SummaryStage::Draft | SummaryStage::Submitted => Ok(()),
        }
    }

    fn second_try(&mut self, desk: &mut Desk<'_>, sent: Submitted) -> Result<()> {
        let opinion = self.dice.pick(&texts::UNIT_OPINIONS);
        self.send_back_filing(desk, sent, opinion)?;
        self.revise(desk);
        let sent = self.hand_in(desk)?;
        self.receive(desk, sent).map(drop)
    }

    fn draft<'p>(
        &mut self,
        (org_id, kind): (OrgId, FilingKind),
        (sender, receiver): (&'p Person, &'p Person),
        ready: Readiness,
        after: UnixTime,
    ) -> Desk<'p> {
        let at = self.later(after, (0, 1), (16, 15));
        let id: FilingId = self.dice.id(at);
        let filing = Filing {
            id,
            campaign_id: self.campaign,
            org_id,
            kind,
            state: FilingState::Draft,
            version: 1,
        };
        let contact = format!("{OFFICE}{:03}", self.dice.between(0, 999));
        let version = blank(&filing, &sender.name, contact);
        let write = Write::NewFiling(filing.clone(), Box::new(version.clone()));
        let detail = json!({ "kind": kind.as_str(), "version": 1 });
        let what = (Event::FilingDrafted, Object::Filing(id));
        self.note(at, sender, what, detail, write);
        Desk {
            filing,
            version,
            sender,
            receiver,
            ready,
            at,
        }
    }

    fn hand_in(&mut self, desk: &mut Desk<'_>) -> Result<Submitted> {
        desk.at = self.later(desk.at, (0, 1), (16, 40));
        let head = head(&desk.filing);
        let deadline = self.notice.deadlines.summary;
        let sent = Draft { head }
            .submit(desk.sender.account, desk.at, deadline, &desk.ready)
            .map_err(SimulateError::refused)?;
        desk.filing.state = FilingState::Submitted;
        desk.version.submitted_by = Some(sent.by);
        desk.version.submitted_by_name = Some(desk.sender.name.clone());
        desk.version.submitted_at = Some(sent.at);
        desk.version.late = sent.late;
        let detail = json!({
            "kind": desk.filing.kind.as_str(), "version": desk.version.version,
            "late": sent.late,
        });
        let write = Write::Submit(desk.filing.clone(), Box::new(desk.version.clone()));
        let what = (Event::FilingSubmitted, Object::Filing(desk.filing.id));
        self.note(desk.at, desk.sender, what, detail, write);
        Ok(sent)
    }

    fn send_back_filing(
        &mut self,
        desk: &mut Desk<'_>,
        sent: Submitted,
        opinion: &str,
    ) -> Result<()> {
        desk.at = self.later(desk.at, (1, 1), (10, 30));
        let back = sent
            .return_with(desk.receiver.account, opinion, desk.at)
            .map_err(SimulateError::refused)?;
        desk.filing.state = FilingState::Returned;
        desk.version.opinion = Some(back.opinion);
        self.decide(desk, (FilingState::Returned, Event::FilingReturned));
        Ok(())
    }

    fn receive(&mut self, desk: &mut Desk<'_>, sent: Submitted) -> Result<UnixTime> {
        desk.at = self.later(desk.at, (1, 1), (11, 10));
        sent.receive(desk.receiver.account, desk.at)
            .map_err(SimulateError::refused)?;
        desk.filing.state = FilingState::Received;
        self.decide(desk, (FilingState::Received, Event::FilingReceived));
        Ok(desk.at)
    }

    fn decide(&mut self, desk: &mut Desk<'_>, (state, event): (FilingState, Event)) {
        desk.version.decision = Some(state);
        desk.version.decided_by = Some(desk.receiver.account);
        desk.version.decided_by_name = Some(desk.receiver.name.clone());
        desk.version.decided_at = Some(desk.at);
        let detail = json!({
            "kind": desk.filing.kind.as_str(), "version": desk.version.version,
        });
        let write = Write::Decide(desk.filing.clone(), Box::new(desk.version.clone()));
        let what = (event, Object::Filing(desk.filing.id));
        self.note(desk.at, desk.receiver, what, detail, write);
    }

    fn revise(&mut self, desk: &mut Desk<'_>) {
        desk.at = plus_minutes(desk.at, 75);
        desk.filing.state = FilingState::Draft;
        desk.filing.version += 1;
        let contact = desk.version.contact.clone();
        desk.version = blank(&desk.filing, &desk.sender.name, contact);
        let detail = json!({
            "kind": desk.filing.kind.as_str(), "version": desk.filing.version,
        });
        let write = Write::NextFiling(desk.filing.clone(), Box::new(desk.version.clone()));
        let what = (Event::FilingDrafted, Object::Filing(desk.filing.id));
        self.note(desk.at, desk.sender, what, detail, write);
    }
}

/// Who sends a branch's papers and who decides on them: never the same person. Where one person
/// leads branch and unit alone, somebody else of the branch sends.
fn parties<'p>(unit: &'p Unit, branch: &'p Branch) -> (&'p Person, &'p Person) {
    let senders = [&branch.secretary, &branch.tellers[0], &branch.tellers[1]];
    let receivers = [&unit.secretary, &unit.second];
    let pairs = senders
        .into_iter()
        .flat_map(|s| receivers.into_iter().map(move |r| (s, r)));
    let mut apart = pairs.filter(|(s, r)| s.account != r.account);
    // The two tellers are two people, so one of them is not the unit's secretary.
    apart.next().unwrap_or((senders[0], receivers[0]))
}

fn head(filing: &Filing) -> FilingHead {
    FilingHead {
        id: filing.id,
        kind: filing.kind,
        org: filing.org_id,
        version: filing.version,
    }
}

/// All branches determined, sums checked when they were counted.
fn ready(branches: &[OrgId], report_attached: bool) -> Readiness {
    let branch = |&branch: &OrgId| BranchReady {
        branch,
        round: Some(RoundState::Determined),
        problems: Vec::new(),
    };
    Readiness {
        branches: branches.iter().map(branch).collect(),
        totals_agree: true,
        report_attached,
    }
}

fn blank(filing: &Filing, filler: &str, contact: String) -> FilingVersion {
    let report = match filing.kind {
        FilingKind::UnitSummary => texts::report(),
        FilingKind::BranchSummary => String::new(),
    };
    FilingVersion {
        filing_id: filing.id,
        version: filing.version,
        snapshot: "{}".into(),
        report_text: report,
        filler: filler.to_owned(),
        contact,
        chain_head: String::new(),
        submitted_by: None,
        submitted_by_name: None,
        submitted_at: None,
        late: false,
        decision: None,
        opinion: None,
        decided_by: None,
        decided_by_name: None,
        decided_at: None,
    }
}
