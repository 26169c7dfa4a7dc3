//! A device's connection: one ballot after the other over HTTP with keep-alive.

use std::io::{Error, ErrorKind, Result};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::ready::Sealed;

/// A connection.
#[derive(Debug)]
pub struct Line(TcpStream);

/// What the server said.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub body: String,
}

impl Line {
    /// Connects.
    pub async fn open(listen: &str) -> Result<Self> {
        let stream = TcpStream::connect(listen).await?;
        stream.set_nodelay(true)?;
        Ok(Self(stream))
    }

    /// Sends a ballot and waits for the whole answer.
    pub async fn cast(&mut self, ballot: &Sealed) -> Result<Answer> {
        let head = format!(
            "POST {} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            ballot.path,
            ballot.bytes.len()
        );
        self.0.write_all(head.as_bytes()).await?;
        self.0.write_all(&ballot.bytes).await?;
        let mut heard = Vec::with_capacity(1024);
        loop {
            if self.0.read_buf(&mut heard).await? == 0 {
                return Err(Error::from(ErrorKind::UnexpectedEof));
            }
            if let Some(answer) = whole(&heard) {
                return Ok(answer);
            }
        }
    }
}

/// An answer with everything its length promises.
fn whole(heard: &[u8]) -> Option<Answer> {
    let text = String::from_utf8_lossy(heard);
    let (head, body) = text.split_once("\r\n\r\n")?;
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))?;
    let length: usize = length.parse().ok()?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    (body.len() >= length).then(|| Answer {
        status,
        body: body.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_when_all_of_it_is_there() {
        let text = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n{ab}";
        assert!(whole(&text.as_bytes()[..text.len() - 1]).is_none());
        let answer = whole(text.as_bytes()).unwrap();
        assert_eq!((answer.status, answer.body.as_str()), (200, "{ab}"));
    }
}
