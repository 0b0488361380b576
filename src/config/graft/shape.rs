//! A value to be written, and its two layouts.

use std::fmt::Write as _;

/// A value that is to be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Shape {
    /// Text, which is written in single quotes.
    Text(String),
    /// `true` or `false`.
    Flag(bool),
    /// A list.
    List(Vec<Shape>),
    /// A mapping.
    Map(Vec<Part>),
}

/// One entry of a [`Shape::Map`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// Lines of comment above it; only a block has them.
    pub remarks: Vec<String>,
    /// The key.
    pub key: String,
    /// The value.
    pub value: Shape,
}

/// How deep a file indents.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Indent {
    /// Columns of a mapping below its key.
    pub(super) mapping: usize,
    /// Columns of a list's dashes below its key.
    pub(super) list: usize,
}

impl Shape {
    /// Text.
    pub fn text(text: impl Into<String>) -> Shape {
        Shape::Text(text.into())
    }

    /// A list of texts.
    pub fn texts<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Shape {
        Shape::List(texts.into_iter().map(Shape::text).collect())
    }

    /// Lines of a block whose keys or dashes stand in a column. Every line ends with a line break.
    pub(super) fn block(&self, column: usize, indent: Indent) -> String {
        let mut lines = String::new();
        match self {
            Shape::Map(parts) if !parts.is_empty() => parts.iter().for_each(|part| part.block(column, indent, &mut lines)),
            Shape::List(items) if !items.is_empty() => {
                lines.extend(items.iter().map(|item| item.item(column, indent)));
            }
            flat => _ = writeln!(lines, "{:column$}{}", "", flat.flow()),
        }
        lines
    }

    /// Lines of a list's item whose dash stands in a column.
    pub(super) fn item(&self, column: usize, indent: Indent) -> String {
        let inner = column + 2;
        let block = self.block(inner, indent);
        // Comments above the first key stand above the dash.
        let body = start_of_body(&block, inner);
        let remarks: String = block[..body].lines().fold(String::new(), |mut remarks, line| {
            _ = writeln!(remarks, "{:column$}{}", "", line.trim_start());
            remarks
        });
        format!("{remarks}{:column$}- {}", "", &block[body + inner..])
    }

    /// The value on one line, without comments.
    pub(super) fn flow(&self) -> String {
        match self {
            Shape::Text(text) => format!("'{}'", text.replace('\'', "''")),
            Shape::Flag(flag) => flag.to_string(),
            Shape::List(items) => format!("[{}]", items.iter().map(Shape::flow).collect::<Vec<_>>().join(", ")),
            Shape::Map(parts) => format!("{{{}}}", parts.iter().map(Part::flow).collect::<Vec<_>>().join(", ")),
        }
    }
}

impl Part {
    /// An entry without comments.
    pub fn new(key: impl Into<String>, value: Shape) -> Part {
        Part { remarks: Vec::new(), key: key.into(), value }
    }

    /// The same entry with one more line of comment above it.
    #[must_use]
    pub fn remark(mut self, remark: impl Into<String>) -> Part {
        self.remarks.push(remark.into());
        self
    }

    pub(super) fn flow(&self) -> String {
        format!("{}: {}", self.key, self.value.flow())
    }

    fn block(&self, column: usize, indent: Indent, lines: &mut String) {
        for remark in &self.remarks {
            _ = writeln!(lines, "{:column$}# {remark}", "");
        }
        _ = write!(lines, "{:column$}{}:", "", self.key);
        let below = match &self.value {
            Shape::Map(parts) if !parts.is_empty() => column + indent.mapping,
            Shape::List(items) if !items.is_empty() => column + indent.list,
            flat => {
                _ = writeln!(lines, " {}", flat.flow());
                return;
            }
        };
        _ = write!(lines, "\n{}", self.value.block(below, indent));
    }
}

/// Where the first line begins that is no comment.
fn start_of_body(block: &str, column: usize) -> usize {
    let comments = block.split_inclusive('\n').take_while(|line| line.get(column..).is_some_and(|line| line.starts_with('#')));
    comments.map(str::len).sum()
}
