//! Choices of the installation: flags over environment over one TOML file over defaults.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::mail::Secret;
use crate::trouble::{Trouble, why};

/// What one source says; flags, environment and file have the same shape.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partial {
    /// Folder with database, key and backups.
    pub data: Option<PathBuf>,
    /// `sqlite:…` or `postgres:…`.
    pub database: Option<String>,
    /// Address and port to listen on.
    pub listen: Option<String>,
    /// Address as people type it.
    pub address: Option<String>,
    /// Cookies only over HTTPS.
    pub secure_cookies: Option<bool>,
    /// Signed out after this long without a request.
    pub idle_minutes: Option<u32>,
    /// Mail server, `host:port`.
    pub smtp: Option<String>,
    /// Sender of letters.
    pub smtp_from: Option<String>,
    /// Name at the mail server.
    pub smtp_user: Option<String>,
    /// Its password; never given on the command line.
    pub smtp_password: Option<Secret>,
    /// `starttls`, `tls` or `none`.
    pub smtp_tls: Option<String>,
}

/// The keys of the file, for messages.
const KEYS: &str = "data、database、listen、address、secure_cookies、idle_minutes、smtp、smtp_from、smtp_user、smtp_password、smtp_tls";

/// What holds in the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// See [`Partial::data`].
    pub data: PathBuf,
    /// See [`Partial::database`]; `None` for the folder's own.
    pub database: Option<String>,
    /// See [`Partial::listen`].
    pub listen: String,
    /// See [`Partial::address`]; `None` follows `listen`.
    pub address: Option<String>,
    /// See [`Partial::secure_cookies`].
    pub secure_cookies: bool,
    /// See [`Partial::idle_minutes`].
    pub idle_minutes: u32,
    /// See [`Partial::smtp`].
    pub smtp: Option<String>,
    /// See [`Partial::smtp_from`].
    pub smtp_from: Option<String>,
    /// See [`Partial::smtp_user`].
    pub smtp_user: Option<String>,
    /// See [`Partial::smtp_password`].
    pub smtp_password: Option<Secret>,
    /// See [`Partial::smtp_tls`].
    pub smtp_tls: Option<String>,
}

impl Settings {
    /// What was given, else what the file says, else the defaults.
    pub fn of(given: Partial, file: Option<&Path>) -> Result<Self, Trouble> {
        let file = file.map(read).transpose()?.unwrap_or_default();
        let idle_minutes = given.idle_minutes.or(file.idle_minutes).unwrap_or(30);
        if !(1..=720).contains(&idle_minutes) {
            return Err(Trouble::IdleMinutes(idle_minutes));
        }
        Ok(Self {
            data: given
                .data
                .or(file.data)
                .unwrap_or_else(|| PathBuf::from("pingyi-data")),
            database: given.database.or(file.database),
            listen: given
                .listen
                .or(file.listen)
                .unwrap_or_else(|| "127.0.0.1:8015".into()),
            address: given.address.or(file.address),
            secure_cookies: given
                .secure_cookies
                .or(file.secure_cookies)
                .unwrap_or(false),
            idle_minutes,
            smtp: given.smtp.or(file.smtp),
            smtp_from: given.smtp_from.or(file.smtp_from),
            smtp_user: given.smtp_user.or(file.smtp_user),
            smtp_password: given.smtp_password.or(file.smtp_password),
            smtp_tls: given.smtp_tls.or(file.smtp_tls),
        })
    }
}

fn read(path: &Path) -> Result<Partial, Trouble> {
    let shown = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|error| Trouble::ConfigUnreadable(shown.clone(), why(&error)))?;
    let mut partial: Partial =
        toml::from_str(&text).map_err(|error| Trouble::Config(shown, explain(&text, &error)))?;
    // Paths in the file are meant from the file, wherever the program is started.
    let folder = path.parent().unwrap_or(Path::new(""));
    partial.data = partial.data.map(|data| folder.join(data));
    Ok(partial)
}

/// `第 3 行：…`.
fn explain(text: &str, error: &toml::de::Error) -> String {
    let span = error.span().unwrap_or_default();
    let line = text
        .get(..span.start)
        .unwrap_or_default()
        .matches('\n')
        .count()
        + 1;
    let there = text.get(span).unwrap_or_default().trim();
    let message = error.message();
    let what = if message.starts_with("unknown field") {
        format!("不认识“{there}”这一项，可用的有 {KEYS}")
    } else if message.starts_with("invalid type") || message.starts_with("invalid value") {
        format!("“{there}”这个值的类型不对，文字要加引号，是否写 true 或 false")
    } else if message.starts_with("duplicate key") {
        format!("“{there}”写了两次")
    } else {
        format!("写法不合 TOML 格式（{message}）")
    };
    format!("第 {line} 行：{what}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> String {
        let error = toml::from_str::<Partial>(text).unwrap_err();
        explain(text, &error)
    }

    #[test]
    fn unknown_keys_are_named_with_their_line() {
        let said = wrong("data = \"x\"\n\nlisen = \"127.0.0.1:80\"\n");
        assert!(said.starts_with("第 3 行：不认识“lisen”这一项"), "{said}");
    }

    #[test]
    fn values_of_the_wrong_kind_are_named_with_their_line() {
        let said = wrong("data = \"x\"\nsecure_cookies = \"ja\"\n");
        assert!(
            said.starts_with("第 2 行：“\"ja\"”这个值的类型不对"),
            "{said}"
        );
        let said = wrong("data = \"x\"\ndata = \"y\"\n");
        assert!(said.starts_with("第 2 行：“data”写了两次"), "{said}");
        assert!(wrong("\nlisten\n").starts_with("第 2 行：写法不合"));
    }

    #[test]
    fn what_is_given_beats_the_file_and_the_file_beats_the_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("pingyi.toml");
        std::fs::write(
            &file,
            "listen = \"0.0.0.0:80\"\nidle_minutes = 5\ndata = \"facts\"",
        )
        .unwrap();
        let given = Partial {
            idle_minutes: Some(9),
            ..Partial::default()
        };
        let settings = Settings::of(given, Some(&file)).unwrap();
        assert_eq!(settings.listen, "0.0.0.0:80");
        assert_eq!(settings.idle_minutes, 9);
        assert_eq!(settings.data, folder.path().join("facts"));
        let plain = Settings::of(Partial::default(), None).unwrap();
        assert_eq!(plain.listen, "127.0.0.1:8015");
    }
}
