//! Where in the notice something stands: `序`, `一`, `二、4b`, `三、0`, `附件1`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::NoticeProblem;

/// A clause: part, item (0 for a part's lead paragraph) and a letter for a sentence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Clause(String);

impl Clause {
    /// 序: what stands before the first part.
    pub fn preface() -> Self {
        Self("序".to_owned())
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The paragraph it stands in as screens print it: the clause without its letter, and a
    /// part's lead paragraph (item 0) as the part alone, since the notice numbers no item 0.
    #[must_use]
    pub fn paragraph(&self) -> Self {
        let item = self.item();
        Self(item.strip_suffix("、0").unwrap_or(item).to_owned())
    }

    /// The clause without its letter, as the notice's blocks carry it.
    pub(super) fn item(&self) -> &str {
        self.0.trim_end_matches(|c: char| c.is_ascii_lowercase())
    }
}

/// The numerals of parts.
const PARTS: &str = "一二三四五六七八九十";

fn well_formed(text: &str) -> bool {
    if text == "序" {
        return true;
    }
    if let Some(number) = text.strip_prefix("附件") {
        return is_number(number);
    }
    let (part, item) = text.split_once('、').unwrap_or((text, "1"));
    let item = item
        .strip_suffix(|c: char| c.is_ascii_lowercase())
        .unwrap_or(item);
    !part.is_empty() && part.chars().all(|c| PARTS.contains(c)) && is_number(item)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

impl FromStr for Clause {
    type Err = NoticeProblem;
    fn from_str(text: &str) -> Result<Self, NoticeProblem> {
        if well_formed(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NoticeProblem::Clause(text.to_owned()))
        }
    }
}

impl TryFrom<String> for Clause {
    type Error = NoticeProblem;
    fn try_from(text: String) -> Result<Self, NoticeProblem> {
        text.parse()
    }
}

impl From<Clause> for String {
    fn from(clause: Clause) -> Self {
        clause.0
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
