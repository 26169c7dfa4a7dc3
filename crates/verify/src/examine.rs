//! Opens the file, lets crate `ballot` check it, and takes the hash of what was checked.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use pingyi_ballot::archive::NotArchive;
use pingyi_ballot::verify::{Policy, Report, Unreadable, Verdict, verify};
use sha2::{Digest as _, Sha256};

use crate::{Arguments, Exit};

/// Below this a check takes no time worth showing.
const SHOW_PROGRESS_FROM: u64 = 4 << 20;

/// What became of the file.
pub enum Examined {
    /// It is an archive and was checked.
    Checked(Box<Checked>),
    /// It could not be.
    Not(NoArchive),
}

/// An archive that was checked.
pub struct Checked {
    /// What was found.
    pub report: Report,
    /// Hash of the bytes that were checked: the whole file.
    pub sha256: String,
    /// Length of the same.
    pub bytes: u64,
    /// Whether votes may count several times.
    pub weights: bool,
}

/// Why there is nothing to check.
pub enum NoArchive {
    /// There is no such file, it may not be read, reading failed.
    Io(io::Error),
    /// A folder.
    Folder,
    /// A pipe, a device.
    NotAFile,
    /// No bytes.
    Empty,
    /// A file of another kind.
    Other(NotArchive),
}

impl Examined {
    /// The code to end with.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Not(_) => Exit::Unreadable,
            Self::Checked(checked) => match checked.report.verdict() {
                Verdict::Accepted | Verdict::NotFinished => Exit::Holds,
                Verdict::Rejected => Exit::Rejected,
            },
        }
    }
}

impl From<io::Error> for NoArchive {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Does all of it, on as many cores as wanted.
pub fn examine(arguments: &Arguments) -> Examined {
    let threads = arguments.threads.map_or(0, usize::from);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let checked = match pool {
        Ok(pool) => pool.install(|| check(arguments)),
        // no threads to be had: rayon then works on this one
        Err(_) => check(arguments),
    };
    match checked {
        Ok(checked) => Examined::Checked(Box::new(checked)),
        Err(reason) => Examined::Not(reason),
    }
}

fn check(arguments: &Arguments) -> Result<Checked, NoArchive> {
    let (mut file, length) = open(&arguments.file)?;
    let bar = bar(length, arguments.quiet);
    let policy = Policy {
        weights: arguments.allow_weights,
    };
    let report = verify(&file, policy, &mut |progress| {
        bar.set_position(progress.bytes);
    });
    bar.finish_and_clear();
    let report = report.map_err(|error| match error {
        Unreadable::Io(error) => NoArchive::Io(error),
        Unreadable::NotAnArchive(reason) => NoArchive::Other(reason),
    })?;
    // a room may go on writing: what came after the check is not in the hash
    let bytes = if report.faults.is_empty() {
        report.bytes
    } else {
        length
    };
    file.seek(SeekFrom::Start(0))?;
    let sha256 = hash(file.take(bytes))?;
    Ok(Checked {
        report,
        sha256,
        bytes,
        weights: arguments.allow_weights,
    })
}

/// Only what can be read twice; opening a pipe would wait for its writer.
fn open(path: &Path) -> Result<(File, u64), NoArchive> {
    let found = std::fs::metadata(path)?;
    if found.is_dir() {
        return Err(NoArchive::Folder);
    }
    if !found.is_file() {
        return Err(NoArchive::NotAFile);
    }
    if found.len() == 0 {
        return Err(NoArchive::Empty);
    }
    Ok((File::open(path)?, found.len()))
}

/// On stderr, and only if somebody looks.
fn bar(length: u64, quiet: bool) -> ProgressBar {
    if quiet || length <= SHOW_PROGRESS_FROM {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(length), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("正在检查 {bar:30} {percent}%  {bytes}/{total_bytes}");
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar.set_position(0);
    bar
}

fn hash(mut bytes: impl Read) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut part = vec![0; 1 << 16];
    loop {
        match bytes.read(&mut part) {
            Ok(0) => return Ok(hex::encode(hash.finalize())),
            Ok(read) => hash.update(&part[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
