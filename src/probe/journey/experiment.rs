//! `audience` against `resource`: when the token is refused for its audience, which other way of asking for it opens the application.

use super::Journey;
use crate::config::client::BEARER_SCOPE;
use crate::probe::Step;
use crate::probe::plan::TokenPlan;
use crate::probe::transcript::{Answer, Exchange, Experiment, Introspection, Transcript, Trial};

impl Journey<'_> {
    /// Asks for the token in the ways that were not tried, when its audience is what stands in the way.
    pub(super) async fn experiment(&self, transcript: &Transcript) -> Experiment {
        let Some(step) = self.refused_step(transcript) else { return Experiment::default() };
        let plan = &self.plan.token;
        let literal = self.plan.literal_url();
        let with_audience = TokenPlan { audience: Some(literal.clone()), resource: None, ..plan.clone() };
        let with_resource = TokenPlan { audience: None, resource: Some(literal), ..plan.clone() };
        Experiment {
            literal: if with_audience == *plan { None } else { self.trial(&with_audience, step).await },
            resource: if with_resource == *plan { None } else { self.trial(&with_resource, step).await },
        }
    }

    /// The step at which the token was refused for what may be its audience, or at which it would have been used.
    fn refused_step(&self, transcript: &Transcript) -> Option<Step> {
        let usable = if self.plan.authz.is_some() { Step::Authz } else { Step::Application };
        let token = transcript.token.made()?;
        if let Some(refusal) = &token.refusal {
            let asked = self.plan.token.audience.is_some() || self.plan.token.resource.is_some();
            // Up to 4.39.19 it was invalid_request, as much else is.
            return (refusal.error == "invalid_target" || refusal.error == "invalid_request" && asked).then_some(usable);
        }
        let has_all_else = transcript.introspection.made().is_none_or(has_all_but_audience);
        let refused = [(Step::Authz, transcript.authz.made()), (Step::Application, transcript.application.made())]
            .into_iter()
            .find(|(_, exchange)| exchange.and_then(Exchange::answer).is_some_and(Answer::refuses_token));
        refused.map(|(step, _)| step).filter(|_| has_all_else)
    }

    async fn trial(&self, plan: &TokenPlan, step: Step) -> Option<Trial> {
        let issued = self.prober.wallet.rationed(plan, self.secret, async || self.ask(plan).await).await?;
        let Some(token) = &issued.token else { return Some(Trial { token: issued.seen, opened: None }) };
        let opened = match step {
            _ if !self.plan.selection.has(step) => None,
            Step::Authz => self.ask_authz(&self.plan.url, Some(token)).await,
            _ => Some(self.ask_application(&self.plan.url, token).await),
        };
        if self.plan.selection.has(Step::Revocation) {
            self.revoke(token).await;
        }
        Some(Trial { opened: opened.map(|exchange| (step, exchange)), token: issued.seen })
    }
}

fn has_all_but_audience(seen: &Introspection) -> bool {
    seen.token.as_ref().is_none_or(|token| token.is_active && token.scope.split(' ').any(|scope| scope == BEARER_SCOPE))
}
