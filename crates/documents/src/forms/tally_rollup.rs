//! Roll-up of annex 2: a unit by its branches, or the committee by its units.

use jiff::civil::{Date, date};

use super::{grades_header, sample_grades, serial, strings};
use crate::paper::{Block, Cell, Column, Field, Layout, Origin, Paper, Signer, Table};

/// Annex 2 rolled up. All figures are the caller's sums of branch rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TallyRollup {
    /// Title.
    pub title: String,
    /// The unit that files it, or the committee.
    pub unit: String,
    /// What a row is: `党支部` or `单位`.
    pub row_title: String,
    /// Grades in the notice's order.
    pub grades: Vec<String>,
    /// One row per branch or unit.
    pub rows: Vec<RollupRow>,
    /// The sums; `None` prints no total row.
    pub total: Option<RollupRow>,
    /// In what capacity the head signs, such as `第一责任人`.
    pub signer_role: String,
    /// Who signs.
    pub signer: String,
    /// Who filled in the form.
    pub filled_by: String,
    /// Telephone of the unit's office.
    pub phone: String,
    /// Day of filing; `None` leaves a blank.
    pub filed_on: Option<Date>,
    /// Notes with the rules applied.
    pub notes: Vec<String>,
    /// What the paper was made from.
    pub origin: Option<Origin>,
}

/// One branch or unit in the roll-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollupRow {
    /// Name; in the total row usually `合计`.
    pub name: String,
    /// Members.
    pub members: u32,
    /// Probationary members among them.
    pub probationary: u32,
    /// Members to be appraised.
    pub due: u32,
    /// Members appraised.
    pub appraised: u32,
    /// How many were not, and why.
    pub not_appraised: String,
    /// One entry per grade, in the order of `grades`.
    pub grades: Vec<RollupGrade>,
    /// Members appraised without grade.
    pub ungraded: u32,
    /// Day of the meeting, as text.
    pub meeting_date: String,
    /// Who came from above and commented.
    pub envoy: String,
    /// From when to when results were published.
    pub published: String,
    /// Remark.
    pub remark: String,
}

/// Members with one grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollupGrade {
    /// Number of members; `None` when withheld because the room is too small.
    pub count: Option<u32>,
    /// Share as text, such as `87.5` or `—`.
    pub percent: String,
}

impl TallyRollup {
    /// Made-up data.
    pub fn sample() -> Self {
        let rows = vec![
            sample_row("第一党支部", [7, 1, 8, 8, 6, 1, 0, 1], "9月18日", "周启航"),
            sample_row(
                "第二党支部",
                [12, 0, 12, 11, 10, 1, 0, 0],
                "9月21日",
                "林若谷",
            ),
            sample_row(
                "离退休干部党支部",
                [31, 0, 31, 28, 25, 2, 1, 0],
                "9月22日",
                "周启航",
            ),
        ];
        Self {
            title: "民主评议党员测评汇总表（单位汇总）".into(),
            unit: "市城市档案馆机关党委".into(),
            row_title: "党支部".into(),
            grades: sample_grades(),
            rows,
            total: Some(RollupRow {
                meeting_date: String::new(),
                envoy: String::new(),
                published: String::new(),
                not_appraised: "4人".into(),
                ..sample_row("合计", [50, 1, 51, 47, 41, 4, 1, 1], "", "")
            }),
            signer_role: "第一责任人".into(),
            signer: "程思齐".into(),
            filled_by: "王雅文".into(),
            phone: "0715-8000000".into(),
            filed_on: Some(date(2015, 9, 29)),
            notes: strings(&[
                "等次人数按党支部评定意见统计，百分比以评定等次的人数为分母；预备党员不定等次。",
            ]),
            origin: Some(Origin::sample()),
        }
    }

    /// What is printed.
    pub fn paper(&self) -> Paper {
        let mut paper = Paper::new(Layout::Wide, &self.title);
        paper.label = Some("附件2".into());
        paper.made_from(self.origin.as_ref());
        paper.push(Block::Fields(vec![
            Field::new("填报单位（盖章）：", &self.unit),
            Field::date("填报日期：", self.filed_on),
        ]));
        paper.push(self.table());
        paper.push(Block::Space(3.0));
        paper.push(Block::Signatures {
            per_row: 3,
            signers: vec![
                Signer::new(&self.signer_role, &self.signer),
                Signer::new("填表人", &self.filled_by),
            ],
        });
        paper.push(Block::Fields(vec![Field::new("联系电话：", &self.phone)]));
        paper.notes(&self.notes);
        paper
    }

    fn table(&self) -> Table {
        let mut columns = vec![Column::centre(11.0), Column::centre(36.0)];
        columns.extend([13.0, 13.0, 13.0, 13.0].map(Column::centre));
        columns.push(Column::left(30.0));
        columns.extend(
            self.grades
                .iter()
                .flat_map(|_| [Column::centre(11.0), Column::centre(13.0)]),
        );
        columns.extend([12.0, 20.0, 20.0, 26.0, 22.0].map(Column::centre));
        let left = [
            "序号",
            &self.row_title,
            "党员\n数",
            "预备\n党员数",
            "应参\n评",
            "实参\n评",
            "未参评及原因",
        ];
        let right = [
            "不定\n等次",
            "会议日期",
            "上级参会\n点评人",
            "公示起止",
            "备注",
        ];
        let mut table = Table {
            columns,
            header: grades_header(&left, &self.grades, "人数", &right),
            rows: Vec::new(),
            row_height: 8.0,
        };
        for (index, row) in self.rows.iter().enumerate() {
            table.row(row.cells(Some(index), self.grades.len()));
        }
        if let Some(total) = &self.total {
            table.row(
                total
                    .cells(None, self.grades.len())
                    .into_iter()
                    .map(Cell::strong)
                    .collect(),
            );
        }
        table
    }
}

impl RollupRow {
    /// The total row has no running number.
    fn cells(&self, index: Option<usize>, grades: usize) -> Vec<Cell> {
        let mut cells = match index {
            Some(index) => vec![serial(index), Cell::text(&self.name)],
            None => vec![Cell::text(&self.name).across(2)],
        };
        cells.extend([self.members, self.probationary, self.due, self.appraised].map(Cell::number));
        cells.push(Cell::text(&self.not_appraised));
        for grade in 0..grades {
            let (count, percent) = self
                .grades
                .get(grade)
                .map_or((None, ""), |g| (g.count, g.percent.as_str()));
            cells.extend([
                count.map_or_else(|| Cell::text("—"), Cell::number),
                Cell::text(percent),
            ]);
        }
        cells.push(Cell::number(self.ungraded));
        cells.extend(
            [
                &self.meeting_date,
                &self.envoy,
                &self.published,
                &self.remark,
            ]
            .map(Cell::text),
        );
        cells
    }
}

/// Figures: members, probationary, due, appraised, the three grades, ungraded.
fn sample_row(name: &str, figures: [u32; 8], day: &str, envoy: &str) -> RollupRow {
    let [
        members,
        probationary,
        due,
        appraised,
        good,
        fair,
        poor,
        ungraded,
    ] = figures;
    let graded = f64::from(good + fair + poor);
    let share = |count: u32| RollupGrade {
        count: Some(count),
        percent: format!("{:.1}", f64::from(count) * 100.0 / graded),
    };
    let missing = due - appraised;
    RollupRow {
        name: name.into(),
        members: members + probationary,
        probationary,
        due,
        appraised,
        not_appraised: if missing == 0 {
            "无".into()
        } else {
            format!("{missing}人，长期卧病未参加")
        },
        grades: vec![share(good), share(fair), share(poor)],
        ungraded,
        meeting_date: day.into(),
        envoy: envoy.into(),
        published: "9月23日\n至9月29日".into(),
        remark: String::new(),
    }
}
