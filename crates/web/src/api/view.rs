//! A campaign as one token sees it: its facts, cut to the scope.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::extract::Query;
use axum::http::request::Parts;
use jiff::civil::Date;
use pingyi_domain::assess::{Finding, assess};
use pingyi_domain::facts::{Ledger, UnitFacts};
use pingyi_domain::ids::OrgId;
use pingyi_storage::audit;
use serde::de::DeserializeOwned;

use super::{ApiError, Caller};
use crate::kernel::app::App;
use crate::kernel::campaign::{self, Campaign};

/// Who asks; only behind [`crate::kernel::access::Access::Token`].
pub(super) struct Ask {
    pub app: App,
    pub caller: Caller,
    pub today: Date,
}

impl FromRequestParts<App> for Ask {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let caller = parts.extensions.get::<Caller>().copied();
        Ok(Self {
            app: app.clone(),
            caller: caller.ok_or(ApiError::Token)?,
            today: app.now().date(),
        })
    }
}

/// Parameters after the question mark; what is not known is refused.
pub(super) struct Asked<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for Asked<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, ApiError> {
        Query::<T>::try_from_uri(&parts.uri)
            .map(|Query(asked)| Self(asked))
            .map_err(|error| ApiError::Parameter(error.body_text()))
    }
}

/// An id of an address; one that cannot be read is one that is not there.
pub(super) fn id<T: std::str::FromStr>(text: &str) -> Result<T, ApiError> {
    text.parse().map_err(|_| ApiError::NotFound)
}

/// A campaign with its facts.
pub(super) struct View {
    pub campaign: Campaign,
    pub today: Date,
    /// Short form of the log's head the facts were read under.
    pub ledger_head: String,
    ledger: Arc<Ledger>,
    caller: Caller,
}

impl Ask {
    /// An issued campaign; drafts are not for others.
    pub async fn view(&self, campaign: &str) -> Result<View, ApiError> {
        let mut tx = self.app.db.read().await?;
        let campaign = campaign::load(&self.app, &mut tx, id(campaign)?).await?;
        if campaign.issued_on.is_none() {
            return Err(ApiError::NotFound);
        }
        let ledger = self.app.facts.load(&mut tx, campaign.id).await?;
        Ok(View {
            campaign,
            today: self.today,
            ledger_head: audit::head(&mut tx).await?.short(),
            ledger,
            caller: self.caller,
        })
    }
}

impl View {
    /// Units within the scope, in roster order.
    pub fn units(&self) -> impl Iterator<Item = &UnitFacts> {
        let units = self.ledger.units.iter();
        units.filter(|unit| self.sees(unit.org))
    }

    /// One unit within the scope.
    pub fn unit(&self, id: OrgId) -> Result<&UnitFacts, ApiError> {
        self.units()
            .find(|unit| unit.org == id)
            .ok_or(ApiError::NotFound)
    }

    /// What the rules find within the scope; the committee's own only for the whole committee.
    pub fn findings(&self) -> Vec<Finding> {
        assess(&self.campaign.notice, &self.ledger, self.today)
            .into_iter()
            .filter(|finding| self.sees(finding.unit))
            .collect()
    }

    fn sees(&self, unit: OrgId) -> bool {
        self.caller.whole || self.caller.org == unit
    }
}
