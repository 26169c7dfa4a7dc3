//! Columns of the sheet: the column edges of all tables laid over each other.

use crate::paper::{Block, Paper, Table};

/// Edges closer than this are one, in parts of the text width.
const SAME: f64 = 0.004;

/// Column edges from 0 to 1 in parts of the text width.
pub(super) struct Edges {
    edges: Vec<f64>,
    /// Text width in points.
    width: f64,
}

impl Edges {
    pub(super) fn of(paper: &Paper) -> Self {
        let mut edges = vec![0.0, 1.0];
        for block in &paper.blocks {
            if let Block::Table(table) = block {
                edges.extend(table_edges(table));
            }
        }
        edges.sort_by(f64::total_cmp);
        edges.dedup_by(|right, left| *right - *left < SAME);
        // The right margin stays exact even when an edge just before it swallowed it.
        if let Some(last) = edges.last_mut() {
            *last = 1.0;
        }
        Self {
            edges,
            width: paper.layout.text_width() * 72.0 / 25.4,
        }
    }

    /// Number of columns, at least one.
    pub(super) fn count(&self) -> u16 {
        u16::try_from(self.edges.len() - 1).unwrap_or(u16::MAX)
    }

    /// First and last sheet column of each column of `table`.
    pub(super) fn spans(&self, table: &Table) -> Vec<(u16, u16)> {
        let mut left = 0;
        let mut spans = Vec::with_capacity(table.columns.len());
        for edge in table_edges(table) {
            let right = self.nearest(edge).max(left + 1);
            spans.push((left, right - 1));
            left = right;
        }
        spans
    }

    fn nearest(&self, edge: f64) -> u16 {
        let at = self
            .edges
            .iter()
            .position(|candidate| *candidate > edge - SAME);
        at.map_or(self.count(), |index| {
            u16::try_from(index).unwrap_or(u16::MAX)
        })
    }

    /// Width of one sheet column in points.
    pub(super) fn points(&self, column: u16) -> f64 {
        let index = usize::from(column);
        (self.edges[index + 1] - self.edges[index]) * self.width
    }

    /// Full-width characters of this size that fit into the columns from `left` to `right`.
    pub(super) fn characters(&self, left: u16, right: u16, size: f64) -> f64 {
        let width: f64 = (left..=right).map(|column| self.points(column)).sum();
        // Some points go to the margins of the cell.
        (width - 6.0) / size
    }
}

/// Right edges of the table's columns, in parts of the text width.
fn table_edges(table: &Table) -> Vec<f64> {
    let sum: f64 = table.columns.iter().map(|column| column.width).sum();
    let mut at = 0.0;
    let mut edges = Vec::with_capacity(table.columns.len());
    for column in &table.columns {
        at += column.width / sum.max(f64::MIN_POSITIVE);
        edges.push(at);
    }
    edges
}
