//! A branch's four gates as pages and papers show them: state, history, facts beside.

use std::collections::HashMap;

use pingyi_domain::assess::{Finding, Status, assess_branch};
use pingyi_domain::gates::{self, Gate, GateState};
use pingyi_domain::ids::MemberId;
use pingyi_domain::notice::{Notice, Rule};
use pingyi_domain::time::chinese_date;
use pingyi_storage::gate::Turn;
use pingyi_storage::{Tx, facts, gate, member};

use crate::home::todo::gap_text;
use crate::kernel::access::{CLERK, UNIT, User};
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::meeting::load::Scene;

/// One gate.
pub(super) struct Line {
    pub key: String,
    pub label: String,
    pub words: String,
    pub gate: Gate,
    pub turns: Vec<TurnLine>,
    pub hints: Vec<Hint>,
    /// Number of the next turn.
    pub next: u32,
}

impl Line {
    pub fn state(&self) -> GateState {
        self.gate.state
    }

    pub fn class(&self) -> &'static str {
        class(self.gate.state)
    }

    pub fn returned(&self) -> bool {
        self.gate.state == GateState::Returned
    }

    pub fn undecided(&self) -> bool {
        self.gate.undecided()
    }

    /// Name of a field of this gate.
    pub fn field(&self, kind: &str) -> String {
        format!("{kind}_{}", self.key)
    }
}

/// Colour of a state.
pub(super) fn class(state: GateState) -> &'static str {
    match state {
        GateState::Open => "",
        GateState::Passed => "ok",
        GateState::Returned => "late",
        GateState::Reworked => "wait",
    }
}

/// A turn in words.
pub(super) struct TurnLine {
    pub state: GateState,
    pub class: &'static str,
    pub by: String,
    pub on: String,
    pub words: String,
    pub member: String,
}

/// A fact beside a gate.
pub(super) struct Hint {
    pub title: String,
    pub text: String,
    pub met: bool,
}

/// All gates of a branch.
pub(super) async fn load(ctx: &Ctx, tx: &mut Tx, scene: &Scene) -> Result<Vec<Line>, PageError> {
    let campaign = &scene.campaign;
    let turns = gate::list(tx, campaign.id, scene.branch.id).await?;
    let names = names(tx, scene, &turns).await?;
    let unit = facts::load_branch(tx, campaign.id, scene.unit().id, scene.branch.id)
        .await?
        .ok_or(PageError::NotFound)?;
    let findings = unit.branches.first().map_or_else(Vec::new, |branch| {
        assess_branch(&campaign.notice, &unit, branch, ctx.now.date())
    });
    let notice = &campaign.notice;
    Ok(notice
        .gates
        .iter()
        .map(|one| {
            let own: Vec<&Turn> = turns.iter().filter(|t| t.gate == one.key).collect();
            Line {
                key: one.key.clone(),
                label: one.label.clone(),
                words: one.words.clone(),
                gate: Gate {
                    state: own.last().map_or(GateState::Open, |t| t.state),
                },
                next: own.last().map_or(1, |t| t.seq + 1),
                turns: own.iter().map(|t| turn_line(t, &names)).collect(),
                hints: hints(notice, &one.key, &findings),
            }
        })
        .collect())
}

async fn names(
    tx: &mut Tx,
    scene: &Scene,
    turns: &[Turn],
) -> Result<HashMap<MemberId, String>, PageError> {
    if turns.iter().all(|t| t.member_id.is_none()) {
        return Ok(HashMap::new());
    }
    let active = member::list(tx, scene.branch.id).await?;
    Ok(active.into_iter().map(|m| (m.id, m.name)).collect())
}

fn turn_line(turn: &Turn, names: &HashMap<MemberId, String>) -> TurnLine {
    let member = turn.member_id.and_then(|id| names.get(&id));
    TurnLine {
        state: turn.state,
        class: class(turn.state),
        by: turn.by_name.clone(),
        on: chinese_date(turn.at.date()),
        words: turn.words.clone(),
        member: member.cloned().unwrap_or_default(),
    }
}

fn hints(notice: &Notice, gate: &str, findings: &[Finding]) -> Vec<Hint> {
    gates::hints(gate)
        .iter()
        .filter_map(|rule| hint(notice, *rule, findings))
        .collect()
}

fn hint(notice: &Notice, rule: Rule, findings: &[Finding]) -> Option<Hint> {
    let of = |f: &&Finding| notice.requirements[f.requirement].rule == rule;
    let finding = findings.iter().find(of)?;
    let (text, met) = match finding.status {
        Status::Met { .. } => ("台帐里已有记录".to_owned(), true),
        Status::Open { gap, .. } => (gap_text(rule, gap), false),
        Status::NotYet => ("还没有轮到".to_owned(), false),
        Status::Untracked => return None,
    };
    Some(Hint {
        title: notice.requirements[finding.requirement].title.clone(),
        text,
        met,
    })
}

/// Whether a directly attached branch, which is its own unit.
pub(super) fn attached(scene: &Scene) -> bool {
    scene.unit().id == scene.branch.id
}

/// Whether this person decides: nobody passes their own branch. // 通知 四、3
pub(super) fn decides(user: &User, scene: &Scene) -> bool {
    let above: Vec<_> = scene.above.iter().map(|org| org.id).collect();
    let roles = if attached(scene) { CLERK } else { UNIT };
    user.holds_over(roles, &above)
}
