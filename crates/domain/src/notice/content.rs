//! The parts a notice is made of.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Clause;

/// Who issued the notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issuer {
    /// Full name.
    pub full: String,
    /// As the text calls it.
    pub short: String,
    /// 发文机关标志, the red line at the top.
    pub mark: String,
}

/// 会议主题. // 通知 一
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// The theme itself, without outer quotation marks.
    pub title: String,
    /// 主要内容.
    pub content: String,
}

/// Something with a key for storage and a label for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keyed {
    /// Stable word for storage.
    pub key: String,
    /// In the notice's words.
    pub label: String,
}

/// What a problem list is about. // 通知 二、3
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Stable word for storage.
    pub key: String,
    /// Short, for table heads.
    pub label: String,
    /// In the notice's words.
    pub words: String,
}

/// One of 四个不放过. // 通知 四、3
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// Stable word for storage.
    pub key: String,
    /// What has to be right, short: 思想认识.
    pub label: String,
    /// In the notice's words: 思想认识上不去的不放过.
    pub words: String,
}

/// A grade. // 通知 三、3
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// Stable word for storage.
    pub key: String,
    /// As the ballot prints it.
    pub label: String,
}

/// The last days of a campaign; the whole day counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadlines {
    /// Plans with the 组织科. // 通知 二、4
    pub plan: Date,
    /// Meetings held. // 通知 二、4
    pub meeting: Date,
    /// Report and 汇总表 with the 组织科. // 通知 四、4
    pub summary: Date,
}

/// An annex.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// Number, from 1.
    pub number: u32,
    /// Title with its quotation marks.
    pub title: String,
}

/// How a paragraph is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// 一、… alone on its line (黑体 in GB/T 9704).
    Heading,
    /// 1、…: a numbered paragraph whose first sentence is its head.
    Item,
    /// Plain text.
    Paragraph,
}

/// A paragraph of the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// How it is set.
    pub level: Level,
    /// The clause it belongs to, without a letter; `None` for headings.
    #[serde(default)]
    pub clause: Option<Clause>,
    /// The words, with their number.
    pub text: String,
}

impl Block {
    /// The run-in head of an item with its full stop (`1、提高认识。`), and the rest.
    /// Other levels have no head.
    pub fn split_head(&self) -> (&str, &str) {
        if self.level != Level::Item {
            return ("", &self.text);
        }
        let stop = self.text.find('。').map_or(0, |at| at + '。'.len_utf8());
        self.text.split_at(stop)
    }
}
