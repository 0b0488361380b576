//! `monitor check` with the databases of the real 1.23.17 and 2.5.3, and with monitors that have one fault each.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use authkuma::monitor::check::rules;
use serde_json::Value;

fn fixture(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/kuma").join(name).to_str().unwrap().to_owned()
}

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_authkuma")).args(["monitor"]).args(args).env_clear().output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn json(args: &[&str]) -> Value {
    let output = run(&[args, &["--format", "json"]].concat());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{args:?}: {}", text(&output.stderr)))
}

/// The rules that speak of each monitor, those about guessable secrets left out: the databases are full of them.
fn by_monitor(document: &Value) -> BTreeMap<i64, BTreeSet<String>> {
    let mut found: BTreeMap<i64, BTreeSet<String>> = BTreeMap::new();
    for finding in document["findings"].as_array().unwrap() {
        let rule = finding["rule"].as_str().unwrap();
        if !rule.starts_with("guessable") {
            found.entry(finding["monitor"]["id"].as_i64().unwrap()).or_default().insert(rule.to_owned());
        }
    }
    found
}

fn expect(found: &BTreeMap<i64, BTreeSet<String>>, expected: &[(i64, &[&str])]) {
    let expected: BTreeMap<i64, BTreeSet<String>> =
        expected.iter().map(|(id, rules)| (*id, rules.iter().map(ToString::to_string).collect())).collect();
    assert_eq!(*found, expected);
}

#[test]
fn every_fault_of_2_5_3s_monitors_is_named() {
    let document = json(&["check", "--db", &fixture("kuma-2.5.3.db"), "-c", &fixture("authelia.yml"), "--target", "4.39.20"]);
    expect(
        &by_monitor(&document),
        &[
            (2, &["breaks-on-upgrade"]),
            (3, &["other-endpoint-method"]),
            (4, &["wrong-monitor-scope", "followed-redirects"]),
            (5, &["foreign-token-url"]),
            (6, &["wrong-monitor-secret", "padded-monitor-value"]),
            (7, &["refused-monitor-audience"]),
            (8, &["secret-needs-encoding"]),
            (9, &["unauthenticated-monitor"]),
            (10, &["unauthenticated-monitor"]),
            (11, &["plain-http-monitor", "token-url-outside-portal"]),
            (12, &["plain-http-monitor", "token-url-outside-portal", "wrong-monitor-secret", "failing-monitor"]),
            (13, &["plain-http-monitor", "token-url-outside-portal", "followed-redirects"]),
        ],
    );
    assert_eq!(document["version"], 1);
    let finding = &document["findings"].as_array().unwrap().iter().find(|one| one["rule"] == "wrong-monitor-secret").unwrap();
    assert_eq!(
        (&finding["monitor"]["name"], &finding["field"]),
        (&"Paperless - secret mismatch".into(), &"Client Secret".into())
    );
    assert_eq!(finding["path"], "identity_providers.oidc.clients[0].client_secret");
    assert!(finding["file"].as_str().unwrap().ends_with("authelia.yml") && finding["start"]["line"].as_u64() > Some(20));
    let monitor = |id: i64| document["monitors"].as_array().unwrap().iter().find(|one| one["id"] == id).unwrap();
    assert_eq!((&monitor(2)["passes"], &monitor(2)["status"]), (&true.into(), &200.into()));
    assert_eq!((&monitor(6)["token"]["status"], &monitor(6)["token"]["error"]), (&401.into(), &"invalid_client".into()));
    assert_eq!((&monitor(9)["passes"], &monitor(9)["token"]), (&Value::Null, &Value::Null));
}

#[test]
fn every_fault_of_1_23_17s_monitors_is_named() {
    let database = fixture("kuma-1.23.17.db");
    let check = |target| by_monitor(&json(&["check", "--db", &database, "-c", &fixture("authelia.yml"), "--target", target]));
    let others: [(i64, &[&str]); 4] = [
        (82, &["wrong-monitor-scope", "followed-redirects"]),
        (83, &["unauthenticated-monitor"]),
        (84, &["unauthenticated-monitor"]),
        (85, &["plain-http-monitor", "token-url-outside-portal"]),
    ];
    expect(&check("4.39.20"), &[&[(81, &["breaks-on-upgrade"][..])], &others[..]].concat());
    expect(&check("4.39.21"), &[&[(81, &["audience-misses-url"][..])], &others[..]].concat());
}

#[test]
fn a_number_of_no_monitor_is_refused_and_those_there_are_are_named() {
    let (database, config) = (fixture("kuma-1.23.17.db"), fixture("authelia.yml"));
    let check = |id: &[&str]| run(&[&["check", "--db", &database, "-c", &config], id].concat());
    let unknown = check(&["--id", "81", "--id", "99"]);
    assert_eq!((unknown.status.code(), text(&unknown.stdout).as_str()), (Some(2), ""));
    let said = text(&unknown.stderr);
    assert!(said.contains("no monitor 99\nhint: name one of 81, 82, "), "{said}");
    let list = check(&["--id", "81,82"]);
    assert!(list.status.code() == Some(2) && text(&list.stderr).contains("repeat --id"), "{}", text(&list.stderr));
    assert_eq!(check(&["--id", "82", "--id", "83"]).status.code(), Some(1));
}

/// A database of Uptime Kuma 2 whose monitors are what a right one is, with one change each.
struct Kuma {
    folder: tempfile::TempDir,
    rows: Vec<String>,
}

const SECRET: &str = "marker-0123456789-secret";
const COLUMNS: [(&str, &str); 23] = [
    ("name", "'right'"),
    ("active", "1"),
    ("type", "'keyword'"),
    ("url", "'https://app.example.com/'"),
    ("hostname", "NULL"),
    ("subtype", "NULL"),
    ("method", "'GET'"),
    ("headers", "NULL"),
    ("keyword", "'Grafana'"),
    ("invert_keyword", "0"),
    ("upside_down", "0"),
    ("interval", "60"),
    ("timeout", "48"),
    ("maxredirects", "0"),
    ("accepted_statuscodes_json", "'[\"200-299\"]'"),
    ("ignore_tls", "0"),
    ("cache_bust", "0"),
    ("auth_method", "'oauth2-cc'"),
    ("oauth_token_url", "'https://auth.example.com/api/oidc/token'"),
    ("oauth_client_id", "'kuma'"),
    ("oauth_client_secret", "'marker-0123456789-secret'"),
    ("oauth_scopes", "'authelia.bearer.authz'"),
    ("oauth_auth_method", "'client_secret_basic'"),
];

impl Kuma {
    fn new() -> Kuma {
        Kuma { folder: tempfile::tempdir().unwrap(), rows: Vec::new() }
    }

    /// Adds a monitor with some columns changed, given as SQL.
    fn add(&mut self, changes: &[(&str, &str)]) -> &mut Kuma {
        let value = |name: &str, usual: &str| {
            changes.iter().find(|(changed, _)| *changed == name).map_or(usual, |(_, value)| value).to_owned()
        };
        let values: Vec<String> = COLUMNS.iter().map(|(name, usual)| value(name, usual)).collect();
        self.rows.push(format!("{}, {}", values.join(", "), value("oauth_audience", "NULL")));
        self
    }

    fn write(&self, heartbeats: &[(i64, &str)]) -> PathBuf {
        let path = self.folder.path().join("kuma.db");
        let names: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).chain(["oauth_audience"]).collect();
        let connection = rusqlite::Connection::open(&path).unwrap();
        let tables = format!(
            "CREATE TABLE knex_migrations (id INTEGER); CREATE TABLE monitor (id INTEGER PRIMARY KEY, {});
             CREATE TABLE heartbeat (id INTEGER PRIMARY KEY, monitor_id INTEGER, status INTEGER, msg TEXT, time TEXT);",
            names.join(", ")
        );
        let rows = self.rows.iter().map(|row| format!("INSERT INTO monitor ({}) VALUES ({row});", names.join(", ")));
        connection.execute_batch(&(tables + &rows.collect::<String>())).unwrap();
        for (monitor, message) in heartbeats {
            let insert = "INSERT INTO heartbeat (monitor_id, status, msg, time) VALUES (?1, 0, ?2, '2026-01-01')";
            connection.execute(insert, (monitor, message)).unwrap();
        }
        path
    }

    /// A configuration that admits the right monitor, with some text replaced.
    fn config(&self, changes: &[(&str, &str)]) -> String {
        let text = changes.iter().fold(CONFIG.to_owned(), |text, (old, new)| {
            assert!(text.contains(old), "{old}");
            text.replace(old, new)
        });
        let path = self.folder.path().join("configuration.yml");
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

const CONFIG: &str = "\
server:
  endpoints:
    authz:
      forward-auth:
        implementation: 'ForwardAuth'
        authn_strategies:
          - name: 'HeaderAuthorization'
            schemes: ['Bearer']
          - name: 'CookieSession'
session:
  cookies:
    - domain: 'example.com'
      authelia_url: 'https://auth.example.com'
access_control:
  default_policy: 'deny'
  rules:
    - domain: 'open.example.com'
      policy: 'bypass'
    - domain: 'people.example.com'
      policy: 'two_factor'
    - domain: 'inside.example.com'
      policy: 'one_factor'
      networks: ['10.0.0.0/8']
      subject: 'oauth2:client:kuma'
    - domain: 'app.example.com'
      policy: 'one_factor'
      subject: 'oauth2:client:kuma'
      resources: ['^/$', '^/\\?uptime', '^/socket$']
identity_providers:
  oidc:
    clients:
      - client_id: 'kuma'
        client_secret: '$plaintext$marker-0123456789-secret'
        requested_audience_mode: 'implicit'
        scopes: ['authelia.bearer.authz']
        audience:
          - 'https://app.example.com/'
          - 'https://open.example.com/'
          - 'https://people.example.com/'
          - 'https://inside.example.com/'
          - 'https://app.example.com/denied'
        grant_types: ['client_credentials']
        token_endpoint_auth_method: 'client_secret_basic'
";

/// A monitor's one fault, and the rule that names it.
type Fault = (&'static str, &'static [(&'static str, &'static str)]);

const FAULTS: &[Fault] = &[
    ("missing-monitor-setting", &[("oauth_token_url", "''")]),
    ("missing-monitor-setting", &[("oauth_auth_method", "NULL")]),
    ("missing-monitor-setting", &[("oauth_client_secret", "NULL")]),
    ("padded-monitor-value", &[("oauth_client_secret", "'marker-0123456789-secret '")]),
    ("padded-monitor-value", &[("oauth_scopes", "'authelia.bearer.authz '")]),
    ("digest-as-monitor-secret", &[("oauth_client_secret", "'$6$rounds=1000$marker$x'")]),
    ("guessable-monitor-secret", &[("oauth_client_secret", "'insecure_secret'")]),
    ("secret-needs-encoding", &[("oauth_client_secret", "'marker+0123456789+secret'")]),
    ("unsendable-monitor-url", &[("url", "'app.example.com'")]),
    ("foreign-token-url", &[("oauth_token_url", "'https://auth.example.com/api/oidc/token/'")]),
    ("foreign-token-url", &[("oauth_token_url", "'https://auth.example.com/.well-known/openid-configuration'")]),
    ("other-portal-base", &[("oauth_token_url", "'https://auth.example.com/sub/api/oidc/token'")]),
    ("plain-http-monitor", &[("url", "'http://app.example.com/'")]),
    ("unlimited-timeout", &[("timeout", "0")]),
    ("ignored-certificate", &[("ignore_tls", "1")]),
    ("token-to-strangers", &[("type", "'globalping'"), ("subtype", "'http'")]),
    ("token-url-outside-portal", &[("oauth_token_url", "'http://authelia:9091/api/oidc/token'")]),
    ("token-url-outside-portal", &[("oauth_token_url", "'https://auth.example.com:8443/api/oidc/token'")]),
    ("unregistered-client", &[("oauth_client_id", "'Kuma'")]),
    ("other-endpoint-method", &[("oauth_auth_method", "'client_secret_post'")]),
    ("wrong-monitor-secret", &[("oauth_client_secret", "'another-marker-0123456789'")]),
    ("wrong-monitor-scope", &[("oauth_scopes", "''")]),
    ("wrong-monitor-scope", &[("oauth_scopes", "'authelia.bearer.authz openid'")]),
    ("refused-monitor-audience", &[("oauth_audience", "'https://application.example.com/'")]),
    ("interval-outlives-token", &[("interval", "7200")]),
    ("audience-misses-url", &[("oauth_audience", "'https://open.example.com/'")]),
    ("audience-misses-url", &[("url", "'https://app.example.com:8443/'")]),
    ("cache-busting-monitor", &[("cache_bust", "1")]),
    ("url-outside-cookie-domain", &[("url", "'https://app.example.org/'")]),
    ("denied-monitor", &[("url", "'https://app.example.com/denied'")]),
    ("second-factor-for-monitor", &[("url", "'https://people.example.com/'")]),
    ("address-dependent-monitor", &[("url", "'https://inside.example.com/'")]),
    ("open-page", &[("url", "'https://open.example.com/'")]),
    ("replaced-monitor-token", &[("headers", "'{\"authorization\": \"Bearer marker-of-a-header\"}'")]),
    ("replaced-monitor-token", &[("url", "'https://user:marker-of-a-url@app.example.com/'")]),
    ("unusual-monitor-accept", &[("headers", "'{\"Accept\": \"application/json\"}'")]),
    ("unreadable-monitor-headers", &[("headers", "'X-Api-Key: marker-of-a-header'")]),
    ("unreadable-monitor-headers", &[("headers", "'[\"marker-of-a-header\"]'")]),
    ("unaccepted-success", &[("accepted_statuscodes_json", "'[\"500-599\"]'")]),
    ("unaccepted-success", &[("accepted_statuscodes_json", "'[]'"), ("type", "'http'")]),
    ("unaccepted-success", &[("accepted_statuscodes_json", "'200-299'")]),
    ("contentless-method", &[("method", "'HEAD'")]),
    ("contentless-method", &[("method", "'HEAD'"), ("invert_keyword", "1")]),
    ("contentless-method", &[("method", "'head'"), ("type", "'json-query'")]),
    ("followed-redirects", &[("type", "'http'"), ("maxredirects", "10")]),
    ("accepted-refusals", &[("accepted_statuscodes_json", "'[\"200-399\"]'")]),
    ("accepted-refusals", &[("accepted_statuscodes_json", "'[\"200-299\", \"401\"]'")]),
    ("keyword-on-portal", &[("keyword", "'Login'"), ("maxredirects", "10")]),
    ("inverted-keyword", &[("invert_keyword", "1"), ("maxredirects", "10")]),
    ("upside-down-monitor", &[("upside_down", "1")]),
    ("unused-credentials", &[("type", "'real-browser'")]),
    ("unauthenticated-monitor", &[("auth_method", "'basic'")]),
    ("unauthenticated-monitor", &[("auth_method", "NULL"), ("type", "'port'"), ("url", "''"), ("hostname", "'app.example.com'")]),
];

#[test]
fn each_fault_is_named_by_its_rule() {
    let mut kuma = Kuma::new();
    // The statuses of a websocket are those with which it is closed.
    let closes = ("accepted_statuscodes_json", "'[\"1000\"]'");
    // Its token is added after the headers.
    let headers = ("headers", "'{\"authorization\": \"Bearer marker-of-a-header\"}'");
    kuma.add(&[]).add(&[("type", "'websocket-upgrade'"), ("url", "'wss://APP.example.com:443/x/..'"), closes, headers]);
    for (_, changes) in FAULTS {
        kuma.add(changes);
    }
    let database = kuma.write(&[]);
    let document = json(&["check", "--db", database.to_str().unwrap(), "-c", &kuma.config(&[])]);
    let found = by_monitor(&document);
    assert_eq!((found.get(&1), found.get(&2)), (None, None), "the right monitors have a fault");
    let guessable = document["findings"].as_array().unwrap().iter().filter(|one| one["rule"] == "guessable-monitor-secret");
    let guessable: BTreeSet<i64> = guessable.map(|one| one["monitor"]["id"].as_i64().unwrap()).collect();
    for (id, (rule, changes)) in (3..).zip(FAULTS) {
        let is_named =
            found.get(&id).is_some_and(|rules| rules.contains(*rule)) || guessable.contains(&id) && rule.starts_with("guessable");
        assert!(is_named, "{changes:?} is not named as {rule}: {:?}", found.get(&id));
    }
}

#[test]
fn every_rule_has_a_monitor_that_shows_it() {
    let mut shown: BTreeSet<&str> = FAULTS.iter().map(|(rule, _)| *rule).collect();
    // These take another configuration, target or budget.
    shown.extend([
        "missing-monitor-audience",
        "breaks-on-upgrade",
        "unread-monitor-token",
        "refused-monitor-grant",
        "slow-client-digest",
        "failing-monitor",
    ]);
    // These are said when there is nothing better to say, and when a minute of comparing did not suffice.
    shown.extend(["refused-monitor-token", "refused-monitor-page", "unverified-monitor-secret"]);
    let all: BTreeSet<&str> = rules::all().map(|rule| rule.id).collect();
    assert_eq!(shown, all);
}

#[test]
fn the_configuration_side_is_named_too() {
    let mut kuma = Kuma::new();
    kuma.add(&[("type", "'http'"), ("maxredirects", "10")]);
    let database = kuma.write(&[(1, "Request failed with status code 401")]);
    for (rule, change) in [
        ("missing-monitor-audience", ("'implicit'", "'explicit'")),
        ("unread-monitor-token", ("['Bearer']", "['Basic']")),
        ("refused-monitor-grant", ("['client_credentials']", "['authorization_code']")),
        ("slow-client-digest", ("$plaintext$marker-0123456789-secret", "$pbkdf2-sha512$99999999$YWFhYWFhYWE$YWFhYWFhYWE")),
        ("failing-monitor", ("'implicit'", "'implicit'")),
    ] {
        let document = json(&["check", "--db", database.to_str().unwrap(), "-c", &kuma.config(&[change])]);
        let found = by_monitor(&document);
        assert!(found[&1].contains(rule), "{rule}: {found:?}");
        let redirects = document["findings"].as_array().unwrap().iter().find(|one| one["rule"] == "followed-redirects").unwrap();
        let expected = if rule == "unread-monitor-token" { "error" } else { "warning" };
        assert_eq!(redirects["severity"], expected, "{rule}");
    }
}

#[test]
fn a_networks_rule_is_settled_by_the_address() {
    let mut kuma = Kuma::new();
    kuma.add(&[("url", "'https://inside.example.com/'")]);
    let (database, config) = (kuma.write(&[]), kuma.config(&[]));
    let check = |address| {
        let output = run(&["check", "--db", database.to_str().unwrap(), "-c", &config, "--ip", address]);
        (output.status.code(), text(&output.stdout))
    };
    assert_eq!(check("10.1.2.3"), (Some(0), String::new()));
    let (status, answer) = check("192.0.2.1");
    assert!(status == Some(1) && answer.contains("error[denied-monitor]"), "{answer}");
}

#[test]
fn an_upgrade_is_foreseen_and_mended_on_both_sides() {
    let mut kuma = Kuma::new();
    kuma.add(&[("url", "'https://app.example.com/socket'")]);
    kuma.add(&[("cache_bust", "1")]);
    kuma.add(&[]);
    kuma.add(&[("oauth_scopes", "'openid'")]);
    let (database, config) = (kuma.write(&[]), kuma.config(&[]));
    let arguments = ["check", "--db", database.to_str().unwrap(), "-c", &config];
    let upgrade = |span| json(&[&arguments[..], &["--upgrade", span]].concat());
    assert_eq!(upgrade("4.39.19:4.39.20")["findings"], serde_json::json!([]));
    let document = upgrade("4.39.20:4.39.23");
    expect(&by_monitor(&document), &[(1, &["breaks-on-upgrade"]), (2, &["breaks-on-upgrade"])]);
    assert_eq!(document["findings"][0]["help"], "write the audience list below");
    let client = &document["upgrade"]["clients"][0];
    assert_eq!((&client["id"], &client["passing"], &client["failing"]), (&"kuma".into(), &3.into(), &serde_json::json!([])));
    assert_eq!(client["audience"][0], "https://app.example.com/socket");
    assert_eq!(client["monitors"][0]["id"], 2);
    // What is proposed is what works: written down, every monitor passes under every release.
    let list = client["audience"].as_array().unwrap().iter().map(|entry| format!("'{}'", entry.as_str().unwrap()));
    let list = format!("audience: [{}]\n        grant_types", list.collect::<Vec<_>>().join(", "));
    let (before, rest) = CONFIG.split_once("audience:\n").unwrap();
    let (_, after) = rest.split_once("grant_types").unwrap();
    fs::write(&config, format!("{before}{list}{after}")).unwrap();
    rusqlite::Connection::open(&database).unwrap().execute("UPDATE monitor SET cache_bust = 0", []).unwrap();
    for target in ["4.38.0", "4.39.16", "4.39.20", "4.39.21", "4.39.23"] {
        let document = json(&[&arguments[..], &["--target", target, "--id", "1", "--id", "2", "--id", "3"]].concat());
        let passes: Vec<&Value> = document["monitors"].as_array().unwrap().iter().map(|one| &one["passes"]).collect();
        assert_eq!(passes, [true, true, true], "{target}");
    }
    let plain = run(&[&arguments[..], &["--upgrade", "4.39.23:4.39.20"]].concat());
    assert_eq!(plain.status.code(), Some(2));
}

#[test]
fn an_upgrade_shows_no_secret_of_a_url() {
    let mut kuma = Kuma::new();
    kuma.add(&[("url", "'https://app.example.com/socket?token=marker'")]);
    let (database, config) = (kuma.write(&[]), kuma.config(&[("'^/socket$'", "'^/socket'")]));
    for format in ["plain", "json"] {
        let arguments =
            ["check", "--db", database.to_str().unwrap(), "-c", &config, "--upgrade", "4.39.20:4.39.23", "--format", format];
        let output = run(&arguments);
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(said.contains("https://app.example.com/socket?token=***") && !said.contains("marker"), "{said}");
    }
}

#[test]
fn no_secret_is_ever_shown() {
    let mut kuma = Kuma::new();
    for (_, changes) in FAULTS {
        kuma.add(changes);
    }
    kuma.add(&[("name", "'failing'")]);
    let unreadable = FAULTS.iter().position(|(_, changes)| changes[0].1.contains("X-Api-Key")).unwrap();
    let unreadable = i64::try_from(unreadable + 1).unwrap();
    let excerpt = "Unexpected token 'X', ...\"Key: marker-of-\"... is not valid JSON";
    let failing = i64::try_from(FAULTS.len() + 1).unwrap();
    let heartbeat =
        "insert into `monitor` (`oauth_client_secret`) values ('marker-0123456789-secret') - SQLITE_ERROR: no such column";
    let database = kuma.write(&[(failing, heartbeat), (unreadable, excerpt), (1, "unheard of: marker-0123456789-secret")]);
    let (database, config) = (database.to_str().unwrap().to_owned(), kuma.config(&[]));
    let (explain, check) = (["explain", "--db", &database], ["check", "--db", &database, "-c", &config]);
    let upgrade = [&check[..], &["--upgrade", "4.39.20:4.39.23"]].concat();
    let emit = ["emit", "--url", "https://app.example.com/", "-c", &config];
    for arguments in [&explain[..], &check, &upgrade, &emit] {
        for format in [&[][..], &["--format", "json"]] {
            let is_emit = arguments[0] == "emit" && !format.is_empty();
            let output = run(&[arguments, if is_emit { &["--for", "kuma2-json"] } else { format }].concat());
            let said = text(&output.stdout) + &text(&output.stderr);
            assert!(!said.is_empty() && !said.contains("marker"), "{arguments:?} {format:?}: {said}");
        }
    }
    assert!(SECRET.starts_with("marker"));
}

#[test]
fn a_log_beside_the_database_is_read_and_a_copy_without_it_is_doubted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kuma.db");
    let writer = rusqlite::Connection::open(&path).unwrap();
    let create = "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE monitor (id INTEGER PRIMARY KEY, name);";
    writer.execute_batch(&format!("{create} PRAGMA wal_checkpoint(TRUNCATE); INSERT INTO monitor VALUES (1, 'Lab');")).unwrap();
    let check = |folder: &Path| {
        let output = run(&["check", "--db", folder.to_str().unwrap(), "-c", &fixture("authelia.yml"), "--format", "json"]);
        (serde_json::from_slice::<Value>(&output.stdout).unwrap()["monitors"].as_array().unwrap().len(), text(&output.stderr))
    };
    assert_eq!(check(folder.path()), (1, String::new()));
    let copy = tempfile::tempdir().unwrap();
    fs::copy(&path, copy.path().join("kuma.db")).unwrap();
    let (monitors, said) = check(copy.path());
    assert!(monitors == 0 && said.contains("warning: ") && said.contains("kuma.db-wal"), "{said}");
    fs::copy(folder.path().join("kuma.db-wal"), copy.path().join("kuma.db-wal")).unwrap();
    assert_eq!(check(copy.path()), (1, String::new()));
}

#[test]
fn a_signal_leaves_no_copy_behind() {
    let (folder, temporary) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    // A log without its index makes a copy necessary, and a hole of gigabytes makes it last.
    fs::copy(fixture("kuma-2.5.3.db"), folder.path().join("kuma.db")).unwrap();
    fs::File::create(folder.path().join("kuma.db-wal")).unwrap().set_len(3 << 30).unwrap();
    let copies = || fs::read_dir(temporary.path()).unwrap().count();
    for (signal, status) in [("-INT", 130), ("-TERM", 143), ("-HUP", 129)] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_authkuma"))
            .args(["monitor", "explain", "--db", folder.path().to_str().unwrap()])
            .env_clear()
            .env("TMPDIR", temporary.path())
            .spawn()
            .unwrap();
        while copies() == 0 && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        // A file system that copies in no time leaves nothing to interrupt.
        if child.try_wait().unwrap().is_some() {
            assert_eq!(copies(), 0);
            continue;
        }
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
        assert_eq!((child.wait().unwrap().code(), copies()), (Some(status), 0), "{signal}");
    }
}

#[test]
fn what_cannot_be_read_is_said() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("db-config.json"), br#"{"type":"mariadb","password":"marker"}"#).unwrap();
    let output = run(&["check", "--db", folder.path().to_str().unwrap(), "-c", &fixture("authelia.yml")]);
    let said = text(&output.stderr);
    assert!(output.status.code() == Some(3) && said.contains("MariaDB") && !said.contains("marker"), "{said}");
    let database = fixture("kuma-2.5.3.db");
    let unreadable = folder.path().join("unreadable.yml").to_str().unwrap().to_owned();
    fs::write(&unreadable, "a: [").unwrap();
    for (arguments, status) in [
        (&["-c", "/nonexistent.yml"][..], 3),
        (&["-c", &unreadable], 3),
        (&["-c", &fixture("authelia.yml"), "--endpoint", "none"], 2),
        (&["-c", &fixture("authelia.yml"), "--upgrade", "4.39.20"], 2),
        (&[], 2),
    ] {
        let output = run(&[&["check", "--db", &database], arguments].concat());
        assert_eq!((output.status.code(), output.stdout.len()), (Some(status), 0), "{arguments:?}: {}", text(&output.stderr));
    }
    let list = run(&["check", "--list"]);
    assert!(list.status.success() && text(&list.stdout).contains("followed-redirects"));
}

#[test]
fn a_client_without_an_id_is_not_what_a_monitor_should_name() {
    let mut kuma = Kuma::new();
    kuma.add(&[]);
    let database = kuma.write(&[]);
    let document = json(&["check", "--db", database.to_str().unwrap(), "-c", &kuma.config(&[("client_id:", "client_ids:")])]);
    let found = document["findings"].as_array().unwrap().iter().find(|one| one["rule"] == "unregistered-client").unwrap();
    assert!(!found["help"].as_str().unwrap().contains("''"), "{found}");
}

#[test]
fn one_true_thing_is_said_of_a_method_that_the_scope_forbids() {
    let mut kuma = Kuma::new();
    kuma.add(&[]).add(&[("oauth_auth_method", "'client_secret_post'")]);
    let (database, post) = (kuma.write(&[]), ("'client_secret_basic'", "'client_secret_post'"));
    let helps = |changes: &[(&str, &str)]| -> Vec<(i64, String)> {
        let document = json(&["check", "--db", database.to_str().unwrap(), "-c", &kuma.config(changes)]);
        let found = document["findings"].as_array().unwrap().iter().filter(|one| one["rule"] == "other-endpoint-method");
        found.map(|one| (one["monitor"]["id"].as_i64().unwrap(), one["help"].as_str().unwrap().to_owned())).collect()
    };
    assert_eq!(helps(&[]), [(2, "choose 'Authorization Header'".to_owned())]);
    let both = helps(&[post]);
    assert_eq!(both.iter().map(|(id, _)| *id).collect::<Vec<i64>>(), [1, 2]);
    assert!(both.iter().all(|(_, help)| help.contains("set token_endpoint_auth_method to 'client_secret_basic'")), "{both:?}");
    assert!(both.iter().all(|(_, help)| !help.contains("Form Data Body")), "{both:?}");
    let emitted = run(&["emit", "--url", "https://app.example.com/", "-c", &kuma.config(&[post])]);
    assert_eq!((emitted.status.code(), emitted.stdout.len()), (Some(2), 0));
    assert!(text(&emitted.stderr).contains("hint: set token_endpoint_auth_method to 'client_secret_basic'"));
}

#[test]
fn one_true_thing_is_said_of_a_portal_by_http() {
    let mut kuma = Kuma::new();
    kuma.add(&[("oauth_token_url", "'http://auth.example.com/api/oidc/token'")]);
    let database = kuma.write(&[]);
    let config = kuma.config(&[("'https://auth.example.com'", "'http://auth.example.com'")]);
    let document = json(&["check", "--db", database.to_str().unwrap(), "-c", &config]);
    let findings = document["findings"].as_array().unwrap();
    let finding = findings.iter().find(|one| one["rule"] == "token-url-outside-portal").unwrap();
    assert_eq!(finding["help"], "use https://auth.example.com/api/oidc/token, and write https:// in authelia_url too");
    assert_eq!(finding["path"], "session.cookies[0].authelia_url");
    let emit = ["emit", "--url", "https://app.example.com/"];
    for options in [&["-c", &config][..], &["--client", "kuma", "--portal", "http://auth.example.com"]] {
        let output = run(&[&emit[..], options].concat());
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{options:?}");
        let said = text(&output.stderr);
        assert!(said.contains("'http://auth.example.com'") && said.contains("https"), "{said}");
    }
}

#[test]
fn the_audience_of_a_monitor_is_its_url_as_the_server_writes_it() {
    let mut kuma = Kuma::new();
    kuma.add(&[("url", "'https://APP.example.com:443/a|b/x/..'")]);
    let (database, config) = (kuma.write(&[]), kuma.config(&[]));
    let document = json(&["check", "--db", database.to_str().unwrap(), "-c", &config]);
    let help = document["findings"][0]["help"].as_str().unwrap();
    assert_eq!(help, "list 'https://app.example.com/a%7Cb/' in the client's audience");
    let emitted =
        run(&["emit", "--url", "https://APP.example.com/a|b", "--client", "kuma", "--portal", "https://auth.example.com"]);
    assert!(text(&emitted.stdout).contains("  https://app.example.com/a%7Cb\n"), "{}", text(&emitted.stdout));
    let refused =
        run(&["emit", "--url", "https://app.example.com/#/x", "--client", "kuma", "--portal", "https://auth.example.com"]);
    assert!(refused.status.code() == Some(2) && text(&refused.stderr).contains("hint: leave out everything from the '#' on"));
}

#[test]
fn a_monitor_that_would_be_refused_is_not_emitted_in_silence() {
    let kuma = Kuma::new();
    let config = kuma.config(&[]);
    let emit = |url: &str, more: &[&str]| {
        let output = run(&[&["emit", "--keyword", "x", "-c", &config, "--url", url], more].concat());
        assert_eq!(output.status.code(), Some(0));
        text(&output.stderr)
    };
    assert_eq!(emit("https://app.example.com", &[]), "");
    assert!(emit("https://people.example.com/", &[]).contains("warning: 4.39.23 will refuse this monitor: "));
    let (socket, old) = ("https://app.example.com/socket", ["--target", "4.39.20"]);
    assert!(emit(socket, &[]).contains("will refuse") && !emit(socket, &old).contains("will refuse"));
}
