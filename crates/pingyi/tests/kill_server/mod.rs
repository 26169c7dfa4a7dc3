//! The program as a process that can be killed, and a device that sends ballots to it.

use std::io::{Error, ErrorKind, Read, Result, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The program, serving.
pub struct Server {
    child: Child,
    pub port: u16,
}

impl Server {
    /// Starts it and waits until it listens.
    pub fn start(folder: &Path) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let child = Command::new(env!("CARGO_BIN_EXE_pingyi"))
            .args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--data"])
            .arg(folder)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut server = Self { child, port };
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(
                server.child.try_wait().unwrap().is_none(),
                "the program ended"
            );
            std::thread::sleep(Duration::from_millis(5));
        }
        server
    }

    /// SIGKILL: nothing of it runs any more.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// One connection, kept alive.
pub struct Caller {
    stream: Option<TcpStream>,
    head: String,
}

/// What the server said.
pub struct Answer {
    pub status: u16,
    pub body: String,
}

impl Caller {
    pub fn new(port: u16, path: &str) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).ok();
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
        );
        Self { stream, head }
    }

    /// Sends and waits for the whole answer; an error means that nobody knows what became of it.
    pub fn post(&mut self, body: &[u8]) -> Result<Answer> {
        let stream = self.stream.as_mut().ok_or(ErrorKind::NotConnected)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        let head = format!("{}content-length: {}\r\n\r\n", self.head, body.len());
        stream.write_all(head.as_bytes())?;
        stream.write_all(body)?;
        let mut heard = Vec::new();
        loop {
            if let Some(answer) = whole(&heard) {
                return Ok(answer);
            }
            let mut more = [0; 4096];
            match stream.read(&mut more)? {
                0 => return Err(Error::from(ErrorKind::UnexpectedEof)),
                read => heard.extend_from_slice(&more[..read]),
            }
        }
    }
}

/// An answer with everything its length promises.
fn whole(heard: &[u8]) -> Option<Answer> {
    let text = String::from_utf8_lossy(heard);
    let (head, body) = text.split_once("\r\n\r\n")?;
    let field = |name: &str| head.lines().find_map(|line| line.strip_prefix(name));
    let length: usize = field("content-length: ")?.parse().ok()?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    (body.len() >= length).then(|| Answer {
        status,
        body: body.to_owned(),
    })
}
