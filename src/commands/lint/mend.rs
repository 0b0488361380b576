//! Mending: what may be mended, and what becomes of it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::commands::{outputs, replacement};
use crate::diagnostic::Safety;
use crate::error::Failure;
use crate::host::Host;
use crate::lint::Repaired;
use crate::report::Look;
use crate::report::diff::diff;
use crate::source::{Source, Sources};

/// Whether to mend.
#[derive(clap::Args, Debug)]
pub(super) struct Mend {
    /// Mend what can be mended safely, and report what is left
    #[arg(long)]
    fix: bool,
    /// With --fix or --diff, also mend what changes who is admitted
    #[arg(long)]
    unsafe_fixes: bool,
    /// Show what --fix would change and write nothing, even beside --fix
    #[arg(long, conflicts_with_all = ["format", "output"])]
    diff: bool,
}

impl Mend {
    /// Up to which safety fixes are applied; none when nothing is to be mended.
    pub(super) fn admitted(&self) -> Option<Safety> {
        let safety = if self.unsafe_fixes { Safety::Unsafe } else { Safety::Safe };
        (self.fix || self.diff).then_some(safety)
    }

    /// Whether files are changed. Who asks for both sees the changes only.
    fn writes(&self) -> bool {
        self.fix && !self.diff
    }

    /// Whether the changes are shown and not made.
    pub(super) fn only_shows(&self) -> bool {
        self.diff
    }

    /// Refuses what cannot be mended.
    pub(super) fn check(&self, paths: &[PathBuf]) -> Result<(), Failure> {
        if self.unsafe_fixes && self.admitted().is_none() {
            return Err(Failure::usage("--unsafe-fixes says what to mend, but not to mend it").hint("add --fix or --diff"));
        }
        if self.writes() && paths.iter().any(|path| path == Path::new("-")) {
            return Err(Failure::usage("standard input cannot be mended in place").hint("name the file, or use --diff"));
        }
        // A pipe is read once only.
        let is_special = |path: &&PathBuf| fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir());
        if let Some(path) = paths.iter().find(is_special).filter(|_| self.writes()) {
            let failure = Failure::usage(format!("{} is no regular file and cannot be mended in place", path.display()));
            return Err(failure.hint("name a file, or use --diff"));
        }
        Ok(())
    }

    /// Refuses a file that was read twice: what is mended in one reading would be missing in the other.
    pub(super) fn check_files(&self, sources: &Sources) -> Result<(), Failure> {
        let names = sources.iter().map(|(_, source)| Path::new(source.name()));
        match outputs::first_repeated(names).filter(|_| self.admitted().is_some()) {
            Some(file) => Err(Failure::usage(format!("{} is given twice and cannot be mended", file.display()))
                .hint("name it once, or leave out the folder that holds it")),
            None => Ok(()),
        }
    }

    /// Writes the changed files, or shows the changes.
    pub(super) fn deliver(&self, repaired: &Repaired, host: &mut Host<'_>) -> Result<(), Failure> {
        let look = Look::of(host);
        if self.writes() {
            write(repaired, host)?;
        } else {
            for (id, before) in &repaired.changed {
                let after = repaired.config.sources.get(*id);
                diff(&Source::new(after.name(), before.clone()), after, &[], look, &mut host.stdout)?;
            }
        }
        for (rule, title) in &repaired.refused {
            host.say(format!("not mended: to {title} ({rule}) would have changed something else too"))?;
        }
        if self.diff && repaired.changed.is_empty() {
            host.say("nothing to mend")?;
        }
        Ok(())
    }
}

/// Writes all files, or none where one is found unfit beforehand, and says what is written even when a later one fails.
fn write(repaired: &Repaired, host: &mut Host<'_>) -> Result<(), Failure> {
    let changed = || repaired.changed.iter().map(|(id, before)| (repaired.config.sources.get(*id), before));
    changed().try_for_each(|(after, before)| replacement::check(after, before))?;
    let mut written = Vec::new();
    let all = changed().try_for_each(|(after, before)| {
        replacement::replace(after, before)?;
        written.push(after.name());
        Ok(())
    });
    for mended in repaired.mended.iter().filter(|mended| written.contains(&&*mended.file)) {
        host.say(format!("mended {}:{}: {} ({})", mended.file, mended.line, mended.title, mended.rule))?;
    }
    all
}
