//! Configuration files from the command line: files, directories and standard input, read as the server would.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::bearer::{Engine, Target};
use crate::config::{self, Config, ProblemKind};
use crate::cores;
use crate::diagnostic::{Authelia, Diagnostic};
use crate::error::{Failure, Hinted as _};
use crate::host::{Host, read_limited};
use crate::lint::{self, Settings};
use crate::source::{Source, Sources};

/// Reads files and directories in the order given; `-` is standard input. Of a directory the server takes `*.yml` and `*.yaml`, by name.
pub(super) fn read(paths: &[PathBuf], host: &mut Host<'_>) -> Result<Sources, Failure> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(files_of(path)?);
        } else {
            files.push(path.clone());
        }
    }
    let mut sources = Sources::default();
    for (file, source) in files.iter().zip(read_all(&files)) {
        sources.add(match source {
            Some(source) => source?,
            None => Source::new(file.display().to_string(), text(host.read_stdin()?, "standard input")?),
        });
    }
    Ok(sources)
}

/// Reads them into a configuration, and fails where the server would leave a file out: what it says would be missed.
pub(super) fn load(paths: &[PathBuf], host: &mut Host<'_>) -> Result<Config, Failure> {
    let config = config::load(read(paths, host)?);
    check_that_all_files_read(&config, |_| false)?;
    Ok(config)
}

/// What decides by a configuration.
pub(super) fn compile(config: &Config, target: Target) -> Result<Engine, Failure> {
    Engine::compile(config, target).context("what the server would answer cannot be told").hint(SMALLER)
}

/// What helps against a pattern that cannot be matched here.
pub(super) const SMALLER: &str =
    "run 'authkuma lint' for its place, and make it smaller: repetitions within repetitions multiply";

/// Says when the server does not start with a configuration, for whatever is answered about it is then true of none.
pub(super) fn warn_if_refused(config: &Config, target: Target, host: &mut Host<'_>) -> Result<(), Failure> {
    warn_of_refusal(&lint::lint(config, Settings { whole: None, target }), host)
}

/// The same by findings that are at hand.
pub(super) fn warn_of_refusal(findings: &[Diagnostic], host: &mut Host<'_>) -> Result<(), Failure> {
    if findings.iter().any(|finding| finding.authelia == Authelia::Rejects) {
        host.say("warning: the server refuses to start with this configuration; 'authkuma lint' says why")?;
    }
    Ok(())
}

/// Names the first file that the server would leave out, with line and reason, but for what the caller passes over.
pub(super) fn check_that_all_files_read(config: &Config, passed_over: fn(&ProblemKind) -> bool) -> Result<(), Failure> {
    for problem in config.problems.iter().filter(|problem| !passed_over(&problem.kind)) {
        let reason = match &problem.kind {
            ProblemKind::Syntax { message, .. } => message.as_str(),
            ProblemKind::DuplicateKey { .. } => "a key is written twice",
            ProblemKind::Template { .. } => "it holds a template expression, which the server fills in before it reads the file",
            ProblemKind::NoMapping => "it holds no mapping",
            _ => continue,
        };
        let place = problem.span.map_or_else(String::new, |span| {
            let source = config.sources.get(span.source);
            format!("{}:{}: ", source.name(), source.position(span.start).line)
        });
        return Err(Failure::new(format!("the configuration does not read: {place}{reason}"))
            .hint("run 'authkuma lint' on it: it shows what is wrong"));
    }
    Ok(())
}

/// Every file on all cores; none for standard input.
fn read_all(files: &[PathBuf]) -> Vec<Option<Result<Source, Failure>>> {
    let read = |file: &PathBuf| (file != Path::new("-")).then(|| read_file(file));
    cores::map(files, read)
}

fn read_file(path: &Path) -> Result<Source, Failure> {
    let name = path.display().to_string();
    let mut file = File::open(path)
        .with_context(|| format!("cannot read {name}"))
        .hint("name an existing file or directory, or '-' for standard input")?;
    let bytes = read_limited(&mut file, &name)?;
    Ok(Source::new(name.clone(), text(bytes, &name)?))
}

fn files_of(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_file() && path.extension().is_some_and(|ending| ending == "yml" || ending == "yaml"))
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(Failure::new(format!("{} holds no .yml or .yaml file", folder.display()))
            .hint("name the files themselves; the server looks into no folder below"));
    }
    Ok(files)
}

fn text(bytes: Vec<u8>, name: &str) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|error| {
        let (bytes, at) = (error.as_bytes(), error.utf8_error().valid_up_to());
        let encoding = if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") { "UTF-16" } else { "not UTF-8" };
        let before = &bytes[..at];
        let line = before.split(|byte| *byte == b'\n').count();
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
        Failure::new(format!("{name}:{line}:{column}: the text is {encoding}")).hint("store it as UTF-8")
    })
}
