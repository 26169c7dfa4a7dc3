//! A unit's sheet: the scheme's items with evidence and marks, and who may see and do what.

use pingyi_domain::assess::assess_unit;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::scheme::{
    Item, Mark, Points, Proof, Scheme, SchemeState, SheetState, Sums, prove, sums,
};
use pingyi_storage::Tx;
use pingyi_storage::assessment::{self, Sheet};

use crate::filing::load::{UnitScene, unit_scene};
use crate::kernel::access::{CLERK, COMMITTEE, UNIT, User};
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;

/// One item of the sheet.
pub(super) struct Line {
    pub item: Item,
    pub mark: Mark,
    pub proofs: Vec<Proof>,
}

impl Line {
    /// Name of a field of this item.
    pub fn field(&self, kind: &str) -> String {
        format!("{kind}_{}", self.item.key)
    }

    pub fn points(&self) -> String {
        text(self.item.points)
    }

    pub fn own(&self) -> String {
        text(self.mark.own)
    }

    pub fn deduction(&self) -> String {
        text(self.mark.deduction.filter(|d| *d > Points::ZERO))
    }

    pub fn score(&self) -> String {
        text(self.mark.score(&self.item))
    }
}

/// Points as a page shows them; empty while not given.
pub(super) fn text(points: Option<Points>) -> String {
    points.map_or_else(String::new, |points| points.to_string())
}

/// What somebody does on a sheet.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// Fill in the unit's own score.
    Score,
    /// Check, return or finish.
    Check,
    /// Take a finished check up again.
    Reopen,
    /// Read.
    Read,
}

/// What this person may see and do.
#[derive(Clone, Copy)]
pub(super) struct May {
    /// What this person does on the sheet now.
    pub turn: Turn,
    /// The unit's own score: its own people always, the committee once it is handed in.
    pub see_own: bool,
    /// Deductions: the committee always, the unit once the check is finished.
    pub see_check: bool,
}

/// A unit's sheet.
pub(super) struct Board {
    pub scene: UnitScene,
    pub scheme: Scheme,
    pub scheme_state: SchemeState,
    pub sheet: Sheet,
    pub lines: Vec<Line>,
    pub may: May,
}

impl Board {
    pub fn scores(&self) -> bool {
        self.may.turn == Turn::Score
    }

    pub fn checks(&self) -> bool {
        self.may.turn == Turn::Check
    }

    pub fn reopens(&self) -> bool {
        self.may.turn == Turn::Reopen
    }

    /// There is something to send back.
    pub fn returns(&self) -> bool {
        self.checks() && self.sheet.state == SheetState::HandedIn
    }

    pub fn path(&self, rest: &str) -> String {
        self.scene.path(&format!("/assessment{rest}"))
    }

    /// The foot, as far as this person sees it.
    pub fn sums(&self) -> Sums {
        let shown = |line: &Line| Mark {
            own: line.mark.own.filter(|_| self.may.see_own),
            deduction: line.mark.deduction.filter(|_| self.may.see_check),
            ..line.mark.clone()
        };
        let marks: Vec<Mark> = self.lines.iter().map(shown).collect();
        let all = sums(&self.scheme, &marks);
        Sums {
            score: all.score.filter(|_| self.may.see_check),
            ..all
        }
    }
}

/// The sheet; without one while there is no scheme, or none this person may see.
pub(super) enum Found {
    /// The sheet.
    Sheet(Box<Board>),
    /// Only the unit.
    None(Box<UnitScene>),
}

impl Found {
    /// The sheet, for what is done with it.
    pub fn sheet(self) -> Result<Board, PageError> {
        match self {
            Self::Sheet(board) => Ok(*board),
            Self::None(_) => Err(PageError::refused(
                "工委还没有下发考评方案，考评表还没有内容可填。请等方案下发后再办理。",
            )),
        }
    }
}

/// Looks it up.
pub(super) async fn board(
    ctx: &Ctx,
    tx: &mut Tx,
    at: (CampaignId, OrgId),
) -> Result<Found, PageError> {
    let scene = unit_scene(&ctx.app, tx, at).await?;
    let user = ctx.user()?;
    let stored = assessment::scheme(tx, at.0).await?;
    let shown = stored.filter(|s| s.state == SchemeState::Issued || user.holds(COMMITTEE));
    let Some(stored) = shown else {
        return Ok(Found::None(Box::new(scene)));
    };
    let scheme = Scheme::parse(&stored.content).map_err(PageError::internal)?;
    let sheet = assessment::find(tx, at.0, at.1).await?;
    let sheet = sheet.unwrap_or_else(|| Sheet::blank(at.0, at.1));
    let marks = assessment::marks(tx, at.0, at.1).await?;
    let lines = lines(ctx, &scene, &scheme, &marks);
    let may = may(user, &scene, stored.state, sheet.state);
    Ok(Found::Sheet(Box::new(Board {
        scene,
        scheme,
        scheme_state: stored.state,
        sheet,
        lines,
        may,
    })))
}

fn lines(ctx: &Ctx, scene: &UnitScene, scheme: &Scheme, marks: &[Mark]) -> Vec<Line> {
    let notice = &scene.campaign.notice;
    let findings = assess_unit(notice, &scene.facts, ctx.now.date());
    let line = |item: &Item| {
        let blank = || Mark {
            item: item.key.clone(),
            ..Mark::default()
        };
        let mark = marks.iter().find(|mark| mark.item == item.key);
        let evidence = item.evidence.iter();
        Line {
            mark: mark.cloned().unwrap_or_else(blank),
            proofs: evidence
                .map(|one| prove(notice, &scene.facts, &findings, *one))
                .collect(),
            item: item.clone(),
        }
    };
    scheme.items.iter().map(line).collect()
}

fn may(user: &User, scene: &UnitScene, scheme: SchemeState, sheet: SheetState) -> May {
    let issued = scheme == SchemeState::Issued;
    let own = user.holds_over(UNIT, &[scene.unit.id, scene.root]);
    let clerk = user.holds(CLERK);
    let turn = match sheet {
        _ if !issued => Turn::Read,
        SheetState::Own if own => Turn::Score,
        SheetState::Checked if clerk => Turn::Reopen,
        SheetState::Own | SheetState::HandedIn if clerk => Turn::Check,
        _ => Turn::Read,
    };
    May {
        turn,
        see_own: own || sheet != SheetState::Own,
        see_check: user.holds(COMMITTEE) || sheet == SheetState::Checked,
    }
}
