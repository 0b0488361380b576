//! What the sandbox knows: the configuration that it answers from, the tokens that it issued, and what goes wrong on purpose.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use super::faults::Draw;
use super::journal::Journal;
use super::options::Options;
use super::rate_limit::{Bucket, DEFAULT_BUCKETS, RateLimit};
use super::tokens::Tokens;
use super::verification::Verification;
use crate::access::Undecidable;
use crate::bearer::{Engine, Grant, RateLimited, Target};
use crate::config::Config;

/// Everything that requests share.
pub(super) struct Sandbox {
    brain: RwLock<Arc<Brain>>,
    target: Target,
    limits: bool,
    pub tls: bool,
    pub tokens: Tokens<Issue>,
    pub verification: Verification,
    pub draw: Draw,
    pub journal: Journal,
}

/// What decides: one configuration, compiled.
pub(super) struct Brain {
    pub config: Arc<Config>,
    pub engine: Engine,
    /// None when token requests are not limited.
    pub limit: Option<RateLimit>,
}

/// What a token was given, and by which address of the portal.
#[derive(Debug)]
pub(super) struct Issue {
    pub grant: Grant,
    pub issuer: String,
}

impl Sandbox {
    pub(super) fn new(config: Config, options: &Options) -> Result<Sandbox, Undecidable> {
        let (target, limits) = (options.target, options.rate_limits);
        Ok(Sandbox {
            brain: RwLock::new(Arc::new(Brain::new(config, target, limits)?)),
            target,
            limits,
            tls: options.tls,
            tokens: Tokens::new(),
            verification: Verification::new(),
            draw: Draw::new(options.faults.clone()),
            journal: Journal::new(options.log.clone()),
        })
    }

    /// What decides at this moment. A request keeps to it to its end.
    pub(super) fn brain(&self) -> Arc<Brain> {
        Arc::clone(&self.brain.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Decides by another configuration from now on.
    pub(super) fn replace(&self, config: Config) -> Result<(), Undecidable> {
        let brain = Arc::new(Brain::new(config, self.target, self.limits)?);
        *self.brain.write().unwrap_or_else(PoisonError::into_inner) = brain;
        Ok(())
    }
}

impl Brain {
    fn new(config: Config, target: Target, limits: bool) -> Result<Brain, Undecidable> {
        let engine = Engine::compile(&config, target)?;
        let is_limited = limits && target.behaviour().rate_limited != RateLimited::Nothing;
        let limit = is_limited.then(|| buckets(&config)).flatten().map(RateLimit::new);
        Ok(Brain { config: Arc::new(config), engine, limit })
    }
}

/// The name of the token endpoint's limit.
const LIMIT: &str = "openid_connect_token";

/// The buckets of the token endpoint; none when its limit is switched off.
fn buckets(config: &Config) -> Option<Vec<Bucket>> {
    let configured = config.server.rate_limits.iter().filter(|bucket| &*bucket.limit == LIMIT).map(|bucket| Bucket {
        period: Duration::from_nanos(u64::try_from(bucket.period).unwrap_or_default()),
        requests: u32::try_from(bucket.requests).unwrap_or_default(),
    });
    let buckets: Vec<Bucket> = configured.filter(|bucket| !bucket.period.is_zero()).collect();
    let is_disabled = config.server.unlimited.iter().any(|limit| &**limit == LIMIT);
    (!is_disabled).then(|| if buckets.is_empty() { DEFAULT_BUCKETS.to_vec() } else { buckets })
}
