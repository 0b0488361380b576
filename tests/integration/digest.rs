//! Digests, end to end with the real program: configurations, batches, work factors, and the real server where it is at hand.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Output};

use serde_json::Value;

use super::cli::{run, stderr, stdout};

const MARKER: &str = "marker-of-the-secret";

/// A digest of the marker, quickly checked.
fn digest_of(secret: &str) -> String {
    let made = run(&["hash", "--algorithm", "sha2crypt", "--iterations", "1000"], secret);
    stdout(&made).trim().to_owned()
}

/// A fragment whose clients have these values as `client_secret`.
fn configuration(clients: &[(&str, &str)]) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("configuration.yml");
    let client = |(id, secret): &(&str, &str)| format!("      - client_id: '{id}'\n        client_secret: '{secret}'\n");
    let clients: Vec<String> = clients.iter().map(client).collect();
    let text = format!("identity_providers:\n  oidc:\n    clients:\n{}", clients.concat());
    fs::write(&path, text).unwrap();
    let name = path.to_str().unwrap().to_owned();
    (folder, name)
}

#[test]
fn a_configured_client_is_verified_by_its_id_and_alone_without_it() {
    let digest = digest_of(MARKER);
    let (_folder, one) = configuration(&[("kuma", &digest)]);
    assert_eq!(run(&["verify", "-c", &one], MARKER).status.code(), Some(0));
    assert_eq!(run(&["verify", "-c", &one], "another").status.code(), Some(1));
    let (_folder, two) = configuration(&[("kuma", &digest), ("plain", MARKER)]);
    for (client, secret, status) in
        [("kuma", MARKER, 0), ("kuma", "another", 1), ("plain", MARKER, 0), ("plain", "another", 1), ("absent", MARKER, 2)]
    {
        let output = run(&["verify", "-c", &two, "--client", client], secret);
        assert_eq!(output.status.code(), Some(status), "{client}: {}", stderr(&output));
        assert!(!stderr(&output).contains(MARKER) && stdout(&output).is_empty());
    }
    let unnamed = run(&["verify", "-c", &two], MARKER);
    assert_eq!(unnamed.status.code(), Some(2));
    assert!(stderr(&unnamed).contains("--all"), "{}", stderr(&unnamed));
}

#[test]
fn all_finds_the_clients_that_a_secret_belongs_to() {
    let (_folder, path) = configuration(&[
        ("first", &digest_of(MARKER)),
        ("second", &digest_of("another")),
        ("third", MARKER),
        ("broken", "$pbkdf2-sha512$310000$YWFh"),
        ("none", ""),
    ]);
    let secret = tempfile::NamedTempFile::new().unwrap();
    fs::write(&secret, format!("{MARKER}\n")).unwrap();
    let name = secret.path().to_str().unwrap();
    let found = run(&["verify", "--all", "-c", &path, "--secret-file", name], "");
    assert_eq!((found.status.code(), stdout(&found).as_str()), (Some(0), "first\nthird\n"));
    let said = stderr(&found);
    assert!(said.contains("belongs to 2 of 5 clients") && said.contains("'broken' was not compared"), "{said}");
    let nobody = run(&["verify", "--all", "-c", &path], "nobody's");
    assert_eq!((nobody.status.code(), stdout(&nobody).as_str()), (Some(1), ""));
    let document: Value =
        serde_json::from_str(&stdout(&run(&["verify", "--all", "-c", &path, "--format", "json"], MARKER))).unwrap();
    let matches: Vec<Option<bool>> =
        document["results"].as_array().unwrap().iter().map(|result| result["matches"].as_bool()).collect();
    assert_eq!(matches, [Some(true), Some(false), Some(true), None, None]);
    assert_eq!(document["results"][1]["line"], 7);
    assert_eq!(document["results"][1]["path"], "identity_providers.oidc.clients[1].client_secret");
}

#[test]
fn what_cannot_be_compared_is_told_from_a_mismatch() {
    let (_folder, broken) = configuration(&[("kuma", "$pbkdf2-sha512$310000$YWFh")]);
    assert_eq!(run(&["verify", "-c", &broken], MARKER).status.code(), Some(2));
    let (_folder, empty) = configuration(&[("kuma", "")]);
    assert_eq!(run(&["verify", "-c", &empty], MARKER).status.code(), Some(3));
    let (_folder, costly) = configuration(&[("kuma", "$pbkdf2-sha512$99999999999$YWFhYWFhYWE$YWFhYWFhYWE")]);
    assert_eq!(run(&["verify", "-c", &costly], MARKER).status.code(), Some(3));
    assert_eq!(run(&["verify", "-c", &costly, "--all"], MARKER).status.code(), Some(3));
    let undefined = run(&["verify", "$scrypt$ln=99,r=8,p=1$YWFh$YWFh"], MARKER);
    assert_eq!(undefined.status.code(), Some(2));
    assert_eq!(run(&["verify", "-c", "/nonexistent.yml"], MARKER).status.code(), Some(3));
    let folder = tempfile::tempdir().unwrap();
    let torn = folder.path().join("torn.yml");
    fs::write(&torn, "identity_providers: [\n").unwrap();
    let torn = run(&["verify", "-c", torn.to_str().unwrap()], MARKER);
    assert_eq!(torn.status.code(), Some(3));
    assert!(stderr(&torn).contains("authkuma lint"), "{}", stderr(&torn));
}

#[test]
fn a_digest_pasted_as_the_secret_is_recognised() {
    let digest = digest_of(MARKER);
    let (_folder, path) = configuration(&[("kuma", &digest)]);
    for args in [vec!["verify", &digest], vec!["verify", "-c", &path], vec!["verify", "-c", &path, "--all"]] {
        let output = run(&args, &digest);
        assert_eq!(output.status.code(), Some(1));
        assert!(stderr(&output).contains("itself a digest"), "{}", stderr(&output));
    }
    assert!(stderr(&run(&["hash", "--algorithm", "sha2crypt"], &digest)).contains("looks like a digest"));
}

#[test]
fn a_secret_beside_a_configuration_is_refused_and_not_repeated() {
    let (_folder, path) = configuration(&[("kuma", &digest_of(MARKER))]);
    for args in [vec!["verify", "-c", &path, MARKER], vec!["verify", MARKER]] {
        let output = run(&args, "x");
        assert_eq!(output.status.code(), Some(2));
        assert!(!stderr(&output).contains(MARKER), "{args:?}: {}", stderr(&output));
    }
}

#[test]
fn a_batch_keeps_its_order_on_any_number_of_threads() {
    let secrets: Vec<String> = (0..24).map(|at| format!("secret {at}")).collect();
    for (lines, options) in [(secrets.join("\n") + "\n", vec![]), (secrets.join("\0"), vec!["--null", "--jobs", "3"])] {
        let mut args = vec!["hash", "--batch", "--algorithm", "sha2crypt", "--iterations", "1000"];
        args.extend(options);
        let output = run(&args, &lines);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let digests: Vec<String> = stdout(&output).lines().map(str::to_owned).collect();
        assert_eq!(digests.len(), secrets.len());
        for (digest, secret) in digests.iter().zip(&secrets).step_by(5) {
            assert_eq!(run(&["verify", digest], secret).status.code(), Some(0));
        }
    }
    assert_eq!(run(&["hash", "--batch"], "").stdout, b"");
    assert_eq!(run(&["hash", "--batch"], "a\n\nb\n").status.code(), Some(2));
}

#[test]
fn tune_measures_and_proposes_within_the_servers_limits() {
    let output = run(&["tune", "--target-ms", "20", "--algorithm", "sha2crypt", "--monitors", "7", "--format", "json"], "");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let document: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let result = &document["results"][0];
    assert_eq!((&result["algorithm"], &result["default"]["iterations"]), (&"sha512crypt".into(), &50_000.into()));
    let proposed = result["proposed"]["options"].as_str().unwrap();
    let mut args = vec!["hash"];
    args.extend(proposed.split(' '));
    assert_eq!(run(&args, MARKER).status.code(), Some(0), "{proposed}");
    assert_eq!(document["load"]["monitors"], 7);
    let plain = stdout(&run(&["tune", "--target-ms", "20", "--algorithm", "sha2crypt"], ""));
    assert!(plain.contains("authkuma hash --algorithm sha512crypt") && plain.contains("10 s"), "{plain}");
    for hostile in [vec!["tune", "--target-ms", "0"], vec!["tune", "--monitors", "0"], vec!["tune", "--algorithm", "md5"]] {
        assert_eq!(run(&hostile, "").status.code(), Some(2), "{hostile:?}");
    }
}

/// The real server, where `AUTHKUMA_AUTHELIA` names it.
fn authelia() -> Option<String> {
    let named = std::env::var("AUTHKUMA_AUTHELIA").ok().filter(|path| !path.is_empty());
    if named.is_none() {
        // Past the test harness, which keeps to itself what a passing test prints.
        std::io::stderr().write_all(b"skipped: AUTHKUMA_AUTHELIA names no server\n").unwrap();
    }
    named
}

fn ask(server: &str, args: &[&str]) -> Output {
    Command::new(server).args(["crypto", "hash"]).args(args).output().unwrap()
}

#[test]
fn the_real_server_takes_every_kind_of_digest_made_here() {
    const SECRET: &str = "pässwörd 🔑 ~";
    let Some(server) = authelia() else { return };
    for options in [
        "--algorithm pbkdf2",
        "--algorithm pbkdf2 --variant sha1 --salt-size 8",
        "--algorithm pbkdf2-sha224",
        "--algorithm pbkdf2-sha256 --salt-size 33",
        "--algorithm pbkdf2-sha384",
        "--algorithm argon2",
        "--algorithm argon2i --memory 64 --iterations 2 --parallelism 3 --key-size 17",
        "--algorithm argon2d --memory 64 --salt-size 1 --key-size 4",
        "--algorithm scrypt --iterations 10 --block-size 3 --parallelism 2",
        "--algorithm scrypt --iterations 4 --key-size 1",
        "--algorithm yescrypt --iterations 10",
        "--algorithm yescrypt --iterations 3 --block-size 64 --key-size 64 --salt-size 40",
        "--algorithm bcrypt --iterations 10",
        "--algorithm bcrypt-sha256 --iterations 10",
        "--algorithm sha2crypt --iterations 1000 --salt-size 1",
        "--algorithm sha256crypt --iterations 5000",
    ] {
        let mut args = vec!["hash"];
        args.extend(options.split(' '));
        let made = stdout(&run(&args, SECRET));
        let right = ask(&server, &["validate", "--password", SECRET, "--", made.trim()]);
        assert!(stdout(&right).contains("The password matches the digest"), "{options}: {made} {}", stderr(&right));
        let wrong = ask(&server, &["validate", "--password", "wrong", "--", made.trim()]);
        assert!(stdout(&wrong).contains("does not match"), "{options}: {made} {}", stderr(&wrong));
    }
}

#[test]
fn digests_of_the_real_server_verify_here() {
    let Some(server) = authelia() else { return };
    for options in ["pbkdf2", "argon2 -m 64 -s 1", "scrypt -i 4", "scrypt -v yescrypt -i 10", "bcrypt -i 10", "sha2crypt -i 1000"]
    {
        let mut args = vec!["generate"];
        args.extend(options.split(' '));
        args.extend(["--no-confirm", "--password", MARKER]);
        let made = stdout(&ask(&server, &args));
        let digest = made.trim().strip_prefix("Digest: ").unwrap();
        assert_eq!(run(&["verify", digest], MARKER).status.code(), Some(0), "{digest}");
        assert_eq!(run(&["verify", digest], "wrong").status.code(), Some(1), "{digest}");
    }
}
