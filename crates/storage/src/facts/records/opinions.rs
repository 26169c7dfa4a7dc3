//! Opinions heard by a branch. // 通知 二、2

use std::collections::HashMap;

use pingyi_domain::facts::OpinionFacts;
use pingyi_domain::ids::OrgId;

use crate::facts::scope::Scope;
use crate::{Result, Tx};

pub(super) async fn read(_tx: &mut Tx, _scope: Scope) -> Result<HashMap<OrgId, OpinionFacts>> {
    Ok(HashMap::new())
}
