//! What the real server said of digests, recorded: it made some, and took or refused others.

use authkuma::cores;
use authkuma::digest::{Digest, without_storage_prefix};
use authkuma::host::Host;
use authkuma::secret::Secret;
use serde_json::Value;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../vectors/digests.json")).unwrap()
}

fn rows(kind: &str) -> Vec<Value> {
    let rows = vectors()[kind].as_array().unwrap().clone();
    assert!(rows.len() > 30, "{kind}");
    rows
}

fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row[field].as_str().unwrap()
}

/// Checks every row on all cores; what is wrong with them fails the test together.
fn each(rows: &[Value], check: impl Fn(&Value) -> Result<(), String> + Sync) {
    let cores = cores::count();
    let mut wrong = Vec::new();
    cores::in_order(
        rows,
        cores,
        |row| check(row).map_err(|error| format!("{error}: {row}")),
        |result| {
            wrong.extend(result.err());
            Ok::<(), ()>(())
        },
    )
    .unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_digest_is_taken_or_refused_as_the_server_did() {
    each(&rows("checked"), |row| {
        let given = text(row, "digest");
        let bare = without_storage_prefix(given);
        let found = match Digest::parse(bare.as_deref().unwrap_or(given)) {
            Ok(digest) => Ok(digest.verify(&Secret::new(text(row, "secret").to_owned())).map_err(|error| error.to_string())?),
            Err(error) => Err(error.to_string()),
        };
        match (found, row["matches"].as_bool()) {
            (Ok(found), Some(expected)) if found == expected => Ok(()),
            // It is read, but nothing can be compared with it.
            (Ok(false), None) if text(row, "refused").contains("match error") => Ok(()),
            // The command line names its decoder otherwise than the configuration does.
            (Err(found), None) if found == text(row, "refused").replace("the global decoder", "the decoder") => Ok(()),
            (found, _) => Err(format!("{found:?}")),
        }
    });
}

#[test]
fn what_the_server_makes_is_made_alike_and_what_it_refuses_is_refused() {
    each(&rows("made"), |row| {
        let options = text(row, "options");
        // An option that the server reads and does not look at.
        if options.contains("--profile") {
            return Ok(());
        }
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let argv = ["authkuma", "hash", "--algorithm"].into_iter().chain(options.split(' ')).map(Into::into);
        let outcome = authkuma::run(argv, &mut Host::scripted(text(row, "secret").as_bytes(), &mut out, &mut err));
        let (out, err) = (String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap());
        match row["digest"].as_str() {
            Some(expected) if shape(out.trim_end()) == shape(expected) => Ok(()),
            None if outcome.status() == 2 && out.is_empty() && err.contains("error: ") => Ok(()),
            _ => Err(format!("{outcome:?} {out} {err}")),
        }
    });
}

/// All of a digest but its salt and key, of which the lengths stay.
fn shape(digest: &str) -> Vec<String> {
    let parts: Vec<&str> = digest.split('$').collect();
    let random = if digest.starts_with("$2") { 1 } else { 2 };
    let fixed = parts.len() - random;
    let length = |part: &&str| part.len().to_string();
    parts[..fixed].iter().map(|part| (*part).to_owned()).chain(parts[fixed..].iter().map(length)).collect()
}
