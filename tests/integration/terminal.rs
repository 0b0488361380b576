//! Prompts on a real pseudo-terminal.

use authkuma::digest::Digest;
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
