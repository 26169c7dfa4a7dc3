//! What all handlers share. No state of the campaign lives here: a second process on the same
//! PostgreSQL sees the same facts.

use std::sync::Arc;
use std::time::Duration;

use pingyi_domain::ids::{ActivityId, ApiTokenId};
use pingyi_domain::time::UnixTime;
use pingyi_storage::{Db, facts};
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::campaign::Notices;
use super::clock::Clock;
use super::limits::Limits;
use super::random::{IdSource, Random};
use super::secret::InstallKey;

/// Choices of the installation.
#[derive(Debug, Clone)]
pub struct Options {
    /// Cookies only over HTTPS (set when a proxy ends TLS in front of us).
    pub secure_cookies: bool,
    /// Signed out after this long without a request. // GB/T 22239-2019: session timeout
    pub idle: Duration,
    /// Address printed on slips, e.g. `http://10.1.2.3:8015`.
    pub address: String,
    /// A line shown on every page, e.g. that this is a demonstration.
    pub banner: Option<String>,
    /// The data folder, where uploads wait and backups lie; `None` in tests.
    pub folder: Option<std::path::PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            secure_cookies: false,
            idle: Duration::from_mins(30),
            address: "http://127.0.0.1:8015".into(),
            banner: None,
            folder: None,
        }
    }
}

/// Shared state; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Shared>);

/// The fields behind [`App`].
pub struct Shared {
    /// Facts.
    pub db: Db,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Random>,
    /// Key for identity numbers.
    pub key: InstallKey,
    /// Choices.
    pub options: Options,
    /// Passwords are slow to check on purpose; no more than two at a time.
    pub password_turns: Semaphore,
    /// Documents are typeset by at most as many threads as there are cores.
    pub paper_turns: Semaphore,
    /// Notices of the campaigns, parsed.
    pub notices: Notices,
    /// Facts of whole campaigns, read again whenever the log has grown.
    pub facts: facts::Cache,
    /// Papers being made in bulk.
    pub jobs: crate::filing::Jobs,
    /// Ballot boxes at work, read once, and turns for checking ballots.
    pub rooms: crate::room::Rooms,
    /// How fast collections of opinions fill.
    pub buckets: Limits<ActivityId>,
    /// How fast other systems ask.
    pub api_limits: Limits<ApiTokenId>,
    /// How often wrong addresses of ledgers may be tried.
    pub wrong_links: crate::ledger::Guard,
    ids: IdSource,
}

impl App {
    /// Puts the parts together.
    pub fn new(
        db: Db,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
        key: InstallKey,
        options: Options,
    ) -> Self {
        Self(Arc::new(Shared {
            db,
            clock,
            random,
            key,
            options,
            password_turns: Semaphore::new(2),
            paper_turns: Semaphore::new(2),
            notices: Notices::default(),
            facts: facts::Cache::default(),
            jobs: crate::filing::Jobs::default(),
            rooms: crate::room::Rooms::default(),
            buckets: Limits::default(),
            api_limits: Limits::default(),
            wrong_links: crate::ledger::Guard::default(),
            ids: IdSource::default(),
        }))
    }

    /// Now.
    pub fn now(&self) -> UnixTime {
        self.clock.now()
    }

    /// A new id, of whatever kind the caller needs.
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        T::from(self.ids.next(self.now(), self.random.as_ref()))
    }
}

impl std::ops::Deref for App {
    type Target = Shared;
    fn deref(&self) -> &Shared {
        &self.0
    }
}
