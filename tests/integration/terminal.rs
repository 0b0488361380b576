//! Prompts on a real pseudo-terminal.

use authkuma::digest::{Algorithm, Choices, Digest, Recipe};
use authkuma::secret::Secret;

const PROGRAM: &str = env!("CARGO_BIN_EXE_authkuma");

#[test]
fn hash_asks_twice_and_echoes_nothing() {
    let mut session = rexpect::spawn(&format!("{PROGRAM} hash --iterations 100000"), Some(30_000)).unwrap();
    session.exp_string("Secret: ").unwrap();
    session.send_line("marker-of-the-secret").unwrap();
    let between = session.exp_string("Secret again: ").unwrap();
    session.send_line("marker-of-the-secret").unwrap();
    let rest = session.exp_eof().unwrap();
    assert!(!between.contains("marker") && !rest.contains("marker"), "{between}{rest}");
    let digest = rest.lines().find(|line| line.starts_with("$pbkdf2-sha512$100000$")).expect(&rest);
    assert!(Digest::parse(digest.trim()).unwrap().verify(&Secret::new("marker-of-the-secret".into())).unwrap());
}

#[test]
fn two_different_answers_are_refused() {
    let mut session = rexpect::spawn(&format!("{PROGRAM} hash"), Some(30_000)).unwrap();
    session.exp_string("Secret: ").unwrap();
    session.send_line("one").unwrap();
    session.exp_string("Secret again: ").unwrap();
    session.send_line("two").unwrap();
    session.exp_string("error: the two secrets differ").unwrap();
}

#[test]
fn verify_asks_once_and_echoes_nothing() {
    let recipe = Recipe::new(Algorithm::from_names("sha2crypt", None).unwrap(), &Choices::default()).unwrap();
    let digest = recipe.make(&Secret::new("marker-of-the-secret".into()), vec![1; recipe.salt_bytes()]).unwrap();
    for (answer, said) in [("marker-of-the-secret", "the secret matches"), ("marker", "the secret does not match")] {
        let mut session = rexpect::spawn(&format!("{PROGRAM} verify '{digest}'"), Some(30_000)).unwrap();
        session.exp_string("Secret: ").unwrap();
        session.send_line(answer).unwrap();
        let rest = session.exp_eof().unwrap();
        assert!(rest.contains(said) && !rest.contains("marker"), "{rest}");
    }
}

#[test]
fn a_batch_draws_a_bar_on_a_terminal_and_keeps_the_digests_whole() {
    let folder = tempfile::tempdir().unwrap();
    let secrets = folder.path().join("secrets");
    std::fs::write(&secrets, "one\ntwo\nthree\n").unwrap();
    let command = format!("{PROGRAM} hash --batch --algorithm sha2crypt --secret-file {}", secrets.display());
    let all = rexpect::spawn(&command, Some(30_000)).unwrap().exp_eof().unwrap();
    assert!(all.contains("/3 digests"), "{all}");
    let digests = all.split(['\r', '\n']).filter_map(|line| line.find("$6$").map(|at| &line[at..]));
    let whole = digests.filter(|digest| Digest::parse(digest.trim()).is_ok_and(|digest| digest.defect().is_none()));
    assert_eq!(whole.count(), 3, "{all}");
}
