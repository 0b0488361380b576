//! Envoy: the `ext_authz` filter in its HTTP form.

use std::net::{IpAddr, Ipv4Addr};

use super::template::{IDENTITY, TOKEN, fill};
use super::{File, ProxyFacts, Site, Snippet};

const MAIN: &str = r"static_resources:
  listeners:
    - name: 'https'
      address:
        socket_address:
          address: '@ADDRESS@'
          port_value: @PORT@
      filter_chains:
        - transport_socket:
            name: 'envoy.transport_sockets.tls'
            typed_config:
              '@type': 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext'
              common_tls_context:
                tls_certificates:
                  - certificate_chain:
                      filename: '@CHAIN@'
                    private_key:
                      filename: '@KEY@'
          filters:
            - name: 'envoy.filters.network.http_connection_manager'
              typed_config:
                '@type': 'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager'
                stat_prefix: 'https'
                # X-Forwarded-For is the visitor's own address, whatever he says.
                use_remote_address: true
                skip_xff_append: false
                http_filters:
                  # What a visitor says of himself goes before Authelia says who he is.
                  - name: 'envoy.filters.http.header_mutation'
                    typed_config:
                      '@type': 'type.googleapis.com/envoy.extensions.filters.http.header_mutation.v3.HeaderMutation'
                      mutations:
                        request_mutations:
@FORGET@
                  - name: 'envoy.filters.http.ext_authz'
                    typed_config:
                      '@type': 'type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthz'
                      transport_api_version: 'V3'
                      failure_mode_allow: false
                      allowed_headers:
                        patterns:
                          - exact: 'authorization'
                          - exact: 'accept'
                          - exact: 'cookie'
                      http_service:
                        # With the slash at its end: without it the path is glued to the host, which is a 400.
                        path_prefix: '@ENDPOINT@/'
                        server_uri:
                          uri: 'http://@AUTHELIA@'
                          cluster: 'authelia'
                          timeout: '5s'
                        authorization_request:
                          headers_to_add:
                            - key: 'X-Forwarded-Proto'
                              value: 'https'
                        authorization_response:
                          allowed_upstream_headers:
                            patterns:
@TAKE@
                          allowed_client_headers:
                            patterns:
                              - exact: 'set-cookie'
                          allowed_client_headers_on_success:
                            patterns:
                              - exact: 'set-cookie'
                  - name: 'envoy.filters.http.router'
                    typed_config:
                      '@type': 'type.googleapis.com/envoy.extensions.filters.http.router.v3.Router'
                route_config:
                  virtual_hosts:
                    - name: 'portal'
                      domains: ['@PORTAL@']
                      # Asking here would stand between the monitor and its token.
                      typed_per_filter_config:
                        envoy.filters.http.ext_authz:
                          '@type': 'type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthzPerRoute'
                          disabled: true
                      routes:
                        - match: { prefix: '/' }
                          route: { cluster: 'authelia' }
@SITES@
  clusters:
@CLUSTERS@";

const SITE: &str = r"                    - name: '@NAME@'
                      domains: ['@AUTHORITY@']
                      routes:
                        # The application does not see the monitor's token: whoever has it could use it until it expires.
                        - match:
                            prefix: '/'
                            headers:
                              - name: 'authorization'
                                string_match:
                                  safe_regex: { regex: '(?i)@TOKEN@.*' }
                          request_headers_to_remove: ['authorization']
                          route: { cluster: '@NAME@' }
                        - match: { prefix: '/' }
                          route: { cluster: '@NAME@' }
";

const CLUSTER: &str = r"    - name: '@NAME@'
      type: 'STRICT_DNS'
      connect_timeout: '5s'
      load_assignment:
        cluster_name: '@NAME@'
        endpoints:
          - lb_endpoints:
              - endpoint:
                  address:
                    socket_address:
                      address: '@UPSTREAM_HOST@'
                      port_value: @UPSTREAM_PORT@
";

pub(super) fn snippet(facts: &ProxyFacts) -> Snippet {
    let certificate = facts.certificate();
    let exact = |indent: &str, key: &str| IDENTITY.map(|name| format!("{indent}- {key}: '{}'", name.to_lowercase())).join("\n");
    let sites: String = facts.applications.iter().zip(1..).map(|(site, at)| numbered(SITE, site, at)).collect();
    let clusters = facts.sites().zip(0..).map(|(site, at)| numbered(CLUSTER, site, at));
    let text = fill(
        MAIN,
        &[
            ("ADDRESS", &facts.bind.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)).to_string()),
            ("PORT", &facts.applications.first().unwrap_or(&facts.portal).listen_port().to_string()),
            ("CHAIN", &certificate.chain),
            ("KEY", &certificate.key),
            ("FORGET", &exact("                          ", "remove")),
            ("ENDPOINT", facts.endpoint.trim_end_matches('/')),
            ("AUTHELIA", &facts.portal.upstream),
            ("TAKE", &exact("                              ", "exact")),
            ("PORTAL", &facts.portal.authority()),
            ("SITES", &sites),
            ("CLUSTERS", &clusters.collect::<String>()),
        ],
    );
    Snippet { files: vec![File { name: "envoy.yaml", comment: "#", text }] }
}

/// A part of one site; number 0 is the portal.
fn numbered(template: &str, site: &Site, at: i32) -> String {
    let name = if at == 0 { "authelia".to_owned() } else { format!("application-{at}") };
    let (host, port) = site.upstream.rsplit_once(':').unwrap_or((&site.upstream, "80"));
    fill(
        template,
        &[
            ("NAME", &name),
            ("AUTHORITY", &site.authority()),
            ("TOKEN", TOKEN.trim_start_matches('^')),
            ("UPSTREAM_HOST", host),
            ("UPSTREAM_PORT", port),
        ],
    )
}
