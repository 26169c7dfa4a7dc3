//! A Party document in the layout of GB/T 9704-2012.

use super::strings;
use crate::paper::{Block, Layout, Paper, Paragraph, RedHead, Style};

/// A notice or another document with red head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeDocument {
    /// 发文机关标志, such as `中共××委员会文件`.
    pub issuer_line: String,
    /// 发文字号 with 〔〕.
    pub number: String,
    /// Title; line breaks are kept, so that it can be broken by meaning.
    pub title: String,
    /// 主送机关 without the colon.
    pub addressee: String,
    /// The body.
    pub paragraphs: Vec<NoticeParagraph>,
    /// Titles of the annexes.
    pub attachments: Vec<String>,
    /// 发文机关署名.
    pub signature: String,
    /// 成文日期 as it is printed.
    pub date: String,
}

/// One paragraph of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeParagraph {
    /// Its level.
    pub level: NoticeLevel,
    /// Its text, with its own number.
    pub text: String,
}

/// Levels of a body paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoticeLevel {
    /// `一、…` on a line of its own.
    Heading,
    /// `（一）…` on a line of its own.
    Subheading,
    /// `1、…。` whose first sentence leads the paragraph.
    RunIn,
    /// Plain text.
    Body,
}

impl NoticeParagraph {
    /// A paragraph.
    pub fn new(level: NoticeLevel, text: impl Into<String>) -> Self {
        Self {
            level,
            text: text.into(),
        }
    }

    pub(super) fn paragraph(&self) -> Paragraph {
        match self.level {
            NoticeLevel::Heading => Paragraph::new(Style::Heading1, &self.text),
            NoticeLevel::Subheading => Paragraph::new(Style::Heading2, &self.text),
            NoticeLevel::Body => Paragraph::new(Style::Body, &self.text),
            NoticeLevel::RunIn => {
                let end = self.text.find('。').map_or(0, |at| at + '。'.len_utf8());
                let (lead, rest) = self.text.split_at(end);
                Paragraph {
                    lead: lead.into(),
                    ..Paragraph::new(Style::Body, rest)
                }
            }
        }
    }
}

impl NoticeDocument {
    /// Made-up data.
    pub fn sample() -> Self {
        use NoticeLevel::{Body, Heading, RunIn};
        let paragraphs = [
            (
                Body,
                "为了推动党内生活规范化、制度化、常态化，现就开好专题组织生活会有关事项通知如下：",
            ),
            (Heading, "一、明确专题组织生活会主题"),
            (
                Body,
                "围绕“践行‘三严三实’，争做‘两为’干部”这一主题，联系个人思想、工作、生活和作风实际，坚持严肃认真、实事求是、民主团结的原则，组织召开一次高质量的专题组织生活会。",
            ),
            (Heading, "二、认真做好会前准备"),
            (
                RunIn,
                "1、认真组织学习、打牢思想基础。要联系工作和思想实际，进一步学习党章党纪，认真研读规定的学习资料，为开好专题组织生活会打牢思想基础。",
            ),
            (
                RunIn,
                "2、广泛征求意见、开展谈心谈话。要采取面对面或背靠背等方式，深入基层一线、服务对象和人民群众中，通过座谈、个别访谈、发放征求意见表等，广泛征求意见。支部书记、副书记、支部委员与支部党员之间要相互谈。",
            ),
            (
                RunIn,
                "3、制定工作方案、精心组织实施。各单位要研究制定工作方案，明确会议主题、时间、方式、参加人员及相关要求，并于8月31日前报组织科审核备案。",
            ),
            (Heading, "三、加强组织领导"),
            (
                Body,
                "上级党组织要派人参加所属基层支部的专题组织生活会，并进行点评，加强指导。各单位情况总结材料和民主评议党员测评汇总表请于9月30日前报组织科。",
            ),
        ];
        Self {
            issuer_line: "中共某某市委市直机关工委文件".into(),
            number: "某直工通〔2015〕14号".into(),
            title: "关于在市直机关各基层党支部中开好\n专题组织生活会的通知".into(),
            addressee: "市直各直属机关、事业单位党组织".into(),
            paragraphs: paragraphs
                .map(|(level, text)| NoticeParagraph::new(level, text))
                .to_vec(),
            attachments: strings(&["《民主评议党员测评表》", "《民主评议党员测评汇总表》"]),
            signature: "中共某某市委市直机关工作委员会".into(),
            date: "2015年8月17日".into(),
        }
    }

    /// What is printed.
    pub fn paper(&self) -> Paper {
        let mut paper = Paper::new(Layout::Official, &self.title);
        paper.head = Some(RedHead {
            issuer_line: self.issuer_line.clone(),
            number: self.number.clone(),
        });
        if !self.addressee.is_empty() {
            paper.text(
                Style::Flush,
                format!("{}：", self.addressee.trim_end_matches('：')),
            );
        }
        for paragraph in &self.paragraphs {
            paper.push(paragraph.paragraph());
        }
        self.attachments(&mut paper);
        paper.closing(&self.signature, &self.date);
        paper
    }

    /// One line below the body; no end mark after the titles.
    fn attachments(&self, paper: &mut Paper) {
        if self.attachments.is_empty() {
            return;
        }
        paper.push(Block::Space(10.0));
        if let [only] = self.attachments.as_slice() {
            paper.text(Style::Body, format!("附件：{only}"));
            return;
        }
        for (index, attachment) in self.attachments.iter().enumerate() {
            let lead = if index == 0 { "附件：" } else { "　　　" };
            paper.text(Style::Body, format!("{lead}{}. {attachment}", index + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sentence_of_a_numbered_item_leads() {
        let paragraph =
            NoticeParagraph::new(NoticeLevel::RunIn, "1、提高认识。要高度重视。").paragraph();
        assert_eq!(
            (paragraph.lead.as_str(), paragraph.text.as_str()),
            ("1、提高认识。", "要高度重视。")
        );
    }

    #[test]
    fn a_numbered_item_without_full_stop_is_plain() {
        let paragraph = NoticeParagraph::new(NoticeLevel::RunIn, "1、提高认识").paragraph();
        assert_eq!(
            (paragraph.lead.as_str(), paragraph.text.as_str()),
            ("", "1、提高认识")
        );
    }
}
