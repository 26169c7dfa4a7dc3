//! A fresh database for each test on each engine.

use std::io::Write as _;
use std::sync::atomic::{AtomicU32, Ordering};

use pingyi_storage::Db;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};

/// A database of its own, and its address.
pub struct TestDb {
    pub db: Db,
    pub url: String,
    // Removed when the test ends.
    _folder: Option<tempfile::TempDir>,
}

impl TestDb {
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("facts.db").display());
        Self {
            db: Db::open(&url).await.unwrap(),
            url,
            _folder: Some(folder),
        }
    }

    /// `None` when no server was named; that is said on stderr, past the harness's capture.
    pub async fn pg(test: &str) -> Option<Self> {
        let Ok(server) = std::env::var("PINGYI_TEST_PG") else {
            assert!(
                std::env::var("PINGYI_REQUIRE_PG").is_err(),
                "PINGYI_REQUIRE_PG is set, but PINGYI_TEST_PG is not"
            );
            // Not eprintln!: the harness swallows that of a test that passes.
            let line = format!(
                "SKIPPED on PostgreSQL: {test} (PINGYI_TEST_PG is not set; use scripts/pg-test.sh)\n"
            );
            std::io::stderr().write_all(line.as_bytes()).unwrap();
            return None;
        };
        let schema = fresh_schema();
        let mut connection = PgConnection::connect(&server).await.unwrap();
        sqlx::query(AssertSqlSafe(format!("CREATE SCHEMA {schema}")))
            .execute(&mut connection)
            .await
            .unwrap();
        let url = format!("{server}?options[search_path]={schema}");
        Some(Self {
            db: Db::open(&url).await.unwrap(),
            url,
            _folder: None,
        })
    }

    /// Runs SQL behind the program's back, as somebody with access to the database could.
    pub async fn tamper(&self, sql: &'static str) {
        if let Some(path) = self.url.strip_prefix("sqlite:") {
            let mut connection = SqliteConnection::connect(path).await.unwrap();
            sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
        } else {
            let mut connection = PgConnection::connect(&self.url).await.unwrap();
            sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
        }
    }
}

fn fresh_schema() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("t_{}_{number}", std::process::id())
}

/// Each named `async fn(TestDb)` becomes a test on each engine.
macro_rules! conformance {
    ($($module:ident: [$($test:ident),+ $(,)?]),+ $(,)?) => {
        mod sqlite {$(
            mod $module {$(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $test() {
                    let db = crate::engines::TestDb::sqlite().await;
                    crate::$module::$test(db).await;
                }
            )+}
        )+}

        mod pg {$(
            mod $module {$(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $test() {
                    let name = concat!(stringify!($module), "::", stringify!($test));
                    if let Some(db) = crate::engines::TestDb::pg(name).await {
                        crate::$module::$test(db).await;
                    }
                }
            )+}
        )+}
    };
}

pub(crate) use conformance;
