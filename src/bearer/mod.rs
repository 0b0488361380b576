//! What happens to this token here: what the token endpoint and each authz endpoint answer, check by check, in the server's order.

mod answer;
mod audience;
mod authentication;
mod authz;
mod behaviour;
mod client;
mod credentials;
mod endpoint;
mod engine;
mod forwarded;
mod issuer;
mod monitored_url;
mod portal;
mod question;
mod refusal;
mod step;
mod strategy;
mod target;
mod token;

pub use answer::{AuthzDecision, Challenge, Identity};
pub use authentication::{BasicCredentials, ClientCredentials, Presented};
pub use authz::{AuthzRequest, Login};
pub use behaviour::{AudienceRule, Behaviour, IssuerGate, RateLimited, ResourceRule};
pub use client::{Client, ClientEndpoint};
pub use credentials::{Credentials, KnownToken, Token, TokenState, is_opaque_access_token};
pub use endpoint::{Endpoint, Implementation, Scheme, Strategy, StrategyName};
pub use engine::{Engine, Route};
pub use issuer::{InvalidIssuer, Issuer};
pub use monitored_url::MonitoredUrl;
pub use question::{Answer, Credential, Question, UPTIME_KUMA_ACCEPT, Unaskable};
pub use refusal::Refusal;
pub use step::{Check, Step, StepOutcome};
pub use target::{Target, UnknownTarget};
pub use token::{Grant, TokenDecision, TokenRequest};
