//! Where the targets of a fleet come from: a file of targets, Uptime Kuma's database, or the configuration.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

use serde::Deserialize;

use super::Known;
use super::fleet::{Asked, SharedSecret};
use super::target::{Named, TargetOptions};
use crate::commands::monitor::read_database;
use crate::commands::secret_source::{Ask, SecretSource};
use crate::commands::{config_files, outputs};
use crate::error::Failure;
use crate::host::Host;
use crate::monitor::{Authentication, Generation, Kind, Monitor};
use crate::probe::Asker;
use crate::probe::plan::Plan;
use crate::probe::result::ProbeResult;
use crate::secret::Secret;

/// The options that name many targets.
#[derive(clap::Args, Debug)]
pub(super) struct Origin {
    /// Probe every target of a YAML or JSON file, '-' is standard input; each target is named by the options' names and has its own secret or the common one
    #[arg(long, value_name = "FILE", conflicts_with_all = ["db", "all", "url", "named_url"])]
    targets: Option<PathBuf>,
    /// Probe every active monitor with client credentials in Uptime Kuma's database, with the secrets that it holds
    #[arg(long, value_name = "PATH", conflicts_with_all = ["all", "url", "named_url", "secret_file", "secret_command"])]
    db: Option<PathBuf>,
    /// Probe every audience of the client, as --config has them
    #[arg(long, requires = "config", conflicts_with_all = ["url", "named_url"])]
    all: bool,
}

/// What every target shares.
pub(super) struct Common<'a> {
    pub(super) options: &'a TargetOptions,
    pub(super) secret: &'a SecretSource,
    pub(super) known: Option<&'a Known>,
    pub(super) time_limit: Duration,
    /// The files that are written.
    pub(super) outputs: Vec<&'a PathBuf>,
}

impl Common<'_> {
    /// The plan that options make.
    fn plan(&self, options: &TargetOptions) -> Result<Plan, Failure> {
        options.plan(self.known.map(|(config, engine)| (config, engine)), self.time_limit)
    }

    /// The plan of one of many targets.
    fn plan_of(&self, named: &Named) -> Result<Plan, Failure> {
        self.plan(&self.options.with(named)?)
    }
}

/// One target, or what there is to say of one that cannot be asked.
pub(super) type Entry = Result<Asked, ProbeResult>;

impl Origin {
    /// The files that are read.
    pub(super) fn inputs(&self) -> impl Iterator<Item = &PathBuf> {
        self.targets.iter().chain(&self.db)
    }

    /// The targets in the order in which they are written.
    pub(super) fn targets(&self, common: &Common<'_>, host: &mut Host<'_>) -> Result<Vec<Entry>, Failure> {
        if let Some(path) = &self.db {
            return from_database(path, common, host);
        }
        let asked = match &self.targets {
            Some(path) => from_file(path, common, host)?,
            None if self.all => from_configuration(common, host)?,
            None => vec![only(common, host)?],
        };
        Ok(asked.into_iter().map(Ok).collect())
    }
}

/// The one target that the options name.
fn only(common: &Common<'_>, host: &mut Host<'_>) -> Result<Asked, Failure> {
    let plan = common.plan(common.options)?;
    let secret = if plan.selection.asks_token() { common.secret.read(Ask::Once, host)? } else { Secret::new(String::new()) };
    Ok(Asked { plan, secret: Ok(Rc::new(secret)) })
}

/// A file of targets. What stands under `defaults` holds where a target is silent.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    defaults: Named,
    targets: Vec<Named>,
}

fn from_file(path: &Path, common: &Common<'_>, host: &mut Host<'_>) -> Result<Vec<Asked>, Failure> {
    // The composer is asked first: it bounds depth and aliases.
    let read = config_files::load(&[path.to_owned()], host)?;
    let text: String = read.sources.iter().map(|(_, source)| source.text()).collect();
    let hint =
        "give a list 'targets' of mappings with url, and name, portal, client, secret_file or secret_command where they differ";
    let file: File =
        serde_yaml::from_str(&text).map_err(|error| Failure::new(format!("{}: {error}", path.display())).hint(hint))?;
    if file.targets.is_empty() {
        return Err(Failure::new(format!("{} names no target", path.display())).hint(hint));
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    let named: Vec<Named> = file.targets.into_iter().map(|entry| entry.over(&file.defaults)).collect();
    let is_alone = named.iter().all(|named| named.secret_file.is_none() && named.secret_command.is_none());
    let files: Vec<PathBuf> = named.iter().filter_map(|named| Some(folder.join(named.secret_file.as_ref()?))).collect();
    outputs::spare_inputs(common.outputs.iter().copied(), &files)?;
    let mut secrets = Secrets { folder, common: common.secret, is_alone, read: HashMap::new() };
    let entries = named.iter().enumerate();
    entries
        .map(|(at, named)| {
            let place = format!("{}: targets[{at}]: ", path.display());
            let plan = common.plan_of(named).map_err(|failure| failure.prefixed(&place))?;
            if named.secret_file.is_some() && named.secret_command.is_some() {
                let both = Failure::usage("secret_file and secret_command are both given");
                return Err(both.prefixed(&place).hint("leave one of the two away"));
            }
            if !plan.selection.asks_token() {
                return Ok(Asked { plan, secret: Ok(Rc::new(Secret::new(String::new()))) });
            }
            Ok(Asked { plan, secret: secrets.of(named, host)? })
        })
        .collect()
}

/// Secrets that were read, each once, and why others could not be.
struct Secrets<'a> {
    folder: &'a Path,
    common: &'a SecretSource,
    /// Whether the common secret is everybody's: without it there is nobody to ask.
    is_alone: bool,
    read: HashMap<(Option<PathBuf>, Option<String>), SharedSecret>,
}

impl Secrets<'_> {
    fn of(&mut self, named: &Named, host: &mut Host<'_>) -> Result<SharedSecret, Failure> {
        let key = (named.secret_file.as_ref().map(|file| self.folder.join(file)), named.secret_command.clone());
        if let Some(secret) = self.read.get(&key) {
            return Ok(secret.clone());
        }
        let secret = match &key {
            (None, None) => self.common.read(Ask::Once, host),
            (file, command) => SecretSource { secret_file: file.clone(), secret_command: command.clone() }.read(Ask::Once, host),
        };
        let secret = match secret {
            Err(failure) if self.is_alone => return Err(failure),
            secret => secret.map(Rc::new).map_err(|failure| failure.reason()),
        };
        self.read.insert(key, secret.clone());
        Ok(secret)
    }
}

fn from_database(path: &Path, common: &Common<'_>, host: &mut Host<'_>) -> Result<Vec<Entry>, Failure> {
    let database = read_database(path, host)?;
    let asker = if database.generation == Generation::One { Asker::Kuma1 } else { Asker::Kuma2 };
    let mut targets = Vec::new();
    for monitor in database.monitors.into_iter().filter(|monitor| monitor.active && monitor.kind.sends_token()) {
        let (name, url) = (monitor.name.clone(), monitor.redact(&monitor.url));
        let Some((named, secret)) = of_monitor(monitor, asker) else { continue };
        // A monitor that cannot even be asked about is a matter of 'monitor check', and keeps no other from being asked.
        targets.push(match common.plan_of(&named) {
            Ok(plan) => Ok(Asked { plan, secret: Ok(Rc::new(secret)) }),
            Err(failure) => Err(ProbeResult::unasked(name, url, failure.line())),
        });
    }
    if targets.is_empty() {
        return Err(Failure::new(format!("{} has no active monitor with client credentials", path.display()))
            .hint("'authkuma monitor check --db' tells what is wrong with its monitors"));
    }
    Ok(targets)
}

/// A monitor as the options would name it; none when it uses no client credentials.
fn of_monitor(monitor: Monitor, asker: Asker) -> Option<(Named, Secret)> {
    let Authentication::ClientCredentials(credentials) = monitor.authentication else { return None };
    let token_url = Some(credentials.token_url).filter(|url| !url.is_empty());
    let named = Named {
        name: Some(monitor.name),
        url: Some(monitor.url),
        portal: token_url.as_deref().and_then(|url| url.strip_suffix("/api/oidc/token")).map(str::to_owned),
        client: Some(credentials.client_id),
        token_url,
        audience: (asker == Asker::Kuma2).then_some(credentials.audience),
        scope: Some(credentials.scope),
        auth_method: credentials.method.map(|method| method.name().to_owned()),
        method: Some(monitor.method),
        keyword: Some(monitor.keyword).filter(|_| monitor.kind == Kind::Keyword && !monitor.invert_keyword),
        asker: Some(asker),
        ..Named::default()
    };
    Some((named, credentials.client_secret))
}

fn from_configuration(common: &Common<'_>, host: &mut Host<'_>) -> Result<Vec<Asked>, Failure> {
    let Some((config, engine)) = common.known else { return Ok(vec![only(common, host)?]) };
    let client = common.options.client_of((config, engine))?;
    let secret = Rc::new(common.secret.read(Ask::Once, host)?);
    let named = client.audience.iter().map(|audience| Named {
        url: Some(audience.to_string()),
        client: Some(client.id.to_string()),
        ..Named::default()
    });
    let asked: Vec<Asked> = named
        .map(|named| {
            let plan = common.plan_of(&named)?;
            Ok(Asked { plan, secret: Ok(secret.clone()) })
        })
        .collect::<Result<_, Failure>>()?;
    if asked.is_empty() {
        return Err(Failure::usage(format!("client '{}' has no audience", client.id)).hint("name the URL that is monitored"));
    }
    Ok(asked)
}
