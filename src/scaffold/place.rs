//! Every piece in its place.

use super::rule::Position;
use super::{Application, Credentials, Misfit, Order, Portal, endpoint, pieces};
use crate::bearer::{Engine, Target};
use crate::config::{Config, Path, ProblemKind};

/// A configuration with the pieces in it.
#[derive(Debug)]
pub struct Placed {
    /// The configuration.
    pub config: Config,
    /// The applications as the endpoint is told of them, with their clients.
    pub applications: Vec<(Application, Credentials)>,
    /// The name of the endpoint.
    pub endpoint: String,
    /// The path at which the proxy asks it.
    pub endpoint_path: String,
    /// Its `implementation`.
    pub implementation: String,
    /// The portal of all applications.
    pub portal: Portal,
    /// The cookie domain that the given files lack and that the portal was named for, so that the proof has one.
    pub(super) assumed_domain: Option<String>,
    /// What its reader has to know, as sentences.
    pub notes: Vec<String>,
}

/// Puts the pieces into a configuration, which may be empty: then the result is the pieces alone, the session cookie with them.
pub fn place(config: Config, order: &Order) -> Result<Placed, Misfit> {
    let is_fresh = config.sources.is_empty();
    check(&config, order)?;
    let mut notes = Vec::new();
    let (config, endpoint) = endpoint::place(config, order, is_fresh)?;
    let applications: Vec<(Application, Credentials)> = order
        .applications
        .iter()
        .map(|(application, credentials)| (application.as_reported_to(&endpoint.implementation), credentials.clone()))
        .collect();
    if applications.iter().zip(&order.applications).any(|(told, ordered)| told.0 != ordered.0) {
        notes.push("Envoy reports no query, so the audience and the rule are without it".to_owned());
    }
    let (mut config, portal, assumed_domain) = with_portal(config, order, is_fresh)?;
    for (application, credentials) in &applications {
        let position = Position::find(&config, application, credentials.id.as_str())?;
        if let Some(passed) = position.passes {
            let above = Path::of("access_control.rules").index(passed);
            notes.push(format!(
                "the rule of '{}' stands above {above}, whose networks no longer count for the monitor",
                credentials.id
            ));
        }
        let rule = pieces::rule(application, credentials, order.monitor);
        config = config.insert(&Path::of("access_control.rules"), position.index, &rule)?;
        let client = pieces::client(application, credentials, order.monitor);
        let end = config.clients().len();
        config = config.insert(&Path::of("identity_providers.oidc.clients"), end, &client)?;
    }
    Ok(Placed {
        config,
        applications,
        endpoint_path: endpoint.path(),
        endpoint: endpoint.name,
        implementation: endpoint.implementation,
        portal,
        assumed_domain,
        notes,
    })
}

/// What can be said before anything is put anywhere.
fn check(config: &Config, order: &Order) -> Result<(), Misfit> {
    let found = |is: fn(&ProblemKind) -> bool| config.problems.iter().any(|problem| is(&problem.kind));
    if found(|kind| matches!(kind, ProblemKind::Template { .. })) {
        return Err(Misfit::Template);
    }
    if found(|kind| matches!(kind, ProblemKind::Syntax { .. } | ProblemKind::DuplicateKey { .. } | ProblemKind::NoMapping)) {
        return Err(Misfit::Unreadable);
    }
    if config.is_whole() && config.oidc.is_none() {
        return Err(Misfit::NoProvider);
    }
    let mut taken: Vec<&str> = config.clients().iter().map(|client| &*client.id).collect();
    for (_, credentials) in &order.applications {
        if taken.contains(&credentials.id.as_str()) {
            return Err(Misfit::TakenId(credentials.id.to_string()));
        }
        taken.push(credentials.id.as_str());
    }
    Ok(())
}

/// The portal of the applications, and the configuration with its session cookie when it is made from nothing. When the given files
/// have no session cookies, the domain that they must have.
fn with_portal(config: Config, order: &Order, is_fresh: bool) -> Result<(Config, Portal, Option<String>), Misfit> {
    let hosts: Vec<&Application> = order.applications.iter().map(|(application, _)| application).collect();
    if config.session.cookies.is_empty()
        && config.session.legacy_domain.is_empty()
        && !config.is_whole()
        && let Some(portal) = &order.portal
    {
        let applications: Vec<Application> = hosts.into_iter().cloned().collect();
        let domain = portal.domain_with(&applications)?;
        if !is_fresh {
            return Ok((config, portal.clone(), Some(domain)));
        }
        let cookie = pieces::cookie(&domain, portal);
        return Ok((config.insert(&Path::of("session.cookies"), 0, &cookie)?, portal.clone(), None));
    }
    let engine = Engine::without_rules(&config, Target::NEWEST);
    let mut found: Option<Portal> = None;
    for application in hosts {
        let portal = Portal::of(&engine, &application.host)?;
        let wanted = found.as_ref().or(order.portal.as_ref());
        if wanted.is_some_and(|wanted| *wanted != portal) {
            return Err(Misfit::OtherPortal(application.host.clone(), portal.url().to_owned()));
        }
        if portal.host() == application.host && portal.port() == application.port {
            return Err(super::UnfitPortal::Application(application.host.clone()).into());
        }
        found = Some(portal);
    }
    let portal = found.ok_or_else(|| Misfit::NoPortal(String::new()))?;
    Ok((config, portal, None))
}
