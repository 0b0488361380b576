//! HAProxy: a few lines of Lua ask Authelia with the HTTP client that HAProxy has had since 2.5.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use super::template::{IDENTITY, TOKEN, fill};
use super::{File, ProxyFacts, Snippet};

const MAIN: &str = r#"global
    lua-load /etc/haproxy/authelia.lua

defaults
    mode http
    timeout connect 5s
    timeout client 30s
    timeout server 30s

frontend https
@BIND@
    acl is-portal req.hdr(Host) -i @PORTAL@

    # Ours to say, whatever a visitor says.
    http-request set-header X-Forwarded-Method %[method]
    http-request set-header X-Forwarded-Proto https
    http-request set-header X-Forwarded-Host %[req.hdr(Host)]
    http-request set-header X-Forwarded-URI %[pathq]
    http-request set-header X-Forwarded-For %[src]
@FORGET@

    # All but the portal: asking there would stand between the monitor and its token.
    http-request lua.authelia unless is-portal
    # The application does not see the monitor's token: whoever has it could use it until it expires.
    http-request del-header Authorization if { req.hdr(Authorization) -m reg -i "@TOKEN@" } !is-portal

    use_backend authelia if is-portal
@USE@

backend authelia
    server authelia @AUTHELIA@
@BACKENDS@"#;

const LUA: &str = r#"-- Asks Authelia and goes on when it answers 2xx. Otherwise its answer is the visitor's, and without one nobody passes.
local endpoint = "http://@AUTHELIA@@ENDPOINT@"
local asks = {
  "accept", "authorization", "cookie", "x-requested-with",
  "x-forwarded-method", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-uri", "x-forwarded-for",
}
local identity = { @IDENTITY@ }
local answers = { "location", "www-authenticate", "set-cookie", "content-type" }

local function all(header)
  local values = {}
  for at = 0, #header do
    values[#values + 1] = header[at]
  end
  return values
end

core.register_action("authelia", { "http-req" }, function(txn)
  local request = txn.http:req_get_headers()
  local headers = {}
  for _, name in ipairs(asks) do
    if request[name] then
      headers[name] = all(request[name])
    end
  end
  local answer = core.httpclient():get { url = endpoint, headers = headers, timeout = 5000 }
  local status = answer and answer.status or 0
  if status >= 200 and status < 300 then
    for _, name in ipairs(identity) do
      if answer.headers[name] then
        txn.http:req_set_header(name, answer.headers[name][0])
      end
    end
    return
  end
  -- HAProxy's own failure to ask comes without the server's headers.
  local reply = txn:reply { status = (status >= 300 and status < 500) and status or 503 }
  for _, name in ipairs(answers) do
    if answer and answer.headers and answer.headers[name] then
      for _, value in ipairs(all(answer.headers[name])) do
        reply:add_header(name, value)
      end
    end
  end
  reply:set_body(answer and answer.body or "")
  txn:done(reply)
end)
"#;

pub(super) fn snippet(facts: &ProxyFacts) -> Snippet {
    let identity = IDENTITY.map(|name| format!("\"{}\"", name.to_lowercase())).join(", ");
    let lua = [("AUTHELIA", &*facts.portal.upstream), ("ENDPOINT", &*facts.endpoint), ("IDENTITY", &*identity)];
    Snippet {
        files: vec![
            File { name: "haproxy.cfg", comment: "#", text: main(facts) },
            File { name: "authelia.lua", comment: "--", text: fill(LUA, &lua) },
        ],
    }
}

fn main(facts: &ProxyFacts) -> String {
    let ports: BTreeSet<u16> = facts.sites().map(super::Site::listen_port).collect();
    let chain = facts.certificate().chain;
    let bind = |port: &u16| {
        let address = facts.bind.map_or_else(|| format!(":{port}"), |address| SocketAddr::new(address, *port).to_string());
        format!("    bind {address} ssl crt {chain}\n")
    };
    let sites = facts.applications.iter().zip(1..);
    let backend =
        |(site, at): (&super::Site, i32)| format!("\nbackend application-{at}\n    server application-{at} {}\n", site.upstream);
    let line = |(site, at): (&super::Site, i32)| {
        format!("    use_backend application-{at} if {{ req.hdr(Host) -i {} }}\n", site.authority())
    };
    fill(
        MAIN,
        &[
            ("BIND", &ports.iter().map(bind).collect::<String>()),
            ("PORTAL", &facts.portal.authority()),
            ("FORGET", &IDENTITY.map(|name| format!("    http-request del-header {name}")).join("\n")),
            ("TOKEN", TOKEN),
            ("USE", sites.clone().map(line).collect::<String>().trim_end()),
            ("AUTHELIA", &facts.portal.upstream),
            ("BACKENDS", &sites.map(backend).collect::<String>()),
        ],
    )
}
