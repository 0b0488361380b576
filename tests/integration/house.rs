//! The house rules: direction of dependencies, crates in their rooms, file sizes, callers of `expose`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn dependencies_point_up_the_list_of_modules() {
    let order = modules();
    for (file, text) in sources() {
        let room = file.split(['/', '.']).next().unwrap().to_owned();
        let Some(own) = order.iter().position(|module| *module == room) else { continue };
        for (at, other) in order.iter().enumerate() {
            assert!(
                at <= own || !code(&text).contains(&format!("crate::{other}")),
                "{file} uses {other}, which stands below {room}"
            );
        }
    }
}

#[test]
fn every_room_is_in_the_list() {
    let found: BTreeSet<String> = sources()
        .into_iter()
        .map(|(file, _)| file.split(['/', '.']).next().unwrap().to_owned())
        .filter(|room| room != "lib" && room != "main")
        .collect();
    assert_eq!(found, modules().into_iter().collect());
}

#[test]
fn crates_stay_in_their_rooms() {
    let rooms: &[(&str, &[&str])] = &[
        ("clap::", &["commands/", "cli.rs"]),
        ("rpassword::", &["host.rs"]),
        ("pbkdf2::", &["digest/"]),
        ("argon2::", &["digest/"]),
        ("bcrypt::", &["digest/"]),
        ("scrypt::", &["digest/"]),
        ("yescrypt::", &["digest/"]),
        ("hmac::", &["digest/"]),
        ("pulp::", &["digest/"]),
        ("indicatif::", &["commands/"]),
        ("comfy_table::", &["report/"]),
        ("reqwest::", &["probe/"]),
        ("x509_parser::", &["probe/network/"]),
        ("rusqlite::", &["monitor/database/"]),
        ("terminal_size::", &["host.rs"]),
        ("axum::", &["sandbox/"]),
        ("hyper_util::", &["probe/network/", "sandbox/"]),
        ("rcgen::", &["sandbox/"]),
        ("tokio_rustls::", &["sandbox/"]),
    ];
    for (file, text) in sources() {
        for (name, allowed) in rooms {
            let inside = allowed.iter().any(|room| file.starts_with(room));
            assert!(inside || !text.contains(*name), "{file} uses {name}");
        }
    }
}

#[test]
fn the_secret_has_few_ways_out() {
    let callers: BTreeSet<String> =
        sources().into_iter().filter(|(_, text)| code(text).contains(".expose()")).map(|(file, _)| file).collect();
    let allowed = [
        "commands/generate/client.rs",
        "commands/generate/private_file.rs",
        "commands/generate/secret.rs",
        "commands/hash.rs",
        "commands/secret_source.rs",
        "commands/verify/mod.rs",
        "digest/batch.rs",
        "digest/client_secret.rs",
        "digest/mod.rs",
        "digest/recipe.rs",
        "monitor/check/secret.rs",
        "monitor/emit/secret.rs",
        "monitor/mod.rs",
        "probe/journey/mod.rs",
        "probe/journey/request.rs",
        "probe/journey/token.rs",
        "probe/push.rs",
        "probe/wallet.rs",
        "scrub/wire.rs",
    ];
    assert_eq!(callers, allowed.map(str::to_owned).into());
}

#[test]
fn source_files_stay_short() {
    for (file, text) in sources() {
        let lines = code(&text).lines().count();
        assert!(lines <= 400, "{file} has {lines} lines without its tests");
    }
}

#[test]
fn the_readme_names_the_compiler() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let version = manifest.split("rust-version = \"").nth(1).unwrap().split('"').next().unwrap();
    assert!(fs::read_to_string(root.join("README.md")).unwrap().contains(&format!("Rust {version}")));
}

/// A file's text before its tests.
fn code(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or_default()
}

/// The modules in the order of lib.rs.
fn modules() -> Vec<String> {
    let lib = fs::read_to_string(source_folder().join("lib.rs")).unwrap();
    lib.lines().filter_map(|line| line.strip_prefix("pub mod ")).map(|line| line.trim_end_matches(';').to_owned()).collect()
}

/// Every source file by its path below src, with its text.
fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(&source_folder(), &mut found);
    assert!(found.len() > 10);
    found
}

fn collect(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            collect(&entry, found);
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            let name = entry.strip_prefix(source_folder()).unwrap().to_str().unwrap().to_owned();
            found.push((name, fs::read_to_string(&entry).unwrap()));
        }
    }
}

fn source_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}
