//! What measurements stand on: folders with made-up data, and the application over them.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use pingyi_domain::time::UnixTime;
use pingyi_simulate::{Mix, Order};
use pingyi_storage::Db;
use pingyi_web::kernel::secret::InstallKey;
use pingyi_web::{App, FixedClock, Options, OsRandom};

/// Key of the made-up installation.
pub const KEY: [u8; 32] = [8; 32];

/// Now.
#[expect(
    clippy::disallowed_methods,
    reason = "made-up data lie around the real day"
)]
pub fn now() -> UnixTime {
    UnixTime(jiff::Timestamp::now().as_second())
}

/// The database of a folder, as the product opens it.
pub async fn open(folder: &Path) -> Result<Db, Box<dyn Error>> {
    let url = format!("sqlite:{}", folder.join("pingyi.db").display());
    Ok(Db::open(&url).await?)
}

/// The application over a database.
pub fn app(db: &Db) -> App {
    App::new(
        db.clone(),
        Arc::new(FixedClock::new(now())),
        Arc::new(OsRandom),
        InstallKey::new(KEY),
        Options::default(),
    )
}

/// An order for made-up data.
pub fn order(db: &Db, mix: Mix) -> Order {
    Order {
        db: db.clone(),
        key: InstallKey::new(KEY),
        now: now(),
        seed: 22,
        // Nobody signs in with a password here.
        password_hash: String::new(),
        mix,
    }
}
