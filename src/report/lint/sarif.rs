//! Findings as SARIF 2.1.0, for forges that keep track of them.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::super::mask::{bare_line, masked_line};
use super::super::snippet::LONG_LINE;
use super::Report;
use crate::diagnostic::{Authelia, Diagnostic, Fix, Safety};
use crate::document::write_document;
use crate::lint::rule::Rule;
use crate::source::{Source, SourceId, Sources, Span};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What relative addresses are relative to: the folder in which the command ran.
const BASE: &str = "SRCROOT";

/// Writes the document and a line break.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    write_document(&Log::of(report), out)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    invocations: [Invocation; 1],
    artifacts: Vec<Artifact>,
    results: Vec<Finding<'a>>,
    column_kind: &'static str,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor<'a> {
    id: &'a str,
    short_description: Message<'a>,
    full_description: Message<'a>,
    help: Message<'a>,
    help_uri: &'a str,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
}

#[derive(Serialize)]
struct Artifact {
    location: ArtifactLocation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

#[derive(Serialize)]
struct Message<'a> {
    text: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'a> {
    rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Message<'a>,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Mend<'a>>,
    properties: Properties,
}

#[derive(Serialize)]
struct Location<'a> {
    #[serde(rename = "physicalLocation")]
    physical: PhysicalLocation,
    #[serde(rename = "logicalLocations", skip_serializing_if = "Vec::is_empty")]
    logical: Vec<LogicalLocation<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation<'a> {
    fully_qualified_name: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

/// Under the name that GitHub looks for.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fingerprints {
    primary_location_line_hash: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Mend<'a> {
    description: Message<'a>,
    artifact_changes: Vec<Change<'a>>,
    properties: MendProperties,
}

#[derive(Serialize)]
struct MendProperties {
    safe: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    artifact_location: ArtifactLocation,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    #[serde(skip_serializing_if = "Option::is_none")]
    inserted_content: Option<Message<'a>>,
}

#[derive(Serialize)]
struct Properties {
    authelia: Authelia,
}

impl<'a> Log<'a> {
    fn of(report: &Report<'a>) -> Log<'a> {
        let indexes: HashMap<&str, usize> = report.rules.iter().enumerate().map(|(at, rule)| (rule.id, at)).collect();
        let mut fingerprints = Counter::default();
        let results = report.findings.iter().map(|finding| Finding {
            partial_fingerprints: fingerprints.of(report.sources, finding),
            ..Finding::of(report.sources, finding, indexes.get(finding.rule).copied())
        });
        let driver = Driver {
            name: "authkuma",
            semantic_version: env!("CARGO_PKG_VERSION"),
            rules: report.rules.iter().map(|rule| Descriptor::of(rule)).collect(),
        };
        let run = Run {
            tool: Tool { driver },
            results: results.collect(),
            invocations: [Invocation { execution_successful: true }],
            artifacts: report.sources.iter().map(|(_, source)| Artifact { location: ArtifactLocation::of(source) }).collect(),
            column_kind: "unicodeCodePoints",
        };
        Log { schema: SCHEMA, version: "2.1.0", runs: [run] }
    }
}

impl<'a> Descriptor<'a> {
    fn of(rule: &Rule) -> Descriptor<'a> {
        Descriptor {
            id: rule.id,
            short_description: Message { text: rule.summary },
            full_description: Message { text: rule.why },
            help: Message { text: rule.help },
            help_uri: rule.reference,
            default_configuration: Configuration { level: rule.severity.word() },
        }
    }
}

impl<'a> Finding<'a> {
    fn of(sources: &'a Sources, finding: &'a Diagnostic, rule_index: Option<usize>) -> Finding<'a> {
        let mut location = Location::of(sources, finding.label.span, &finding.label.text);
        if !finding.path.is_empty() {
            location.logical.push(LogicalLocation { fully_qualified_name: &finding.path });
        }
        Finding {
            rule_id: finding.rule,
            rule_index,
            level: finding.severity.word(),
            message: Message { text: &finding.message },
            locations: [location],
            related_locations: finding.related.iter().map(|label| Location::of(sources, label.span, &label.text)).collect(),
            partial_fingerprints: Fingerprints { primary_location_line_hash: String::new() },
            fixes: finding.fix.iter().map(|fix| Mend::of(sources, fix)).collect(),
            properties: Properties { authelia: finding.authelia },
        }
    }
}

impl<'a> Location<'a> {
    fn of(sources: &Sources, span: Span, text: &'a str) -> Location<'a> {
        let source = sources.get(span.source);
        Location {
            physical: PhysicalLocation { artifact_location: ArtifactLocation::of(source), region: Region::of(source, span) },
            logical: Vec::new(),
            message: (!text.is_empty()).then_some(Message { text }),
        }
    }
}

impl ArtifactLocation {
    fn of(source: &Source) -> ArtifactLocation {
        let path = percent_encoded(source.name());
        if Path::new(source.name()).is_absolute() {
            return ArtifactLocation { uri: format!("file://{path}"), uri_base_id: None };
        }
        ArtifactLocation { uri: path, uri_base_id: Some(BASE) }
    }
}

/// A path as a relative reference of RFC 3986.
fn percent_encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.extend(['%', hexadecimal(byte >> 4), hexadecimal(byte & 15)]);
        }
    }
    encoded
}

fn hexadecimal(digit: u8) -> char {
    char::from_digit(u32::from(digit), 16).map_or('0', |digit| digit.to_ascii_uppercase())
}

impl Region {
    fn of(source: &Source, span: Span) -> Region {
        let (start, end) = (source.position(span.start), source.position(span.end));
        Region { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column }
    }
}

impl<'a> Mend<'a> {
    fn of(sources: &Sources, fix: &'a Fix) -> Mend<'a> {
        let mut changes: BTreeMap<SourceId, Vec<Replacement<'a>>> = BTreeMap::new();
        for edit in &fix.edits {
            let deleted_region = Region::of(sources.get(edit.span.source), edit.span);
            let inserted_content = (!edit.text.is_empty()).then_some(Message { text: &edit.text });
            changes.entry(edit.span.source).or_default().push(Replacement { deleted_region, inserted_content });
        }
        let artifact_changes = changes
            .into_iter()
            .map(|(id, replacements)| Change { artifact_location: ArtifactLocation::of(sources.get(id)), replacements });
        Mend {
            description: Message { text: &fix.title },
            artifact_changes: artifact_changes.collect(),
            properties: MendProperties { safe: fix.safety == Safety::Safe },
        }
    }
}

/// Fingerprints that stay when lines are inserted above: of the rule, the line's text without secrets, and which of its equals it is.
#[derive(Default)]
struct Counter(HashMap<(SourceId, String), usize>);

impl Counter {
    fn of(&mut self, sources: &Sources, finding: &Diagnostic) -> Fingerprints {
        let span = finding.label.span;
        let source = sources.get(span.source);
        let line = source.position(span.start).line;
        let line = if bare_line(source, line).len() > LONG_LINE { finding.path.clone() } else { masked_line(source, line) };
        let digest = Sha256::digest(format!("{}\n{}", finding.rule, line.trim()));
        let hash = digest.iter().take(8).fold(0, |hash: u64, byte| hash << 8 | u64::from(*byte));
        let hash = format!("{hash:016x}");
        let equals = self.0.entry((span.source, hash.clone())).or_default();
        *equals += 1;
        Fingerprints { primary_location_line_hash: format!("{hash}:{equals}") }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::{Form, sample};
    use super::*;

    fn document() -> Value {
        serde_json::from_str(&sample::written(Form::Sarif)).unwrap()
    }

    #[test]
    fn a_result_has_rule_place_fingerprint_and_fix() {
        let document = document();
        assert_eq!(document["version"], "2.1.0");
        let run = &document["runs"][0];
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        let result = &run["results"][1];
        let rule = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], result["ruleId"]);
        assert_eq!(result["level"], "warning");
        let artifact = json!({"uri": "some%20folder/configuration.yml", "uriBaseId": "SRCROOT"});
        let location = &result["locations"][0];
        assert_eq!(location["physicalLocation"]["artifactLocation"], artifact);
        assert_eq!(
            location["physicalLocation"]["region"],
            json!({"startLine": 3, "startColumn": 20, "endLine": 3, "endColumn": 30})
        );
        assert_eq!(location["logicalLocations"][0]["fullyQualifiedName"], "identity_providers.oidc.clients[0].client_secret");
        assert_eq!(
            result["fixes"][0]["artifactChanges"],
            json!([{"artifactLocation": artifact, "replacements": [
                {"deletedRegion": {"startLine": 3, "startColumn": 1, "endLine": 4, "endColumn": 1}}
            ]}])
        );
        assert!(!document.to_string().contains("insecure"));
    }

    #[test]
    fn fingerprints_outlive_moved_lines_and_tell_equals_apart() {
        let before = sample::sources();
        let after = Sources::from(Source::new("x", format!("# a comment\n\n{}", sample::TEXT)));
        let moved = |finding: &Diagnostic| {
            let mut finding = finding.clone();
            finding.label.span =
                Span { start: finding.label.span.start + 13, end: finding.label.span.end + 13, ..finding.label.span };
            finding
        };
        let (mut first, mut second) = (Counter::default(), Counter::default());
        for finding in sample::findings(&before) {
            let known = first.of(&before, &finding).primary_location_line_hash;
            assert_eq!(known, second.of(&after, &moved(&finding)).primary_location_line_hash);
            assert_ne!(known, first.of(&before, &finding).primary_location_line_hash);
        }
    }

    #[test]
    fn addresses_are_encoded() {
        let uri = |name: &str| ArtifactLocation::of(&Source::new(name, String::new())).uri;
        assert_eq!(uri("/etc/authelia/é:1.yml"), "file:///etc/authelia/%C3%A9%3A1.yml");
        assert_eq!(uri("../a b%.yml"), "../a%20b%25.yml");
    }
}
