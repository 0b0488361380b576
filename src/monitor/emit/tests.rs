use super::*;
use crate::monitor::Generation;
use crate::secret::Secret;

const MARKER: &str = "marker-secret";

fn settings() -> Settings {
    let mut settings =
        Settings::new("https://Grafana.example.com", "https://auth.example.com/api/oidc/token", "uptime-kuma").unwrap();
    settings.keyword = Some("Grafana $x {{y}} (z)".to_owned());
    settings
}

fn inline() -> Settings {
    Settings { secret: SecretReference::Inline(Secret::new(MARKER.to_owned())), ..settings() }
}

#[test]
fn the_secret_is_named_and_not_shown_unless_asked_for() {
    for form in Form::ALL {
        let emitted = emit(&inline(), form);
        let shown = emitted.text.contains(MARKER);
        assert!(shown, "{form}: {}", emitted.text);
        for reference in [SecretReference::Environment("KUMA_SECRET".to_owned()), SecretReference::File("/run/s 1".to_owned())] {
            let emitted = emit(&Settings { secret: reference, ..settings() }, form);
            let said = emitted.text.clone() + &emitted.notes.join("\n");
            assert!(said.contains("KUMA_SECRET") || said.contains("/run/s 1"), "{form}: {said}");
            assert!(emitted.text.ends_with('\n'));
        }
    }
}

#[test]
fn a_document_cannot_steer_a_terminal() {
    let hostile = Settings {
        name: "a\u{202e}b\u{9b}c".to_owned(),
        keyword: Some("\u{2066}\u{1b}\ny \"".to_owned()),
        client_id: "k\u{202e}%\\'".to_owned(),
        ..settings()
    };
    for form in Form::ALL {
        let text = emit(&hostile, form).text;
        assert!(!steers(&text) && !text.contains("\ny"), "{form}: {text}");
    }
    let toml: toml::Table = emit(&hostile, Form::AutokumaToml).text.parse().unwrap();
    assert_eq!(serde_json::to_value(toml).unwrap(), autokuma_document(&hostile));
    let labels: serde_json::Value = serde_yaml::from_str(&emit(&hostile, Form::DockerLabels).text).unwrap();
    assert_eq!(labels["labels"]["kuma.a-b-c.keyword.name"], "a\u{202e}b\u{9b}c");
    let script = emit(&hostile, Form::Curl).text;
    assert!(script.contains(r#"client_id="$(printf 'k\342\200\256%%\\'\''')""#), "{script}");
    for form in [Form::Kuma1Json, Form::Kuma2Json, Form::KumaCli, Form::AutokumaJson] {
        let text = emit(&hostile, form).text;
        assert!(
            text.contains("a\\u202eb\\u009bc") && text.chars().all(|c| c == '\n' || crate::terminal::printable(c) == c),
            "{text}"
        );
    }
}

#[test]
fn the_form_has_uptime_kumas_own_labels() {
    let text = emit(&settings(), Form::Kuma2).text;
    let lines: Vec<Vec<&str>> =
        text.lines().map(|line| line.split("  ").map(str::trim).filter(|part| !part.is_empty()).collect()).collect();
    for expected in [
        &["Authentication"][..],
        &["Monitor Type", "HTTP(s) - Keyword"],
        &["Friendly Name", "grafana.example.com"],
        &["URL", "https://grafana.example.com/"],
        &["Keyword", "Grafana $x {{y}} (z)"],
        &["Max. Redirects", "0"],
        &["Request Timeout", "48"],
        &["Method", "OAuth2: Client Credentials"],
        &["Authentication Method", "Authorization Header"],
        &["OAuth Token URL", "https://auth.example.com/api/oidc/token"],
        &["Client Secret", "(the value of AUTHKUMA_CLIENT_SECRET, nothing before or behind it)"],
        &["OAuth Scope", "authelia.bearer.authz"],
        &["OAuth Audience", "https://grafana.example.com/"],
    ] {
        assert!(lines.iter().any(|line| line == expected), "{expected:?} is not in\n{text}");
    }
    assert!(!emit(&settings(), Form::Kuma1).text.contains("OAuth Audience"));
}

#[test]
fn the_events_hold_what_each_version_takes() {
    let two = kuma_event(&inline(), Generation::Two);
    assert_eq!((&two["oauth_client_secret"], &two["conditions"]), (&MARKER.into(), &serde_json::json!([])));
    assert_eq!(two["oauth_audience"], "https://grafana.example.com/");
    assert_eq!((&two["timeout"], &two["maxredirects"], &two["type"]), (&48.into(), &0.into(), &"keyword".into()));
    let one = kuma_event(&settings(), Generation::One);
    assert!(one.get("conditions").is_none() && one.get("oauth_audience").is_none());
    assert_eq!(one["oauth_client_secret"], "${AUTHKUMA_CLIENT_SECRET}");
    let http = kuma_event(&Settings { keyword: None, audience: None, ..settings() }, Generation::Two);
    assert!(http["type"] == "http" && http.get("keyword").is_none() && http.get("oauth_audience").is_none());
}

#[test]
fn autokumas_templates_leave_values_alone() {
    let document: serde_json::Value = serde_json::from_str(&emit(&settings(), Form::AutokumaJson).text).unwrap();
    assert_eq!(document["keyword"], "{% raw %}Grafana $x {{y}} (z){% endraw %}");
    assert_eq!(document["oauth_client_secret"], "{{ get_env(name='AUTOKUMA__ENV__AUTHKUMA_CLIENT_SECRET') }}");
    assert_eq!(document["authMethod"], "oauth2-cc");
    let table: toml::Table = emit(&settings(), Form::AutokumaToml).text.parse().unwrap();
    assert_eq!(serde_json::to_value(table).unwrap(), document);
    let plain: serde_json::Value = serde_json::from_str(&emit(&settings(), Form::KumaCli).text).unwrap();
    assert_eq!(plain["keyword"], "Grafana $x {{y}} (z)");
}

#[test]
fn labels_are_yaml_with_dollars_doubled() {
    let labels: serde_json::Value = serde_yaml::from_str(&emit(&settings(), Form::DockerLabels).text).unwrap();
    let label = |name: &str| &labels["labels"][format!("kuma.grafana-example-com.keyword.{name}")];
    assert_eq!(label("authMethod"), "oauth2-cc");
    assert_eq!((label("max_redirects"), label("timeout")), (&"0".into(), &"48".into()));
    assert_eq!(label("keyword"), "{% raw %}Grafana $$x {{y}} (z){% endraw %}");
}

#[test]
fn gatus_and_prometheus_read_what_they_know() {
    let gatus: serde_json::Value = serde_yaml::from_str(&emit(&settings(), Form::Gatus).text).unwrap();
    let endpoint = &gatus["endpoints"][0];
    assert_eq!(endpoint["client"]["oauth2"]["client-secret"], "${AUTHKUMA_CLIENT_SECRET}");
    assert_eq!(endpoint["conditions"][1], "[BODY] == pat(*Grafana $$x {{y}} (z)*)");
    let blackbox: serde_json::Value = serde_yaml::from_str(&emit(&settings(), Form::Blackbox).text).unwrap();
    let http = &blackbox["modules"]["grafana_example_com"]["http"];
    assert_eq!(http["oauth2"]["endpoint_params"]["audience"], "https://grafana.example.com/");
    assert_eq!(http["fail_if_body_not_matches_regexp"][0], r"Grafana \$x \{\{y\}\} \(z\)");
    let with_query = Settings { url: "https://app.example.com:8443/m?a=1&a=2".to_owned(), ..settings() };
    let job: serde_json::Value = serde_yaml::from_str(&emit(&with_query, Form::Prometheus).text).unwrap();
    let job = &job["scrape_configs"][0];
    assert_eq!((&job["metrics_path"], &job["params"]["a"][1]), (&"/m".into(), &"2".into()));
    assert_eq!(job["static_configs"][0]["targets"][0], "app.example.com:8443");
    assert_eq!(job["oauth2"]["client_secret_file"], "/run/secrets/authkuma_client_secret");
}

#[test]
fn a_configuration_says_the_rest() {
    let text = "\
session:
  cookies:
    - domain: 'app.example.com'
      authelia_url: 'https://auth.app.example.com'
    - domain: 'example.com'
      authelia_url: 'https://auth.example.com/portal/'
identity_providers:
  oidc:
    clients:
      - client_id: 'kuma'
        requested_audience_mode: 'implicit'
        token_endpoint_auth_method: 'client_secret_post'
      - client_id: 'other'
        token_endpoint_auth_method: 'private_key_jwt'
";
    let source = crate::source::Source::new("configuration.yml", text.to_owned());
    let config = crate::config::load(crate::source::Sources::from(source));
    let client = &config.clients()[0];
    let of = |url: &str| Settings::of(&config, client, url);
    let settings = of("https://grafana.example.com/x").unwrap();
    assert_eq!(settings.token_url, "https://auth.example.com/portal/api/oidc/token");
    assert_eq!((settings.method.name(), settings.audience), ("client_secret_post", None));
    assert_eq!(of("https://x.app.example.com/").unwrap().token_url, "https://auth.app.example.com/api/oidc/token");
    assert_eq!(of("https://app.example.org/").unwrap_err(), UnfitSettings::NoPortal("app.example.org".to_owned()));
    let other = Settings::of(&config, &config.clients()[1], "https://a.example.com/").unwrap_err();
    assert_eq!(other, UnfitSettings::Method("private_key_jwt".to_owned()));
}

#[test]
fn the_older_uptime_kuma_takes_no_interval_below_20_seconds() {
    let fit = |interval, form| Settings { interval, ..settings() }.fit_for(form).map(|settings| settings.interval);
    for form in [Form::Kuma1, Form::Kuma1Json] {
        assert_eq!((fit(19, form), fit(20, form)), (Err(UnfitSettings::Interval(form, 20)), Ok(20)));
    }
    assert_eq!(fit(1, Form::Kuma2Json), Ok(1));
}
