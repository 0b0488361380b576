//! The newest heartbeat of each monitor; of those of one time it is the one that was written last.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, Row};

use super::{Unread, has_table, keep, text};
use crate::monitor::{Heartbeat, Monitor, State};

/// Looks one monitor up, which needs an index.
const OF_ONE: &str =
    "SELECT monitor_id, status, msg, time FROM heartbeat WHERE monitor_id = ?1 ORDER BY time DESC, rowid DESC LIMIT 1";

/// Finds all by going through the table once.
const OF_ALL: &str = "SELECT monitor_id, status, msg, time FROM heartbeat WHERE rowid IN (
    SELECT beat FROM (
        SELECT rowid AS beat, row_number() OVER (PARTITION BY monitor_id ORDER BY time DESC, rowid DESC) AS place FROM heartbeat
    ) WHERE place = 1)";

/// Whether the heartbeats of one monitor are found without going through all.
const HAS_INDEX: &str = "SELECT 1 FROM pragma_index_list('heartbeat') AS list, pragma_index_info(list.name) AS part
    WHERE part.seqno = 0 AND part.name = 'monitor_id' AND NOT list.partial";

/// The newest heartbeats by their monitors' numbers; the table is missing where no check was ever made.
///
/// Uptime Kuma's own index makes a look-up for each monitor far cheaper than going through what may be millions. A database that lost it would
/// have all of them gone through for each monitor.
pub(super) fn newest(
    connection: &Connection,
    monitors: &[Monitor],
    kept: &Cell<usize>,
) -> Result<HashMap<i64, Heartbeat>, Unread> {
    if !has_table(connection, "heartbeat")? {
        return Ok(HashMap::new());
    }
    let ids: HashSet<i64> = monitors.iter().map(|monitor| monitor.id).collect();
    let mut found = HashMap::new();
    let mut add = |row: &Row<'_>| {
        let Ok(id) = row.get(0) else { return Ok(()) };
        if ids.contains(&id) {
            let heartbeat = heartbeat(row)?;
            keep(kept, heartbeat.message.len() + heartbeat.time.len())?;
            found.insert(id, heartbeat);
        }
        Ok::<_, Unread>(())
    };
    if connection.prepare(HAS_INDEX)?.exists([])? {
        let mut statement = connection.prepare(OF_ONE)?;
        for id in &ids {
            let mut rows = statement.query([id])?;
            while let Some(row) = rows.next()? {
                add(row)?;
            }
        }
    } else {
        let mut statement = connection.prepare(OF_ALL)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            add(row)?;
        }
    }
    Ok(found)
}

fn heartbeat(row: &Row<'_>) -> rusqlite::Result<Heartbeat> {
    Ok(Heartbeat {
        state: State::read(text(row.get_ref(1)?).parse().unwrap_or(-1)),
        message: text(row.get_ref(2)?),
        time: text(row.get_ref(3)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::monitor::database::rows::monitors;

    #[test]
    fn the_newest_is_found_with_an_index_and_without() {
        for index in
            ["", "CREATE INDEX a ON heartbeat (monitor_id, time);", "CREATE INDEX a ON heartbeat (time) WHERE status = 1;"]
        {
            let connection = Connection::open_in_memory().unwrap();
            connection
                .execute_batch(&format!(
                    "CREATE TABLE monitor (id INTEGER PRIMARY KEY);
                     INSERT INTO monitor VALUES (1), (2), (3), (4);
                     CREATE TABLE heartbeat (id INTEGER PRIMARY KEY, monitor_id INTEGER, status INTEGER, msg TEXT, time TEXT);
                     {index}
                     INSERT INTO heartbeat VALUES (1, 1, 1, 'newest by time', '2026-02'), (2, 1, 0, 'old', '2026-01'),
                         (3, 2, 0, 'first of two', '2026-01'), (4, 2, 1, 'second of two', '2026-01'), (5, 3, 1, 'no time', NULL),
                         (6, 9, 1, 'of no monitor', '2026-03');"
                ))
                .unwrap();
            let monitors = monitors(&connection).unwrap();
            let shown = monitors.iter().map(|monitor| monitor.heartbeat.as_ref().map(|heartbeat| &*heartbeat.message));
            assert_eq!(
                shown.collect::<Vec<_>>(),
                [Some("newest by time"), Some("second of two"), Some("no time"), None],
                "{index}"
            );
        }
    }

    #[test]
    fn no_look_up_of_one_monitor_goes_through_all() {
        let connection = Connection::open_in_memory().unwrap();
        let has_index = || connection.prepare(HAS_INDEX).unwrap().exists([]).unwrap();
        connection.execute_batch("CREATE TABLE heartbeat (id INTEGER PRIMARY KEY, monitor_id, time, status)").unwrap();
        connection.execute_batch("CREATE INDEX a ON heartbeat (time, monitor_id)").unwrap();
        connection.execute_batch("CREATE INDEX b ON heartbeat (monitor_id, time) WHERE status = 1").unwrap();
        assert!(!has_index());
        connection.execute_batch("CREATE INDEX c ON heartbeat (monitor_id, time)").unwrap();
        assert!(has_index());
    }
}
