use proptest::prelude::*;

use super::*;

fn config(text: &str) -> Config {
    load(Sources::from(Source::new("a.yml", text.to_owned())))
}

fn text(config: &Config) -> &str {
    config.sources.get(FIRST).text()
}

fn rule(domain: &str) -> Shape {
    Shape::Map(vec![
        Part::new("domain", Shape::text(domain)).remark("for the monitor"),
        Part::new("resources", Shape::texts(["^/$"])),
    ])
}

fn inserted(text_before: &str, list: &str, index: usize) -> String {
    text(&config(text_before).insert(&Path::of(list), index, &rule("new")).unwrap()).to_owned()
}

const RULES: &str = "access_control.rules";

#[test]
fn an_item_takes_the_layout_of_its_list() {
    for (before, index, after) in [
        (
            "access_control:\n  rules:\n    # first\n    - domain: 'a' # x\n\n    # second\n    - domain: 'b'\nlog: {}\n",
            1,
            "access_control:\n  rules:\n    # first\n    - domain: 'a' # x\n\n    # for the monitor\n    - domain: 'new'\n      resources:\n        - '^/$'\n    # second\n    - domain: 'b'\nlog: {}\n",
        ),
        (
            "access_control:\n    rules:\n    - domain: a\n      # policy: x\n\n# end",
            9,
            "access_control:\n    rules:\n    - domain: a\n      # policy: x\n    # for the monitor\n    - domain: 'new'\n      resources:\n      - '^/$'\n\n# end",
        ),
        (
            "access_control:\r\n  rules:\r\n    - domain: a",
            1,
            "access_control:\r\n  rules:\r\n    - domain: a\r\n    # for the monitor\r\n    - domain: 'new'\r\n      resources:\r\n        - '^/$'",
        ),
        (
            "access_control: {rules: [{domain: a}, {domain: b}]} # flow",
            1,
            "access_control: {rules: [{domain: a}, {domain: 'new', resources: ['^/$']}, {domain: b}]} # flow",
        ),
        (
            "access_control:\n  rules: [\n    {domain: a}, # a\n  ]\n",
            1,
            "access_control:\n  rules: [\n    {domain: a}, {domain: 'new', resources: ['^/$']}, # a\n  ]\n",
        ),
        (
            "access_control:\n  rules: [{domain: a}]\n",
            0,
            "access_control:\n  rules: [{domain: 'new', resources: ['^/$']}, {domain: a}]\n",
        ),
        (
            "access_control:\n  rules: [] # none yet\nlog: {}\n",
            0,
            "access_control:\n  rules: # none yet\n    # for the monitor\n    - domain: 'new'\n      resources:\n        - '^/$'\nlog: {}\n",
        ),
        (
            "access_control:\n  rules: # none yet\n  default_policy: deny\n",
            0,
            "access_control:\n  rules: # none yet\n    # for the monitor\n    - domain: 'new'\n      resources:\n        - '^/$'\n  default_policy: deny\n",
        ),
        (
            "access_control:\n  default_policy: deny\n  # rules:\nlog: {}\n",
            0,
            "access_control:\n  default_policy: deny\n  rules:\n    # for the monitor\n    - domain: 'new'\n      resources:\n        - '^/$'\n  # rules:\nlog: {}\n",
        ),
        (
            "log: {}",
            0,
            "log: {}\n\naccess_control:\n  rules:\n    # for the monitor\n    - domain: 'new'\n      resources:\n        - '^/$'",
        ),
        ("", 0, "access_control:\n  rules:\n    # for the monitor\n    - domain: 'new'\n      resources:\n        - '^/$'\n"),
        (
            "x: &r\n  domain: a\naccess_control:\n  rules:\n    - *r\n    - domain: b\n",
            1,
            "x: &r\n  domain: a\naccess_control:\n  rules:\n    - *r\n    # for the monitor\n    - domain: 'new'\n      resources:\n        - '^/$'\n    - domain: b\n",
        ),
    ] {
        assert_eq!(inserted(before, RULES, index), after, "{before}");
    }
}

#[test]
fn a_value_grows_on_the_deepest_mapping_that_is_there() {
    let path = Path::of("server.endpoints.authz.forward-auth");
    let value = || Shape::Map(vec![Part::new("implementation", Shape::text("ForwardAuth"))]);
    for (before, after) in [
        (
            "server:\n  address: 'tcp://:9091' # x\nlog: {}\n",
            "server:\n  address: 'tcp://:9091' # x\n  endpoints:\n    authz:\n      forward-auth:\n        implementation: 'ForwardAuth'\nlog: {}\n",
        ),
        (
            "server:\n  endpoints:\n    authz:\n",
            "server:\n  endpoints:\n    authz:\n      forward-auth:\n        implementation: 'ForwardAuth'\n",
        ),
        (
            "server:\n  endpoints: {authz: {}}\n",
            "server:\n  endpoints: {authz: {forward-auth: {implementation: 'ForwardAuth'}}}\n",
        ),
        (
            "server: {\"endpoints\": {\"authz\": {\"x\": {\"implementation\": \"Legacy\"}}}}\n",
            "server: {\"endpoints\": {\"authz\": {\"x\": {\"implementation\": \"Legacy\"}, forward-auth: {implementation: 'ForwardAuth'}}}}\n",
        ),
    ] {
        assert_eq!(text(&config(before).put(&path, &value()).unwrap()), after, "{before}");
    }
}

#[test]
fn what_stands_elsewhere_or_is_something_else_is_refused() {
    let put = |text: &str| config(text).put(&Path::of("server.endpoints.x"), &Shape::text("y")).unwrap_err();
    assert_eq!(put("a: &a\n  b: c\nserver:\n  endpoints: *a\n"), Ungraftable::Borrowed(Path::of("server.endpoints")));
    assert_eq!(put("a: &a\n  endpoints: {b: c}\nserver:\n  <<: *a\n"), Ungraftable::Borrowed(Path::of("server.endpoints")));
    assert_eq!(put("server: 5\n"), Ungraftable::Kind(Path::of("server")));
    assert_eq!(put("server: {endpoints: {x: z}}\n"), Ungraftable::Taken(Path::of("server.endpoints.x")));
    let item = config("clients: {a: b}\n").insert(&Path::of("clients"), 0, &Shape::text("x"));
    assert_eq!(item.unwrap_err(), Ungraftable::Taken(Path::of("clients")));
}

#[test]
fn only_the_file_that_has_the_list_changes() {
    let mut sources = Sources::default();
    sources.add(Source::new("a.yml", "access_control:\n  default_policy: deny\n".to_owned()));
    sources.add(Source::new("b.yml", "access_control:\n  rules:\n    - domain: a\n".to_owned()));
    let config = load(sources).insert(&Path::of(RULES), 0, &rule("new")).unwrap();
    assert_eq!(text(&config), "access_control:\n  default_policy: deny\n");
    assert!(config.sources.get(SourceId(1)).text().contains("'new'"));
}

#[test]
fn a_value_is_replaced_where_it_stands() {
    let path = Path::of("server.endpoints.authz.x.authn_strategies").index(0).key("schemes");
    let before = "server:\n  endpoints:\n    authz:\n      x:\n        authn_strategies:\n          - schemes: 'Basic' # x\n";
    let new = config(before).replace(&path, &Shape::texts(["Basic", "Bearer"])).unwrap();
    assert_eq!(text(&new), before.replace("'Basic'", "['Basic', 'Bearer']"));
}

/// A list of rules in one of many layouts.
fn layouts() -> impl Strategy<Value = String> {
    let item = prop::sample::select(vec![
        "domain: 'a'",
        "domain: \"b\" # b",
        "{domain: c}",
        "domain: d\n@@# deep",
        "domain:\n@@- e",
        "*r",
    ]);
    let gap = prop::sample::select(vec!["", "\n", "# note\n", "@# note\n", "\n@# note\n\n"]);
    (
        prop::collection::vec((gap.clone(), item), 1..5),
        prop::sample::select(vec![0usize, 1, 2, 4]),
        prop::sample::select(vec!["", "\n", "# end\n", "log: {}\n", "\n\nlog:\n  level: x", "...\n"]),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(items, offset, tail, crlf, cut)| {
            let mut text = "x: &r\n  domain: r\naccess_control:\n  rules: # the rules\n".to_owned();
            let dash = " ".repeat(2 + offset);
            for (gap, item) in items {
                let item = item.replace("@@", &format!("{dash}  "));
                text.extend([&*gap.replace('@', &dash), &dash, "- ", &item, "\n"]);
            }
            text.push_str(tail);
            if cut {
                text.truncate(text.trim_end().len());
            }
            if crlf { text.replace('\n', "\r\n") } else { text }
        })
}

proptest! {
    /// Only what is new is new: without it the text is what it was, and line breaks are of one kind.
    #[test]
    fn every_other_byte_stays(before in layouts(), index in 0usize..6) {
        let old = config(&before);
        prop_assume!(!old.access_control.rules.is_empty());
        let new = old.insert(&Path::of(RULES), index, &rule("new")).unwrap();
        let at = index.min(old.access_control.rules.len());
        prop_assert_eq!(&*new.access_control.rules[at].domains[0], "new");
        prop_assert_eq!(new.access_control.rules.len(), old.access_control.rules.len() + 1);
        let after = text(&new);
        let lines: Vec<&str> = after.split_inclusive('\n').collect();
        let first = lines.iter().position(|line| line.contains("for the monitor")).unwrap();
        let rest = [&lines[..first], &lines[first + 4..]].concat().concat();
        prop_assert_eq!(rest.trim_end(), before.trim_end());
        prop_assert!(!before.contains("\r\n") || !after.replace("\r\n", "").contains('\n'));
        prop_assert_eq!(before.ends_with('\n'), after.ends_with('\n'));
    }

    #[test]
    fn no_text_makes_it_panic(before in "(access_control|rules|- |\\{|\\}|\\[|\\]|:|,|\n|  |#|a|'|&a|\\*a|~|\\|)*", index in 0usize..3) {
        let _ = config(&before).insert(&Path::of(RULES), index, &rule("new"));
        let _ = config(&before).put(&Path::of("access_control.rules.a"), &Shape::Flag(true));
    }
}
