//! How Go reads text: the parsers that the server hands its configuration and its requests to, with their verdicts and words.

pub mod address;
pub mod duration;
pub mod escape;
pub mod fold;
pub mod key;
pub mod network;
pub mod path;
pub mod query;
pub mod quote;
pub mod regexp;
pub mod strconv;
pub mod url;
