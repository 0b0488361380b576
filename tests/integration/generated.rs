//! The manual pages and completion scripts are what clap makes of the command line. `SNAPSHOTS=overwrite` rewrites them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use authkuma::cli::command;
use clap_complete::{Shell, generate};

#[test]
fn completions_are_current() {
    let shells = [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell, Shell::Elvish];
    let made = shells.map(|shell| {
        let mut script = Vec::new();
        generate(shell, &mut command(), "authkuma", &mut script);
        (clap_complete::Generator::file_name(&shell, "authkuma"), script)
    });
    compare("completions", made.into_iter().collect());
}

#[test]
fn manual_pages_are_current() {
    let mut made = BTreeMap::new();
    pages(&command(), "authkuma", &mut made);
    let embedded: BTreeSet<String> = authkuma::commands::MANUAL_PAGES.iter().map(|(name, _)| format!("{name}.1")).collect();
    assert_eq!(embedded, made.keys().cloned().collect(), "the table in commands/man.rs names other pages than there are");
    for (name, page) in &made {
        let title = String::from_utf8_lossy(page).lines().find(|line| line.starts_with(".TH ")).unwrap_or_default().to_owned();
        assert!(title.contains(env!("CARGO_PKG_VERSION")), "{name}: {title}");
    }
    compare("man", made);
}

#[test]
fn the_page_of_rules_is_current() {
    let page = authkuma::report::rule::markdown();
    let path = root().join("docs/rules.md");
    if std::env::var("SNAPSHOTS").as_deref() == Ok("overwrite") {
        fs::write(&path, &page).unwrap();
    }
    assert!(fs::read_to_string(path).unwrap() == page, "docs/rules.md is stale: SNAPSHOTS=overwrite cargo test makes it anew");
}

#[test]
fn the_page_of_causes_is_current() {
    let page = authkuma::report::probe::markdown(authkuma::probe::diagnosis::table::rows());
    let path = root().join("docs/causes.md");
    if std::env::var("SNAPSHOTS").as_deref() == Ok("overwrite") {
        fs::write(&path, &page).unwrap();
    }
    assert!(fs::read_to_string(path).unwrap() == page, "docs/causes.md is stale: SNAPSHOTS=overwrite cargo test makes it anew");
}

/// The page of a command and of every command below it.
fn pages(command: &clap::Command, name: &str, made: &mut BTreeMap<String, Vec<u8>>) {
    let own = command.clone().name(name.to_owned()).bin_name(name.replace('-', " ")).after_help(authkuma::cli::exit_statuses());
    made.insert(format!("{name}.1"), page(own));
    for below in command.get_subcommands() {
        pages(below, &format!("{name}-{}", below.get_name()), made);
    }
}

#[test]
fn the_readme_has_every_exit_status() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    for outcome in authkuma::outcome::Outcome::ALL {
        let row = format!("| {} | {} |", outcome.status(), outcome.meaning());
        assert!(readme.contains(&row), "README.md lacks: {row}");
    }
}

fn page(command: clap::Command) -> Vec<u8> {
    let mut page = Vec::new();
    // A date would make the page another one every day.
    let source = concat!("authkuma ", env!("CARGO_PKG_VERSION"));
    clap_mangen::Man::new(command).date("").source(source).render(&mut page).unwrap();
    page
}

/// The folder holds exactly what was made.
fn compare(folder: &str, made: BTreeMap<String, Vec<u8>>) {
    let folder = root().join(folder);
    if std::env::var("SNAPSHOTS").as_deref() == Ok("overwrite") {
        for (name, text) in &made {
            fs::write(folder.join(name), text).unwrap();
        }
    }
    let found: BTreeMap<String, Vec<u8>> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
        .collect();
    assert_eq!(found.keys().collect::<Vec<_>>(), made.keys().collect::<Vec<_>>());
    for (name, text) in &made {
        assert!(found[name] == *text, "{name} is stale: SNAPSHOTS=overwrite cargo test makes it anew");
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}
