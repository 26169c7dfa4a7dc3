//! The person the superior organisation sends, and their comment. // 通知 四、2

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::ids::OrgId;
use crate::org::OrgTree;

/// Why an envoy was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum EnvoyError {
    /// From the branch itself.
    #[error("派员来自本支部，不符合“上级党组织要派人参加”。请填写上级党组织派出的同志。")]
    OwnBranch,
    /// From an organisation that is not above the branch.
    #[error("派员所在组织不是本支部的上级党组织。请核对派员单位。")]
    NotSuperior,
    /// No name.
    #[error("没有填写派员姓名。请填写姓名。")]
    NoName,
}

/// Who was sent and what they said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envoy {
    /// Name.
    pub name: String,
    /// The superior organisation that sent them.
    pub org: OrgId,
    /// 点评, its text or gist; empty until recorded.
    #[serde(default)]
    pub comment: String,
}

impl Envoy {
    /// Somebody sent by an organisation above the branch (the 工委 for a directly attached one).
    pub fn sent(tree: &OrgTree, branch: OrgId, org: OrgId, name: &str) -> Result<Self, EnvoyError> {
        // 通知 四、2: 上级党组织要派人参加所属基层支部的专题组织生活会
        if org == branch {
            return Err(EnvoyError::OwnBranch);
        }
        if !tree.covers(org, branch) {
            return Err(EnvoyError::NotSuperior);
        }
        let name = name.trim().to_owned();
        if name.is_empty() {
            return Err(EnvoyError::NoName);
        }
        Ok(Self {
            name,
            org,
            comment: String::new(),
        })
    }

    /// 并进行点评: whether the comment is recorded. // 通知 四、2
    pub fn commented(&self) -> bool {
        !self.comment.trim().is_empty()
    }
}
