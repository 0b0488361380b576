//! Several texts below one another, each under a heading that says where it belongs.

use std::io::{self, Write};

use super::Look;

/// The texts in their order.
#[derive(Default)]
pub struct Pieces(Vec<Section>);

/// One text with its heading. It may hold a secret, so it is not for debugging.
pub struct Section {
    heading: String,
    text: String,
}

impl Section {
    /// A text under a heading.
    pub fn new(heading: impl Into<String>, text: impl Into<String>) -> Section {
        Section { heading: heading.into(), text: text.into() }
    }
}

impl Pieces {
    /// Puts one more text below.
    pub fn add(&mut self, section: Section) {
        self.0.push(section);
    }

    /// Writes them all; a heading is a line that every format here but Lua takes for a comment.
    pub fn write(&self, look: Look, out: &mut dyn Write) -> io::Result<()> {
        for (at, section) in self.0.iter().enumerate() {
            if at > 0 {
                writeln!(out)?;
            }
            let heading = format!("# ==== {} ====", section.heading);
            if look.color {
                writeln!(out, "\u{1b}[1m{heading}\u{1b}[0m")?;
            } else {
                writeln!(out, "{heading}")?;
            }
            write!(out, "{}", section.text)?;
            if !section.text.ends_with('\n') {
                writeln!(out)?;
            }
        }
        Ok(())
    }
}
