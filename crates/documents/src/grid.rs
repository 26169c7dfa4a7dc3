//! Where the cells of a table come to stand, with their spans resolved.
//!
//! Rows that are too short are filled, rows that are too long are cut: a caller's slip must not shift the figures of
//! the next row.

use crate::paper::{Cell, Content};

/// One place in a row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    /// The cell that starts here; `None` below a cell that covers several rows.
    pub cell: Option<&'a Cell>,
    /// First column.
    pub column: usize,
    /// Columns covered.
    pub columns: usize,
    /// Rows covered from here on.
    pub rows: usize,
}

static BLANK: Cell = Cell {
    content: Content::Text(String::new()),
    colspan: 1,
    rowspan: 1,
    align: None,
    strong: false,
};

/// The places of every row, from left to right, covering all `width` columns.
pub(crate) fn place(rows: &[Vec<Cell>], width: usize) -> Vec<Vec<Place<'_>>> {
    // Per column: rows still covered from above, and how wide that cell is.
    let mut covered: Vec<(usize, usize)> = vec![(0, 1); width];
    let mut placed = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        placed.push(place_row(row, rows.len() - index, &mut covered));
    }
    placed
}

fn place_row<'a>(
    row: &'a [Cell],
    rows_left: usize,
    covered: &mut [(usize, usize)],
) -> Vec<Place<'a>> {
    let mut cells = row.iter();
    let mut places = Vec::new();
    let mut column = 0;
    while column < covered.len() {
        let (rows, columns) = covered[column];
        if rows > 0 {
            covered[column].0 -= 1;
            places.push(Place {
                cell: None,
                column,
                columns,
                rows,
            });
            column += columns;
            continue;
        }
        let cell = cells.next().unwrap_or(&BLANK);
        let free = covered[column..]
            .iter()
            .take_while(|(rows, _)| *rows == 0)
            .count();
        let columns = cell.colspan.clamp(1, free);
        let rows = cell.rowspan.clamp(1, rows_left);
        covered[column] = (rows - 1, columns);
        places.push(Place {
            cell: Some(cell),
            column,
            columns,
            rows,
        });
        column += columns;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(rows: &[Vec<Cell>], width: usize) -> Vec<Vec<(bool, usize, usize)>> {
        let places = |row: Vec<Place<'_>>| {
            row.iter()
                .map(|place| (place.cell.is_some(), place.column, place.columns))
                .collect()
        };
        place(rows, width).into_iter().map(places).collect()
    }

    #[test]
    fn cells_below_a_tall_cell_move_right() {
        let rows = vec![
            vec![Cell::text("a").down(2), Cell::text("b").across(2)],
            vec![Cell::text("c"), Cell::text("d")],
        ];
        let expected = vec![
            vec![(true, 0, 1), (true, 1, 2)],
            vec![(false, 0, 1), (true, 1, 1), (true, 2, 1)],
        ];
        assert_eq!(shape(&rows, 3), expected);
    }

    #[test]
    fn short_rows_are_filled_and_long_rows_cut() {
        let rows = vec![
            vec![Cell::text("a")],
            vec![Cell::text("b"), Cell::text("c").across(9)],
        ];
        assert_eq!(shape(&rows, 2), vec![vec![(true, 0, 1), (true, 1, 1)]; 2]);
    }
}
