//! Where a secret comes from: a file, a command, the environment, standard input or the terminal. Never an option's value.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::Context as _;
use clap::Args;
use zeroize::Zeroizing;

use crate::error::{Failure, Hinted as _};
use crate::host::{Host, READ_LIMIT};
use crate::secret::Secret;

/// What commands that read a secret say of its safety.
pub(super) const LIMITS: &str = "Secrets and derived keys are wiped from memory when they are no longer needed. While the \
    program runs, a core dump or the swap space can hold them all the same: 'ulimit -c 0' prevents the one, encrypted swap the \
    other. A secret in an environment variable can be read by whoever may look at the process.";

/// The options that name a secret's source. Without them: the environment, a pipe, the terminal.
#[derive(Args, Debug, Default)]
pub(super) struct SecretSource {
    /// Read the secret from the first line of a file; '-' is standard input
    #[arg(long, value_name = "PATH", conflicts_with = "secret_command")]
    pub(super) secret_file: Option<PathBuf>,
    /// Read the secret from the first line that a shell command prints
    #[arg(long, value_name = "CMD")]
    pub(super) secret_command: Option<String>,
}

/// The variable that names a file with the secret.
pub(super) const FILE_VARIABLE: &str = "AUTHKUMA_CLIENT_SECRET_FILE";
/// The variable that holds the secret.
pub(super) const VARIABLE: &str = "AUTHKUMA_CLIENT_SECRET";

/// How often the terminal asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ask {
    /// Once, for a secret that exists.
    Once,
    /// Twice, for one that is being chosen.
    Twice,
}

impl SecretSource {
    /// The secret from the first of these that is given: option, environment, piped standard input, terminal.
    pub(super) fn read(&self, ask: Ask, host: &mut Host<'_>) -> Result<Secret, Failure> {
        let secret = self.read_given(ask, host)?;
        if secret.is_empty() {
            return Err(
                Failure::usage("the secret is empty").hint("give at least one character; 'authkuma generate secret' makes one")
            );
        }
        Ok(secret)
    }

    /// The file that would be read, whether an option or the environment names it.
    pub(super) fn file(&self, host: &Host<'_>) -> Option<PathBuf> {
        let named = || host.variable(FILE_VARIABLE).filter(|_| self.secret_command.is_none()).map(PathBuf::from);
        self.secret_file.clone().or_else(named)
    }

    fn read_given(&self, ask: Ask, host: &mut Host<'_>) -> Result<Secret, Failure> {
        if let Some(path) = &self.secret_file {
            return if path == Path::new("-") { from_stdin(host) } else { from_file(path) };
        }
        if let Some(command) = &self.secret_command {
            return from_command(command);
        }
        if let Some(path) = host.variable(FILE_VARIABLE) {
            return from_file(Path::new(&path));
        }
        if let Some(value) = host.variable(VARIABLE) {
            return Ok(Secret::new(value));
        }
        if host.stdin_is_terminal() { from_terminal(ask, host) } else { from_stdin(host) }
    }
}

/// What stands between two secrets of many.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Separator {
    /// A line break.
    Line,
    /// A NUL, which no secret holds.
    Null,
}

impl SecretSource {
    /// Many secrets of a file, a command or piped standard input, none of them empty.
    pub(super) fn read_many(&self, separator: Separator, host: &mut Host<'_>) -> Result<Vec<Secret>, Failure> {
        let bytes = match (&self.secret_file, &self.secret_command) {
            (Some(path), _) if path != Path::new("-") => read_file(path)?,
            (None, Some(command)) => run_command(command, COMMAND_PATIENCE)?,
            _ if host.stdin_is_terminal() && self.secret_file.is_none() => {
                return Err(Failure::usage("a batch is not typed").hint("give the secrets with --secret-file or standard input"));
            }
            _ => read_wiped(host.take_stdin()?, "standard input")?,
        };
        split(&bytes, separator)
    }
}

/// The refusal of a secret on the command line; it never repeats what was given.
pub(super) fn on_command_line() -> Failure {
    Failure::usage("a secret does not belong on the command line: other users of the machine can read it there")
        .hint("use --secret-file PATH, --secret-command CMD, standard input, or wait for the prompt")
}

/// A secret from a file's first line.
fn from_file(path: &Path) -> Result<Secret, Failure> {
    first_line(&read_file(path)?, &path.display().to_string())
}

fn read_file(path: &Path) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let name = path.display().to_string();
    let mut file = std::fs::File::open(path)
        .with_context(|| format!("cannot read the secret from {name}"))
        .hint("name a readable file that holds the secret on its first line")?;
    read_wiped(&mut file, &name)
}

fn from_stdin(host: &mut Host<'_>) -> Result<Secret, Failure> {
    first_line(&read_wiped(host.take_stdin()?, "standard input")?, "standard input")
}

fn from_command(command: &str) -> Result<Secret, Failure> {
    first_line(&run_command(command, COMMAND_PATIENCE)?, "the secret command")
}

fn run_command(command: &str, patience: Duration) -> Result<Zeroizing<Vec<u8>>, Failure> {
    const CANNOT_RUN: &str = "cannot run the secret command";
    const TRY_IT: &str = "it is run by 'sh -c'; try it in a shell";
    let mut shell = Command::new("sh");
    let mut child =
        shell.args(["-c", command]).stdin(Stdio::null()).stdout(Stdio::piped()).spawn().context(CANNOT_RUN).hint(TRY_IT)?;
    let (told, printed) = mpsc::channel();
    let output = child.stdout.take();
    // What the command leaves running may hold the output open for ever, so nobody waits for this thread.
    thread::spawn(move || {
        let read = output.map(|mut output| read_wiped(&mut output, "the secret command")).transpose();
        told.send(read.map(Option::unwrap_or_default))
    });
    let Ok(printed) = printed.recv_timeout(patience) else {
        // It may have ended meanwhile.
        let _ = child.kill().and_then(|()| child.wait());
        let error = format!("the secret command gave no answer within {} s", patience.as_secs());
        return Err(Failure::new(error).hint("try it in a shell; it must print the secret and end without asking anything"));
    };
    let status = child.wait().context(CANNOT_RUN).hint(TRY_IT)?;
    if !status.success() {
        return Err(Failure::new(format!("the secret command failed with {status}")).hint("try it in a shell"));
    }
    printed
}

/// How long a secret command may take: a person may have to unlock the store that it reads.
const COMMAND_PATIENCE: Duration = Duration::from_mins(2);

/// Reads to the end into memory that is wiped, also when it has to grow.
fn read_wiped(reader: &mut dyn Read, name: &str) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let mut bytes = Zeroizing::new(vec![0; 4096]);
    let mut length = 0;
    loop {
        match reader.read(&mut bytes[length..]) {
            Ok(0) => break,
            Ok(read) => length += read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(anyhow::Error::from(error).context(format!("cannot read {name}")).into()),
        }
        if length as u64 > READ_LIMIT {
            return Err(Failure::new(format!("{name} is larger than {} MB", READ_LIMIT >> 20)).hint("give the secrets alone"));
        }
        if length == bytes.len() {
            let mut larger = Zeroizing::new(vec![0; 4 * length]);
            larger[..length].copy_from_slice(&bytes);
            bytes = larger;
        }
    }
    bytes.truncate(length);
    Ok(bytes)
}

fn from_terminal(ask: Ask, host: &mut Host<'_>) -> Result<Secret, Failure> {
    const NO_TERMINAL: &str =
        "give the secret with --secret-file, --secret-command or the environment variable AUTHKUMA_CLIENT_SECRET";
    let secret = host.ask_secret("Secret: ").context("cannot ask for the secret on the terminal").hint(NO_TERMINAL)?;
    if ask == Ask::Twice {
        let again = host.ask_secret("Secret again: ").context("cannot ask for the secret on the terminal").hint(NO_TERMINAL)?;
        if secret.expose() != again.expose() {
            return Err(Failure::usage("the two secrets differ").hint("type the same secret twice"));
        }
    }
    Ok(secret)
}

/// The first line without its line break. More lines are a mistake that would otherwise cut a secret silently.
fn first_line(bytes: &[u8], name: &str) -> Result<Secret, Failure> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| Failure::new(format!("the secret from {name} is not UTF-8")).hint("store it as UTF-8 text"))?;
    let line = text.strip_suffix('\n').map_or(text, |line| line.strip_suffix('\r').unwrap_or(line));
    if line.contains('\n') {
        return Err(Failure::usage(format!("{name} holds more than one line")).hint("keep the secret alone on one line"));
    }
    Ok(Secret::new(line.to_owned()))
}

/// The secrets between separators; the last need not be followed by one.
fn split(bytes: &[u8], separator: Separator) -> Result<Vec<Secret>, Failure> {
    let byte = if separator == Separator::Null { 0 } else { b'\n' };
    let body = bytes.strip_suffix(&[byte]).unwrap_or(bytes);
    let parts = body.split(|found| *found == byte).enumerate().map(|(at, part)| {
        let text = std::str::from_utf8(part)
            .map_err(|_| Failure::new(format!("secret number {} is not UTF-8", at + 1)).hint("store the batch as UTF-8 text"))?;
        let text = if separator == Separator::Line { text.strip_suffix('\r').unwrap_or(text) } else { text };
        if text.is_empty() {
            return Err(Failure::usage(format!("secret number {} is empty", at + 1)).hint("leave no empty line in the batch"));
        }
        Ok(Secret::new(text.to_owned()))
    });
    if bytes.is_empty() { Ok(Vec::new()) } else { parts.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_split_at_its_separator_alone() {
        let texts = |bytes: &[u8], separator| -> Vec<String> {
            split(bytes, separator).unwrap().iter().map(|secret| secret.expose().to_owned()).collect()
        };
        assert_eq!(texts(b"a b\r\nc\0d\n", Separator::Line), ["a b", "c\0d"]);
        assert_eq!(texts(b"a\nb\r\0c", Separator::Null), ["a\nb\r", "c"]);
        assert!(texts(b"", Separator::Line).is_empty());
        for hostile in [&b"a\n\nb\n"[..], b"\n", b"a\n\xff\n"] {
            assert!(split(hostile, Separator::Line).is_err(), "{hostile:?}");
        }
    }

    #[test]
    fn memory_grows_with_what_is_read_up_to_a_limit() {
        let long = vec![b'a'; 70_000];
        assert_eq!(*read_wiped(&mut &long[..], "x").unwrap(), long);
        assert_eq!(*read_wiped(&mut &long[..4096], "x").unwrap(), long[..4096]);
        assert!(read_wiped(&mut std::io::repeat(b'a'), "x").is_err());
        assert!(run_command("printf a; exit 3", COMMAND_PATIENCE).is_err());
        // What it leaves running holds its output open.
        let stuck = run_command("sleep 30 & sleep 30", Duration::from_millis(50)).unwrap_err();
        assert!(stuck.line().contains("gave no answer"), "{}", stuck.line());
    }

    #[test]
    fn one_line_break_is_not_part_of_the_secret() {
        assert_eq!(first_line(b"a b \r\n", "x").unwrap().expose(), "a b ");
        assert_eq!(first_line(b"abc", "x").unwrap().expose(), "abc");
        assert!(first_line(b"a\nb\n", "x").is_err());
        assert!(first_line(b"\xff", "x").is_err());
    }

    #[test]
    fn an_option_wins_over_the_environment_and_the_environment_over_a_pipe() {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut host = Host::scripted(b"piped", &mut out, &mut err)
            .with_environment(|name| (name == VARIABLE).then(|| "from environment".to_owned()));
        let none = SecretSource::default();
        assert_eq!(none.read(Ask::Once, &mut host).unwrap().expose(), "from environment");
        let option = SecretSource { secret_command: Some("echo from command".into()), ..SecretSource::default() };
        assert_eq!(option.read(Ask::Once, &mut host).unwrap().expose(), "from command");
        let stdin = SecretSource { secret_file: Some("-".into()), ..SecretSource::default() };
        assert_eq!(stdin.read(Ask::Once, &mut host).unwrap().expose(), "piped");
    }
}
