//! Writes the samples of all forms in all formats into a folder: `cargo run --example samples -- /tmp/samples`.

use std::path::PathBuf;

use pingyi_documents::forms::{BallotSheet, CountSheet, samples};
use pingyi_documents::paper::Paper;
use pingyi_documents::{Format, render};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("用法：samples 目录")?);
    std::fs::create_dir_all(&folder)?;
    for (name, paper) in papers() {
        for format in Format::ALL {
            let path = folder.join(format!("{name}.{}", format.extension()));
            std::fs::write(&path, render(&paper, format)?)?;
        }
    }
    Ok(())
}

/// A ballot of so many members.
fn ballot(members: usize) -> Paper {
    let members = (1..=members).map(|number| format!("党员{number}"));
    BallotSheet {
        members: members.collect(),
        ..BallotSheet::sample()
    }
    .paper()
}

/// A count of so many members.
fn count(members: usize) -> Paper {
    let sample = CountSheet::sample();
    let rows = sample.rows.iter().cycle().take(members).cloned().collect();
    CountSheet { rows, ..sample }.paper()
}

fn papers() -> Vec<(&'static str, Paper)> {
    let mut all = samples();
    all.extend([
        ("ballot-25", ballot(25)),
        ("ballot-28", ballot(28)),
        ("ballot-150", ballot(150)),
        ("count-25", count(25)),
    ]);
    all
}
