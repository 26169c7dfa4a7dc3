//! Letting a system in by its token, and how fast it may ask.

use axum::http::header;
use axum::http::request::Parts;
use pingyi_domain::api_token::TokenState;
use pingyi_domain::ids::{ApiTokenId, OrgId};
use pingyi_domain::opinion::Bucket;
use pingyi_domain::time::UnixTime;
use pingyi_storage::{api_token, org};

use super::error::ApiError;
use crate::kernel::app::App;
use crate::kernel::limits::Limits;
use crate::kernel::secret::token_hash;

/// Requests at once, and how many more a second. A system that copies everything hourly needs a
/// few dozen.
const BURST: u32 = 1_200;
const A_SECOND: u32 = 20;

/// What a token opens.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Caller {
    /// The unit, or the 工委.
    pub org: OrgId,
    /// The whole committee.
    pub whole: bool,
}

/// Whether the token may ask once more now.
fn take(limits: &Limits<ApiTokenId>, id: ApiTokenId, now: UnixTime) -> bool {
    limits.take(id, Bucket::of(BURST, A_SECOND, now), now)
}

/// Checks the token of a request. Reading is not logged: what is read holds no person, and the
/// token's making is on record.
pub(crate) async fn admit(app: &App, parts: &Parts) -> Result<Caller, ApiError> {
    let sent = bearer(parts).ok_or(ApiError::Token)?;
    let now = app.now();
    let mut tx = app.db.read().await?;
    let found = api_token::find(&mut tx, &token_hash(sent)).await?;
    let token = found.ok_or(ApiError::Token)?;
    if TokenState::of(token.last_day, token.revoked_at, now.date()) != TokenState::Active {
        return Err(ApiError::Token);
    }
    if !take(&app.api_limits, token.id, now) {
        return Err(ApiError::TooFast);
    }
    let org = org::get(&mut tx, token.org_id).await?;
    let org = org.ok_or(ApiError::Token)?;
    Ok(Caller {
        org: org.id,
        whole: org.parent.is_none(),
    })
}

fn bearer(parts: &Parts) -> Option<&str> {
    let sent = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = sent.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn one_token_asking_too_fast_does_not_stop_another() {
        let limits = Limits::default();
        let now = UnixTime(1_000);
        let id = |n| ApiTokenId(Uuid::from_u128(n));
        assert!((0..BURST).all(|_| take(&limits, id(1), now)));
        assert!(!take(&limits, id(1), now));
        assert!(take(&limits, id(2), now));
        assert!(take(&limits, id(1), UnixTime(1_001)));
    }
}
