//! The token endpoint.

use super::audience::{AudienceList, Coverage};
use super::authentication::{ClientCredentials, Presented};
use super::behaviour::{AudienceRule, IssuerGate, ResourceRule};
use super::client::{Client, ClientEndpoint};
use super::credentials::{KnownToken, TokenState};
use super::engine::Engine;
use super::issuer::Issuer;
use super::refusal::Refusal;
use super::step::{Check, Step, Steps};
use crate::config::client::{BEARER_SCOPE, CLIENT_CREDENTIALS};
use crate::go::url::Url;

/// A request to the token endpoint.
pub struct TokenRequest<'r> {
    /// The address by which it comes; none when the application has no portal.
    pub issuer: Option<Issuer<'r>>,
    /// What proves the client.
    pub credentials: ClientCredentials,
    /// Whether the secret that counts is the client's. Asked last, since it may take long.
    pub verify: &'r dyn Fn(&Client, Presented) -> bool,
    /// `grant_type`; none when absent.
    pub grant_type: Option<&'r str>,
    /// `scope`; none when absent.
    pub scope: Option<&'r str>,
    /// Every `audience`, in order.
    pub audience: &'r [&'r str],
    /// Every `resource`, in order.
    pub resource: &'r [&'r str],
}

/// What the token endpoint answers.
#[derive(Clone, Debug)]
pub struct TokenDecision {
    /// The HTTP status.
    pub status: u16,
    /// Why not, when it is not 200.
    pub refusal: Option<Refusal>,
    /// What is granted, when it is 200.
    pub grant: Option<Grant>,
    /// The checks in order, up to the one that decides.
    pub steps: Vec<Step>,
    /// `error_description`
    description: Option<String>,
}

/// What a token is given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Grant {
    /// The client.
    pub client: String,
    /// The scopes, in the order in which they are asked for.
    pub scopes: Vec<String>,
    /// The audiences.
    pub audience: Vec<String>,
    /// The resources.
    pub resource: Vec<String>,
    /// Seconds for which it is valid.
    pub lifetime: u64,
    /// Whether it is a signed token, which no authz endpoint behind a proxy recognises.
    pub is_signed: bool,
}

impl TokenDecision {
    /// The OAuth 2.0 error code.
    pub fn error(&self) -> Option<&'static str> {
        self.refusal.as_ref().map(|refusal| refusal.error)
    }

    /// `error_description` as the client is told it.
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }
}

impl Grant {
    /// The token, as the authz endpoints see it later. `issuer` is the address of the portal that issued it.
    pub fn token(&self, issuer: &str) -> KnownToken {
        KnownToken {
            client: self.client.clone(),
            scopes: self.scopes.clone(),
            audience: self.audience.clone(),
            resource: self.resource.clone(),
            signed_by: self.is_signed.then(|| issuer.to_owned()),
            state: TokenState::Active,
        }
    }

    /// `aud` of the token: audiences and resources, each once.
    pub fn aud(&self) -> Vec<&str> {
        let mut all: Vec<&str> = Vec::new();
        for value in self.audience.iter().chain(&self.resource) {
            if !all.contains(&value.as_str()) {
                all.push(value);
            }
        }
        all
    }
}

impl Engine {
    /// What the token endpoint answers.
    pub fn token(&self, request: &TokenRequest<'_>) -> TokenDecision {
        let mut steps = Steps::default();
        let result = self.grant(request, &mut steps);
        let description = result.as_ref().err().map(|refusal| refusal.description(self.sends_debug_messages));
        let (status, grant, refusal) = match result {
            Ok(grant) => (200, Some(grant), None),
            Err(refusal) => (refusal.status, None, Some(refusal)),
        };
        TokenDecision { status, refusal, grant, steps: steps.0, description }
    }

    fn grant(&self, request: &TokenRequest<'_>, steps: &mut Steps) -> Result<Grant, Refusal> {
        let gate = self.behaviour.issuer_gate;
        if gate == IssuerGate::First {
            self.pass_issuer(request.issuer.as_ref(), steps)?;
        }
        self.check_resource_form(request, steps)?;
        let grants: Vec<&str> = words(request.grant_type).collect();
        let grant = match grants.as_slice() {
            [] => {
                steps.fail(Check::Grant, None, "the request names no grant_type");
                return Err(Refusal::invalid_request().hint("Request parameter 'grant_type' is missing"));
            }
            [one] => *one,
            _ => "",
        };
        let is_known = matches!(grant, "authorization_code" | "refresh_token" | "urn:ietf:params:oauth:grant-type:device_code");
        if grant != CLIENT_CREDENTIALS && !is_known {
            steps.fail(Check::Grant, None, format!("the server knows no grant '{}'", grants.join(" ")));
            return Err(Refusal::invalid_request());
        }
        let client = self.authenticate(ClientEndpoint::Token, &request.credentials, request.verify, steps)?;
        check_grant(client, grant, steps)?;
        let scopes = check_scopes(client, request.scope, steps)?;
        let (audience, resource) = self.check_audience(client, request, steps)?;
        if matches!(gate, IssuerGate::Last | IssuerGate::LastAsServerError) {
            self.pass_issuer(request.issuer.as_ref(), steps)?;
        }
        mixed_scopes(client, &scopes, steps)?;
        Ok(Grant {
            client: client.id.to_string(),
            scopes,
            audience,
            resource,
            lifetime: client.lifetime,
            is_signed: client.signs_tokens,
        })
    }

    /// What is granted of audiences and resources.
    fn check_audience(
        &self,
        client: &Client,
        request: &TokenRequest<'_>,
        steps: &mut Steps,
    ) -> Result<(Vec<String>, Vec<String>), Refusal> {
        let rule = self.behaviour.resource;
        let own_resources = matches!(rule, ResourceRule::Apart | ResourceRule::Covers);
        let named = values(request.resource);
        let (audience, resource) = match rule {
            ResourceRule::IsAudience if !named.is_empty() => (named, Vec::new()),
            _ if own_resources => (values(request.audience), named),
            _ => (values(request.audience), Vec::new()),
        };
        let is_silent = request.audience.is_empty() && (!own_resources || request.resource.is_empty());
        if audience.is_empty() && resource.is_empty() && is_silent {
            return Ok((implicit_audience(client, steps), Vec::new()));
        }
        for wanted in &audience {
            let coverage = client.audience.covers(wanted, self.behaviour.audience);
            self.judge(client, Check::Audience, wanted, coverage, steps)?;
        }
        for wanted in &resource {
            self.judge(client, Check::Resource, wanted, client.audience.covers_resource(wanted), steps)?;
            if rule == ResourceRule::Covers {
                steps.mark_reported();
            }
        }
        if audience.is_empty() && resource.is_empty() {
            let detail = "the audience that is asked for is empty, so the token is given none";
            steps.pass(Check::Audience, Some(client.path("audience")), detail);
        }
        Ok((audience, resource))
    }

    fn judge(&self, client: &Client, check: Check, wanted: &str, coverage: Coverage, steps: &mut Steps) -> Result<(), Refusal> {
        let list = client.path("audience");
        let debug = match coverage {
            Coverage::Entry(at) => {
                let detail = format!("'{wanted}' is covered by audience '{}'", client.audience.text(at));
                steps.pass(check, Some(list.index(at)), detail);
                return Ok(());
            }
            Coverage::Nothing => {
                steps.fail(check, Some(list), uncovered(&client.audience, wanted, self.behaviour.audience));
                let what = if check == Check::Resource { "resource" } else { "audience" };
                format!("Requested {what} '{wanted}' has not been whitelisted by the OAuth 2.0 Client.")
            }
            Coverage::Unreadable(at) => {
                let entry = client.audience.text(at);
                steps.fail(
                    check,
                    Some(list.index(at)),
                    format!("audience '{entry}' is no URL, and the server reads no entry behind it"),
                );
                format!("Unable to parse whitelisted audience '{entry}'.")
            }
            Coverage::UnreadableNeedle => {
                steps.fail(check, None, format!("'{wanted}', which is asked for, is no URL"));
                format!("Unable to parse requested audience '{wanted}'.")
            }
        };
        Err(if self.behaviour.has_invalid_target {
            Refusal::invalid_target(debug)
        } else {
            Refusal::invalid_request().hint(debug)
        })
    }

    /// What is checked of `resource` before anything else.
    fn check_resource_form(&self, request: &TokenRequest<'_>, steps: &mut Steps) -> Result<(), Refusal> {
        let rule = self.behaviour.resource;
        if rule == ResourceRule::Ignored {
            return Ok(());
        }
        if rule == ResourceRule::IsAudience && !request.resource.is_empty() && !request.audience.is_empty() {
            steps.fail(Check::Resource, None, "'resource' and 'audience' are asked for together, which this release refuses");
            let hint = "The 'resource' parameter is only allowed when the 'audience' parameter is not also present.";
            return Err(Refusal::invalid_request().hint(hint));
        }
        for resource in values(request.resource) {
            let fault = match Url::parse(&resource) {
                Err(_) => Some(format!("Unable to parse resource indicator '{resource}' from the 'resource' parameter.")),
                Ok(url) if !url.is_absolute() => Some(format!(
                    "The 'resource' parameter must contain resource indicators that are absolute URIs but '{resource}' is not absolute."
                )),
                Ok(url) if !url.fragment.is_empty() => Some(format!(
                    "The 'resource' parameter must contain resource indicators that do not contain a fragment but '{resource}' contains a fragment."
                )),
                Ok(_) => None,
            };
            if let Some(fault) = fault {
                steps.fail(Check::Resource, None, format!("resource '{resource}' is no absolute URL without a fragment"));
                return Err(Refusal::invalid_target(fault));
            }
        }
        Ok(())
    }
}

fn check_grant(client: &Client, grant: &str, steps: &mut Steps) -> Result<(), Refusal> {
    if grant == CLIENT_CREDENTIALS && client.is_public {
        steps.fail(Check::Grant, Some(client.path("public")), "a public client may not use the grant 'client_credentials'");
        return Err(Refusal::grant_of_public_client());
    }
    let path = Some(client.path("grant_types"));
    if !client.has_grant(grant) {
        steps.fail(Check::Grant, path, format!("grant_types does not hold '{grant}'"));
        return Err(Refusal::unauthorized_client(grant));
    }
    if grant != CLIENT_CREDENTIALS {
        steps.fail(Check::Grant, path, format!("what the grant '{grant}' presents was never issued"));
        return Err(Refusal::invalid_grant());
    }
    steps.pass(Check::Grant, path, format!("grant_types holds '{grant}'"));
    Ok(())
}

fn check_scopes(client: &Client, scope: Option<&str>, steps: &mut Steps) -> Result<Vec<String>, Refusal> {
    let path = Some(client.path("scopes"));
    for wanted in words(scope) {
        if !client.has_scope(wanted) {
            steps.fail(Check::Scope, path, format!("scopes does not hold '{wanted}'"));
            let hint = format!("The OAuth 2.0 Client is not allowed to request scope '{wanted}'.");
            return Err(Refusal::invalid_scope(hint, String::new()));
        }
    }
    let scopes: Vec<String> = words(scope).map(str::to_owned).collect();
    if scopes.is_empty() {
        steps.pass(Check::Scope, path, "no scope is asked for, and none is granted");
    } else {
        steps.pass(Check::Scope, path, format!("scopes holds '{}'", scopes.join("' and '")));
    }
    Ok(scopes)
}

/// What a request that names no audience is granted.
fn implicit_audience(client: &Client, steps: &mut Steps) -> Vec<String> {
    let path = Some(client.path("requested_audience_mode"));
    if !client.is_implicit {
        let detail = "no audience is asked for, and requested_audience_mode is 'explicit', so the token is given none";
        steps.pass(Check::Audience, path, detail);
        return Vec::new();
    }
    let detail =
        "no audience is asked for, and requested_audience_mode is 'implicit', so the token is given every audience of the client";
    steps.pass(Check::Audience, path, detail);
    client.audience.texts().map(str::to_owned).collect()
}

/// The bearer scope stands alone, which is checked once everything else is granted.
fn mixed_scopes(client: &Client, scopes: &[String], steps: &mut Steps) -> Result<(), Refusal> {
    let is_other = |scope: &&String| !matches!(scope.as_str(), BEARER_SCOPE | "offline" | "offline_access");
    let Some(other) = scopes.iter().find(is_other).filter(|_| scopes.iter().any(|scope| scope == BEARER_SCOPE)) else {
        return Ok(());
    };
    steps.fail(
        Check::Scope,
        Some(client.path("scopes")),
        format!("'{BEARER_SCOPE}' may not be asked for together with '{other}'"),
    );
    let debug = format!(
        "The scope '{BEARER_SCOPE}' must only be requested by itself or with the 'offline_access' scope, no other scopes are permitted."
    );
    Err(Refusal::invalid_scope(String::new(), debug))
}

/// Why a list covers something not, for people.
pub(super) fn uncovered(list: &AudienceList, wanted: &str, rule: AudienceRule) -> String {
    if list.is_empty() {
        return format!("there is no audience, so nothing covers '{wanted}'");
    }
    let entries: Vec<&str> = list.texts().take(3).collect();
    let more = if list.texts().count() > 3 { ", …" } else { "" };
    let how = if rule == AudienceRule::Exact { "is exactly" } else { "covers" };
    format!("no audience {how} '{wanted}': '{}'{more}", entries.join("', '"))
}

/// The words of a parameter.
fn words(parameter: Option<&str>) -> impl Iterator<Item = &str> {
    parameter.unwrap_or_default().split(' ').filter(|word| !word.is_empty())
}

/// The values of a parameter that may be repeated: one value is split at blanks, several are taken whole.
fn values(parameter: &[&str]) -> Vec<String> {
    match parameter {
        [one] => words(Some(one)).map(str::to_owned).collect(),
        several => several.iter().filter(|value| !value.is_empty()).map(|value| (*value).to_owned()).collect(),
    }
}
