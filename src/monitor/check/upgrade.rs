//! What has to change so that the monitors pass under two releases, found by asking the engine again.

use serde::Serialize;
use url::Url;

use super::outlook::{Errand, Ways, audience};
use super::{Asked, Checked, Comparisons};
use crate::bearer::{Engine, Target};
use crate::config::client::Client;
use crate::config::{Config, Text};
use crate::monitor::address::as_reported;
use crate::monitor::{Generation, Monitor};
use crate::scrub::blank_urls;

/// The changes between two releases.
#[derive(Debug, Serialize)]
pub struct Upgrade {
    /// The release that runs.
    pub from: String,
    /// The release that is to run.
    pub to: String,
    /// Every client with a monitor that would be refused.
    pub clients: Vec<ClientChange>,
}

/// What has to change for one client.
#[derive(Debug, Serialize)]
pub struct ClientChange {
    /// `client_id`
    pub id: String,
    /// The audience list that works under both releases: the monitored URLs, then what was there, `***` for secrets in them.
    pub audience: Vec<String>,
    /// The entries that cover no monitored URL after the upgrade.
    pub superfluous: Vec<String>,
    /// Whether `requested_audience_mode: implicit` is needed, since its monitors cannot ask for an audience.
    pub needs_implicit_mode: bool,
    /// What has to change in Uptime Kuma.
    pub monitors: Vec<MonitorChange>,
    /// How many of its monitors pass under both releases with these changes.
    pub passing: usize,
    /// Monitors that are refused all the same, by their numbers.
    pub failing: Vec<i64>,
}

/// What has to change in one monitor.
#[derive(Debug, Serialize)]
pub struct MonitorChange {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The changes, as imperative sentences.
    pub steps: Vec<String>,
}

/// By what the changes are proven.
pub struct Proof<'p> {
    /// The release that runs.
    pub from: Target,
    /// The release that is to run.
    pub to: Target,
    /// The Uptime Kuma that the monitors are stored in.
    pub generation: Generation,
    /// How the proxy asks.
    pub asked: &'p Asked,
    /// Secrets that were compared.
    pub comparisons: &'p Comparisons,
}

/// The changes for the monitors that pass now and are refused later. The configuration is changed for the proof and left as it was.
pub fn plan(config: &mut Config, checked: &[Checked<'_>], proof: &Proof<'_>) -> Upgrade {
    let mut ids: Vec<&str> = Vec::new();
    for one in checked.iter().filter(|one| one.outlook.passes() && one.outlook.later_refusal().is_some()) {
        let id = one.monitor.credentials().map_or("", |credentials| &*credentials.client_id);
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let clients = ids.into_iter().filter_map(|id| change(config, id, checked, proof)).collect();
    Upgrade { from: proof.from.to_string(), to: proof.to.to_string(), clients }
}

/// A monitor that passes now, with the URL that its audience has to be.
struct Passing<'m> {
    monitor: &'m Monitor,
    url: Url,
    /// What covers that URL under every release.
    audience: String,
    token_url: &'m Url,
}

fn change(config: &mut Config, id: &str, checked: &[Checked<'_>], proof: &Proof<'_>) -> Option<ClientChange> {
    let position = config.clients().iter().position(|client| &*client.id == id)?;
    let own = |one: &&Checked<'_>| one.monitor.credentials().is_some_and(|credentials| credentials.client_id == id);
    let passing: Vec<Passing<'_>> = checked
        .iter()
        .filter(own)
        .filter(|one| one.outlook.passes())
        .filter_map(|one| {
            let url = as_reported(one.outlook.page_url.as_ref().ok()?);
            let audience = audience(&url);
            Some(Passing { monitor: one.monitor, url, audience, token_url: one.outlook.token_url.as_ref().ok()? })
        })
        .collect();
    let client = &config.clients()[position];
    let was_implicit = client.has_implicit_audience();
    let mut audience: Vec<String> = Vec::new();
    for one in passing.iter().map(|one| &one.audience) {
        if !audience.contains(one) {
            audience.push(one.clone());
        }
    }
    let kept: Vec<String> = client.audience.iter().map(ToString::to_string).filter(|entry| !audience.contains(entry)).collect();
    audience.extend(kept.iter().cloned());
    let monitored: Vec<String> = checked.iter().filter(own).filter_map(|one| one.outlook.covering_audience()).collect();
    let superfluous: Vec<String> = kept.into_iter().filter(|entry| !monitored.contains(entry)).collect();
    let needs_implicit_mode = !was_implicit && !proof.generation.sends_audience();
    let is_implicit = was_implicit || needs_implicit_mode;
    let monitors: Vec<MonitorChange> = passing.iter().filter_map(|one| one.change(is_implicit)).collect();
    let failing = with_changes(config, position, &audience, needs_implicit_mode, |config| {
        let (Ok(from), Ok(to)) = (Engine::compile(config, proof.from), Engine::compile(config, proof.to)) else {
            return passing.iter().map(|one| one.monitor.id).collect();
        };
        let engines = [from, to];
        let ways = Ways { config, asked: proof.asked, comparisons: proof.comparisons };
        passing.iter().filter(|one| !one.passes(&engines, ways, is_implicit)).map(|one| one.monitor.id).collect::<Vec<i64>>()
    });
    // What is proposed works with the secrets that URLs may hold, and is shown without them.
    let shown = |list: Vec<String>| list.iter().map(|entry| blank_urls(entry)).collect();
    Some(ClientChange {
        id: id.to_owned(),
        passing: passing.len() - failing.len(),
        audience: shown(audience),
        superfluous: shown(superfluous),
        needs_implicit_mode,
        monitors,
        failing,
    })
}

/// Runs something with a changed client, and changes it back.
fn with_changes<R>(
    config: &mut Config,
    position: usize,
    audience: &[String],
    implicit: bool,
    run: impl FnOnce(&Config) -> R,
) -> R {
    let new: Vec<Text> = audience.iter().map(|entry| entry.as_str().into()).collect();
    let mut old: Option<(Vec<Text>, Text)> = None;
    if let Some(client) = client_mut(config, position) {
        let mode = if implicit { "implicit".into() } else { client.requested_audience_mode.clone() };
        old = Some((std::mem::replace(&mut client.audience, new), std::mem::replace(&mut client.requested_audience_mode, mode)));
    }
    let result = run(config);
    if let (Some(client), Some((audience, mode))) = (client_mut(config, position), old) {
        client.audience = audience;
        client.requested_audience_mode = mode;
    }
    result
}

fn client_mut(config: &mut Config, position: usize) -> Option<&mut Client> {
    config.oidc.as_mut()?.clients.get_mut(position)
}

impl Passing<'_> {
    /// What to change in the monitor; none when it may stay as it is.
    fn change(&self, is_implicit: bool) -> Option<MonitorChange> {
        let mut steps = Vec::new();
        if self.audience(is_implicit) != self.asked_for() {
            steps.push(match self.audience(is_implicit) {
                "" => "empty 'OAuth Audience'".to_owned(),
                audience => format!("write '{}' into 'OAuth Audience'", blank_urls(audience)),
            });
        }
        if self.monitor.cache_bust {
            steps.push("switch 'Add the uptime_kuma_cachebuster parameter' off".to_owned());
        }
        let (id, name) = (self.monitor.id, self.monitor.name.clone());
        (!steps.is_empty()).then_some(MonitorChange { id, name, steps })
    }

    fn asked_for(&self) -> &str {
        self.monitor.credentials().map_or("", |credentials| credentials.audience.trim())
    }

    /// The audience that it has to ask for.
    fn audience(&self, is_implicit: bool) -> &str {
        if is_implicit && self.asked_for().is_empty() { "" } else { &self.audience }
    }

    /// Whether it passes under every release once it is changed.
    fn passes(&self, engines: &[Engine], ways: Ways<'_>, is_implicit: bool) -> bool {
        let Some(credentials) = self.monitor.credentials() else { return false };
        let audience = self.audience(is_implicit);
        let errand = Errand { monitor: self.monitor, credentials, token_url: self.token_url, url: Some(&self.url), audience };
        engines.iter().all(|engine| errand.run(engine, ways).passes())
    }
}
