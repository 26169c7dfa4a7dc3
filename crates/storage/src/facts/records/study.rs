//! Study sessions of a branch. // 通知 二、1

use std::collections::HashMap;

use pingyi_domain::facts::StudyFacts;
use pingyi_domain::ids::OrgId;

use crate::facts::scope::Scope;
use crate::{Result, Tx};

pub(super) async fn read(_tx: &mut Tx, _scope: Scope) -> Result<HashMap<OrgId, StudyFacts>> {
    Ok(HashMap::new())
}
