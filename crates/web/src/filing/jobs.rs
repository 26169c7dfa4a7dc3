//! Bulk runs in the background: one at a time per campaign, the last result kept until the next.
//!
//! In memory only: a run lost with the process is started again, no fact is lost with it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pingyi_domain::ids::CampaignId;
use pingyi_domain::time::UnixTime;
use tempfile::NamedTempFile;

use super::bulk::{Bulk, filing_bulk};
use crate::kernel::app::App;
use crate::kernel::error::PageError;

/// The runs of this process.
#[derive(Debug, Default)]
pub struct Jobs(Mutex<HashMap<CampaignId, Arc<Job>>>);

/// One run.
#[derive(Debug)]
pub struct Job {
    done: AtomicUsize,
    total: AtomicUsize,
    outcome: Mutex<Option<Outcome>>,
}

/// How a run ended.
#[derive(Debug)]
enum Outcome {
    Ready {
        file: NamedTempFile,
        bulk: Bulk,
        at: UnixTime,
    },
    Failed(String),
}

/// How a run stands, for the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nothing was asked for.
    Idle,
    /// At work: branches done and due (0 while reading).
    Running(usize, usize),
    /// To be fetched.
    Ready { bulk: Bulk, at: UnixTime },
    /// Why not.
    Failed(String),
}

impl Jobs {
    /// How the campaign's run stands.
    pub(crate) fn standing(&self, campaign: CampaignId) -> Standing {
        let Some(job) = self.get(campaign) else {
            return Standing::Idle;
        };
        let outcome = lock(&job.outcome);
        match &*outcome {
            Some(Outcome::Ready { bulk, at, .. }) => Standing::Ready {
                bulk: bulk.clone(),
                at: *at,
            },
            Some(Outcome::Failed(why)) => Standing::Failed(why.clone()),
            None => Standing::Running(
                job.done.load(Ordering::Relaxed),
                job.total.load(Ordering::Relaxed),
            ),
        }
    }

    /// The zip of a finished run, opened anew for each reader.
    pub(crate) fn zip(&self, campaign: CampaignId) -> Result<std::fs::File, PageError> {
        let job = self.get(campaign).ok_or(PageError::NotFound)?;
        match &*lock(&job.outcome) {
            Some(Outcome::Ready { file, .. }) => file.reopen().map_err(PageError::internal),
            _ => Err(PageError::NotFound),
        }
    }

    /// Puts a new run in place; `None` when one is under way.
    fn begin(&self, campaign: CampaignId) -> Option<Arc<Job>> {
        let mut all = lock(&self.0);
        if all
            .get(&campaign)
            .is_some_and(|job| lock(&job.outcome).is_none())
        {
            return None;
        }
        let job = Arc::new(Job {
            done: AtomicUsize::new(0),
            total: AtomicUsize::new(0),
            outcome: Mutex::new(None),
        });
        all.insert(campaign, Arc::clone(&job));
        Some(job)
    }

    fn get(&self, campaign: CampaignId) -> Option<Arc<Job>> {
        lock(&self.0).get(&campaign).cloned()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts a run; `false` when one is under way already.
pub(crate) fn start(app: &App, campaign: CampaignId) -> bool {
    let Some(job) = app.jobs.begin(campaign) else {
        return false;
    };
    let app = app.clone();
    tokio::spawn(async move {
        // A task of its own, so that a panic ends as a failed run and not as one for ever.
        let working = tokio::spawn(run(app.clone(), campaign, Arc::clone(&job)));
        let outcome = match working.await {
            Ok(Ok((file, bulk))) => Outcome::Ready {
                file,
                bulk,
                at: app.now(),
            },
            Ok(Err(why)) => failed(&why),
            Err(why) => failed(&PageError::internal(why)),
        };
        *lock(&job.outcome) = Some(outcome);
    });
    true
}

fn failed(why: &PageError) -> Outcome {
    tracing::error!(error = ?why, "bulk papers failed");
    Outcome::Failed(why.to_string())
}

async fn run(
    app: App,
    campaign: CampaignId,
    job: Arc<Job>,
) -> Result<(NamedTempFile, Bulk), PageError> {
    let file = NamedTempFile::new().map_err(PageError::internal)?;
    let out = file.reopen().map_err(PageError::internal)?;
    let progress = |done, total| {
        job.done.store(done, Ordering::Relaxed);
        job.total.store(total, Ordering::Relaxed);
    };
    let bulk = filing_bulk(&app, campaign, out, progress).await?;
    Ok((file, bulk))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_run_at_a_time_for_a_campaign() {
        let jobs = Jobs::default();
        let (a, b) = (
            CampaignId(uuid::Uuid::from_u128(1)),
            CampaignId(uuid::Uuid::from_u128(2)),
        );
        let first = jobs.begin(a).unwrap();
        assert!(jobs.begin(a).is_none());
        assert!(jobs.begin(b).is_some());
        assert_eq!(jobs.standing(a), Standing::Running(0, 0));
        *lock(&first.outcome) = Some(Outcome::Failed("磁盘已满。".into()));
        assert_eq!(jobs.standing(a), Standing::Failed("磁盘已满。".into()));
        assert!(jobs.begin(a).is_some());
    }
}
