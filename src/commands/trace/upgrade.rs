//! `trace --upgrade A:B`: every question under two releases.

use std::fmt;
use std::str::FromStr;

use super::asked::Asker;
use super::cases::{Case, Read};
use crate::bearer::{Engine, Mend, MonitoredUrl, Target, mend};
use crate::commands::config_files;
use crate::config::Config;
use crate::error::Failure;
use crate::host::Host;
use crate::monitor::address::{as_reported, as_sent};
use crate::outcome::Outcome;
use crate::report::trace::{Report, Told, Upgrade};
use crate::report::{Look, PlainOrJson};

/// Two releases.
#[derive(Clone, Copy, Debug)]
pub(super) struct Releases {
    from: Target,
    to: Target,
}

/// Why a text names no two releases.
#[derive(Debug)]
pub(super) struct NoReleases(String);

impl FromStr for Releases {
    type Err = NoReleases;

    fn from_str(text: &str) -> Result<Releases, NoReleases> {
        let (from, to) = text
            .split_once(':')
            .ok_or_else(|| NoReleases(format!("'{text}' is not of the form FROM:TO, such as 4.39.20:4.39.23")))?;
        let read = |text: &str| text.parse::<Target>().map_err(|unknown| NoReleases(unknown.to_string()));
        Ok(Releases { from: read(from)?, to: read(to)? })
    }
}

impl fmt::Display for NoReleases {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NoReleases {}

/// Asks under both releases and tells what changes.
pub(super) fn run(
    releases: Releases,
    cases: &[Read],
    config: &Config,
    form: PlainOrJson,
    host: &mut Host<'_>,
) -> Result<Outcome, Failure> {
    let engines = [config_files::compile(config, releases.from)?, config_files::compile(config, releases.to)?];
    let [before, after] = engines.each_ref().map(|engine| {
        let asker = Asker { engine, config, all_rules: false, explain_shadow: false, mends: false };
        cases.iter().map(|case| asker.tell(case)).collect::<Vec<Told<'_>>>()
    });
    let mends = cases.iter().zip(before.iter().zip(&after)).map(|(case, (before, after))| {
        let allowed = |told: &Told<'_>| told.answer.as_ref().is_some_and(crate::bearer::Answer::is_allowed);
        if allowed(before) && !allowed(after) { mend_of(case, config, &engines[1], releases.to) } else { None }
    });
    let mends: Vec<Option<Mend>> = mends.collect();
    let upgrade = Upgrade {
        before: Report { config, target: releases.from, told: &before },
        after: Report { config, target: releases.to, told: &after },
        mends,
    };
    upgrade.write(form, Look::of(host), &mut host.stdout)?;
    Ok(Outcome::answer(!upgrade.breaks_something()))
}

fn mend_of(case: &Read, config: &Config, engine: &Engine, target: Target) -> Option<Mend> {
    let case = case.as_ref().ok().filter(|case| !case.is_about_people())?;
    mend(config, target, &case.question(engine, None).ok()?)
}

/// What a monitor of every client would ask: each of its audiences, with and without naming it.
pub(super) fn usual_questions(engine: &Engine) -> Vec<Read> {
    let mut cases = Vec::new();
    for client in engine.clients().iter().filter(|client| client.has_bearer_scope()) {
        for url in client.audience().filter_map(|audience| Some(as_reported(&as_sent(audience).ok()?))) {
            let case = Case { client: Some(client.id.to_string()), url: Some(url.to_string()), ..Case::default() };
            let audience = MonitoredUrl::split(url.as_str()).ok().map(|url| url.audience());
            cases.push(Ok(Case { audience, ..case.clone() }));
            cases.push(Ok(case));
        }
    }
    cases
}
