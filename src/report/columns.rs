//! Rows in columns, of which no word is broken: a column whose words find no room stands below its row. Without a terminal a row is one
//! line.

use std::array;
use std::io::{self, Write};

use comfy_table::{CellAlignment, Column, ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle, Width, presets};

use super::Look;
use super::wrap::{printable, wrap};

/// Columns that a table takes even on the narrowest terminal.
const NARROWEST: usize = 40;
/// Blanks before what stands below a row.
const INDENT: usize = 4;
/// A line below the header, and no other.
const RULED: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// Rows of cells under a header. The first cell names its row, and stays whole in its place.
pub(super) struct Columns<const N: usize> {
    header: [&'static str; N],
    rows: Vec<[String; N]>,
    is_ruled: bool,
    numbers: Option<usize>,
}

impl<const N: usize> Columns<N> {
    /// No rows yet.
    pub(super) fn new(header: [&'static str; N]) -> Columns<N> {
        Columns { header, rows: Vec::new(), is_ruled: false, numbers: None }
    }

    /// The same with a line below the header.
    pub(super) fn ruled(self) -> Columns<N> {
        Columns { is_ruled: true, ..self }
    }

    /// The same with a column of numbers, which stand at its right.
    pub(super) fn numbers(self, column: usize) -> Columns<N> {
        Columns { numbers: Some(column), ..self }
    }

    /// Puts one more row below.
    pub(super) fn add(&mut self, cells: [String; N]) {
        let mut cells = cells.map(|cell| cell.chars().map(printable).collect::<String>());
        if let Some(name) = cells.first_mut().filter(|name| name.is_empty() || name.starts_with(' ')) {
            *name = format!("-{name}");
        }
        self.rows.push(cells);
    }

    /// Writes them all; `paint` gives a row's colour.
    pub(super) fn write(&self, look: Look, paint: impl Fn(&[String; N]) -> Option<u8>, out: &mut dyn Write) -> io::Result<()> {
        let width = look.width.max(NARROWEST);
        let below = if look.is_terminal { self.below(width) } else { Vec::new() };
        let lines = self.lines(width, &below, look.is_terminal);
        let head = lines.len().saturating_sub(self.rows.len());
        for line in lines.iter().take(head).flatten() {
            writeln!(out, "{line}")?;
        }
        for (row, lines) in self.rows.iter().zip(lines.iter().skip(head)) {
            let (begin, end) = match paint(row).filter(|_| look.color) {
                Some(color) => (format!("\u{1b}[{color}m"), "\u{1b}[0m"),
                None => (String::new(), ""),
            };
            for line in lines {
                writeln!(out, "{begin}{line}{end}")?;
            }
            for column in &below {
                self.write_below(row, *column, width, out)?;
            }
        }
        Ok(())
    }

    fn write_below(&self, row: &[String; N], column: usize, width: usize, out: &mut dyn Write) -> io::Result<()> {
        let (Some(cell), Some(name)) = (row.get(column).filter(|cell| !cell.is_empty()), self.header.get(column)) else {
            return Ok(());
        };
        let name = if name.is_empty() { String::new() } else { format!("{name}: ") };
        let hanging = INDENT + name.chars().count();
        let text = wrap(cell, width.saturating_sub(hanging)).replace('\n', &format!("\n{:hanging$}", ""));
        writeln!(out, "{:INDENT$}{name}{text}", "")
    }

    /// The columns that find no room beside the others, those with the widest words first to go.
    fn below(&self, width: usize) -> Vec<usize> {
        let least = self.least();
        let mut taken: usize = least.iter().sum();
        let mut widest_first: Vec<(usize, usize)> = least.into_iter().enumerate().skip(1).collect();
        widest_first.sort_by_key(|(_, least)| std::cmp::Reverse(*least));
        let mut below = Vec::new();
        for (column, least) in widest_first {
            if taken <= width {
                break;
            }
            taken -= least;
            below.push(column);
        }
        below.sort_unstable();
        below
    }

    /// What each column takes at least: its widest word and the blanks beside it.
    fn least(&self) -> [usize; N] {
        let mut words = Table::new();
        let stacked = |cells: [&str; N]| {
            let mut column = 0..;
            cells.map(|cell| if column.next() == Some(0) { cell.to_owned() } else { cell.replace(' ', "\n") })
        };
        words.set_header(stacked(self.header));
        words.add_rows(self.rows.iter().map(|row| stacked(row.each_ref().map(String::as_str))));
        let widths = words.column_max_content_widths();
        let padding = |column| words.column(column).map_or(0, Column::padding_width);
        array::from_fn(|column| usize::from(widths.get(column).copied().unwrap_or_default() + padding(column)))
    }

    /// The lines of the header, of what stands below it, and of each row.
    fn lines(&self, width: usize, below: &[usize], wraps: bool) -> Vec<Vec<String>> {
        let mut table = Table::new();
        table.load_style(if self.is_ruled { RULED } else { presets::NOTHING });
        table.set_header(self.header).add_rows(self.rows.iter().map(<[String; N]>::each_ref));
        if wraps {
            table.set_content_arrangement(ContentArrangement::Dynamic).set_width(fit(width));
            for (column, least) in table.column_iter_mut().zip(self.least()) {
                column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(fit(least))));
            }
        }
        for column in below {
            if let Some(column) = table.column_mut(*column) {
                column.set_constraint(ColumnConstraint::Hidden);
            }
        }
        if let Some(numbers) = self.numbers.and_then(|column| table.column_mut(column)) {
            numbers.set_cell_alignment(CellAlignment::Right);
        }
        let mut lines: Vec<Vec<String>> = Vec::new();
        for line in table.lines() {
            let line = line.strip_prefix(' ').unwrap_or(&line).trim_end();
            match lines.last_mut() {
                // Further lines of a row begin with blanks: its first cell has one line.
                Some(row) if line.is_empty() || line.starts_with(' ') => row.push(line.to_owned()),
                _ => lines.push(vec![line.to_owned()]),
            }
        }
        lines
    }
}

fn fit(width: usize) -> u16 {
    u16::try_from(width).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(rows: &[[&str; 3]], width: usize, is_terminal: bool) -> String {
        let mut columns = Columns::new(["url", "is", "also let in"]);
        for row in rows {
            columns.add(row.map(str::to_owned));
        }
        let mut out = Vec::new();
        columns.write(Look { color: false, width, is_terminal }, |_| None, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    const ROWS: [[&str; 3]; 2] =
        [["https://application.example.com/", "one two", "client-of-somebody-else and people"], ["x", "", ""]];

    #[test]
    fn words_stay_whole_where_they_have_room() {
        assert_eq!(
            written(&ROWS, 70, true),
            "url                               is       also let in\n\
             https://application.example.com/  one two  client-of-somebody-else\n\
             \x20                                          and people\nx\n"
        );
    }

    #[test]
    fn a_column_whose_words_have_no_room_stands_below() {
        assert_eq!(
            written(&ROWS, 50, true),
            "url                               is\n\
             https://application.example.com/  one two\n    \
                 also let in: client-of-somebody-else and\n                 \
                              people\nx\n"
        );
        assert!(
            written(&ROWS, 1, true).starts_with("url                               is\nhttps://application.example.com/  one\n")
        );
    }

    #[test]
    fn without_a_terminal_a_row_is_one_line() {
        assert_eq!(
            written(&ROWS, 40, false),
            "url                               is       also let in\n\
             https://application.example.com/  one two  client-of-somebody-else and people\nx\n"
        );
    }

    #[test]
    fn a_cell_cannot_steer_a_terminal_or_begin_a_line() {
        assert_eq!(written(&[["a\nb", "\u{1b}[2J", ""], ["", "c", "d"]], 80, true).lines().count(), 3);
        assert!(!written(&[["a\nb", "\u{1b}[2J\u{202e}", ""]], 80, true).contains(['\u{1b}', '\u{202e}']));
    }

    proptest::proptest! {
        #[test]
        fn every_word_of_every_row_is_there_whole(
            rows in proptest::collection::vec(("[a-z漢/]{1,60}", "[a-z ]{0,30}", "[a-z漢:]{0,50} [a-z]{0,20}"), 0..5),
            width in 1usize..120,
        ) {
            let rows: Vec<[&str; 3]> = rows.iter().map(|(a, b, c)| [a.as_str(), b, c]).collect();
            let shown = written(&rows, width, true);
            let mut words: Vec<&str> = shown.split_whitespace().collect();
            for word in rows.iter().flatten().flat_map(|cell| cell.split_whitespace()) {
                let at = words.iter().position(|shown| *shown == word);
                proptest::prop_assert!(at.is_some(), "{word} in {shown}");
                words.swap_remove(at.unwrap());
            }
        }
    }
}
