//! The data folder: database, key, uploads and backups, for their owner only.

use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use pingyi_storage::{Db, meta};
use pingyi_web::Random;
use pingyi_web::kernel::secret::InstallKey;

use crate::settings::Settings;
use crate::trouble::{Trouble, why};

/// A data folder that can be written.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
    /// Where the database is.
    pub url: String,
}

/// What the folder holds, opened.
pub struct Opened {
    /// Facts.
    pub db: Db,
    /// Key for identity numbers.
    pub key: InstallKey,
}

impl Folder {
    /// The folder of `settings`, without looking at it.
    pub fn of(settings: &Settings) -> Self {
        let path = settings.data.clone();
        let own = || format!("sqlite:{}", path.join("pingyi.db").display());
        let url = settings.database.clone().unwrap_or_else(own);
        Self { path, url }
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The database file, when it is one.
    pub fn database_file(&self) -> Option<PathBuf> {
        let path = self.url.strip_prefix("sqlite:")?.trim_start_matches("//");
        (path != ":memory:").then(|| PathBuf::from(path))
    }

    /// The key's file.
    pub fn key_file(&self) -> PathBuf {
        self.path.join("key")
    }

    /// Creates what is missing and opens the rest.
    pub async fn open(&self, random: &dyn Random) -> Result<Opened, Trouble> {
        self.create()?;
        self.probe()?;
        let existed = self.database_file().is_some_and(|file| file.exists());
        let key_file = self.key_file();
        if existed && !key_file.exists() {
            return Err(Trouble::KeyMissing(key_file.display().to_string()));
        }
        let key = self.key(random)?;
        let db = Db::open(&self.url).await?;
        self.check_key(&db, &key).await?;
        Ok(Opened { db, key })
    }

    /// Creates the folder so that only its owner may look inside.
    pub fn create(&self) -> Result<(), Trouble> {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder
            .create(&self.path)
            .map_err(|error| self.explain(&error))
    }

    /// Writes a few bytes: a full or read-only disk is told now, not in the middle of a meeting.
    fn probe(&self) -> Result<(), Trouble> {
        let file = self.path.join(format!(".probe-{}", std::process::id()));
        let written = std::fs::write(&file, [0; 4096]);
        let removed = std::fs::remove_file(&file);
        written.and(removed).map_err(|error| self.explain(&error))
    }

    fn explain(&self, error: &std::io::Error) -> Trouble {
        let shown = self.path.display().to_string();
        match error.kind() {
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                Trouble::FolderNotWritable(shown)
            }
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Trouble::DiskFull(shown),
            ErrorKind::AlreadyExists | ErrorKind::NotADirectory => {
                Trouble::FolderUnusable(shown, "那里已有一个同名文件".into())
            }
            _ => Trouble::FolderUnusable(shown, why(error)),
        }
    }

    fn key(&self, random: &dyn Random) -> Result<InstallKey, Trouble> {
        let file = self.key_file();
        let mut bytes = [0; 32];
        match std::fs::read(&file) {
            Ok(read) => {
                let damaged = || Trouble::KeyDamaged(file.display().to_string());
                bytes = read.try_into().map_err(|_| damaged())?;
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                random.fill(&mut bytes);
                write_private(&file, &bytes).map_err(|error| self.explain(&error))?;
            }
            Err(error) => return Err(self.explain(&error)),
        }
        Ok(InstallKey::new(bytes))
    }

    /// Whether the key on disk is the database's own; says nothing where there is no key.
    pub async fn recheck_key(&self, db: &Db) -> Result<(), Trouble> {
        let Ok(bytes) = std::fs::read(self.key_file()) else {
            return Ok(());
        };
        let Ok(bytes) = <[u8; 32]>::try_from(bytes) else {
            return Ok(());
        };
        self.check_key(db, &InstallKey::new(bytes)).await
    }

    /// The database remembers a mark of its key, so that a wrong one is noticed before it is used.
    async fn check_key(&self, db: &Db, key: &InstallKey) -> Result<(), Trouble> {
        let mark = key.hash_identity("the key of this installation");
        let mut tx = db.read().await?;
        let known = meta::get(&mut tx, "key_mark").await?;
        drop(tx);
        match known {
            Some(known) if known == mark => Ok(()),
            Some(_) => Err(Trouble::KeyForeign(self.key_file().display().to_string())),
            None => {
                let mut tx = db.begin().await?;
                meta::set(&mut tx, "key_mark", &mark).await?;
                Ok(tx.commit().await?)
            }
        }
    }
}

/// Writes a new file that only its owner may read.
pub fn write_private(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(file)?;
    file.write_all(bytes)?;
    file.sync_all()
}
