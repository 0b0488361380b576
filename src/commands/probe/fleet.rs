//! Targets side by side: as many at once as wanted, and no host asked by too many of them.

use std::collections::HashMap;
use std::rc::Rc;

use indicatif::ProgressBar;
use tokio::sync::Semaphore;
use tokio::task::{JoinSet, LocalSet};

use super::Known;
use crate::commands::progress;
use crate::error::Failure;
use crate::host::Host;
use crate::probe::expectation::Expectations;
use crate::probe::plan::Plan;
use crate::probe::result::ProbeResult;
use crate::probe::transcript::Transcript;
use crate::probe::{Prober, Step, diagnose};
use crate::secret::Secret;

/// One target with the secret that it needs.
#[derive(Debug)]
pub(in crate::commands) struct Asked {
    pub(in crate::commands) plan: Plan,
    pub(in crate::commands) secret: SharedSecret,
}

/// A secret that several targets may share, or the reason why it could not be read.
pub(in crate::commands) type SharedSecret = Result<Rc<Secret>, String>;

/// How many targets are asked at once.
#[derive(clap::Args, Clone, Copy, Debug)]
pub(in crate::commands) struct Limits {
    /// Targets that are asked at the same time
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: u16,
    /// Targets on the same host that are asked at the same time
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=1024))]
    per_host: u16,
}

impl Limits {
    /// For one target.
    pub(in crate::commands) const ONE: Limits = Limits { jobs: 1, per_host: 1 };
}

/// Probes every target and gives the results in the order of the targets, whatever is ready first.
pub(in crate::commands) fn probe(
    targets: Vec<Asked>,
    prober: Prober,
    limits: Limits,
    known: Option<&Known>,
    host: &Host<'_>,
) -> Result<Vec<ProbeResult>, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let bar = progress::bar(targets.len(), "{spinner} {pos} of {len} targets, {msg} ({elapsed})", host);
    let targets: Vec<Rc<Asked>> = targets.into_iter().map(Rc::new).collect();
    for target in &targets {
        if let Ok(secret) = &target.secret {
            prober.announce(&target.plan, secret);
        }
    }
    let asking = ask_all(&targets, Rc::new(prober), limits, host.unix_time(), &bar);
    let transcripts = LocalSet::new().block_on(&runtime, asking);
    bar.finish_and_clear();
    // A name that is still being looked up must not hold the program.
    runtime.shutdown_background();
    let result = |(target, transcript): (&Rc<Asked>, &Transcript)| {
        let Asked { plan, secret } = &**target;
        let known = known.zip(secret.as_ref().ok());
        let expectations = known.map(|((config, engine), secret)| Expectations::new(plan, secret, transcript, config, engine));
        diagnose(plan, transcript, expectations.as_ref())
    };
    Ok(targets.iter().zip(&transcripts).map(result).collect())
}

async fn ask_all(targets: &[Rc<Asked>], prober: Rc<Prober>, limits: Limits, began: u64, bar: &ProgressBar) -> Vec<Transcript> {
    let together = Rc::new(Semaphore::new(limits.jobs.into()));
    let mut hosts: HashMap<&str, Rc<Semaphore>> = HashMap::new();
    let mut asking = JoinSet::new();
    for (at, target) in targets.iter().enumerate() {
        let of_host = hosts.entry(target.plan.url.host_str().unwrap_or_default());
        let of_host = of_host.or_insert_with(|| Rc::new(Semaphore::new(limits.per_host.into()))).clone();
        let (together, prober, target, bar) = (together.clone(), prober.clone(), target.clone(), bar.clone());
        asking.spawn_local(async move {
            // The host first: who waits for one must not keep others from theirs. Neither is ever closed.
            let _place = (of_host.acquire().await, together.acquire().await);
            let shown = bar.clone();
            let show = move |step: Step| shown.set_message(step.name());
            let transcript = match &target.secret {
                Ok(secret) => prober.probe(&target.plan, secret, began, &show).await,
                Err(reason) => prober.probe_without_secret(&target.plan, reason, began, &show).await,
            };
            bar.inc(1);
            (at, transcript)
        });
    }
    let mut done = asking.join_all().await;
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, transcript)| transcript).collect()
}
