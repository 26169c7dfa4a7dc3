//! Scrutineers and tellers: who counts and who watches.
//!
//! Everyone in the room is also appraised; a small branch may let the superior's envoy watch.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::ids::MemberId;

/// Somebody who signs the counting sheet.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Official {
    /// A member of the branch.
    Member {
        /// Who.
        id: MemberId,
    },
    /// The superior's envoy. // 通知 四、2
    Envoy {
        /// Name.
        name: String,
    },
}

/// Why officials were refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum OfficialsError {
    /// No 监票人.
    #[error("没有监票人。请至少确定一名监票人，可以由上级派员担任。")]
    NoScrutineer,
    /// No 计票人.
    #[error("没有计票人。请至少确定一名计票人。")]
    NoTeller,
    /// One person is both.
    #[error("同一人不能既监票又计票。请另定一名监票人或计票人。")]
    Both,
}

/// At least one scrutineer and one teller, nobody both. // 通知 三、3
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Named")]
pub struct Officials {
    scrutineers: Vec<Official>,
    tellers: Vec<Official>,
}

/// [`Officials`] as read from storage, before the check.
#[derive(Deserialize)]
struct Named {
    scrutineers: Vec<Official>,
    tellers: Vec<Official>,
}

impl TryFrom<Named> for Officials {
    type Error = OfficialsError;
    fn try_from(named: Named) -> Result<Self, OfficialsError> {
        Self::new(named.scrutineers, named.tellers)
    }
}

impl Officials {
    /// Checks and takes them.
    pub fn new(scrutineers: Vec<Official>, tellers: Vec<Official>) -> Result<Self, OfficialsError> {
        if scrutineers.is_empty() {
            return Err(OfficialsError::NoScrutineer);
        }
        if tellers.is_empty() {
            return Err(OfficialsError::NoTeller);
        }
        if scrutineers.iter().any(|who| tellers.contains(who)) {
            return Err(OfficialsError::Both);
        }
        Ok(Self {
            scrutineers,
            tellers,
        })
    }

    /// 监票人.
    pub fn scrutineers(&self) -> &[Official] {
        &self.scrutineers
    }

    /// 计票人.
    pub fn tellers(&self) -> &[Official] {
        &self.tellers
    }
}
