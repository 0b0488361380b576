//! Bounds on what SQLite may take for a database that may be anybody's.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use rusqlite::{Connection, InterruptHandle};

/// The most memory that SQLite takes, in bytes. It bounds the length of a value too, which a column may make of nothing.
const MEMORY_LIMIT: usize = 256 * 1024 * 1024;
/// How often a query is interrupted once its time is over: one that begins just then is not met by the first time.
const AGAIN: Duration = Duration::from_millis(100);

/// Keeps SQLite from taking all memory; for the whole process, as SQLite has it.
pub(super) fn limit_memory(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(&format!("PRAGMA hard_heap_limit = {MEMORY_LIMIT}"))
}

/// A limit on the time of all queries of a connection; it ends with this.
pub(super) struct Deadline {
    _alive: Sender<()>,
}

impl Deadline {
    pub(super) fn set(connection: &Connection, limit: Duration) -> Deadline {
        let (alive, end) = channel();
        let handle: InterruptHandle = connection.get_interrupt_handle();
        thread::spawn(move || {
            let mut wait = limit;
            while end.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                handle.interrupt();
                wait = AGAIN;
            }
        });
        Deadline { _alive: alive }
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::ErrorCode;

    use super::*;

    const ENDLESS: &str = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

    #[test]
    fn no_query_runs_without_end() {
        let connection = Connection::open_in_memory().unwrap();
        let _deadline = Deadline::set(&connection, Duration::from_millis(1));
        for _ in 0..2 {
            let error = connection.query_one(ENDLESS, [], |row| row.get::<_, i64>(0)).unwrap_err();
            assert_eq!(error.sqlite_error_code(), Some(ErrorCode::OperationInterrupted));
        }
    }

    #[test]
    fn no_value_takes_all_memory() {
        let connection = Connection::open_in_memory().unwrap();
        limit_memory(&connection).unwrap();
        let error = connection.query_one("SELECT length(hex(zeroblob(400000000)))", [], |row| row.get::<_, i64>(0)).unwrap_err();
        assert_eq!(error.sqlite_error_code(), Some(ErrorCode::OutOfMemory));
    }
}
