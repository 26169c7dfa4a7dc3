//! The office's mail server, as the settings name it.

use lettre::Address;
use lettre::message::Mailbox;
use serde::Deserialize;

use crate::settings::Settings;
use crate::trouble::Trouble;

/// A text that no log line shows.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("（不显示）")
    }
}

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    /// Plain first, then TLS before anything is said.
    StartTls,
    /// TLS from the first byte.
    Tls,
    /// Not at all: for a server on the same computer or in the same room.
    None,
}

/// Where letters go out.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Name or address.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Sender.
    pub from: Mailbox,
    /// Name and password, where the server asks for them.
    pub login: Option<(String, Secret)>,
    /// Protection.
    pub tls: Protection,
}

impl Mail {
    /// From the settings; each thing missing or wrong in its own sentence.
    pub fn of(settings: &Settings) -> Result<Self, Trouble> {
        let said = |text: &str| Trouble::Told(text.to_owned());
        let server = settings.smtp.as_deref().ok_or_else(|| {
            said("没有配置邮件服务器，不能发信；请写明 --smtp 主机:端口，或在配置文件写 smtp 一项。先看会发哪些信可加 --dry-run。")
        })?;
        let (host, port) = server
            .rsplit_once(':')
            .and_then(|(host, port)| Some((host, port.parse().ok()?)))
            .filter(|(host, _)| !host.is_empty())
            .ok_or_else(|| {
                said("邮件服务器写法不对；请写成 主机:端口，例如 mail.example.gov.cn:587。")
            })?;
        let from = settings.smtp_from.as_deref();
        let from: Address = from
            .and_then(|from| from.parse().ok())
            .ok_or_else(|| said("发件人邮箱没有写或写法不对；请写明 --smtp-from 邮箱。"))?;
        let tls = tls(settings.smtp_tls.as_deref())?;
        let login = match (&settings.smtp_user, &settings.smtp_password) {
            (Some(user), Some(password)) => Some((user.clone(), password.clone())),
            (None, None) => None,
            _ => {
                return Err(said(
                    "邮件服务器的用户名和密码要一起写；密码用环境变量 PINGYI_SMTP_PASSWORD 或配置文件的 smtp_password。",
                ));
            }
        };
        // A password in the clear is everybody's on the way.
        if login.is_some() && tls == Protection::None && !local(host) {
            return Err(said(
                "不加密的连接不能送密码；请用 --smtp-tls starttls 或 tls，或去掉用户名。",
            ));
        }
        Ok(Self {
            host: host.to_owned(),
            port,
            from: Mailbox::new(Some("评议".to_owned()), from),
            login,
            tls,
        })
    }

    /// `mail.example.gov.cn:587`.
    pub fn server(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }
}

fn tls(word: Option<&str>) -> Result<Protection, Trouble> {
    match word {
        None | Some("starttls") => Ok(Protection::StartTls),
        Some("tls") => Ok(Protection::Tls),
        Some("none") => Ok(Protection::None),
        Some(other) => Err(Trouble::Told(format!(
            "不认识加密方式“{other}”；请写 starttls、tls 或 none。"
        ))),
    }
}

fn local(host: &str) -> bool {
    host == "localhost" || host == "127.0.0.1" || host == "[::1]"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Partial;

    fn of(change: impl FnOnce(&mut Partial)) -> Result<Mail, String> {
        let mut given = Partial {
            smtp: Some("mail.example.gov.cn:587".into()),
            smtp_from: Some("pingyi@example.gov.cn".into()),
            ..Partial::default()
        };
        change(&mut given);
        let settings = Settings::of(given, None).map_err(|e| e.to_string())?;
        Mail::of(&settings).map_err(|e| e.to_string())
    }

    fn login(given: &mut Partial) {
        given.smtp_user = Some("pingyi".into());
        given.smtp_password = Some(Secret("geheim".into()));
    }

    #[test]
    fn a_server_has_a_host_a_port_and_protection_by_default() {
        let mail = of(login).unwrap();
        assert_eq!(
            (mail.host.as_str(), mail.port),
            ("mail.example.gov.cn", 587)
        );
        assert_eq!(mail.tls, Protection::StartTls);
        assert!(
            !format!("{mail:?}").contains("geheim"),
            "never in a log line"
        );
    }

    #[test]
    fn what_is_missing_or_wrong_is_named() {
        let wrong = |change: fn(&mut Partial)| of(change).unwrap_err();
        assert!(wrong(|g| g.smtp = None).contains("没有配置邮件服务器"));
        assert!(wrong(|g| g.smtp = Some("mail".into())).contains("主机:端口"));
        assert!(wrong(|g| g.smtp_from = Some("nobody".into())).contains("发件人"));
        assert!(wrong(|g| g.smtp_tls = Some("ssl".into())).contains("“ssl”"));
        assert!(wrong(|g| g.smtp_user = Some("x".into())).contains("一起写"));
    }

    #[test]
    fn a_password_does_not_travel_in_the_clear() {
        let plain = |host: &'static str| {
            of(move |given| {
                login(given);
                given.smtp = Some(format!("{host}:25"));
                given.smtp_tls = Some("none".into());
            })
        };
        assert!(plain("mail.example.gov.cn").unwrap_err().contains("不加密"));
        assert!(plain("127.0.0.1").is_ok());
    }
}
