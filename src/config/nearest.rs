//! What a misspelt name was probably meant to be.

/// The option that a name is nearest to, when it is near enough to be meant.
pub fn nearest<'a>(name: &str, options: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = name.chars().count();
    let most = (length / 3).max(1);
    let long_enough = options.into_iter().filter(|option| option.chars().count().abs_diff(length) <= most);
    let (changes, option) = long_enough.map(|option| (distance(name, option), option)).min()?;
    (changes <= most).then_some(option)
}

/// How many letters must be changed, added, left out or swapped, letter case aside.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.to_lowercase().chars().collect(), b.to_lowercase().chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<_>>()];
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let changed = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = changed.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(rows[i - 2][j - 2] + 1);
            }
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn distance_counts_changes() {
        assert_eq!(distance("polcy", "policy"), 1);
        assert_eq!(distance("Client_Name", "client_name"), 0);
        assert_eq!(distance("clienst", "clients"), 1);
        assert_eq!(distance("abc", "xyz"), 3);
    }

    #[test]
    fn a_name_far_from_all_is_none() {
        assert_eq!(nearest("polcy", ["domain", "policy"]), Some("policy"));
        assert_eq!(nearest("xyz", ["domain", "policy"]), None);
        assert_eq!(nearest("x", []), None);
        assert_eq!(nearest("polic", ["policies", "policy"]), Some("policy"));
    }
}
