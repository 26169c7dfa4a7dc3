//! The system's clock: the one place that reads it.

use pingyi_domain::time::UnixTime;
use pingyi_web::Clock;

/// The computer's own time.
#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the clock that is injected everywhere else"
    )]
    fn now(&self) -> UnixTime {
        UnixTime(jiff::Timestamp::now().as_second())
    }
}
