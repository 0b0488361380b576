//! nginx: `auth_request`, which knows no redirect, so that the login of people is ours to send.

use super::template::{IDENTITY, TOKEN, fill};
use super::{File, ProxyFacts, Site, Snippet};

const HEAD: &str = r#"# Include this file in the http block.

# The application does not see the monitor's token: whoever has it could use it until it expires.
map $http_authorization $authorization_without_token {
    "~*@TOKEN@" "";
    default $http_authorization;
}

server {
    listen @LISTEN@ ssl;
    server_name @HOST@;
    ssl_certificate @CHAIN@;
    ssl_certificate_key @KEY@;

    # No auth_request here: it would stand between the monitor and its token.
    location / {
        proxy_pass http://@UPSTREAM@;
        # The token endpoint answers 400 unless these name the portal's own URL.
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-Host $http_host;
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_set_header X-Forwarded-For $remote_addr;
    }
}
"#;

const SITE: &str = r#"
server {
    listen @LISTEN@ ssl;
    server_name @HOST@;
    ssl_certificate @CHAIN@;
    ssl_certificate_key @KEY@;

    location = /internal/authelia/authz {
        internal;
        proxy_pass http://@AUTHELIA@@ENDPOINT@;
        # Every header of the visitor goes along, Authorization too; these are ours to say.
        proxy_set_header X-Original-Method $request_method;
        # $http_host and not $host: a port belongs to the audience.
        proxy_set_header X-Original-URL $scheme://$http_host$request_uri;
        proxy_set_header X-Forwarded-Host $http_host;
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_pass_request_body off;
        proxy_set_header Content-Length "";
        proxy_set_header Connection "";
    }

    location / {
        auth_request /internal/authelia/authz;
        auth_request_set $authelia_location $upstream_http_location;
@TAKE@
        error_page 401 = @authelia;

        proxy_pass http://@UPSTREAM@;
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-Host $http_host;
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header Authorization $authorization_without_token;
        # Empty unless Authelia says so: a visitor cannot bring them.
@GIVE@
    }

    location @authelia {
        # Whoever sent a token gets the 401 and not the way to the login page, on which a monitor would turn green.
        if ($http_authorization) {
            return 401;
        }
        if ($authelia_location = "") {
            return 401;
        }
        return 302 $authelia_location;
    }
}
"#;

pub(super) fn snippet(facts: &ProxyFacts) -> Snippet {
    let mut text = server(HEAD, &facts.portal, facts);
    for site in &facts.applications {
        text.push_str(&server(SITE, site, facts));
    }
    Snippet { files: vec![File { name: "authelia.conf", comment: "#", text }] }
}

fn server(template: &str, site: &Site, facts: &ProxyFacts) -> String {
    let port = site.listen_port();
    let listen = facts.bind.map_or_else(|| port.to_string(), |address| std::net::SocketAddr::new(address, port).to_string());
    let certificate = facts.certificate();
    fill(
        template,
        &[
            ("TOKEN", TOKEN),
            ("LISTEN", &listen),
            ("HOST", &site.host),
            ("CHAIN", &certificate.chain),
            ("KEY", &certificate.key),
            ("AUTHELIA", &facts.portal.upstream),
            ("UPSTREAM", &site.upstream),
            ("ENDPOINT", &facts.endpoint),
            ("TAKE", &each(|header, variable| format!("        auth_request_set ${variable} $upstream_http_{header};"))),
            ("GIVE", &IDENTITY.map(|name| format!("        proxy_set_header {name} ${};", variable(name))).join("\n")),
        ],
    )
}

fn each(line: impl Fn(&str, &str) -> String) -> String {
    IDENTITY.map(|name| line(&name.to_lowercase().replace('-', "_"), &variable(name))).join("\n")
}

fn variable(header: &str) -> String {
    format!("authelia_{}", header.trim_start_matches("Remote-").to_lowercase())
}
