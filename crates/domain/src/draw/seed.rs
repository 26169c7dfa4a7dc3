//! What is called out in the meeting after the list is frozen.

use std::fmt;

use thiserror::Error;

use crate::prose::LINE;

/// Why a seed cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SeedError {
    /// Nothing but white space.
    #[error("没有填写种子。请当场掷骰子或由几位同志各报一个数，照样填写。")]
    Empty,
    /// Longer than anybody calls out.
    #[error("种子有 {0} 个字，最多 {LINE} 个字。")]
    Long(usize),
    /// A character that cannot be read aloud.
    #[error("种子里有看不见的控制字符。请重新输入。")]
    Control,
}

/// A seed, written in one way only: without spaces, digits in their narrow form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seed(String);

impl Seed {
    /// Reads what was typed: `３ 1 4` and `314` are the same seed.
    pub fn called(typed: &str) -> Result<Self, SeedError> {
        let plain: String = typed
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(narrow)
            .collect();
        if plain.chars().any(char::is_control) {
            return Err(SeedError::Control);
        }
        match plain.chars().count() {
            0 => Err(SeedError::Empty),
            long if long > LINE => Err(SeedError::Long(long)),
            _ => Ok(Self(plain)),
        }
    }

    /// As hashed and printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn narrow(c: char) -> char {
    let digit = u32::from(c).checked_sub(u32::from('０'));
    digit
        .filter(|&n| n < 10)
        .and_then(|n| char::from_digit(n, 10))
        .unwrap_or(c)
}

impl fmt::Display for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
