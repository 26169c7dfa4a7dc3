//! Compiles one Typst file many times on two threads, to be run under `time`; prints the peak of memory.
//!
//! `cargo run --release -p pingyi-pdf --example throughput -- paper.typ 214`

use std::sync::atomic::{AtomicUsize, Ordering};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let source = std::fs::read_to_string(arguments.next().ok_or("用法：throughput 文件 份数")?)?;
    let count: usize = arguments.next().unwrap_or_default().parse().unwrap_or(214);
    let done = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let work = || {
            while done.fetch_add(1, Ordering::Relaxed) < count {
                // Another name on each, as in a real batch: nothing may be remembered from the one before.
                let number = done.load(Ordering::Relaxed);
                let paper = source.replace("丁小满", &format!("丁{number}"));
                if let Err(error) = pingyi_pdf::compile(&paper) {
                    println!("{error}");
                }
            }
        };
        let threads: Vec<_> = (0..2).map(|_| scope.spawn(work)).collect();
        for thread in threads {
            drop(thread.join());
        }
    });
    let status = std::fs::read_to_string("/proc/self/status")?;
    println!(
        "{}",
        status
            .lines()
            .find(|line| line.starts_with("VmHWM"))
            .unwrap_or_default()
    );
    Ok(())
}
