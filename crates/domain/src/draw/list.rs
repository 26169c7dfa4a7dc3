//! The frozen list: one canonical text, so that its hash says everything that was fixed.

use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::notice::{Fraction, SpotCheck};

/// First word of the canonical text; a changed algorithm gets another.
const HEAD: &str = "pingyi-draw-1";
/// Greatest weight of a branch: every unit of weight costs one hash.
pub const FULL_WEIGHT: u32 = 10_000;

/// Why a list cannot be drawn from. Lines count from 1 as in the text given.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ListError {
    /// No branch at all.
    #[error("名单是空的，没有可以抽取的党支部。")]
    Empty,
    /// Not the four fields.
    #[error(
        "名单第 {0} 行写法不对：应为“单位、党支部、权数、近期已查（1 或 0）”四项，用制表符隔开。"
    )]
    Line(usize),
    /// Not from 1 to [`FULL_WEIGHT`].
    #[error("名单第 {0} 行的权数不对：应为 1 到 {FULL_WEIGHT} 的整数。")]
    Weight(usize),
    /// The same branch of the same unit twice.
    #[error("“{unit}”的“{branch}”在名单里出现了两次。")]
    Twice {
        /// Unit.
        unit: String,
        /// Branch.
        branch: String,
    },
    /// The head of the text is of another program.
    #[error("名单第 1 行不是本程序认识的写法（{HEAD}）。")]
    Head,
}

/// One branch on the list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its unit, by name.
    pub unit: String,
    /// Its name within the unit.
    pub branch: String,
    /// How much more likely than weight 1.
    pub weight: u32,
    /// Checked recently: stays on the list and is not drawn.
    pub recent: bool,
}

impl Entry {
    /// Its line in the canonical text, without the line end.
    pub fn line(&self) -> String {
        format!(
            "{}\t{}\t{}\t{}",
            self.unit,
            self.branch,
            self.weight,
            u8::from(self.recent)
        )
    }
}

/// How many are drawn; fixed with the list. // docs/DOMAIN.md §1.3
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shares {
    /// Share of all branches on the list, rounded up.
    pub share: Fraction,
    /// At least one in each unit with more branches than this.
    pub one_in_units_over: u32,
}

impl From<SpotCheck> for Shares {
    fn from(set: SpotCheck) -> Self {
        Self {
            share: set.share,
            one_in_units_over: set.one_in_units_over,
        }
    }
}

/// A list in its canonical order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawList {
    shares: Shares,
    entries: Vec<Entry>,
}

impl DrawList {
    /// Sorts and checks. Fields are kept to the character, but for white space, which becomes
    /// single spaces: a tab would be a fifth field.
    pub fn new(shares: Shares, entries: Vec<Entry>) -> Result<Self, ListError> {
        let numbered = entries.into_iter().zip(1..).map(|(e, at)| (at, e));
        Self::checked(shares, numbered.collect())
    }

    fn checked(shares: Shares, given: Vec<(usize, Entry)>) -> Result<Self, ListError> {
        let mut entries = Vec::with_capacity(given.len());
        for (at, mut entry) in given {
            entry.unit = spaced(&entry.unit);
            entry.branch = spaced(&entry.branch);
            if entry.unit.is_empty() || entry.branch.is_empty() {
                return Err(ListError::Line(at));
            }
            if !(1..=FULL_WEIGHT).contains(&entry.weight) {
                return Err(ListError::Weight(at));
            }
            entries.push(entry);
        }
        entries.sort_by_key(Entry::line);
        let twice = entries
            .iter()
            .zip(entries.iter().skip(1))
            .find(|(a, b)| (&a.unit, &a.branch) == (&b.unit, &b.branch));
        match twice {
            Some((one, _)) => Err(ListError::Twice {
                unit: one.unit.clone(),
                branch: one.branch.clone(),
            }),
            None if entries.is_empty() => Err(ListError::Empty),
            None => Ok(Self { shares, entries }),
        }
    }

    /// Reads a text in any order of lines. A head line fixes the shares; without one they are
    /// `otherwise`.
    pub fn parse(text: &str, otherwise: Shares) -> Result<Self, ListError> {
        let mut lines = (1..)
            .zip(text.trim_start_matches('\u{feff}').lines())
            .filter(|(_, line)| !line.trim().is_empty())
            .peekable();
        let head = lines.next_if(|(_, line)| line.starts_with("pingyi-"));
        let shares = head.map_or(Ok(otherwise), |(_, line)| {
            read_head(line).ok_or(ListError::Head)
        })?;
        let entries: Result<_, _> = lines
            .map(|(at, line)| Ok((at, read_entry(at, line)?)))
            .collect();
        Self::checked(shares, entries?)
    }

    /// The canonical text: the head, then one line per branch, sorted, each with a line end.
    pub fn text(&self) -> String {
        let Shares {
            share,
            one_in_units_over,
        } = self.shares;
        let head = format!("{HEAD}\t{share}\t{one_in_units_over}");
        std::iter::once(head)
            .chain(self.entries.iter().map(Entry::line))
            .map(|line| line + "\n")
            .collect()
    }

    /// SHA-256 of the text, in hexadecimal: what is read out before the seed is called.
    pub fn hash(&self) -> String {
        hex::encode(Sha256::digest(self.text()))
    }

    /// The branches in canonical order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How many are drawn.
    pub fn shares(&self) -> Shares {
        self.shares
    }

    /// The share in branches, rounded up.
    pub fn target(&self) -> usize {
        let all = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        self.shares.share.ceil_of(all) as usize
    }
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn read_head(line: &str) -> Option<Shares> {
    let mut fields = line.trim_end().split('\t');
    let (HEAD, share, over, None) = (
        fields.next()?,
        fields.next()?,
        fields.next()?,
        fields.next(),
    ) else {
        return None;
    };
    Some(Shares {
        share: share.parse().ok()?,
        one_in_units_over: over.trim().parse().ok()?,
    })
}

fn read_entry(at: usize, line: &str) -> Result<Entry, ListError> {
    let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
    let [unit, branch, weight, recent] = fields[..] else {
        return Err(ListError::Line(at));
    };
    let recent = match recent {
        "0" => false,
        "1" => true,
        _ => return Err(ListError::Line(at)),
    };
    Ok(Entry {
        unit: unit.to_owned(),
        branch: branch.to_owned(),
        weight: weight.parse().map_err(|_| ListError::Weight(at))?,
        recent,
    })
}
