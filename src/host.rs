//! The process as the program sees it: streams, terminal, prompt, environment and clock, so that a test can be the process.

use std::cell::Cell;
use std::io::{self, IsTerminal as _, Read, Write};
use std::time::{Duration, SystemTime};

use crate::error::Failure;
use crate::secret::Secret;
use crate::terminal::printable_lines;

/// Looks up an environment variable.
type Environment<'a> = Box<dyn Fn(&str) -> Option<String> + 'a>;
/// Asks a person for a secret.
type Prompt<'a> = Box<dyn FnMut(&str) -> io::Result<Secret> + 'a>;

/// Everything that leaves or enters the program.
pub struct Host<'a> {
    /// Answers.
    pub stdout: Box<dyn Write + 'a>,
    /// Talk: progress, notes, failures.
    pub stderr: Box<dyn Write + 'a>,
    /// Whether a person reads the answers.
    pub stdout_is_terminal: bool,
    /// Whether a person reads the talk.
    pub stderr_is_terminal: bool,
    /// Columns of the terminal; where none tells, of `COLUMNS`, or 100.
    pub width: usize,
    /// Whether answers may carry colour.
    pub color: bool,
    stdin: Box<dyn Read + 'a>,
    stdin_is_terminal: bool,
    stdin_taken: Cell<bool>,
    environment: Environment<'a>,
    prompt: Prompt<'a>,
}

/// The most that is read of standard input or of one file, in bytes.
pub const READ_LIMIT: u64 = 100 * 1024 * 1024;

/// Columns assumed where no terminal tells.
const WIDTH_WITHOUT_TERMINAL: usize = 100;

impl Host<'static> {
    /// The real process.
    pub fn process() -> Host<'static> {
        let stdout_is_terminal = io::stdout().is_terminal();
        Host {
            stdout: Box::new(io::LineWriter::new(io::stdout())),
            stderr: Box::new(io::stderr()),
            stdout_is_terminal,
            stderr_is_terminal: io::stderr().is_terminal(),
            width: width(),
            color: false,
            stdin: Box::new(io::stdin()),
            stdin_is_terminal: io::stdin().is_terminal(),
            stdin_taken: Cell::new(false),
            environment: Box::new(|name| std::env::var(name).ok()),
            prompt: Box::new(|text| rpassword::prompt_password(text).map(Secret::new)),
        }
    }
}

fn width() -> usize {
    let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    // Some terminals, such as those of CI runners, know no size.
    let asked = || std::env::var("COLUMNS").ok()?.parse().ok().filter(|width| *width > 0);
    terminal().or_else(asked).unwrap_or(WIDTH_WITHOUT_TERMINAL)
}

impl<'a> Host<'a> {
    /// A process of a test's making: given standard input, streams that are no terminal, an empty environment, no one to ask.
    pub fn scripted(stdin: &'a [u8], stdout: &'a mut Vec<u8>, stderr: &'a mut Vec<u8>) -> Host<'a> {
        Host {
            stdout: Box::new(stdout),
            stderr: Box::new(stderr),
            stdout_is_terminal: false,
            stderr_is_terminal: false,
            width: WIDTH_WITHOUT_TERMINAL,
            color: false,
            stdin: Box::new(stdin),
            stdin_is_terminal: false,
            stdin_taken: Cell::new(false),
            environment: Box::new(|_| None),
            prompt: Box::new(|_| Err(io::Error::from(io::ErrorKind::NotConnected))),
        }
    }

    /// The same process with an environment of its own.
    #[must_use]
    pub fn with_environment(mut self, environment: impl Fn(&str) -> Option<String> + 'a) -> Host<'a> {
        self.environment = Box::new(environment);
        self
    }

    /// Whether standard input is a terminal, so that reading it means asking a person.
    pub fn stdin_is_terminal(&self) -> bool {
        self.stdin_is_terminal
    }

    /// An environment variable; empty counts as unset.
    pub fn variable(&self, name: &str) -> Option<String> {
        (self.environment)(name).filter(|value| !value.is_empty())
    }

    /// The wall clock.
    pub fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    /// Seconds since 1970.
    pub fn unix_time(&self) -> u64 {
        self.now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs()
    }

    /// Standard input, which can be had once.
    pub fn take_stdin(&mut self) -> Result<&mut (dyn Read + 'a), Failure> {
        if self.stdin_taken.replace(true) {
            return Err(Failure::usage("standard input is named twice").hint("give one of the two as a file"));
        }
        Ok(&mut *self.stdin)
    }

    /// All of standard input, up to [`READ_LIMIT`].
    pub fn read_stdin(&mut self) -> Result<Vec<u8>, Failure> {
        read_limited(self.take_stdin()?, "standard input")
    }

    /// Asks for a secret on the terminal without showing it.
    pub fn ask_secret(&mut self, question: &str) -> io::Result<Secret> {
        (self.prompt)(question)
    }

    /// Writes a line of talk; nothing in it steers the terminal.
    pub fn say(&mut self, line: impl AsRef<str>) -> io::Result<()> {
        writeln!(self.stderr, "{}", printable_lines(line.as_ref()))
    }
}

/// Reads to the end, up to [`READ_LIMIT`]; `name` is for the failure.
pub fn read_limited(reader: &mut dyn Read, name: &str) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    reader
        .take(READ_LIMIT + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::from(anyhow::Error::from(error).context(format!("cannot read {name}"))))?;
    if bytes.len() as u64 > READ_LIMIT {
        return Err(Failure::new(format!("{name} is larger than {} MB", READ_LIMIT / 1024 / 1024))
            .hint("give the configuration alone; no configuration is that large"));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standard_input_is_read_once() {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut host = Host::scripted(b"abc", &mut out, &mut err);
        assert_eq!(host.read_stdin().unwrap(), b"abc");
        assert!(host.read_stdin().is_err());
    }
}
