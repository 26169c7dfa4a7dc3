//! `pingyi remind`: today's digest by e-mail, once per person and day; meant for cron.
//!
//! What is in a letter is `pingyi_web::reminders`' business. Neither the password nor an address
//! is ever written to the log.

use std::sync::Arc;
use std::time::Duration;

use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::transport::smtp::authentication::Credentials;
use lettre::{Message, SmtpTransport, Transport as _};
use pingyi_web::reminders::{Digest, digests, sent};
use pingyi_web::{App, Options, OsRandom};

use crate::cli::Place;
use crate::clock::SystemClock;
use crate::folder::Folder;
use crate::mail::{Mail, Protection};
use crate::say::say;
use crate::settings::{Partial, Settings};
use crate::trouble::{Done, Trouble};

/// A server that says nothing for so long is given up.
const PATIENCE: Duration = Duration::from_secs(10);

/// Flags.
#[derive(Debug, clap::Args)]
pub struct Remind {
    #[command(flatten)]
    place: Place,
    /// 信里写的网址
    #[arg(
        long,
        env = "PINGYI_ADDRESS",
        value_name = "网址",
        hide_env_values = true
    )]
    address: Option<String>,
    /// 邮件服务器，写成 主机:端口
    #[arg(
        long,
        env = "PINGYI_SMTP",
        value_name = "主机:端口",
        hide_env_values = true
    )]
    smtp: Option<String>,
    /// 发件人邮箱
    #[arg(
        long,
        env = "PINGYI_SMTP_FROM",
        value_name = "邮箱",
        hide_env_values = true
    )]
    smtp_from: Option<String>,
    /// 邮件服务器的用户名；密码用环境变量 PINGYI_SMTP_PASSWORD 或写在配置文件里
    #[arg(
        long,
        env = "PINGYI_SMTP_USER",
        value_name = "用户名",
        hide_env_values = true
    )]
    smtp_user: Option<String>,
    /// 加密方式：starttls、tls 或 none [默认: starttls]
    #[arg(
        long,
        env = "PINGYI_SMTP_TLS",
        value_name = "方式",
        hide_env_values = true
    )]
    smtp_tls: Option<String>,
    /// 只显示今天会发哪些信，不发送
    #[arg(long)]
    dry_run: bool,
}

impl Remind {
    /// See [`Place::settings`]. The password never stands on a command line, where others see it.
    pub fn settings(&self) -> Result<Settings, Trouble> {
        let password = std::env::var("PINGYI_SMTP_PASSWORD").ok();
        let given = Partial {
            address: self.address.clone(),
            smtp: self.smtp.clone(),
            smtp_from: self.smtp_from.clone(),
            smtp_user: self.smtp_user.clone(),
            smtp_password: password.map(crate::mail::Secret),
            smtp_tls: self.smtp_tls.clone(),
            ..self.place.given()
        };
        Settings::of(given, self.place.config.as_deref())
    }
}

/// Makes today's letters and sends them, or shows them.
pub async fn run(arguments: &Remind, settings: &Settings) -> Result<Done, Trouble> {
    let mail = if arguments.dry_run {
        None
    } else {
        Some(Mail::of(settings)?)
    };
    let folder = Folder::of(settings);
    let missing = folder.database_file().filter(|file| !file.exists());
    if let Some(file) = missing {
        let shown = file.display();
        return Err(Trouble::Told(format!(
            "没有数据库文件“{shown}”，没有可提醒的；请用 --data 指明数据文件夹。"
        )));
    }
    let app = open(&folder, settings).await?;
    let letters = digests(&app).await.map_err(told)?;
    let done = match mail {
        None => Ok(show(&letters)),
        Some(mail) => send_all(&app, &mail, letters).await,
    };
    app.db.clone().close().await;
    done
}

async fn open(folder: &Folder, settings: &Settings) -> Result<App, Trouble> {
    let random = Arc::new(OsRandom);
    let opened = folder.open(random.as_ref()).await?;
    let address = settings.address.clone();
    let address = address.unwrap_or_else(|| format!("http://{}", settings.listen));
    let options = Options {
        address: address.trim_end_matches('/').to_owned(),
        ..Options::default()
    };
    let clock = Arc::new(SystemClock);
    Ok(App::new(opened.db, clock, random, opened.key, options))
}

fn told(error: impl std::fmt::Display) -> Trouble {
    Trouble::Told(format!("没有发信：{error}"))
}

fn show(letters: &[Digest]) -> Done {
    say!("今天要发 {} 封（只显示，不发送）：", letters.len());
    for letter in letters {
        say!("{}　{}", letter.address, letter.subject);
    }
    Done::Well
}

async fn send_all(app: &App, mail: &Mail, letters: Vec<Digest>) -> Result<Done, Trouble> {
    if letters.is_empty() {
        say!("今天没有要发的信。");
        return Ok(Done::Well);
    }
    let transport = transport(mail)?;
    let probe = transport.clone();
    let alive = blocking(move || probe.test_connection()).await?;
    if !matches!(alive, Ok(true)) {
        return Err(Trouble::MailServer(mail.server()));
    }
    let (mut good, mut bad) = (0, 0);
    for letter in letters {
        let (account, matters) = (letter.account, letter.matters);
        let Some(message) = message(mail, &letter) else {
            bad += 1;
            continue;
        };
        let transport = transport.clone();
        if blocking(move || transport.send(&message)).await?.is_ok() {
            // Marked one by one: a run that breaks off sends nothing twice.
            sent(app, account, matters).await.map_err(told)?;
            good += 1;
        } else {
            bad += 1;
        }
    }
    say!("已发 {good} 封，没有发出 {bad} 封。");
    if bad > 0 {
        say!("没有发出的，请核对这些人的邮箱和邮件服务器的限制；再运行一次只补发没有发出的。");
        return Ok(Done::WithFindings);
    }
    Ok(Done::Well)
}

/// The transport waits; it does so beside the runtime.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Trouble> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| told(error.to_string()))
}

fn transport(mail: &Mail) -> Result<SmtpTransport, Trouble> {
    let host = mail.host.as_str();
    let refused = |_| Trouble::MailServer(mail.server());
    let builder = match mail.tls {
        Protection::StartTls => SmtpTransport::starttls_relay(host).map_err(refused)?,
        Protection::Tls => SmtpTransport::relay(host).map_err(refused)?,
        Protection::None => SmtpTransport::builder_dangerous(host),
    };
    let builder = builder.port(mail.port).timeout(Some(PATIENCE));
    Ok(match &mail.login {
        Some((user, password)) => builder
            .credentials(Credentials::new(user.clone(), password.0.clone()))
            .build(),
        None => builder.build(),
    })
}

/// `None` when an address cannot be written in a letter.
fn message(mail: &Mail, letter: &Digest) -> Option<Message> {
    let from: Mailbox = mail.from.clone();
    let to: Mailbox = letter.address.parse().ok()?;
    Message::builder()
        .from(from)
        .to(to)
        .subject(&letter.subject)
        .header(ContentType::TEXT_PLAIN)
        .body(letter.body.clone())
        .ok()
}
