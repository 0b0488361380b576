//! What commands print, word for word: `TRYCMD=overwrite` rewrites `tests/cmd/`.

#[test]
fn commands_print_what_is_written_down() {
    trycmd::TestCases::new().case("tests/cmd/*.trycmd");
}

#[test]
fn the_readme_shows_what_commands_print() {
    trycmd::TestCases::new().case("README.md");
}
