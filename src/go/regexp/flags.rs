//! The flags of a group: `(?imsU-imsU)`.

/// Which flags are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Flags {
    /// `i`: letters match without regard to case.
    pub(super) fold_case: bool,
    /// `m`: `^` and `$` also match at lines.
    pub(super) multi_line: bool,
    /// `s`: `.` matches `\n`.
    pub(super) dot_all: bool,
    /// `U`: repetitions take little.
    pub(super) ungreedy: bool,
}

impl Flags {
    /// Sets or clears the flag of a letter; false when there is none.
    pub(super) fn set(&mut self, letter: char, on: bool) -> bool {
        match letter {
            'i' => self.fold_case = on,
            'm' => self.multi_line = on,
            's' => self.dot_all = on,
            'U' => self.ungreedy = on,
            _ => return false,
        }
        true
    }

    /// The group that sets exactly these.
    pub(super) fn directive(self) -> String {
        let all = [(self.fold_case, 'i'), (self.multi_line, 'm'), (self.dot_all, 's'), (self.ungreedy, 'U')];
        let letters = |wanted: bool| all.iter().filter(move |(on, _)| *on == wanted).map(|(_, letter)| *letter);
        let (on, off): (String, String) = (letters(true).collect(), letters(false).collect());
        if off.is_empty() { format!("(?{on})") } else { format!("(?{on}-{off})") }
    }
}
