//! Every sentence, in both languages. Each language matches every fault there is, so that a new
//! one does not compile until somebody has found words for it.

mod en;
mod en_container;
mod zh;
mod zh_container;

use pingyi_ballot::archive::Stage;
use pingyi_ballot::verify::{Checked, Fault, Verdict};

use crate::examine::NoArchive;

/// Of the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Plain, without technical words where plain ones exist.
    Chinese,
    /// For readers abroad and for programmers.
    English,
}

/// What is said about one fault.
pub struct Said {
    /// Which element fails.
    pub element: String,
    /// What is wrong with it.
    pub wrong: String,
    /// What it means and what to do now.
    pub advice: String,
}

impl Said {
    /// All of it in one line.
    pub fn in_one(&self, language: Language) -> String {
        let Self {
            element,
            wrong,
            advice,
        } = self;
        match language {
            Language::Chinese => format!("{element}：{wrong}{advice}"),
            Language::English => format!("{element}: {wrong} {advice}"),
        }
    }
}

/// Words before values.
pub struct Labels {
    colon: &'static str,
    /// Its name.
    pub election: &'static str,
    /// Its name among elections.
    pub uuid: &'static str,
    /// φ.
    pub fingerprint: &'static str,
    /// Of numbers.
    pub group: &'static str,
    /// Heading of what holds.
    pub checked: &'static str,
    /// Heading of the numbers.
    pub result: &'static str,
    /// Last hash of the chain, its beginning.
    pub head_short: &'static str,
    /// Last hash of the chain.
    pub head: &'static str,
    /// Hash of the file.
    pub sha256: &'static str,
}

impl Labels {
    /// Word and value.
    pub fn line(&self, label: &str, value: &str) -> String {
        format!("{label}{}{value}", self.colon)
    }
}

/// Words before values.
pub const fn labels(language: Language) -> &'static Labels {
    match language {
        Language::Chinese => &zh::LABELS,
        Language::English => &en::LABELS,
    }
}

/// Heading of the choice of nothing.
pub const fn abstained(language: Language) -> &'static str {
    match language {
        Language::Chinese => "弃权",
        Language::English => "abstained",
    }
}

/// How many faults were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Faults {
    /// Those listed.
    pub number: usize,
    /// Whether there may be more.
    pub more: bool,
}

/// The first line.
pub fn verdict(verdict: Verdict, stage: Stage, faults: Faults, language: Language) -> String {
    match language {
        Language::Chinese => zh::verdict(verdict, stage, faults),
        Language::English => en::verdict(verdict, stage, faults),
    }
}

/// Before a fault.
pub fn heading(number: usize, element: &str, language: Language) -> String {
    match language {
        Language::Chinese => format!("问题 {number}　{element}"),
        Language::English => format!("Fault {number}: {element}"),
    }
}

/// One fault.
pub fn fault(fault: &Fault, language: Language) -> Said {
    match language {
        Language::Chinese => zh::fault(fault),
        Language::English => en::fault(fault),
    }
}

/// After the last ballot that is listed.
pub const fn more_ballots(language: Language) -> &'static str {
    match language {
        Language::Chinese => "有问题的选票只列出前 100 张。",
        Language::English => "Only the first 100 faulty ballots are listed.",
    }
}

/// How much of file and chain was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// All of it.
    Whole,
    /// To where something else did not hold.
    Stopped,
    /// To where they themselves do not hold.
    Broken,
}

/// The line about file and chain.
pub fn container(events: u64, bytes: u64, reach: Reach, language: Language) -> String {
    match (language, reach) {
        (Language::Chinese, Reach::Whole) => {
            format!("文件与链条：{events} 个事件，{bytes} 字节，前后相连，顺序正确")
        }
        (Language::Chinese, Reach::Stopped) => {
            format!("文件与链条：前 {events} 个事件、{bytes} 字节前后相连，其后没有再查")
        }
        (Language::Chinese, Reach::Broken) => {
            format!("文件与链条：前 {events} 个事件、{bytes} 字节正确，其后有问题")
        }
        (Language::English, Reach::Whole) => {
            format!("file and chain: {events} events, {bytes} bytes, linked and in order")
        }
        (Language::English, Reach::Stopped) => {
            format!("file and chain: linked for {events} events, {bytes} bytes; not read further")
        }
        (Language::English, Reach::Broken) => {
            format!("file and chain: right for the first {events} events, {bytes} bytes; not after")
        }
    }
}

/// Something that holds. `bad`: ballots that do not.
pub fn held(held: &Checked, bad: usize, language: Language) -> String {
    match language {
        Language::Chinese => zh::held(held, bad),
        Language::English => en::held(held, bad),
    }
}

/// The first line where there is nothing to check.
pub fn unreadable(file: &str, language: Language) -> String {
    match language {
        Language::Chinese => format!("结论：无法检查“{file}”。"),
        Language::English => format!("Verdict: “{file}” cannot be checked."),
    }
}

/// Why there is nothing to check, and what to do.
pub fn no_archive(reason: &NoArchive, language: Language) -> String {
    match language {
        Language::Chinese => zh_container::no_archive(reason),
        Language::English => en_container::no_archive(reason),
    }
}

/// The findings could not be written.
pub fn not_written(error: &std::io::Error) -> String {
    let why = zh_container::why(error);
    format!(
        "检查结果没能写出（{why}）；请检查磁盘空间后重新检查。\n\
         The findings could not be written ({error}); see to the disk and check again."
    )
}
