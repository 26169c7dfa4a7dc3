//! Uploaded files between preview and confirmation: on disk beside the database, for at most an
//! hour, under a random name. They hold identity numbers, so they never enter the database.

use std::io;
use std::path::PathBuf;

use crate::kernel::app::App;
use crate::kernel::random::token;

/// Seconds a file waits.
const HOUR: i64 = 3600;

/// A file as uploaded.
#[derive(Debug)]
pub struct Parked {
    /// Its name on the user's computer.
    pub name: String,
    /// Its contents.
    pub bytes: Vec<u8>,
}

fn folder(app: &App) -> PathBuf {
    match &app.options.folder {
        Some(folder) => folder.join("uploads"),
        None => std::env::temp_dir().join(format!("pingyi-uploads-{}", std::process::id())),
    }
}

/// Keeps a file and returns the token under which it waits.
pub fn park(app: &App, name: &str, bytes: &[u8]) -> io::Result<String> {
    sweep(app);
    let folder = folder(app);
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(&folder)?;
    // The name's line first; a name cannot hold a line break.
    let mut content: Vec<u8> = name
        .chars()
        .filter(|c| !c.is_control())
        .collect::<String>()
        .into();
    content.push(b'\n');
    content.extend_from_slice(bytes);
    loop {
        let key = format!("{}-{}", app.now().0, token(app.random.as_ref()));
        match write_new(&folder.join(&key), &content) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            done => return done.map(|()| key),
        }
    }
}

fn write_new(path: &std::path::Path, content: &[u8]) -> io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    io::Write::write_all(&mut options.open(path)?, content)
}

/// The file under a token, while it still waits.
pub fn fetch(app: &App, key: &str) -> Option<Parked> {
    sweep(app);
    made_at(key)?;
    let content = std::fs::read(folder(app).join(key)).ok()?;
    let end = content.iter().position(|byte| *byte == b'\n')?;
    let name = String::from_utf8_lossy(&content[..end]).into_owned();
    Some(Parked {
        name,
        bytes: content[end + 1..].to_vec(),
    })
}

/// Deletes the file under a token.
pub fn discard(app: &App, key: &str) {
    if made_at(key).is_some() {
        // What is gone already needs no deleting.
        drop(std::fs::remove_file(folder(app).join(key)));
    }
}

/// When a token was made; `None` for what is no token, so that no path can be smuggled in.
fn made_at(key: &str) -> Option<i64> {
    let (seconds, secret) = key.split_once('-')?;
    let is_hex = secret.len() == 64 && secret.bytes().all(|byte| byte.is_ascii_hexdigit());
    seconds.parse().ok().filter(|_| is_hex)
}

/// Deletes what has waited too long.
fn sweep(app: &App) {
    let now = app.now().0;
    let Ok(entries) = std::fs::read_dir(folder(app)) else {
        return;
    };
    for entry in entries.flatten() {
        let made = entry.file_name().to_str().and_then(made_at);
        if made.is_none_or(|made| now - made > HOUR) {
            drop(std::fs::remove_file(entry.path()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tokens_name_files() {
        let secret = "a".repeat(64);
        assert_eq!(made_at(&format!("12-{secret}")), Some(12));
        assert_eq!(made_at("../pingyi.db"), None);
        assert_eq!(made_at(&format!("../1-{secret}")), None);
        assert_eq!(made_at(&format!("12-{}/", "a".repeat(63))), None);
    }
}
