//! Who asks.

use std::net::IpAddr;

/// A person, a client, or nobody. The address is of the request, not of the identity.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Subject {
    /// The user's name; empty for a client and for nobody.
    pub user: String,
    /// The user's groups.
    pub groups: Vec<String>,
    /// The client's id; empty for a user and for nobody.
    pub client: String,
    /// Where the request comes from; none when that is not known.
    pub address: Option<IpAddr>,
}

impl Subject {
    /// Nobody in particular.
    pub fn anonymous() -> Subject {
        Subject::default()
    }

    /// A person who is logged in.
    pub fn user(name: impl Into<String>, groups: impl IntoIterator<Item = String>) -> Subject {
        Subject { user: name.into(), groups: groups.into_iter().collect(), ..Subject::default() }
    }

    /// A client with a token of its own.
    pub fn client(id: impl Into<String>) -> Subject {
        Subject { client: id.into(), ..Subject::default() }
    }

    /// The same subject asking from an address.
    #[must_use]
    pub fn from(self, address: Option<IpAddr>) -> Subject {
        Subject { address, ..self }
    }

    /// Whether the rules take it for somebody who has not said who he is.
    pub fn is_anonymous(&self) -> bool {
        self.user.is_empty() && self.groups.is_empty() && self.client.is_empty()
    }
}
