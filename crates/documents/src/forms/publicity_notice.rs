//! 公示 of a branch's results: names with their grade, and where objections go.
//!
//! No identity numbers, no counts, nobody who voted. // 通知 三、3

use crate::paper::{Block, Cell, Column, Layout, Origin, Paper, Style, Table};

/// A public notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicityNotice {
    /// Title.
    pub title: String,
    /// Words before the list.
    pub opening: String,
    /// Name and grade.
    pub rows: Vec<(String, String)>,
    /// Words after the list: days, where objections go.
    pub closing: Vec<String>,
    /// The branch.
    pub signature: String,
    /// Day of posting, as text.
    pub date: String,
    /// What the paper was made from.
    pub origin: Option<Origin>,
}

impl PublicityNotice {
    /// Made-up data.
    pub fn sample() -> Self {
        let rows = super::sample_names().map(|name| (name.to_owned(), "好".to_owned()));
        let mut rows = rows.to_vec();
        rows[5].1 = "一般".into();
        rows[7].1 = "不定等次".into();
        Self {
            title: "民主评议党员结果公示".into(),
            opening: "按照某直工通〔2015〕14号要求，我支部于2015年9月18日召开专题组织生活会，并现场开展民主评议党员。经无记名投票测评、支部委员会研究评定，现将评议结果予以公示。".into(),
            rows,
            closing: vec![
                "公示时间：2015年9月23日至2015年9月29日。".into(),
                "公示范围：支部和单位公示栏。".into(),
                "如有不同意见，请在公示期内向机关党委办公室（电话0715-8000000）反映。".into(),
            ],
            signature: "中共市城市档案馆机关委员会第一支部委员会".into(),
            date: "2015年9月23日".into(),
            origin: Some(Origin::sample()),
        }
    }

    /// What is printed.
    pub fn paper(&self) -> Paper {
        let mut paper = Paper::new(Layout::Official, &self.title);
        paper.made_from(self.origin.as_ref());
        for line in self.opening.lines().filter(|l| !l.trim().is_empty()) {
            paper.text(Style::Body, line.trim());
        }
        paper.push(Block::Space(3.0));
        paper.push(self.table());
        paper.push(Block::Space(3.0));
        for line in &self.closing {
            paper.text(Style::Body, line);
        }
        paper.closing(&self.signature, &self.date);
        paper
    }

    /// Two members side by side, so that a branch stays on one sheet.
    fn table(&self) -> Table {
        let columns = [14.0, 36.0, 28.0, 14.0, 36.0, 28.0].map(Column::centre);
        let titles = ["序号", "姓名", "评定意见", "序号", "姓名", "评定意见"];
        let mut table = Table::new(columns.to_vec(), &titles);
        let half = self.rows.len().div_ceil(2);
        for at in 0..half {
            let cells = [at, at + half].into_iter().flat_map(|at| self.cells(at));
            table.row(cells.collect());
        }
        table
    }

    fn cells(&self, at: usize) -> [Cell; 3] {
        match self.rows.get(at) {
            Some((name, grade)) => [super::serial(at), Cell::text(name), Cell::text(grade)],
            None => [Cell::blank(), Cell::blank(), Cell::blank()],
        }
    }
}
