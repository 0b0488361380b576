//! Paths with their dot segments and double slashes removed, as Go's `path.Clean` and the server's own wrapper do it.

/// The shortest equivalent path; `.` for an empty one. Never ends with a slash except for the root.
pub fn clean(path: &[u8]) -> Vec<u8> {
    let rooted = path.first() == Some(&b'/');
    let mut kept: Vec<&[u8]> = Vec::new();
    for segment in path.split(|byte| *byte == b'/') {
        match segment {
            b"" | b"." => {}
            b".." => match kept.last() {
                Some(&last) if last != b".." => drop(kept.pop()),
                _ if rooted => {}
                _ => kept.push(segment),
            },
            _ => kept.push(segment),
        }
    }
    let joined = kept.join(&b'/');
    match (rooted, joined.is_empty()) {
        (true, _) => [b"/".as_slice(), &joined].concat(),
        (false, true) => b".".to_vec(),
        (false, false) => joined,
    }
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn dots_and_double_slashes_go() {
        let cleaned = |path: &str| String::from_utf8(clean(path.as_bytes())).unwrap();
        for (path, expected) in [
            ("", "."),
            ("/", "/"),
            ("//", "/"),
            ("/a//b/", "/a/b"),
            ("/a/../../b", "/b"),
            ("a/../..", ".."),
            ("./a/./b", "a/b"),
            ("../../a", "../../a"),
            ("/..", "/"),
        ] {
            assert_eq!(cleaned(path), expected, "{path}");
        }
    }
}
