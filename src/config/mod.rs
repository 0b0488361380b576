//! What the administrator wrote: one parse into a spanned tree, read once into a typed model.

pub mod access_control;
mod broken;
pub mod claims;
pub mod client;
mod coerce;
mod compose;
mod decode;
mod definitions;
mod deprecated;
pub mod graft;
mod load;
mod nearest;
pub mod node;
pub mod oidc;
mod path;
mod problem;
mod scalar;
mod schema;
mod secret;
pub mod server;
pub mod session;
mod tree;
mod yaml;

pub use load::{load, tree_of};
pub use nearest::nearest;
pub use path::{Path, Segment};
pub use problem::{Problem, ProblemKind};
pub use secret::{is_secret, secrets};

pub use tree::{Located, Tree};

use crate::source::Sources;

/// Text of the configuration; empty means absent, which the server does not tell apart.
pub type Text = Box<str>;

/// A configuration as the server reads it, with everything needed to point into its files.
#[derive(Debug)]
pub struct Config {
    /// The files, in the order in which they are merged.
    pub sources: Sources,
    /// The merged tree, with places.
    pub tree: Tree,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// `server`
    pub server: server::Server,
    /// `access_control`
    pub access_control: access_control::AccessControl,
    /// `session`
    pub session: session::Session,
    /// `identity_providers.oidc`; none when the section is absent.
    pub oidc: Option<oidc::Oidc>,
}

impl Config {
    fn empty(tree: Tree) -> Config {
        Config {
            sources: Sources::default(),
            tree,
            problems: Vec::new(),
            server: server::Server::default(),
            access_control: access_control::AccessControl::default(),
            session: session::Session::default(),
            oidc: None,
        }
    }

    /// The clients; none without a provider.
    pub fn clients(&self) -> &[client::Client] {
        self.oidc.as_ref().map_or(&[], |oidc| &oidc.clients)
    }

    /// The clients, each with the mapping in which it is written.
    pub fn written_clients(&self) -> impl Iterator<Item = (&client::Client, &node::Node)> {
        let list = self.tree.get(&Path::of("identity_providers.oidc.clients"));
        let nodes = list.map_or(&[][..], |list| match &list.value {
            node::Value::Sequence(items) => items,
            _ => std::slice::from_ref(list),
        });
        self.clients().iter().zip(nodes)
    }

    /// Where a path is written, or the nearest thing that exists.
    pub fn locate(&self, path: &Path) -> Located {
        self.tree.locate(path)
    }

    /// A path as the server's decoder prints it: names of the administrator's choice stand in brackets.
    pub fn decoder_path(&self, path: &Path) -> String {
        schema::schema().decoder_path(path)
    }

    /// Whether it has sections that only a whole configuration has, so that a missing section is a fault.
    pub fn is_whole(&self) -> bool {
        ["storage", "authentication_backend", "notifier"].iter().any(|section| self.tree.has(&Path::of(section)))
    }
}
