//! Caddy: `forward_auth`, which passes every header and sends Authelia's own answer on.

use super::template::{IDENTITY, TOKEN, fill};
use super::{File, ProxyFacts, Site, Snippet};

const PORTAL: &str = "\
# No forward_auth here: it would stand between the monitor and its token.
@SITE@ {
@OWN@	reverse_proxy @UPSTREAM@
}
";

const SITE: &str = "
@SITE@ {
@OWN@	# In this order: what a visitor says of himself goes before Authelia says who he is.
	route {
		request_header -Remote-*
		forward_auth @AUTHELIA@ {
			# The question mark keeps the visitor's own parameters from Authelia.
			uri @ENDPOINT@?
			copy_headers @IDENTITY@
		}
		# Old releases of Caddy write a placeholder where Authelia names nobody, as for a token.
		@nobody header_regexp Remote-User ^\\{
		request_header @nobody -Remote-*
		# The application does not see the monitor's token: whoever has it could use it until it expires.
		@token header_regexp Authorization (?i)@TOKEN@
		request_header @token -Authorization
		reverse_proxy @UPSTREAM@
	}
}
";

pub(super) fn snippet(facts: &ProxyFacts) -> Snippet {
    let mut text = site(PORTAL, &facts.portal, facts);
    for application in &facts.applications {
        text.push_str(&site(SITE, application, facts));
    }
    Snippet { files: vec![File { name: "Caddyfile", comment: "#", text }] }
}

fn site(template: &str, site: &Site, facts: &ProxyFacts) -> String {
    let bind = facts.bind.map(|address| format!("\tbind {address}\n"));
    let tls = facts.certificate.as_ref().map(|files| format!("\ttls {} {}\n", files.chain, files.key));
    fill(
        template,
        &[
            ("SITE", &site.authority()),
            ("OWN", &[bind, tls].map(Option::unwrap_or_default).concat()),
            ("AUTHELIA", &facts.portal.upstream),
            ("ENDPOINT", &facts.endpoint),
            ("IDENTITY", &IDENTITY.join(" ")),
            ("TOKEN", &TOKEN.replace(' ', "\\s")),
            ("UPSTREAM", &site.upstream),
        ],
    )
}
