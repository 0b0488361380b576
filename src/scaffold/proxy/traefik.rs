//! Traefik: the `ForwardAuth` middleware, which passes every header unless it is given a list of them.

use super::template::{IDENTITY, TOKEN, fill};
use super::{File, ProxyFacts, Site, Snippet};

const HEAD: &str = r"# A file of the file provider. With labels or custom resources the same names apply.
http:
  middlewares:
    authelia:
      forwardAuth:
        address: 'http://@AUTHELIA@@ENDPOINT@'
        # No authRequestHeaders: a list of them without Authorization would keep the token from Authelia.
        # What a visitor says of host, scheme and address is not believed.
        trustForwardHeader: false
        authResponseHeaders:
@IDENTITY@
    # The application does not see the monitor's token: whoever has it could use it until it expires.
    without-token:
      headers:
        customRequestHeaders:
          Authorization: ''

  routers:
    # No middleware here: it would stand between the monitor and its token.
    authelia:
      rule: 'Host(`@PORTAL@`)'
      entryPoints:
        - 'websecure'
      service: 'authelia'
      tls: {}
@ROUTERS@
  services:
    authelia:
      loadBalancer:
        servers:
          - url: 'http://@AUTHELIA@'
@SERVICES@";

const ROUTERS: &str = r"    application-@AT@:
      rule: 'Host(`@HOST@`)'
      entryPoints:
        - 'websecure'
      middlewares:
        - 'authelia'
      service: 'application-@AT@'
      tls: {}
    application-@AT@-with-token:
      rule: 'Host(`@HOST@`) && HeaderRegexp(`Authorization`, `(?i)@TOKEN@`)'
      entryPoints:
        - 'websecure'
      middlewares:
        - 'authelia'
        - 'without-token'
      service: 'application-@AT@'
      tls: {}
";

const SERVICE: &str = r"    application-@AT@:
      loadBalancer:
        servers:
          - url: 'http://@UPSTREAM@'
";

pub(super) fn snippet(facts: &ProxyFacts) -> Snippet {
    let identity = IDENTITY.map(|name| format!("          - '{name}'")).join("\n");
    let each = |template| {
        let sites = facts.applications.iter().zip(1..);
        sites.map(|(site, at): (&Site, i32)| numbered(template, site, at)).collect::<String>()
    };
    let text = fill(
        HEAD,
        &[
            ("AUTHELIA", &facts.portal.upstream),
            ("ENDPOINT", &facts.endpoint),
            ("IDENTITY", &identity),
            ("PORTAL", &facts.portal.host),
            ("ROUTERS", &each(ROUTERS)),
            ("SERVICES", &each(SERVICE)),
        ],
    );
    Snippet { files: vec![File { name: "authelia.yml", comment: "#", text }] }
}

fn numbered(template: &str, site: &Site, at: i32) -> String {
    fill(template, &[("AT", &at.to_string()), ("HOST", &site.host), ("UPSTREAM", &site.upstream), ("TOKEN", TOKEN)])
}
