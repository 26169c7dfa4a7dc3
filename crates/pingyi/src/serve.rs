//! The site on a port, until Ctrl-C or SIGTERM.

use crate::say::say;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use pingyi_storage::account;
use pingyi_web::{App, Options, OsRandom, router};
use tokio::net::TcpListener;

use crate::clock::SystemClock;
use crate::folder::Folder;
use crate::settings::Settings;
use crate::trouble::{Done, Trouble};

/// Requests under way at the end get this long.
const PATIENCE: Duration = Duration::from_secs(10);

/// Opens the folder and serves it.
pub async fn run(settings: &Settings) -> Result<Done, Trouble> {
    // The port first: a second start must not touch the folder of the first.
    let listener = listen(&settings.listen).await?;
    let folder = Folder::of(settings);
    let random = Arc::new(OsRandom);
    let opened = folder.open(random.as_ref()).await?;
    let options = options(settings, &listener)?;
    let app = App::new(
        opened.db,
        Arc::new(SystemClock),
        random,
        opened.key,
        options,
    );
    welcome(&app, &folder).await?;
    until_stopped(listener, app).await?;
    Ok(Done::Well)
}

/// Choices of the site, as the settings say.
pub fn options(settings: &Settings, listener: &TcpListener) -> Result<Options, Trouble> {
    let here = listener.local_addr().map_err(Trouble::Stopped)?;
    let address = settings
        .address
        .clone()
        .unwrap_or_else(|| format!("http://{}", reachable(here)));
    Ok(Options {
        secure_cookies: settings.secure_cookies,
        idle: Duration::from_secs(u64::from(settings.idle_minutes) * 60),
        address: address.trim_end_matches('/').to_owned(),
        folder: Some(settings.data.clone()),
        ..Options::default()
    })
}

/// `0.0.0.0` cannot be typed into a browser.
fn reachable(here: SocketAddr) -> String {
    if here.ip().is_unspecified() {
        format!("127.0.0.1:{}", here.port())
    } else {
        here.to_string()
    }
}

/// Takes the port.
pub async fn listen(listen: &str) -> Result<TcpListener, Trouble> {
    let typed = || listen.to_owned();
    let mut found = tokio::net::lookup_host(listen)
        .await
        .map_err(|_| Trouble::BadListen(typed()))?;
    let address = found.next().ok_or_else(|| Trouble::BadListen(typed()))?;
    TcpListener::bind(address)
        .await
        .map_err(|error| match error.kind() {
            ErrorKind::AddrInUse => Trouble::PortTaken(typed()),
            ErrorKind::AddrNotAvailable => Trouble::NoSuchAddress(typed()),
            ErrorKind::PermissionDenied => Trouble::PortForbidden(typed()),
            _ => Trouble::Listen(typed(), error.to_string()),
        })
}

async fn welcome(app: &App, folder: &Folder) -> Result<(), Trouble> {
    let mut tx = app.db.read().await?;
    let fresh = account::count(&mut tx).await? == 0;
    say!("评议已启动：{}", app.options.address);
    say!("数据文件夹：{}", folder.path().display());
    if fresh {
        say!("第一次使用：请用浏览器打开上面的地址，按页面提示设立三个管理员。");
    } else {
        say!("请用浏览器打开上面的地址登录。");
    }
    say!("按 Ctrl-C 停止。");
    Ok(())
}

/// Serves until told to stop, then lets requests finish and closes the database.
pub async fn until_stopped(listener: TcpListener, app: App) -> Result<(), Trouble> {
    let db = app.db.clone();
    let (tell, told) = tokio::sync::oneshot::channel::<()>();
    let server = axum::serve(listener, router(app)).with_graceful_shutdown(async move {
        stop_signal().await;
        let _ = tell.send(());
    });
    let result = tokio::select! {
        result = server.into_future() => result,
        () = async { let _ = told.await; tokio::time::sleep(PATIENCE).await } => Ok(()),
    };
    db.close().await;
    result.map_err(Trouble::Stopped)
}

async fn stop_signal() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminate) = signal(SignalKind::terminate()) else {
            let _ = interrupt.await;
            return;
        };
        tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    let _ = interrupt.await;
}
