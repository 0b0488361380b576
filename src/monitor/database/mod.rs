//! Uptime Kuma's SQLite database, read without leaving a trace beside it.
//!
//! A running Uptime Kuma keeps most of its data in `kuma.db-wal`. A database without one is opened as a file that does not change. One with it
//! is read beside the running program; where that cannot be, or would make files, both are copied and the copy is read.

mod bounds;
mod place;
mod private_folder;
mod rows;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::{Generation, Monitor};
use bounds::Deadline;
use place::Place;
use rows::Unread;

/// What was read of a database.
#[derive(Debug)]
pub struct Database {
    /// Which Uptime Kuma wrote it.
    pub generation: Generation,
    /// Every monitor, in the order of the numbers.
    pub monitors: Vec<Monitor>,
    /// What the reader should know although it is no failure.
    pub notes: Vec<String>,
}

/// Why there is nothing to read.
#[derive(Debug)]
pub enum DatabaseError {
    /// The file, or one beside it, cannot be read.
    Unreadable(PathBuf, io::Error),
    /// It holds nothing.
    Empty(PathBuf),
    /// It does not begin as an SQLite database does.
    NotSqlite(PathBuf),
    /// It is a folder without `kuma.db` in it.
    NoDatabase(PathBuf),
    /// The data is in MariaDB; the text is the kind that `db-config.json` names.
    MariaDb(String),
    /// `db-config.json` names no kind of database.
    Configuration(PathBuf),
    /// It would have to be copied and is larger than [`COPY_LIMIT`], in bytes.
    Huge(PathBuf, u64),
    /// It changed during each attempt to copy it.
    Busy(PathBuf),
    /// The journal beside it is one of a change to several databases.
    Journal(PathBuf),
    /// It has no table of monitors.
    NoMonitors(PathBuf),
    /// It holds more monitors than [`MOST_MONITORS`].
    TooMany(PathBuf),
    /// Its monitors' texts take more than [`MOST_BYTES`], or SQLite more memory than it may.
    TooLarge(PathBuf),
    /// It is not read within [`TIME_LIMIT`].
    Slow(PathBuf),
    /// SQLite cannot read it.
    Sqlite(PathBuf, rusqlite::Error),
}

/// The largest database that is copied, its write-ahead log included, in bytes.
pub const COPY_LIMIT: u64 = 4 * 1024 * 1024 * 1024;
/// The most monitors that are read.
pub const MOST_MONITORS: usize = 100_000;
/// The most bytes of the texts of all monitors together.
pub const MOST_BYTES: usize = 64 * 1024 * 1024;
/// The longest that reading an open database may take; a file of gigabytes on a slow disk needs some of it.
pub const TIME_LIMIT: Duration = Duration::from_mins(2);

impl Database {
    /// Reads the monitors of `kuma.db`, or of the data folder that holds it, with the newest heartbeat of each.
    pub fn read(path: &Path) -> Result<Database, DatabaseError> {
        let mut place = Place::find(path)?;
        let connection = open(&mut place)?;
        let file = place.named().to_owned();
        let _deadline = Deadline::set(&connection, TIME_LIMIT);
        let unread = |error| DatabaseError::of(error, &file);
        if !rows::has_table(&connection, "monitor").map_err(unread)? {
            return Err(DatabaseError::NoMonitors(file));
        }
        let is_two = rows::has_table(&connection, "knex_migrations").map_err(unread)?;
        let generation = if is_two { Generation::Two } else { Generation::One };
        let monitors = rows::monitors(&connection).map_err(|error| match error {
            Unread::Sqlite(error) => unread(error),
            Unread::TooMany => DatabaseError::TooMany(file.clone()),
            Unread::TooLarge => DatabaseError::TooLarge(file.clone()),
        })?;
        let mut notes = Vec::new();
        if monitors.is_empty() && place.is_alone() {
            notes.push(format!(
                "{} holds no monitor and no kuma.db-wal lies beside it: a copy of a running Uptime Kuma needs both files",
                file.display()
            ));
        }
        Ok(Database { generation, monitors, notes })
    }
}

fn open(place: &mut Place) -> Result<Connection, DatabaseError> {
    if place.is_shared()
        && let Ok(connection) = connect(place)
    {
        return Ok(connection);
    }
    place.copy()?;
    let connection = connect(place).map_err(|error| DatabaseError::of(error, place.named()))?;
    place.unname_copy();
    Ok(connection)
}

fn connect(place: &Place) -> rusqlite::Result<Connection> {
    let access = if place.is_unfinished() { OpenFlags::SQLITE_OPEN_READ_WRITE } else { OpenFlags::SQLITE_OPEN_READ_ONLY };
    let flags = access | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(place.uri(), flags)?;
    bounds::limit_memory(&connection)?;
    // The file may be anybody's: its schema gets no say in what is called.
    connection.pragma_update(None, "trusted_schema", false)?;
    // All that follows sees one moment of a database that is being written to, and nothing is read before the first question.
    connection.execute_batch("BEGIN; SELECT count(*) FROM sqlite_master;")?;
    Ok(connection)
}

impl fmt::Display for DatabaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DatabaseError::Unreadable(path, _) => write!(f, "cannot read {}", path.display()),
            DatabaseError::Empty(path) => write!(f, "{} is empty", path.display()),
            DatabaseError::NotSqlite(path) => write!(f, "{} is not an SQLite database", path.display()),
            DatabaseError::NoDatabase(path) => write!(f, "there is no kuma.db in {}", path.display()),
            DatabaseError::MariaDb(kind) => write!(f, "this Uptime Kuma keeps its data in MariaDB ({kind}), not in kuma.db"),
            DatabaseError::Configuration(path) => write!(f, "{} names no kind of database", path.display()),
            DatabaseError::Huge(path, bytes) => {
                write!(f, "{} is too large to copy: {} MB", path.display(), bytes / 1024 / 1024)
            }
            DatabaseError::Busy(path) => write!(f, "{} changes faster than it can be copied", path.display()),
            DatabaseError::Journal(path) => {
                write!(f, "{} was left in the middle of a change to several databases", path.display())
            }
            DatabaseError::NoMonitors(path) => write!(f, "{} has no table of monitors", path.display()),
            DatabaseError::TooMany(path) => write!(f, "{} holds more than {MOST_MONITORS} monitors", path.display()),
            DatabaseError::TooLarge(path) => {
                write!(f, "the monitors of {} take more than {} MB", path.display(), MOST_BYTES / 1024 / 1024)
            }
            DatabaseError::Slow(path) => write!(f, "{} is not read within {} seconds", path.display(), TIME_LIMIT.as_secs()),
            DatabaseError::Sqlite(path, _) => write!(f, "cannot read {} as a database", path.display()),
        }
    }
}

impl std::error::Error for DatabaseError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            DatabaseError::Unreadable(_, error) => Some(error),
            DatabaseError::Sqlite(_, error) => Some(error),
            _ => None,
        }
    }
}

impl DatabaseError {
    fn of(error: rusqlite::Error, file: &Path) -> DatabaseError {
        match error.sqlite_error_code() {
            Some(ErrorCode::OutOfMemory | ErrorCode::TooBig) => DatabaseError::TooLarge(file.to_owned()),
            Some(ErrorCode::OperationInterrupted) => DatabaseError::Slow(file.to_owned()),
            _ => DatabaseError::Sqlite(file.to_owned(), error),
        }
    }

    /// What to do about it, as an imperative sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            DatabaseError::Unreadable(..) => "name a file that you may read; in a container it is /app/data/kuma.db",
            DatabaseError::NotSqlite(_) => {
                "name the kuma.db in Uptime Kuma's data folder; in a container it is /app/data/kuma.db"
            }
            DatabaseError::Empty(_) | DatabaseError::NoMonitors(_) => {
                "name the kuma.db in Uptime Kuma's data folder; a copy of a running one needs kuma.db-wal beside it"
            }
            DatabaseError::NoDatabase(_) => "name Uptime Kuma's data folder, or the kuma.db in it",
            DatabaseError::MariaDb(_) => {
                "describe the monitor instead, with 'authkuma trace' and 'authkuma probe'; a MariaDB is not read, and a kuma.db beside it is out of date"
            }
            DatabaseError::Configuration(_) => "start Uptime Kuma once to finish its setup, or name a kuma.db in another folder",
            DatabaseError::Huge(..) | DatabaseError::Busy(_) => {
                "make a copy with \"sqlite3 kuma.db '.backup copy.db'\" and name the copy"
            }
            DatabaseError::Journal(_) => "start Uptime Kuma once so that it ends the change, or name a backup",
            DatabaseError::Slow(_) => "make a copy on a local disk with \"sqlite3 kuma.db '.backup copy.db'\" and name the copy",
            DatabaseError::TooMany(_) | DatabaseError::TooLarge(_) => "name the kuma.db of an Uptime Kuma",
            DatabaseError::Sqlite(..) => "check it with \"sqlite3 kuma.db 'PRAGMA integrity_check'\", or name a backup",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_database_is_named_for_what_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            path
        };
        assert!(matches!(Database::read(&folder.path().join("none")), Err(DatabaseError::Unreadable(..))));
        assert!(matches!(Database::read(folder.path()), Err(DatabaseError::NoDatabase(_))));
        assert!(matches!(Database::read(&write("empty", b"")), Err(DatabaseError::Empty(_))));
        assert!(matches!(Database::read(&write("text", b"hello there")), Err(DatabaseError::NotSqlite(_))));
        let torn = write("torn", &[b"SQLite format 3\0".as_slice(), &[0xff; 600]].concat());
        assert!(matches!(Database::read(&torn), Err(DatabaseError::Sqlite(..))));
        let other = folder.path().join("other");
        Connection::open(&other).unwrap().execute_batch("CREATE TABLE user (id INTEGER)").unwrap();
        assert!(matches!(Database::read(&other), Err(DatabaseError::NoMonitors(_))));
        let view = folder.path().join("view");
        Connection::open(&view).unwrap().execute_batch("CREATE VIEW monitor AS SELECT 1 AS id").unwrap();
        assert!(matches!(Database::read(&view), Err(DatabaseError::NoMonitors(_))));
        write("db-config.json", br#"{"type":"embedded-mariadb","password":"marker"}"#);
        let error = Database::read(&other).unwrap_err();
        assert_eq!(error.to_string(), "this Uptime Kuma keeps its data in MariaDB (embedded-mariadb), not in kuma.db");
    }

    #[test]
    fn what_is_still_in_the_log_is_read_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kuma.db");
        let writer = Connection::open(&path).unwrap();
        writer
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;
                 CREATE TABLE monitor (id INTEGER PRIMARY KEY, name TEXT, type TEXT, oauth_client_secret TEXT, auth_method TEXT);
                 CREATE TABLE heartbeat (id INTEGER PRIMARY KEY, monitor_id INTEGER, status INTEGER, msg TEXT, time TEXT);
                 INSERT INTO monitor VALUES (7, 'Lab', 'keyword', 'marker', 'oauth2-cc');
                 INSERT INTO heartbeat VALUES (1, 7, 1, 'old', '2026-01-01'), (2, 7, 0, 'new', '2026-01-02');",
            )
            .unwrap();
        let before = names(folder.path());
        let read = Database::read(folder.path()).unwrap();
        assert_eq!(read.generation, Generation::One);
        assert_eq!(read.monitors[0].heartbeat.as_ref().unwrap().message, "new");
        assert_eq!(names(folder.path()), before);

        // The log without its index, as a backup holds the two: only a copy is read.
        let backup = tempfile::tempdir().unwrap();
        for name in ["kuma.db", "kuma.db-wal"] {
            std::fs::copy(folder.path().join(name), backup.path().join(name)).unwrap();
        }
        assert_eq!(Database::read(backup.path()).unwrap().monitors.len(), 1);
        assert_eq!(names(backup.path()), ["kuma.db", "kuma.db-wal"]);

        // Once it is open nothing of the copy can be left behind, and it is still read to its end.
        let mut place = Place::find(backup.path()).unwrap();
        let uri = place.uri();
        let connection = open(&mut place).unwrap();
        assert_eq!(place.uri(), uri);
        let count = |table: &str| connection.query_one(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0));
        assert_eq!((count("monitor"), count("heartbeat")), (Ok(1), Ok(2)));

        let alone = tempfile::tempdir().unwrap();
        std::fs::copy(&path, alone.path().join("kuma.db")).unwrap();
        let error = Database::read(alone.path());
        // The schema itself may still be in the log only.
        assert!(matches!(error, Err(DatabaseError::NoMonitors(_) | DatabaseError::Empty(_))), "{error:?}");
        assert_eq!(names(alone.path()), ["kuma.db"]);
    }

    /// A database in the middle of a change that took the monitor away, the journal flushed and not yet removed.
    fn unfinished(folder: &Path) {
        let path = folder.join("writing.db");
        let writer = Connection::open(&path).unwrap();
        writer
            .execute_batch(
                "PRAGMA cache_size = 2; CREATE TABLE monitor (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO monitor VALUES (7, 'Lab');
                 CREATE TABLE filler (text TEXT); BEGIN; DELETE FROM monitor;
                 WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) INSERT INTO filler SELECT hex(zeroblob(2000)) FROM n;",
            )
            .unwrap();
        for suffix in ["", "-journal"] {
            std::fs::copy(folder.join(format!("writing.db{suffix}")), folder.join(format!("kuma.db{suffix}"))).unwrap();
        }
        drop(writer);
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn a_change_that_was_not_finished_is_taken_back_in_a_copy() {
        let folder = tempfile::tempdir().unwrap();
        unfinished(folder.path());
        let state = || ["kuma.db", "kuma.db-journal"].map(|name| std::fs::read(folder.path().join(name)).unwrap());
        let before = state();
        assert!(!before[1].is_empty());
        let read = Database::read(folder.path()).unwrap();
        assert_eq!(read.monitors.iter().map(|monitor| monitor.id).collect::<Vec<i64>>(), [7]);
        assert_eq!(names(folder.path()), ["kuma.db", "kuma.db-journal"]);
        assert!(state() == before);

        // A journal may name a file that SQLite would take away.
        let victim = folder.path().join("victim");
        std::fs::write(&victim, "").unwrap();
        let name = victim.to_str().unwrap().as_bytes();
        let sum: u32 = name.iter().map(|byte| u32::from(*byte)).sum();
        let trailer = [&[0; 4], name, &u32::try_from(name.len()).unwrap().to_be_bytes(), &sum.to_be_bytes()].concat();
        let magic = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];
        std::fs::write(folder.path().join("kuma.db-journal"), [before[1].as_slice(), &trailer, &magic].concat()).unwrap();
        assert!(matches!(Database::read(folder.path()), Err(DatabaseError::Journal(_))));
        assert!(victim.exists());
    }

    #[test]
    fn the_log_beside_what_a_link_points_to_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let (target, links) = (folder.path().join("real"), folder.path().join("links"));
        std::fs::create_dir(&target).unwrap();
        std::fs::create_dir(&links).unwrap();
        let writer = Connection::open(target.join("kuma.db")).unwrap();
        writer
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE monitor (id INTEGER PRIMARY KEY, name TEXT);
                 PRAGMA wal_checkpoint(TRUNCATE); INSERT INTO monitor VALUES (7, 'Lab');",
            )
            .unwrap();
        std::os::unix::fs::symlink("../real/kuma.db", links.join("kuma.db")).unwrap();
        for path in [&links, &links.join("kuma.db")] {
            let read = Database::read(path).unwrap();
            assert_eq!((read.monitors.len(), read.notes.len()), (1, 0));
        }
        std::fs::write(target.join("db-config.json"), br#"{"type":"mariadb"}"#).unwrap();
        assert!(matches!(Database::read(&links), Err(DatabaseError::MariaDb(_))));
        std::fs::remove_file(target.join("db-config.json")).unwrap();
        writer.execute_batch("DROP TABLE monitor").unwrap();
        let error = Database::read(&links).unwrap_err();
        assert_eq!(error.to_string(), format!("{} has no table of monitors", links.join("kuma.db").display()));
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}
