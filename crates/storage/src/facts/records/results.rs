//! Feedback, 公示 and use of a branch's appraisal results. // 通知 三、3

use std::collections::HashMap;

use pingyi_domain::facts::ResultFacts;
use pingyi_domain::ids::OrgId;

use crate::facts::scope::Scope;
use crate::{Result, Tx};

pub(super) async fn read(_tx: &mut Tx, _scope: Scope) -> Result<HashMap<OrgId, ResultFacts>> {
    Ok(HashMap::new())
}
