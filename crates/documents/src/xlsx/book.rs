//! Writing into the sheet: formats, merged ranges, page set-up.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Worksheet,
};

use super::columns::Edges;
use crate::DocumentError;
use crate::paper::{Align, Layout, Paper};
use crate::text::lines;

pub(super) const FANG: &str = "仿宋_GB2312";
pub(super) const KAI: &str = "楷体_GB2312";
pub(super) const TITLE: &str = "方正小标宋简体";
pub(super) const HEI: &str = "黑体";
const RED: Color = Color::RGB(0x00D7_000F);

/// How a cell looks.
#[derive(Clone)]
pub(super) struct Look {
    format: Format,
    pub(super) size: f64,
}

impl Look {
    /// Words outside a table.
    pub(super) fn words(font: &'static str, size: f64, align: FormatAlign) -> Self {
        let format = Format::new()
            .set_font_name(font)
            .set_font_size(size)
            .set_align(align)
            .set_align(FormatAlign::VerticalCenter)
            .set_text_wrap();
        Self { format, size }
    }

    /// A ruled cell.
    pub(super) fn cell(font: &'static str, size: f64, align: Align) -> Self {
        let align = match align {
            Align::Left => FormatAlign::Left,
            Align::Centre => FormatAlign::Center,
        };
        let mut look = Self::words(font, size, align);
        look.format = look.format.set_border(FormatBorder::Thin);
        look
    }

    pub(super) fn red(mut self) -> Self {
        self.format = self.format.set_font_color(RED);
        self
    }

    pub(super) fn underlined_red(mut self) -> Self {
        self.format = self
            .format
            .set_border_bottom(FormatBorder::Medium)
            .set_border_bottom_color(RED);
        self
    }

    /// Height in points of this many lines.
    pub(super) fn height(&self, lines: usize) -> f64 {
        let lines = f64::from(u32::try_from(lines).unwrap_or(u32::MAX));
        // The program's highest row; longer texts are all there but need scrolling.
        (lines * self.size * 1.4 + 5.0).min(409.0)
    }
}

pub(super) fn properties(paper: &Paper) -> DocProperties {
    let properties = DocProperties::new().set_title(paper.title.replace('\n', ""));
    // Without a date the writer would take the machine's clock.
    let (year, month, day) = paper
        .date
        .map_or((2000, 1, 1), |date| (date.year(), date.month(), date.day()));
    let date = ExcelDateTime::from_ymd(
        u16::try_from(year).unwrap_or(2000),
        month.unsigned_abs(),
        day.unsigned_abs(),
    );
    match date {
        Ok(date) => properties.set_creation_datetime(&date),
        Err(_) => properties,
    }
}

/// A sheet being written from top to bottom.
pub(super) struct Sheet<'a> {
    page: &'a mut Worksheet,
    edges: &'a Edges,
    row: u32,
    repeated: bool,
    breaks: Vec<u32>,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(
        sheet: &'a mut Worksheet,
        paper: &Paper,
        edges: &'a Edges,
    ) -> Result<Self, DocumentError> {
        sheet.set_name(sheet_name(&paper.title))?;
        page(sheet, paper);
        for column in 0..edges.count() {
            sheet.set_column_width_pixels(column, pixels(edges.points(column)))?;
        }
        Ok(Self {
            page: sheet,
            edges,
            row: 0,
            repeated: false,
            breaks: Vec::new(),
        })
    }

    pub(super) fn row(&self) -> u32 {
        self.row
    }

    /// One row of words across all columns, as high as the words need.
    pub(super) fn line(&mut self, text: &str, look: &Look) -> Result<(), DocumentError> {
        let last = self.edges.count() - 1;
        let room = self.edges.characters(0, last, look.size);
        self.text(0, last, 1, text, look)?;
        self.end_row(look.height(lines(text, room)))
    }

    /// An empty row of this height in points.
    pub(super) fn gap(&mut self, height: f64) -> Result<(), DocumentError> {
        self.end_row(height.clamp(1.0, 409.0))
    }

    pub(super) fn end_row(&mut self, height: f64) -> Result<(), DocumentError> {
        self.page.set_row_height(self.row, height)?;
        self.row += 1;
        Ok(())
    }

    /// What follows starts on a new page.
    pub(super) fn page_break(&mut self) {
        self.breaks.push(self.row);
    }

    /// The rows from `first` to here are printed on every page, if they are the first such rows.
    pub(super) fn repeat_on_every_page(&mut self, first: u32) -> Result<(), DocumentError> {
        if !self.repeated && self.row > first {
            self.page.set_repeat_rows(first, self.row - 1)?;
            self.repeated = true;
        }
        Ok(())
    }

    /// Text, which stays text even when it looks like a date, a number or a formula.
    pub(super) fn text(
        &mut self,
        left: u16,
        right: u16,
        rows: usize,
        text: &str,
        look: &Look,
    ) -> Result<(), DocumentError> {
        let text = text.replace('\r', "");
        let last = self.last_row(rows);
        if left == right && last == self.row {
            self.page
                .write_string_with_format(self.row, left, text, &look.format)?;
        } else {
            self.page
                .merge_range(self.row, left, last, right, &text, &look.format)?;
        }
        Ok(())
    }

    /// A figure.
    pub(super) fn number(
        &mut self,
        left: u16,
        right: u16,
        rows: usize,
        number: u32,
        look: &Look,
    ) -> Result<(), DocumentError> {
        let last = self.last_row(rows);
        if left != right || last != self.row {
            self.page
                .merge_range(self.row, left, last, right, "", &look.format)?;
        }
        self.page
            .write_number_with_format(self.row, left, number, &look.format)?;
        Ok(())
    }

    fn last_row(&self, rows: usize) -> u32 {
        self.row + u32::try_from(rows.saturating_sub(1)).unwrap_or(0)
    }

    pub(super) fn finish(self) -> Result<(), DocumentError> {
        let last = self.edges.count() - 1;
        self.page
            .set_print_area(0, 0, self.row.saturating_sub(1), last)?;
        self.page.set_page_breaks(&self.breaks)?;
        Ok(())
    }
}

/// Points in pixels of 1/96 inch, the unit of the program's column widths.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a column is between zero and one page wide"
)]
fn pixels(points: f64) -> u32 {
    (points * 96.0 / 72.0).floor().max(1.0) as u32
}

/// A4, one page wide, as many pages long as needed.
fn page(sheet: &mut Worksheet, paper: &Paper) {
    const INCH: f64 = 25.4;
    let geometry = paper.layout.geometry();
    sheet.set_paper_size(9);
    if paper.layout == Layout::Wide {
        sheet.set_landscape();
    }
    sheet.set_margins(
        geometry.left / INCH,
        geometry.right / INCH,
        geometry.top / INCH,
        geometry.bottom / INCH,
        8.0 / INCH,
        8.0 / INCH,
    );
    sheet.set_print_center_horizontally(true);
    sheet.set_print_fit_to_pages(1, 0);
    // `&` starts a code in a footer.
    let foot = paper.foot.as_deref().unwrap_or_default().replace('&', "&&");
    sheet.set_footer(format!("&L&9{foot}&R&9第&P页　共&N页"));
}

/// Names of sheets are short and may not have these signs.
fn sheet_name(title: &str) -> String {
    let allowed = |character: &char| !"[]:*?/\\'\n\r\t".contains(*character);
    let name: String = title.chars().filter(allowed).take(28).collect();
    if name.trim().is_empty() {
        "表".into()
    } else {
        name
    }
}
