//! Where the database lies, and the private copy of one that is in use.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::Deserialize;

use super::private_folder::PrivateFolder;
use super::{COPY_LIMIT, DatabaseError};

/// A database and the ways to open it without changing anything beside it.
pub(super) struct Place {
    /// The file as it was named.
    named: PathBuf,
    /// The same without symbolic links: SQLite keeps its log beside what a link points to.
    file: PathBuf,
    /// Endings of the files that hold some of its data.
    companions: Vec<&'static str>,
    copy: Option<PrivateFolder>,
}

/// What the copy is called in its folder.
const COPY: &str = "kuma.db";
/// The files beside a database that hold some of its data. The index `-shm` is made anew for a copy.
const COMPANIONS: [&str; 2] = ["-wal", JOURNAL];
const JOURNAL: &str = "-journal";
/// What a journal ends with that names another one, which SQLite takes away when it is done.
const NAMES_OTHERS: [u8; 8] = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];
/// How often a copy is tried while the database is being written to.
const ATTEMPTS: u32 = 5;
/// What an SQLite database begins with.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

impl Place {
    pub(super) fn find(path: &Path) -> Result<Place, DatabaseError> {
        let metadata = fs::metadata(path).map_err(|error| DatabaseError::Unreadable(path.to_owned(), error))?;
        let named = if metadata.is_dir() { path.join("kuma.db") } else { path.to_owned() };
        refuse_mariadb(&named)?;
        if metadata.is_dir() && !named.exists() {
            return Err(DatabaseError::NoDatabase(path.to_owned()));
        }
        check_magic(&named)?;
        let file = fs::canonicalize(&named).map_err(|error| DatabaseError::Unreadable(named.clone(), error))?;
        refuse_mariadb(&file)?;
        Ok(Place { companions: companions(&file), named, file, copy: None })
    }

    /// The file as it was named, for messages.
    pub(super) fn named(&self) -> &Path {
        &self.named
    }

    /// Whether there is nothing beside it.
    pub(super) fn is_alone(&self) -> bool {
        self.companions.is_empty()
    }

    /// Whether a log lies beside it together with its index, so that a reader makes neither.
    pub(super) fn is_shared(&self) -> bool {
        self.companions == ["-wal"] && with_suffix(&self.file, "-shm").exists()
    }

    /// Copies what cannot be opened where it lies.
    pub(super) fn copy(&mut self) -> Result<(), DatabaseError> {
        if !self.is_alone() {
            self.copy = Some(self.copied()?);
        }
        Ok(())
    }

    /// Takes the names of a copy away, which holds secrets: what SQLite has open stays readable until it closes it, and nothing is left behind
    /// however the process ends.
    pub(super) fn unname_copy(&mut self) {
        self.copy = None;
    }

    /// A copy with the companions; made again when one of them changed meanwhile, because the two must be of one moment.
    fn copied(&self) -> Result<PrivateFolder, DatabaseError> {
        let unreadable = |error| DatabaseError::Unreadable(self.named.clone(), error);
        let folder = PrivateFolder::make().map_err(|error| DatabaseError::Unreadable(std::env::temp_dir(), error))?;
        for _ in 0..ATTEMPTS {
            let before = state(&self.file, &self.companions);
            let bytes: u64 = before.iter().flatten().map(|(bytes, _)| bytes).sum();
            if bytes > COPY_LIMIT {
                return Err(DatabaseError::Huge(self.named.clone(), bytes));
            }
            for suffix in ["", "-shm"].iter().chain(&COMPANIONS) {
                let _ = fs::remove_file(with_suffix(&folder.path().join(COPY), suffix));
            }
            for suffix in [""].iter().chain(&self.companions) {
                copy(&with_suffix(&self.file, suffix), &with_suffix(&folder.path().join(COPY), suffix)).map_err(unreadable)?;
            }
            if state(&self.file, &self.companions) == before {
                let journal = with_suffix(&folder.path().join(COPY), JOURNAL);
                if names_others(&journal).map_err(unreadable)? {
                    return Err(DatabaseError::Journal(self.named.clone()));
                }
                return Ok(folder);
            }
        }
        Err(DatabaseError::Busy(self.named.clone()))
    }

    /// Whether it is a copy with a change in it that was not finished, and that SQLite takes back before it reads.
    pub(super) fn is_unfinished(&self) -> bool {
        self.copy.is_some() && self.companions.contains(&JOURNAL)
    }

    /// The URI to open.
    pub(super) fn uri(&self) -> String {
        match &self.copy {
            Some(folder) if self.is_unfinished() => uri(&folder.path().join(COPY), "mode=rw"),
            Some(folder) => uri(&folder.path().join(COPY), "mode=ro"),
            None if self.is_alone() => uri(&self.file, "immutable=1"),
            None => uri(&self.file, "mode=ro"),
        }
    }
}

/// Fails where the folder of a file says that the data is elsewhere.
fn refuse_mariadb(file: &Path) -> Result<(), DatabaseError> {
    match file.parent().map(configured_kind).transpose()?.flatten() {
        Some(kind) => Err(DatabaseError::MariaDb(kind)),
        None => Ok(()),
    }
}

/// The kind of database in `db-config.json`, when it is not SQLite. Uptime Kuma 1.23 has no such file.
fn configured_kind(folder: &Path) -> Result<Option<String>, DatabaseError> {
    #[derive(Deserialize)]
    struct Configuration {
        r#type: String,
    }
    let path = folder.join("db-config.json");
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(DatabaseError::Unreadable(path, error)),
    };
    // The rest of it may be a password: nothing of it is kept, and no error text either.
    match serde_json::from_reader(file.take(1024 * 1024)) {
        Ok(Configuration { r#type }) if r#type == "sqlite" => Ok(None),
        Ok(Configuration { r#type }) if r#type.ends_with("mariadb") => Ok(Some(r#type)),
        _ => Err(DatabaseError::Configuration(path)),
    }
}

fn check_magic(file: &Path) -> Result<(), DatabaseError> {
    let unreadable = |error| DatabaseError::Unreadable(file.to_owned(), error);
    if !fs::metadata(file).map_err(unreadable)?.is_file() {
        return Err(DatabaseError::NotSqlite(file.to_owned()));
    }
    let mut start = Vec::new();
    File::open(file).and_then(|opened| opened.take(MAGIC.len() as u64).read_to_end(&mut start)).map_err(unreadable)?;
    match start.as_slice() {
        [] => Err(DatabaseError::Empty(file.to_owned())),
        start if start == MAGIC => Ok(()),
        _ => Err(DatabaseError::NotSqlite(file.to_owned())),
    }
}

fn companions(file: &Path) -> Vec<&'static str> {
    let holds_data = |suffix: &&str| fs::metadata(with_suffix(file, suffix)).is_ok_and(|metadata| metadata.len() > 0);
    COMPANIONS.into_iter().filter(holds_data).collect()
}

/// Whether a journal, which may be absent, is one of a change to several databases.
fn names_others(journal: &Path) -> io::Result<bool> {
    let mut file = match File::open(journal) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        opened => opened?,
    };
    let length = NAMES_OTHERS.len() as u64;
    file.seek(SeekFrom::Start(file.metadata()?.len().saturating_sub(length)))?;
    let mut end = Vec::new();
    file.take(length).read_to_end(&mut end)?;
    Ok(end == NAMES_OTHERS)
}

fn with_suffix(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Copies a file into one that only this user can read.
fn copy(from: &Path, to: &Path) -> io::Result<u64> {
    io::copy(&mut File::open(from)?, &mut OpenOptions::new().write(true).create_new(true).mode(0o600).open(to)?)
}

/// Size and time of the last change of each file.
fn state(file: &Path, companions: &[&str]) -> Vec<Option<(u64, Option<SystemTime>)>> {
    let of = |suffix: &&str| {
        let metadata = fs::metadata(with_suffix(file, suffix)).ok()?;
        Some((metadata.len(), metadata.modified().ok()))
    };
    [""].iter().chain(companions).map(of).collect()
}

const HEX: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];

/// A file name as SQLite wants it in a URI.
fn uri(path: &Path, query: &str) -> String {
    let mut uri = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => uri.push(char::from(*byte)),
            other => uri.extend(['%', HEX[usize::from(other >> 4)], HEX[usize::from(other & 15)]]),
        }
    }
    uri + "?" + query
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_copy_is_private() {
        let folder = PrivateFolder::make().unwrap();
        let path = folder.path();
        let open = path.join("open");
        fs::write(&open, "").unwrap();
        fs::set_permissions(&open, fs::Permissions::from_mode(0o644)).unwrap();
        copy(&open, &path.join("private")).unwrap();
        assert_eq!(fs::metadata(path.join("private")).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_file_name_cannot_end_the_uri() {
        assert_eq!(uri(Path::new("/a b?c#d%é.db"), "mode=ro"), "file:/a%20b%3Fc%23d%25%C3%A9.db?mode=ro");
    }
}
