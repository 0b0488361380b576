//! Keys of earlier releases that the server still maps to their replacements, with a warning.

use std::sync::Arc;

use super::node::{Entry, Node, Style, Value};
use super::{Path, Problem, ProblemKind, coerce};

/// A key and its replacement. `[]` stands for every item of a list.
struct Deprecated {
    key: &'static str,
    replacement: &'static str,
    since: &'static str,
}

const fn deprecated(key: &'static str, replacement: &'static str, since: &'static str) -> Deprecated {
    Deprecated { key, replacement, since }
}

/// The keys whose value moves to the replacement. The order is that in which one may feed the next.
const MOVED: [Deprecated; 38] = [
    deprecated("logs_level", "log.level", "4.7.0"),
    deprecated("logs_file", "log.file_path", "4.7.0"),
    deprecated("authentication_backend.ldap.skip_verify", "authentication_backend.ldap.tls.skip_verify", "4.25.0"),
    deprecated("authentication_backend.ldap.minimum_tls_version", "authentication_backend.ldap.tls.minimum_version", "4.25.0"),
    deprecated("notifier.smtp.disable_verify_cert", "notifier.smtp.tls.skip_verify", "4.25.0"),
    deprecated("host", "server.host", "4.30.0"),
    deprecated("port", "server.port", "4.30.0"),
    deprecated("tls_key", "server.tls.key", "4.30.0"),
    deprecated("tls_cert", "server.tls.certificate", "4.30.0"),
    deprecated("log_level", "log.level", "4.30.0"),
    deprecated("log_file_path", "log.file_path", "4.30.0"),
    deprecated("log_format", "log.format", "4.30.0"),
    deprecated("storage.postgres.sslmode", "storage.postgres.ssl.mode", "4.36.0"),
    deprecated("authentication_backend.disable_reset_password", "authentication_backend.password_reset.disable", "4.36.0"),
    deprecated("server.read_buffer_size", "server.buffers.read", "4.36.0"),
    deprecated("server.write_buffer_size", "server.buffers.write", "4.36.0"),
    deprecated("session.remember_me_duration", "session.remember_me", "4.38.0"),
    deprecated("server.enable_pprof", "server.endpoints.enable_pprof", "4.38.0"),
    deprecated("server.enable_expvars", "server.endpoints.enable_expvars", "4.38.0"),
    deprecated(
        "identity_providers.oidc.clients[].userinfo_signing_algorithm",
        "identity_providers.oidc.clients[].userinfo_signed_response_alg",
        "4.38.0",
    ),
    deprecated("identity_providers.oidc.clients[].id", "identity_providers.oidc.clients[].client_id", "4.38.0"),
    deprecated("identity_providers.oidc.clients[].secret", "identity_providers.oidc.clients[].client_secret", "4.38.0"),
    deprecated("identity_providers.oidc.clients[].description", "identity_providers.oidc.clients[].client_name", "4.38.0"),
    deprecated(
        "identity_providers.oidc.clients[].sector_identifier",
        "identity_providers.oidc.clients[].sector_identifier_uri",
        "4.38.0",
    ),
    deprecated("identity_providers.oidc.access_token_lifespan", "identity_providers.oidc.lifespans.access_token", "4.38.0"),
    deprecated("identity_providers.oidc.authorize_code_lifespan", "identity_providers.oidc.lifespans.authorize_code", "4.38.0"),
    deprecated("identity_providers.oidc.id_token_lifespan", "identity_providers.oidc.lifespans.id_token", "4.38.0"),
    deprecated("identity_providers.oidc.refresh_token_lifespan", "identity_providers.oidc.lifespans.refresh_token", "4.38.0"),
    deprecated("authentication_backend.ldap.url", "authentication_backend.ldap.address", "4.38.0"),
    deprecated("authentication_backend.ldap.username_attribute", "authentication_backend.ldap.attributes.username", "4.38.0"),
    deprecated("authentication_backend.ldap.mail_attribute", "authentication_backend.ldap.attributes.mail", "4.38.0"),
    deprecated(
        "authentication_backend.ldap.display_name_attribute",
        "authentication_backend.ldap.attributes.display_name",
        "4.38.0",
    ),
    deprecated("authentication_backend.ldap.group_name_attribute", "authentication_backend.ldap.attributes.group_name", "4.38.0"),
    deprecated("jwt_secret", "identity_validation.reset_password.jwt_secret", "4.38.0"),
    deprecated("webauthn.user_verification", "webauthn.selection_criteria.user_verification", "4.39.0"),
    deprecated("server.host", "server.address", "4.38.0"),
    deprecated("server.port", "server.address", "4.38.0"),
    deprecated("server.path", "server.address", "4.38.0"),
];

/// The keys that stay where they are and bring a warning only.
const KEPT: [Deprecated; 3] = [
    deprecated("identity_providers.oidc.issuer_private_key", "identity_providers.oidc.jwks", "4.38.0"),
    deprecated("identity_providers.oidc.issuer_certificate_chain", "identity_providers.oidc.jwks", "4.38.0"),
    deprecated("authentication_backend.ldap.permit_feature_detection_failure", "", "4.39.16"),
];

/// Moves deprecated keys to their replacements and reports them.
pub(super) fn remap(root: &mut Node, problems: &mut Vec<Problem>) {
    for rule in &MOVED {
        match rule.key.split_once("[].") {
            Some((list, key)) => in_list(root, list, key, rule, problems),
            None if rule.replacement == "server.address" => {}
            None => at_path(root, rule, problems),
        }
    }
    address(root, problems);
    for rule in &KEPT {
        if let Some(entry) = find(root, rule.key) {
            problems.push(problem(Path::of(rule.key), entry, rule, false));
        }
    }
}

fn in_list(root: &mut Node, list: &str, old: &str, rule: &Deprecated, problems: &mut Vec<Problem>) {
    let Some(new) = rule.replacement.rsplit('.').next() else { return };
    let Some(node) = find_mut(root, list) else { return };
    let Value::Sequence(items) = &mut node.value else { return };
    if !items.iter().any(|item| item.get(old).is_some()) {
        return;
    }
    for (index, item) in Arc::make_mut(items).iter_mut().enumerate() {
        let shadowed = item.get(new).is_some();
        let Value::Mapping(entries) = &mut item.value else { continue };
        let Some(at) = entries.iter().position(|entry| &*entry.key == old) else { continue };
        problems.push(problem(Path::of(list).index(index).key(old), &entries[at], rule, shadowed));
        replace(entries, at, (!shadowed).then_some(new));
    }
}

fn at_path(root: &mut Node, rule: &Deprecated, problems: &mut Vec<Problem>) {
    let Some(old) = find(root, rule.key).cloned() else { return };
    let shadowed = find(root, rule.replacement).is_some();
    problems.push(problem(Path::of(rule.key), &old, rule, shadowed));
    remove(root, rule.key);
    if !shadowed {
        insert(root, rule.replacement, &old);
    }
}

/// `server.host`, `server.port` and `server.path` become one address.
fn address(root: &mut Node, problems: &mut Vec<Problem>) {
    let keys = ["server.host", "server.port", "server.path"];
    let found: Vec<(&str, Entry)> = keys.iter().filter_map(|key| Some((*key, find(root, key)?.clone()))).collect();
    let shadowed = find(root, "server.address").is_some();
    for (key, entry) in &found {
        let replacement = "server.address";
        let rule = Deprecated { key: "", replacement, since: "4.38.0" };
        let kind = if shadowed { ProblemKind::ReplacedKey { replacement: replacement.to_owned() } } else { kind(&rule, false) };
        problems.push(Problem { path: Path::of(key), span: Some(entry.key_span), kind });
        remove(root, key);
    }
    if let (Some((_, first)), false) = (found.first(), shadowed) {
        let part = |key: &str, default: &str| -> String {
            let value = found.iter().find(|(name, _)| *name == key);
            value.and_then(|(_, entry)| coerce::text(&entry.value).ok()).map_or(default.to_owned(), Into::into)
        };
        let path = part("server.path", "");
        let text = format!("tcp://{}:{}/{}", part("server.host", ""), part("server.port", "9091"), path.trim_matches('/'));
        let value = Node { value: Value::String(text.into()), span: first.value.span, style: Style::Plain };
        insert(root, "server.address", &Entry { value, ..first.clone() });
    }
}

fn problem(path: Path, entry: &Entry, rule: &Deprecated, shadowed: bool) -> Problem {
    Problem { path, span: Some(entry.key_span), kind: kind(rule, shadowed) }
}

fn kind(rule: &Deprecated, shadowed: bool) -> ProblemKind {
    ProblemKind::DeprecatedKey { replacement: rule.replacement.to_owned(), since: rule.since, shadowed }
}

fn find<'a>(root: &'a Node, dotted: &str) -> Option<&'a Entry> {
    let (parent, key) = dotted.rsplit_once('.').map_or((None, dotted), |(parent, key)| (Some(parent), key));
    let parent = parent.map_or(Some(root), |parent| parent.split('.').try_fold(root, Node::get_of))?;
    parent.entry(key)
}

fn find_mut<'a>(root: &'a mut Node, dotted: &str) -> Option<&'a mut Node> {
    dotted.split('.').try_fold(root, |node, key| {
        let Value::Mapping(entries) = &mut node.value else { return None };
        let at = entries.iter().position(|entry| &*entry.key == key)?;
        Arc::make_mut(entries).get_mut(at).map(|entry| &mut entry.value)
    })
}

fn remove(root: &mut Node, dotted: &str) {
    let (parent, key) = dotted.rsplit_once('.').map_or((None, dotted), |(parent, key)| (Some(parent), key));
    let Some(node) = (match parent {
        None => Some(root),
        Some(parent) => find_mut(root, parent),
    }) else {
        return;
    };
    if let Value::Mapping(entries) = &mut node.value
        && let Some(at) = entries.iter().position(|entry| &*entry.key == key)
    {
        replace(entries, at, None);
    }
}

/// Puts an entry's value under a new path and makes the sections on the way. They carry the entry's place.
fn insert(root: &mut Node, dotted: &str, entry: &Entry) {
    let Some((section, rest)) = dotted.split_once('.') else {
        if let Value::Mapping(entries) = &mut root.value {
            let moved = Entry { key: dotted.into(), ..entry.clone() };
            *entries = entries.iter().cloned().chain([moved]).collect();
        }
        return;
    };
    if root.get(section).is_none() {
        let value = Node { value: Value::Mapping([].into()), span: entry.value.span, style: Style::Block };
        insert(root, section, &Entry { value, ..entry.clone() });
    }
    if let Some(node) = find_mut(root, section) {
        insert(node, rest, entry);
    }
}

/// Renames the entry at a place, or takes it out.
fn replace(entries: &mut Arc<[Entry]>, at: usize, name: Option<&str>) {
    match name {
        Some(name) => {
            if let Some(entry) = Arc::make_mut(entries).get_mut(at) {
                entry.key = name.into();
            }
        }
        None => *entries = entries.iter().enumerate().filter(|(index, _)| *index != at).map(|(_, entry)| entry.clone()).collect(),
    }
}

impl Node {
    fn get_of<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
        node.get(key)
    }
}
