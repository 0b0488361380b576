//! What went wrong before there was an answer, at any step.

use super::Row;
use crate::probe::result::StepOutcome::Fail;
use crate::probe::transcript::FaultKind;

macro_rules! fault {
    ($id:literal, $kind:ident, $cause:literal, $fix:literal $(,)?) => {
        Row { id: $id, steps: &[], outcome: Fail, when: |case| case.fault() == Some(FaultKind::$kind), cause: $cause, fix: $fix }
    };
}

pub(super) const ROWS: &[Row] = &[
    fault!(
        "name-unresolved",
        NameUnresolved,
        "the name {host} has no address here: {detail}",
        "correct the name, or the DNS of the machine that asks; --resolve {host}:443:ADDRESS tries an address without DNS",
    ),
    fault!(
        "family-unresolved",
        FamilyUnresolved,
        "the name {host} has no address of the wanted family",
        "leave -4 and -6 away, or publish the missing A or AAAA record",
    ),
    fault!(
        "connection-refused",
        Refused,
        "nothing listens at {asked}",
        "start the server, or correct host and port; inside a container 'localhost' is the container itself",
    ),
    fault!("no-route", NoRoute, "no way leads to {host}: {detail}", "check the network and the routes of the machine that asks"),
    fault!(
        "connection-timeout",
        ConnectTimeout,
        "no connection to {host} within its time limit: packets are dropped on the way, or what listens there is silent about TLS",
        "open the firewall, or reach the server by an address of this network (hairpin NAT); --connect-timeout waits longer",
    ),
    fault!(
        "answer-timeout",
        AnswerTimeout,
        "the server took the connection and gave no full answer: {detail}",
        "look at the server's load and at the proxy before it; --timeout waits longer",
    ),
    fault!(
        "connection-cut",
        Reset,
        "the connection was cut before an answer: {detail}",
        "look at the log of the proxy; a wrong scheme or a port of another protocol does this too",
    ),
    fault!(
        "certificate-expired",
        CertificateExpired,
        "the certificate of {host} ended {days-ago} days ago",
        "renew the certificate, and reload the proxy that serves it",
    ),
    fault!(
        "certificate-early",
        CertificateEarly,
        "the certificate of {host} is not valid yet",
        "set the clock of this machine, or serve a certificate that has begun",
    ),
    fault!(
        "certificate-name",
        CertificateName,
        "the certificate is not for {host} but for: {names}",
        "ask by one of these names, or add {host} to the certificate; a proxy's default certificate means that it knows no such host",
    ),
    Row {
        id: "certificate-self-signed",
        steps: &[],
        outcome: Fail,
        when: |case| {
            case.fault().is_some_and(is_distrust) && case.certificate().is_some_and(|certificate| certificate.is_self_signed)
        },
        cause: "the certificate of {host} vouches for itself",
        fix: "serve one from an authority; else give it with --cacert, and to Uptime Kuma with NODE_EXTRA_CA_CERTS, because its \
              'Ignore TLS' does not reach the token request",
    },
    Row {
        id: "certificate-incomplete-chain",
        steps: &[],
        outcome: Fail,
        when: |case| {
            case.fault() == Some(FaultKind::CertificateAuthority)
                && case.certificate().is_some_and(|certificate| certificate.chain == 1)
        },
        cause: "the server sends its certificate alone, and {authority}, who vouches for it, is not trusted here",
        fix: "serve the whole chain, the intermediate certificates behind the server's own; for a private authority give its root with \
              --cacert, and to Uptime Kuma with NODE_EXTRA_CA_CERTS",
    },
    fault!(
        "certificate-authority",
        CertificateAuthority,
        "nobody who is trusted here vouches for the certificate of {host}; it names {authority}",
        "give the authority's certificate with --cacert, and to Uptime Kuma with NODE_EXTRA_CA_CERTS",
    ),
    fault!(
        "certificate-other",
        CertificateOther,
        "the certificate of {host} is not acceptable: {detail}",
        "serve a certificate that browsers accept",
    ),
    fault!(
        "no-authorities",
        NoAuthorities,
        "this machine trusts no certificate authority at all",
        "install the package ca-certificates, set SSL_CERT_FILE, or give the authority with --cacert",
    ),
    fault!(
        "no-tls",
        NoTls,
        "the server speaks no TLS at {asked}: it is a plain http port",
        "ask the port that serves https, or write http:// where that is meant",
    ),
    fault!(
        "client-certificate",
        ClientCertificate,
        "the server wants a client certificate that it trusts",
        "give one with --cert and --key; Uptime Kuma sends none with a token request, so the token URL must not ask for one",
    ),
    fault!(
        "tls-mismatch",
        TlsMismatch,
        "the server and this program have no TLS version or cipher in common: {detail}",
        "let the server speak TLS 1.2 or 1.3",
    ),
    fault!(
        "proxy-failed",
        Proxy,
        "the proxy that the environment names could not be used: {detail}",
        "correct HTTPS_PROXY, add {host} to NO_PROXY, or use --no-proxy",
    ),
    fault!(
        "not-http",
        NotHttp,
        "what listens at {asked} does not speak HTTP/1.1: {detail}",
        "correct the port, for another protocol is served there; where it is TLS, write https:// in that URL",
    ),
    fault!(
        "head-too-large",
        HeadTooLarge,
        "{asked} answers with more header lines than anybody reads: {detail}",
        "see which proxy or application sets so many headers or cookies; Uptime Kuma reads less than this",
    ),
    fault!(
        "plain-http-refused",
        PlainHttp,
        "{asked} is plain http to another machine, so nothing was sent there",
        "use https; --insecure-http sends secrets and tokens readable by everyone on the way",
    ),
    fault!(
        "token-kept-back",
        ForeignHost,
        "the token was asked for other hosts than {host}, so it was not sent there",
        "name URLs of the monitored application alone",
    ),
];

/// Whether a fault says that nobody trusted vouches for a certificate; one that vouches for itself may fail in other ways first.
fn is_distrust(kind: FaultKind) -> bool {
    matches!(kind, FaultKind::CertificateAuthority | FaultKind::CertificateOther)
}
