//! The decision table. Rows that know more stand before rows that know less.

mod access;
mod audience;
mod controls;
mod introspection;
mod network;
mod portal;
mod rest;
mod token;

use super::Row;

const PARTS: [&[Row]; 8] =
    [portal::ROWS, token::ROWS, introspection::ROWS, audience::ROWS, access::ROWS, controls::ROWS, network::ROWS, rest::ROWS];

/// Every row, in the order in which they are asked.
pub fn rows() -> impl Iterator<Item = &'static Row> {
    PARTS.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::rows;

    #[test]
    fn ids_are_kebab_case_and_unique() {
        let mut seen = HashSet::new();
        for row in rows() {
            assert!(row.id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{}", row.id);
            assert!(seen.insert(row.id), "{} twice", row.id);
            assert!(!row.cause.is_empty() && !row.fix.is_empty() && !row.cause.ends_with('.'), "{}", row.id);
        }
        assert!(seen.len() > 60, "{}", seen.len());
    }
}
