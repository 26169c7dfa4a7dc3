//! The log of a whole process while ballots come in. On its own, because it listens to every thread.

#![expect(
    clippy::unwrap_used,
    dead_code,
    reason = "tests say what happens from top to bottom; the devices can do more than is asked here"
)]

#[path = "room/evening.rs"]
mod evening;
#[path = "room/room.rs"]
mod room;

use std::io::Write;
use std::sync::{Arc, Mutex};

use evening::Evening;
use tracing_subscriber::fmt::MakeWriter;

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn not_even_the_most_talkative_log_tells_of_a_ballot() {
    let mut evening = Evening::open(3).await;
    let good = evening.seal(0, &[Some(1); 10]).await;
    let lines = Lines::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(lines.clone())
        .finish();
    // of the whole process: what other threads say counts too
    tracing::subscriber::set_global_default(subscriber).unwrap();
    tracing::info!("the log is on");
    let heard = evening.cast(&good).await;
    evening.cast(b"{}").await;
    evening
        .hand_back(1, pingyi_room::BackKind::HandedBack)
        .await;
    evening.room.ask(&format!("/b/{}", evening.id)).await;
    evening.room.ask("/b/%FF/cast").await;
    evening.room.tell("/b/x/cast", b"{}").await;
    let log = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("the log is on"));
    let word = heard.json()["word"].as_str().unwrap().to_owned();
    let mut secret = vec![evening.id.clone(), word, evening.uuid.to_string()];
    secret.extend(evening.credentials());
    secret.extend(evening.codes.iter().map(pingyi_room::SlipCode::reveal));
    for text in secret {
        assert!(!log.contains(&text), "{text} stands in the log:\n{log}");
    }
    assert_eq!(log.lines().count(), 1, "{log}");
}
