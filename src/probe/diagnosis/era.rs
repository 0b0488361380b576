//! How this server compares audiences, as far as it showed.

use super::Case;
use crate::probe::Step;
use crate::probe::plan::Plan;
use crate::probe::result::Era;
use crate::probe::transcript::{Transcript, Trial};

/// The server's era; none when nothing that was observed tells.
pub(super) fn of(plan: &Plan, transcript: &Transcript) -> Option<Era> {
    let case = Case { plan, transcript, expectations: None, step: Step::Application };
    let access = [case.at(Step::Authz), case];
    let is_prefix_only = case.covers_by_prefix() && !case.covers_exactly();
    let opens = access.iter().any(Case::is_success);
    let is_refused = access.iter().any(Case::is_token_refused);
    let resource_passes = transcript.experiment.resource.as_ref().map(Trial::is_past_audience);
    match (is_prefix_only, opens, is_refused, resource_passes) {
        (true, true, _, _) => Some(Era::Prefix),
        (true, false, true, Some(true)) => Some(Era::Resource),
        (true, false, true, Some(false)) => Some(Era::Exact),
        _ if is_given_resource_alone(transcript) => Some(Era::Resource),
        _ => None,
    }
}

/// Whether the URL may be asked for as `resource` and not as `audience`.
fn is_given_resource_alone(transcript: &Transcript) -> bool {
    let experiment = &transcript.experiment;
    experiment.resource.as_ref().is_some_and(Trial::is_past_audience)
        && experiment.literal.as_ref().is_some_and(|trial| trial.token.granted.is_none())
}
