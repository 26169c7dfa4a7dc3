//! A member's months side by side: due, paid, still owed. Flags, never decides. // art. 13

use std::collections::BTreeMap;

use super::{Fen, Limits, Month};

/// An amount due every month from one month up to, and not including, another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First month.
    pub from: Month,
    /// First month after it.
    pub until: Month,
    /// Due each month; nothing for 免交.
    pub amount: Fen,
}

impl Span {
    /// Whether it speaks of this month.
    pub fn covers(&self, month: Month) -> bool {
        (self.from..self.until).contains(&month)
    }
}

/// One month of one member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Which.
    pub month: Month,
    /// `None`: not assessed.
    pub due: Option<Fen>,
    /// Paid for it, reversals deducted.
    pub paid: Fen,
}

impl Line {
    /// Still owed; nothing where nothing is assessed.
    pub fn owed(&self) -> Fen {
        (self.due.unwrap_or_default() - self.paid).or_zero()
    }

    /// Voluntary extra. // art. 11
    pub fn extra(&self) -> Fen {
        (self.paid - self.due.unwrap_or_default()).or_zero()
    }

    /// Due, and nothing at all was paid.
    pub fn unpaid(&self) -> bool {
        self.due.is_some_and(|due| due > Fen::ZERO) && self.paid <= Fen::ZERO
    }
}

/// A member's dues over some months.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// Month by month.
    pub lines: Vec<Line>,
}

/// What is still owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrears {
    /// Months not, or not fully, paid.
    pub months: Vec<Month>,
    /// Their sum.
    pub owed: Fen,
    /// Longest run of months without any payment.
    pub run: i32,
}

impl Account {
    /// The months from `first` to `last`, both included.
    pub fn new(spans: &[Span], paid: &BTreeMap<Month, Fen>, first: Month, last: Month) -> Self {
        let line = |month| Line {
            month,
            due: spans.iter().find(|s| s.covers(month)).map(|s| s.amount),
            paid: paid.get(&month).copied().unwrap_or_default(),
        };
        Self {
            lines: first.through(last).map(line).collect(),
        }
    }

    /// One of its months.
    pub fn line(&self, month: Month) -> Option<&Line> {
        self.lines.iter().find(|line| line.month == month)
    }

    /// Everything due.
    pub fn due(&self) -> Fen {
        self.lines.iter().filter_map(|l| l.due).sum()
    }

    /// Everything paid.
    pub fn paid(&self) -> Fen {
        self.lines.iter().map(|l| l.paid).sum()
    }

    /// What is owed for the months up to `last`; `None` when nothing is.
    pub fn arrears(&self, last: Month) -> Option<Arrears> {
        let over = || self.lines.iter().filter(|l| l.month <= last);
        let months: Vec<Month> = over()
            .filter(|l| !l.owed().is_zero())
            .map(|l| l.month)
            .collect();
        if months.is_empty() {
            return None;
        }
        let (mut run, mut longest) = (0, 0);
        for line in over() {
            run = if line.unpaid() { run + 1 } else { 0 };
            longest = run.max(longest);
        }
        Some(Arrears {
            months,
            owed: over().map(Line::owed).sum(),
            run: longest,
        })
    }
}

impl Arrears {
    /// Whether the branch must verify the reasons. The system decides nothing. // art. 13
    pub fn to_verify(&self, limits: &Limits) -> bool {
        self.run >= limits.flag_months
    }
}
