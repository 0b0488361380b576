//! Which client a question is about when it names none.

use std::fmt;

use super::behaviour::AudienceRule;
use super::client::Client;
use super::engine::Engine;
use super::monitored_url::MonitoredUrl;
use crate::config::client::{BEARER_SCOPE, CLIENT_CREDENTIALS};

/// Why no client can be chosen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unchosen {
    /// None has the scope for it.
    NoBearerClient,
    /// Any of these may be meant.
    Several(Vec<String>),
}

/// Ids that a message names at most.
const NAMED: usize = 10;

impl fmt::Display for Unchosen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unchosen::NoBearerClient => write!(f, "the configuration has no client with the scope {BEARER_SCOPE}"),
            Unchosen::Several(ids) => {
                write!(f, "any of several clients may be meant: {}", ids[..ids.len().min(NAMED)].join(", "))?;
                if ids.len() > NAMED { write!(f, " and {} more", ids.len() - NAMED) } else { Ok(()) }
            }
        }
    }
}

impl std::error::Error for Unchosen {}

impl Engine {
    /// The client that a monitor of a URL means: the only bearer client, else the only one whose audience covers the URL.
    pub fn client_for(&self, url: Option<&str>) -> Result<&Client, Unchosen> {
        let bearers: Vec<&Client> = self.clients().iter().filter(|client| client.has_bearer_scope()).collect();
        let machines = only_those(&bearers, |client| client.has_grant(CLIENT_CREDENTIALS));
        let candidates = url.map_or_else(|| machines.clone(), |url| self.covering(&machines, url));
        match candidates.as_slice() {
            [] => Err(Unchosen::NoBearerClient),
            [only] => Ok(only),
            several => Err(Unchosen::Several(several.iter().map(|client| client.id.to_string()).collect())),
        }
    }

    /// Those whose audience covers the URL by the release's rule, else by prefix, as people mean it; else all of them.
    fn covering<'e>(&self, clients: &[&'e Client], url: &str) -> Vec<&'e Client> {
        let url = MonitoredUrl::split(url).map_or_else(|_| url.to_owned(), |url| url.url());
        let by_rule = only_those(clients, |client| self.behaviour.audience.admits(client.audience(), &url));
        let prefix = AudienceRule::Prefix { reads_all: false };
        if by_rule.len() < clients.len() { by_rule } else { only_those(clients, |client| prefix.admits(client.audience(), &url)) }
    }
}

/// The clients for which something holds, or all when it holds for none.
fn only_those<'e>(clients: &[&'e Client], holds: impl Fn(&Client) -> bool) -> Vec<&'e Client> {
    let found: Vec<&Client> = clients.iter().copied().filter(|client| holds(client)).collect();
    if found.is_empty() { clients.to_vec() } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bearer::Target;
    use crate::config;
    use crate::source::{Source, Sources};

    fn chosen(clients: &[(&str, &str, &str)], url: Option<&str>) -> Result<String, Unchosen> {
        let clients: Vec<String> = clients
            .iter()
            .map(|(id, audience, scope)| {
                format!(
                    "      - client_id: {id}\n        audience: ['{audience}']\n        scopes: ['{scope}']\n        \
                     grant_types: ['client_credentials']\n"
                )
            })
            .collect();
        let text = format!("identity_providers:\n  oidc:\n    clients:\n{}", clients.concat());
        Engine::compile(&config::load(Sources::from(Source::new("configuration.yml", text))), Target::NEWEST)
            .unwrap()
            .client_for(url)
            .map(|client| client.id.to_string())
    }

    #[test]
    fn the_url_tells_which_of_several_clients_is_meant() {
        let several = [
            ("a", "https://a.example.com/", BEARER_SCOPE),
            ("b", "https://b.example.com", BEARER_SCOPE),
            ("c", "https://a.example.com/x", "groups"),
        ];
        for (url, expected) in [
            ("https://a.example.com", "a"),
            ("https://a.example.com/", "a"),
            ("https://a.example.com/x", "a"),
            ("https://b.example.com/", "b"),
        ] {
            assert_eq!(chosen(&several, Some(url)).as_deref(), Ok(expected), "{url}");
        }
        let both = Err(Unchosen::Several(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(chosen(&several, None), both);
        assert_eq!(chosen(&several, Some("https://c.example.com/")), both);
        assert_eq!(chosen(&several[1..], Some("https://c.example.com/")).as_deref(), Ok("b"));
        assert_eq!(chosen(&several[2..], None), Err(Unchosen::NoBearerClient));
    }

    #[test]
    fn a_message_names_ten_clients() {
        let said = Unchosen::Several((0..12).map(|at| format!("id{at}")).collect()).to_string();
        assert!(said.ends_with("id8, id9 and 2 more"), "{said}");
    }
}
