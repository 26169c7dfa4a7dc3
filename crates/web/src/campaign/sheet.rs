//! A notice as a document: what the screen shows, and the form behind PDF and Word.

use pingyi_documents::forms::{NoticeDocument, NoticeLevel, NoticeParagraph};
use pingyi_domain::notice::{Block, Level, Notice};
use pingyi_domain::time::chinese_date;

/// One paragraph on screen: the first sentence of a numbered item is set bold.
#[derive(Debug)]
pub struct Line {
    /// 一、… on a line of its own.
    pub heading: bool,
    /// Bold beginning.
    pub lead: String,
    /// The rest.
    pub text: String,
}

/// A notice on screen.
#[derive(Debug)]
pub struct Sheet {
    /// 发文机关标志.
    pub mark: String,
    /// 发文字号.
    pub number: String,
    /// Title.
    pub title: String,
    /// 主送机关.
    pub addressee: String,
    /// The body.
    pub lines: Vec<Line>,
    /// Titles of the annexes.
    pub attachments: Vec<String>,
    /// 发文机关署名.
    pub signature: String,
    /// 成文日期.
    pub date: String,
    /// This campaign's own last days, where the text names others.
    pub days: Option<String>,
}

/// The notice as the screen shows it.
pub fn sheet(notice: &Notice) -> Sheet {
    Sheet {
        mark: notice.issuer.mark.clone(),
        number: notice.number.clone(),
        title: notice.title.clone(),
        addressee: notice.addressee.clone(),
        lines: notice.body.iter().map(line).collect(),
        attachments: attachments(notice),
        signature: notice.signature.clone(),
        date: chinese_date(notice.date),
        days: moved_days(notice),
    }
}

fn line(block: &Block) -> Line {
    let (lead, text) = block.split_head();
    Line {
        heading: block.level == Level::Heading,
        lead: lead.into(),
        text: text.into(),
    }
}

fn attachments(notice: &Notice) -> Vec<String> {
    notice.attachments.iter().map(|a| a.title.clone()).collect()
}

/// The notice as it is printed.
pub fn document(notice: &Notice) -> NoticeDocument {
    let mut paragraphs: Vec<_> = notice.body.iter().map(paragraph).collect();
    if let Some(days) = moved_days(notice) {
        paragraphs.push(NoticeParagraph::new(
            NoticeLevel::Body,
            format!("（{days}）"),
        ));
    }
    NoticeDocument {
        issuer_line: notice.issuer.mark.clone(),
        number: notice.number.clone(),
        title: notice.title.clone(),
        addressee: notice.addressee.clone(),
        paragraphs,
        attachments: attachments(notice),
        signature: notice.signature.clone(),
        date: chinese_date(notice.date),
    }
}

fn paragraph(block: &Block) -> NoticeParagraph {
    let level = match block.level {
        Level::Heading => NoticeLevel::Heading,
        Level::Item => NoticeLevel::RunIn,
        Level::Paragraph => NoticeLevel::Body,
    };
    NoticeParagraph::new(level, block.text.as_str())
}

/// The text keeps its own words; where it does not name this campaign's last days, one line does.
pub fn moved_days(notice: &Notice) -> Option<String> {
    let text = notice.text();
    let days = [
        notice.deadlines.plan,
        notice.deadlines.meeting,
        notice.deadlines.summary,
    ];
    let named =
        |day: &jiff::civil::Date| text.contains(&format!("{}月{}日", day.month(), day.day()));
    (!days.iter().all(named)).then(|| format!("本次执行日期：{}", days_line(notice)))
}

/// The three last days in one sentence.
pub fn days_line(notice: &Notice) -> String {
    let [plan, meeting, summary] = [
        notice.deadlines.plan,
        notice.deadlines.meeting,
        notice.deadlines.summary,
    ]
    .map(chinese_date);
    format!("工作方案{plan}前报送，支部会议{meeting}前完成，总结材料和汇总表{summary}前报送。")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::catalogue;

    #[test]
    fn a_line_names_the_days_only_when_they_were_moved() {
        let notice = catalogue::find("xianning-2015-14").unwrap().clone();
        assert_eq!(moved_days(&notice), None);
        let line = moved_days(&notice.clone().shift_dates(2)).unwrap();
        assert!(line.starts_with("本次执行日期：工作方案2015年9月2日前报送"));
        let printed = document(&notice.shift_dates(2));
        assert!(
            printed
                .paragraphs
                .last()
                .unwrap()
                .text
                .contains("本次执行日期")
        );
    }

    #[test]
    fn the_first_sentence_of_an_item_leads() {
        let notice = catalogue::find("xianning-2015-14").unwrap();
        let sheet = sheet(notice);
        let item = sheet
            .lines
            .iter()
            .find(|l| l.text.contains("8月31日"))
            .unwrap();
        assert_eq!(item.lead, "4、制定工作方案、精心组织实施。");
        assert_eq!(sheet.lines.iter().filter(|l| l.heading).count(), 4);
    }
}
