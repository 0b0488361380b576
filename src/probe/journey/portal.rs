//! The portal: whether it answers, and what it says of itself.

use serde_json::Value;
use url::Url;

use super::{Journey, request};
use crate::probe::Step;
use crate::probe::transcript::{Discovery, Exchange, Observation};

impl Journey<'_> {
    pub(super) async fn portal(&self) -> Observation<Exchange> {
        if !self.begins(Step::Portal) {
            return Observation::Unwanted;
        }
        let url = self.portal_side(&below(&self.plan.portal, "/api/health"));
        let (exchange, _) = self.send(request::document(self.plan, &url), &self.scrub(&[])).await;
        Observation::Made(exchange)
    }

    pub(super) async fn discovery(&self) -> Observation<Discovery> {
        if !self.begins(Step::Discovery) {
            return Observation::Unwanted;
        }
        let url = self.portal_side(&below(&self.plan.portal, "/.well-known/openid-configuration"));
        let scrub = self.scrub(&[]);
        let (exchange, body) = self.send(request::document(self.plan, &url), &scrub).await;
        let document: Value = serde_json::from_slice(&body).unwrap_or_default();
        let text = |name: &str| document[name].as_str().map(|text| scrub.clean(text));
        Observation::Made(Discovery {
            exchange,
            issuer: text("issuer"),
            token_endpoint: text("token_endpoint"),
            grants: texts(&document["grant_types_supported"]).map(|text| scrub.clean(text)).collect(),
        })
    }
}

/// A URL of the portal, below its sub-path when it has one.
pub(super) fn below(portal: &Url, path: &str) -> Url {
    let mut url = portal.clone();
    url.set_path(&format!("{}{path}", portal.path().trim_end_matches('/')));
    url.set_query(None);
    url
}

/// A list of texts, or one text alone.
pub(super) fn texts(value: &Value) -> impl Iterator<Item = &str> {
    let items = value.as_array().map_or_else(|| std::slice::from_ref(value), Vec::as_slice);
    items.iter().filter_map(Value::as_str)
}
