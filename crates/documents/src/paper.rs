//! What stands on a paper, apart from the file format it is written in.
//!
//! The model has just the parts the forms in [`crate::forms`] need. Texts are plain: no renderer reads markup in them.

use jiff::civil::Date;
use pingyi_domain::time::chinese_date;

/// One document.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// Printed title; also the document's title property.
    pub title: String,
    /// A line above the title at the left, such as `附件1`.
    pub label: Option<String>,
    /// Margins and type sizes.
    pub layout: Layout,
    /// Red head of a Party document.
    pub head: Option<RedHead>,
    /// The content in reading order.
    pub blocks: Vec<Block>,
    /// Small line at the foot of every page.
    pub foot: Option<String>,
    /// Day given in the file's properties.
    pub date: Option<Date>,
}

impl Paper {
    /// An empty paper.
    pub fn new(layout: Layout, title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            label: None,
            layout,
            head: None,
            blocks: Vec::new(),
            foot: None,
            date: None,
        }
    }

    /// Prints at the foot what the paper was made from.
    pub fn made_from(&mut self, origin: Option<&Origin>) {
        self.foot = origin.map(Origin::line);
        self.date = origin.map(|origin| origin.date);
    }

    /// Adds a block.
    pub fn push(&mut self, block: impl Into<Block>) {
        self.blocks.push(block.into());
    }

    /// Adds a paragraph.
    pub fn text(&mut self, style: Style, text: impl Into<String>) {
        self.push(Paragraph::new(style, text));
    }

    /// Adds the numbered notes of a form, each in small type.
    pub fn notes(&mut self, notes: &[String]) {
        for (index, note) in notes.iter().enumerate() {
            let lead = if index == 0 { "注：" } else { "　　" };
            self.text(Style::Note, format!("{lead}{}．{note}", index + 1));
        }
    }

    /// Adds signature and date at the right, four characters from the edge as GB/T 9704 has it.
    ///
    /// The paragraph before goes with them: no page may hold a signature without text.
    pub fn closing(&mut self, signature: &str, date: &str) {
        if let Some(Block::Paragraph(last)) = self.blocks.last_mut() {
            last.keep = true;
        }
        self.push(Block::Space(10.0));
        let (name, day) = (
            crate::text::width_em(signature),
            crate::text::width_em(date),
        );
        // The longer line sets the edge, the shorter one is centred under or over it.
        let (name_indent, day_indent) = if name <= day {
            (4.0 + (day - name) / 2.0, 4.0)
        } else {
            (2.0, 2.0 + (name - day) / 2.0)
        };
        self.push(Paragraph {
            indent: name_indent,
            ..Paragraph::new(Style::Right, signature)
        });
        self.push(Paragraph {
            indent: day_indent,
            ..Paragraph::new(Style::Right, date)
        });
    }
}

/// Page geometry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// A4 upright with the margins and type of GB/T 9704.
    Official,
    /// A4 upright form: smaller margins and type.
    Form,
    /// A4 lying form for wide tables.
    Wide,
}

/// Margins in millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Geometry {
    pub width: f64,
    pub height: f64,
    pub top: f64,
    pub bottom: f64,
    pub left: f64,
    pub right: f64,
}

/// Type sizes in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct TypeSizes {
    pub title: f64,
    pub body: f64,
    /// From one line of body text to the next.
    pub pitch: f64,
    pub table: f64,
    pub note: f64,
}

impl Layout {
    pub(crate) fn geometry(self) -> Geometry {
        match self {
            // GB/T 9704-2012 5.2.1: 天头 37 mm, 订口 28 mm, 版心 156 mm × 225 mm.
            Self::Official => Geometry {
                width: 210.0,
                height: 297.0,
                top: 37.0,
                bottom: 35.0,
                left: 28.0,
                right: 26.0,
            },
            Self::Form => Geometry {
                width: 210.0,
                height: 297.0,
                top: 22.0,
                bottom: 20.0,
                left: 22.0,
                right: 20.0,
            },
            Self::Wide => Geometry {
                width: 297.0,
                height: 210.0,
                top: 20.0,
                bottom: 18.0,
                left: 16.0,
                right: 16.0,
            },
        }
    }

    pub(crate) fn sizes(self) -> TypeSizes {
        match self {
            // 3号 read as 15.75 pt: 28 characters make 156 mm, 22 lines of 28.95 pt make 225 mm.
            Self::Official => TypeSizes {
                title: 22.0,
                body: 15.75,
                pitch: 28.95,
                table: 12.0,
                note: 12.0,
            },
            Self::Form => TypeSizes {
                title: 20.0,
                body: 13.0,
                pitch: 23.0,
                table: 12.0,
                note: 10.5,
            },
            Self::Wide => TypeSizes {
                title: 18.0,
                body: 12.0,
                pitch: 20.0,
                table: 10.5,
                note: 9.5,
            },
        }
    }

    pub(crate) fn text_width(self) -> f64 {
        let page = self.geometry();
        page.width - page.left - page.right
    }
}

/// Red head of a Party document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedHead {
    /// 发文机关标志, such as `中共××工委文件`.
    pub issuer_line: String,
    /// 发文字号, such as `×直工通〔2015〕14号`.
    pub number: String,
}

/// A part of the content.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// One paragraph.
    Paragraph(Paragraph),
    /// One table.
    Table(Table),
    /// Labels with values or blanks on one line, wrapping when the line is full.
    Fields(Vec<Field>),
    /// Lines to be signed by hand, some side by side.
    Signatures {
        /// How many stand side by side.
        per_row: usize,
        /// Who signs.
        signers: Vec<Signer>,
    },
    /// Empty space in millimetres.
    Space(f64),
    /// The rest starts on a new page.
    PageBreak,
    /// A QR code: rows of `1` (dark) and `0`. Drawn on PDF; the other formats have the address in
    /// words.
    Code(Vec<String>),
}

impl From<Paragraph> for Block {
    fn from(paragraph: Paragraph) -> Self {
        Self::Paragraph(paragraph)
    }
}

impl From<Table> for Block {
    fn from(table: Table) -> Self {
        Self::Table(table)
    }
}

/// One paragraph; a line break in the text stays a line break.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    /// Typeface and place.
    pub style: Style,
    /// Emphasised words at the start of the paragraph, may be empty.
    pub lead: String,
    /// The text after the lead.
    pub text: String,
    /// Extra indent in characters from the right edge ([`Style::Right`] only).
    pub indent: f64,
    /// Stays on one page with what follows ([`Style::Body`]; headings and [`Style::Right`] always do).
    pub keep: bool,
}

impl Paragraph {
    /// A paragraph without lead.
    pub fn new(style: Style, text: impl Into<String>) -> Self {
        Self {
            style,
            lead: String::new(),
            text: text.into(),
            indent: 0.0,
            keep: false,
        }
    }
}

/// Styles of paragraphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// 仿宋, first line indented by two characters.
    Body,
    /// 仿宋 without indent: addressees.
    Flush,
    /// 黑体: `一、`.
    Heading1,
    /// 楷体: `（一）`.
    Heading2,
    /// Centred 楷体 under the title.
    Centre,
    /// At the right edge.
    Right,
    /// Small type: notes under a table.
    Note,
}

/// A label with its value, or with a blank to be filled in by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Words before the value, such as `应到`.
    pub label: String,
    /// The value; `None` leaves a blank.
    pub value: Option<String>,
    /// Words after the value, such as `人`.
    pub unit: String,
    /// Width of the blank in characters.
    pub blank: usize,
}

impl Field {
    /// A label with a value, or with a blank wide enough for a name when the value is empty.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        let value = value.into();
        Self {
            label: label.into(),
            value: (!value.is_empty()).then_some(value),
            unit: String::new(),
            blank: 8,
        }
    }

    /// A label with a number of persons or sheets.
    pub fn count(label: impl Into<String>, value: Option<u32>, unit: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            value: value.map(|count| count.to_string()),
            unit: unit.into(),
            blank: 3,
        }
    }

    /// A label with a date, or with `  年  月  日` to be filled in.
    pub fn date(label: impl Into<String>, value: Option<Date>) -> Self {
        Self {
            label: label.into(),
            value: Some(date_or_blank(value)),
            unit: String::new(),
            blank: 0,
        }
    }
}

/// Somebody who signs by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// In what capacity, such as `监票人`.
    pub role: String,
    /// The name if known, printed in front of the line.
    pub name: String,
}

impl Signer {
    /// A line for this capacity and name.
    pub fn new(role: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            role: role.into(),
            name: name.into(),
        }
    }
}

/// A table with ruled lines; the header is repeated on every page.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Columns from left to right.
    pub columns: Vec<Column>,
    /// Header rows. A cell below a cell with `rowspan` is left out, as in HTML.
    pub header: Vec<Vec<Cell>>,
    /// Body rows; spans as in the header.
    pub rows: Vec<Vec<Cell>>,
    /// Least height of a body row in millimetres; high rows are for handwriting.
    pub row_height: f64,
}

impl Table {
    /// A table with one header row of plain titles.
    pub fn new(columns: Vec<Column>, titles: &[&str]) -> Self {
        let header = vec![titles.iter().map(|title| Cell::text(*title)).collect()];
        Self {
            columns,
            header,
            rows: Vec::new(),
            row_height: 8.0,
        }
    }

    /// Adds a body row.
    pub fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
    }

    /// The body; a table without rows says so instead of looking unfinished.
    pub(crate) fn body(&self) -> Vec<Vec<Cell>> {
        if self.rows.is_empty() && !self.columns.is_empty() {
            vec![vec![
                Cell::text("（无）")
                    .across(self.columns.len())
                    .align(Align::Centre),
            ]]
        } else {
            self.rows.clone()
        }
    }
}

/// One column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Column {
    /// Share of the text width; only the relation between columns counts.
    pub width: f64,
    /// Where body cells stand.
    pub align: Align,
}

impl Column {
    /// A centred column.
    pub const fn centre(width: f64) -> Self {
        Self {
            width,
            align: Align::Centre,
        }
    }

    /// A column flush left, for sentences.
    pub const fn left(width: f64) -> Self {
        Self {
            width,
            align: Align::Left,
        }
    }
}

/// Horizontal place within a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Align {
    /// Flush left.
    Left,
    /// Centred.
    Centre,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What stands in it.
    pub content: Content,
    /// Columns it covers.
    pub colspan: usize,
    /// Rows it covers.
    pub rowspan: usize,
    /// Place, if it differs from the column's.
    pub align: Option<Align>,
    /// Emphasised: totals.
    pub strong: bool,
}

/// Content of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Text stays text in a spreadsheet, also when it looks like a date or a number.
    Text(String),
    /// A figure, a number in a spreadsheet.
    Number(u32),
}

impl Content {
    pub(crate) fn to_text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
        }
    }
}

impl Cell {
    /// A text cell.
    pub fn text(text: impl Into<String>) -> Self {
        Self::of(Content::Text(text.into()))
    }

    /// A figure.
    pub fn number(number: u32) -> Self {
        Self::of(Content::Number(number))
    }

    /// An empty cell, to be filled in by hand or empty for a reason.
    pub fn blank() -> Self {
        Self::text("")
    }

    fn of(content: Content) -> Self {
        Self {
            content,
            colspan: 1,
            rowspan: 1,
            align: None,
            strong: false,
        }
    }

    /// The same cell covering `columns` columns.
    #[must_use]
    pub fn across(mut self, columns: usize) -> Self {
        self.colspan = columns;
        self
    }

    /// The same cell covering `rows` rows.
    #[must_use]
    pub fn down(mut self, rows: usize) -> Self {
        self.rowspan = rows;
        self
    }

    /// The same cell at another place than its column's.
    #[must_use]
    pub fn align(mut self, align: Align) -> Self {
        self.align = Some(align);
        self
    }

    /// The same cell emphasised.
    #[must_use]
    pub fn strong(mut self) -> Self {
        self.strong = true;
        self
    }
}

/// What a paper was made from, printed small at its foot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Short form of the ledger chain's head at that moment.
    pub chain_head: String,
    /// Day the paper was made.
    pub date: Date,
}

impl Origin {
    /// A made-up origin for samples.
    pub fn sample() -> Self {
        Self {
            chain_head: "3f9a 1c2e".into(),
            date: jiff::civil::date(2015, 9, 29),
        }
    }

    /// The foot line.
    pub fn line(&self) -> String {
        format!(
            "由评议系统依据台帐生成　台帐校验码 {}　{}",
            self.chain_head,
            chinese_date(self.date)
        )
    }
}

/// `2015年9月30日`, or the same with room for handwriting.
pub fn date_or_blank(date: Option<Date>) -> String {
    date.map_or_else(|| "　　　　年　　月　　日".into(), chinese_date)
}
