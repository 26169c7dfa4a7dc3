//! All branches' annex 2 in three formats as one zip, written as it is made: neither the papers
//! nor the zip are held in memory.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufWriter, Write};

use pingyi_documents::Format;
use pingyi_documents::paper::Paper;
use pingyi_domain::filing::FilingKind;
use pingyi_domain::ids::CampaignId;
use pingyi_domain::org::OrgKind;
use pingyi_storage::{Tx, org};
use tokio::task::JoinHandle;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::annex2::{Filled, form};
use super::branch_paper::{as_handed_in, title};
use super::desk::{self, Filed};
use super::load;
use super::sheet::BranchSheet;
use crate::kernel::app::App;
use crate::kernel::campaign::{self, Campaign};
use crate::kernel::error::PageError;
use crate::kernel::paper;

/// Branches whose papers are in the making at the same time: enough to keep every typesetting
/// turn busy, few enough to keep memory flat.
const AHEAD: usize = 4;

/// What a bulk run came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bulk {
    /// Branches with papers in the zip.
    pub branches: usize,
    /// Files in the zip, the list of missing ones not counted.
    pub files: usize,
    /// What could not be made, and why.
    pub skipped: Vec<String>,
}

/// A branch whose papers can be made.
struct Ready {
    folder: String,
    name: String,
    paper: Paper,
}

type Made = Vec<(Format, Result<Vec<u8>, PageError>)>;
type Pending = (String, JoinHandle<Made>);

/// Writes every branch's annex 2 to `out` as a zip; `progress` is told branches done and due.
pub async fn filing_bulk(
    app: &App,
    campaign: CampaignId,
    out: File,
    progress: impl Fn(usize, usize),
) -> Result<Bulk, PageError> {
    let (ready, skipped) = gather(app, campaign).await?;
    let mut bulk = Bulk {
        skipped,
        ..Bulk::default()
    };
    let total = ready.len();
    progress(0, total);
    let mut zip = ZipWriter::new(BufWriter::new(out));
    let mut pending: VecDeque<Pending> = VecDeque::new();
    let mut coming = ready.into_iter();
    loop {
        while pending.len() < AHEAD {
            let Some(next) = coming.next() else { break };
            pending.push_back(begin(app, next));
        }
        let Some((name, making)) = pending.pop_front() else {
            break;
        };
        write(
            &mut zip,
            &mut bulk,
            &name,
            making.await.map_err(PageError::internal)?,
        )?;
        bulk.branches += 1;
        progress(bulk.branches, total);
    }
    finish(zip, &bulk)?;
    Ok(bulk)
}

fn begin(app: &App, ready: Ready) -> Pending {
    let app = app.clone();
    let name = format!("{}/{}", ready.folder, ready.name);
    let making = async move {
        let mut made = Made::with_capacity(Format::ALL.len());
        for format in Format::ALL {
            made.push((
                format,
                paper::bytes(&app, ready.paper.clone(), format).await,
            ));
        }
        made
    };
    (name, tokio::spawn(making))
}

/// Papers are compressed already, so they are stored as they are.
fn stored() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Stored)
}

fn write(
    zip: &mut ZipWriter<BufWriter<File>>,
    bulk: &mut Bulk,
    name: &str,
    made: Made,
) -> Result<(), PageError> {
    for (format, result) in made {
        match result {
            Ok(bytes) => {
                let name = format!("{name}测评汇总表.{}", format.extension());
                zip.start_file(name, stored())
                    .map_err(PageError::internal)?;
                zip.write_all(&bytes).map_err(PageError::internal)?;
                bulk.files += 1;
            }
            // A name with a character no font has stops that file alone, and is told.
            Err(why @ PageError::Refused(_)) => {
                bulk.skipped
                    .push(format!("{name}（{}）：{why}", format.extension()));
            }
            Err(why) => return Err(why),
        }
    }
    Ok(())
}

fn finish(mut zip: ZipWriter<BufWriter<File>>, bulk: &Bulk) -> Result<(), PageError> {
    if !bulk.skipped.is_empty() {
        zip.start_file("未生成清单.txt", stored())
            .map_err(PageError::internal)?;
        // The mark at the front tells older Windows editors that this is UTF-8.
        let text = format!("\u{feff}{}\r\n", bulk.skipped.join("\r\n"));
        zip.write_all(text.as_bytes())
            .map_err(PageError::internal)?;
    }
    zip.finish()
        .map_err(PageError::internal)?
        .flush()
        .map_err(PageError::internal)
}

/// Every branch with a signed tally, in roster order, and the others with the reason.
async fn gather(app: &App, campaign: CampaignId) -> Result<(Vec<Ready>, Vec<String>), PageError> {
    let mut tx = app.db.read().await?;
    let campaign = campaign::load(app, &mut tx, campaign).await?;
    let origin = load::origin(&mut tx, app.now()).await?;
    let tree = org::tree(&mut tx).await?;
    let (mut ready, mut skipped) = (Vec::new(), Vec::new());
    for branch in tree.all().iter().filter(|org| org.kind == OrgKind::Branch) {
        let unit = tree
            .unit_of(branch.id)
            .map_or("", |unit| unit.name.as_str());
        let Some(now) = load::sheet(&mut tx, &campaign, branch, unit).await? else {
            skipped.push(format!("{}：计票还没有签字确认", branch.name));
            continue;
        };
        let blank = Filled {
            by: String::new(),
            phone: String::new(),
            on: None,
            origin: origin.clone(),
        };
        let (sheet, filled) = as_it_counts(&mut tx, &campaign, now, blank).await?;
        ready.push(Ready {
            folder: safe(unit),
            name: safe(&branch.name),
            paper: form(&sheet, &title(&campaign.notice), &filled).paper(),
        });
    }
    Ok((ready, skipped))
}

/// As handed in while it is with the receiver, else as of now.
async fn as_it_counts(
    tx: &mut Tx,
    campaign: &Campaign,
    now: BranchSheet,
    blank: Filled,
) -> Result<(BranchSheet, Filled), PageError> {
    let filed = desk::find(tx, campaign.id, now.branch, FilingKind::BranchSummary).await?;
    let sent = filed
        .as_ref()
        .filter(|f| f.is_with_receiver())
        .and_then(Filed::newest);
    let Some(version) = sent else {
        return Ok((now, blank));
    };
    let sheet = load::snapshot(&version.snapshot).unwrap_or(now);
    Ok((sheet, as_handed_in(version)))
}

/// A name that every file system takes.
fn safe(name: &str) -> String {
    let plain = |c: char| {
        if c.is_control() || r#"/\:*?"<>|"#.contains(c) {
            '-'
        } else {
            c
        }
    };
    name.trim().chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_file_names() {
        assert_eq!(safe(" 离退休/干部支部 "), "离退休-干部支部");
    }
}
