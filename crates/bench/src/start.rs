//! From starting the program to its first page, and what it keeps in memory afterwards.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use pingyi_simulate::{Mix, committee};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};

use crate::figure::{Figure, Measured, Stopwatch, megabytes};
use crate::ground;
use crate::pages::LARGE;

/// Longer waits for the first page are a failure, not a figure.
const PATIENCE: Duration = Duration::from_mins(1);

/// Runs the release binary beside this one on made-up data of 1,000 branches.
pub async fn measure() -> Measured {
    let folder = tempfile::tempdir()?;
    let db = ground::open(folder.path()).await?;
    committee(ground::order(&db, Mix::Every), LARGE).await?;
    db.close().await;
    std::fs::write(folder.path().join("key"), ground::KEY)?;
    let listen = free_port().await?;
    let watch = Stopwatch::start();
    let mut child = serve(&listen, folder.path())?;
    let seconds = first_page(&listen, watch).await;
    // At rest: a moment after the first page.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let memory = memory(&child);
    child.kill().await?;
    Ok(vec![
        Figure::new("启动到第一个页面", seconds?, 1.0, "秒"),
        Figure::new("空闲时内存", memory.ok_or("读不到内存占用")?, 80.0, "MB"),
    ])
}

/// The release binary beside this one, serving a folder.
pub fn serve(listen: &str, folder: &Path) -> Result<Child, Box<dyn Error>> {
    let child = Command::new(program()?)
        .args(["serve", "--listen", listen, "--data"])
        .arg(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::inherit())
        .kill_on_drop(true)
        .spawn()?;
    Ok(child)
}

fn program() -> Result<PathBuf, Box<dyn Error>> {
    let beside = std::env::current_exe()?.with_file_name("pingyi");
    if beside.exists() {
        return Ok(beside);
    }
    Err(format!(
        "没有找到 {}；请先运行 cargo build --release",
        beside.display()
    )
    .into())
}

/// An address nobody listens at.
pub async fn free_port() -> Result<String, Box<dyn Error>> {
    let taken = TcpListener::bind("127.0.0.1:0").await?;
    Ok(taken.local_addr()?.to_string())
}

fn memory(child: &Child) -> Option<f64> {
    megabytes(&child.id()?.to_string(), "VmRSS")
}

/// Seconds until the login page answers.
pub async fn first_page(listen: &str, watch: Stopwatch) -> Result<f64, Box<dyn Error>> {
    while watch.elapsed() < PATIENCE {
        if ask(listen)
            .await
            .is_ok_and(|answer| answer.starts_with("HTTP/1.1 200"))
        {
            return Ok(watch.seconds());
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    Err("一分钟内没有打开登录页".into())
}

async fn ask(listen: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(listen).await?;
    let request = format!("GET /login HTTP/1.1\r\nHost: {listen}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}
