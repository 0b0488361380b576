//! Certificates: expired, early, for another name, from nobody, asked of the client.

use std::sync::Arc;
use std::time::Duration;

use authkuma::probe::network::{Identity, Options};
use authkuma::probe::plan::Plan;
use authkuma::probe::{Selection, Step};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

use super::server::{Reply, Server};
use super::world::{SECRET, World, cause, probe_with};

pub(crate) type Authority = CertifiedIssuer<'static, KeyPair>;

pub(crate) fn authority(name: &str) -> Authority {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// A certificate with its key, as PEM.
pub(crate) fn leaf(authority: &Authority, name: &str, adjust: impl FnOnce(&mut CertificateParams)) -> (String, String) {
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    adjust(&mut params);
    let key = KeyPair::generate().unwrap();
    (params.signed_by(&key, authority).unwrap().pem(), key.serialize_pem())
}

pub(crate) fn config(leaf: &(String, String), clients: Option<&Authority>) -> ServerConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ServerConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions().unwrap();
    let builder = match clients {
        Some(authority) => {
            let mut roots = RootCertStore::empty();
            roots.add(authority.der().clone()).unwrap();
            builder
                .with_client_cert_verifier(WebPkiClientVerifier::builder_with_provider(roots.into(), provider).build().unwrap())
        }
        None => builder.with_no_client_auth(),
    };
    let chain = vec![CertificateDer::from_pem_slice(leaf.0.as_bytes()).unwrap()];
    builder.with_single_cert(chain, PrivateKeyDer::from_pem_slice(leaf.1.as_bytes()).unwrap()).unwrap()
}

/// The cause at an application of that configuration, whose authority is trusted when it is given.
fn cause_at(tls: ServerConfig, trusted: Option<&Authority>, adjust: impl FnOnce(&mut Options)) -> Option<&'static str> {
    let server = Server::start_tls(tls, |_| Reply::redirect(302, "https://auth.example.com/?rd=x"));
    let world = World::new(|_, _| None);
    let mut options = Options { without_proxies: true, ..Options::default() };
    options.overrides = vec![format!("app.example.com:443:{}", server.address).parse().unwrap()];
    // A machine without any authority would have a cause of its own.
    let somebody = authority("Somebody Else");
    options.authorities.push(trusted.unwrap_or(&somebody).pem().into_bytes());
    adjust(&mut options);
    let url = "https://app.example.com/".parse().unwrap();
    let plan = Plan { url, selection: Selection::only(&[Step::WithoutToken]), ..world.plan() };
    cause(&probe_with(&plan, SECRET, options), Step::WithoutToken).map(|(_, id)| id)
}

#[test]
fn each_fault_of_a_certificate_is_told() {
    let root = authority("Test Root");
    let name = "app.example.com";
    let good = leaf(&root, name, |_| {});
    assert_eq!(cause_at(config(&good, None), Some(&root), |_| {}), None);
    assert_eq!(cause_at(config(&good, None), None, |_| {}), Some("certificate-incomplete-chain"));
    let expired = leaf(&root, name, |params| params.not_after = date_time_ymd(2020, 1, 1));
    assert_eq!(cause_at(config(&expired, None), Some(&root), |_| {}), Some("certificate-expired"));
    let early = leaf(&root, name, |params| params.not_before = date_time_ymd(2100, 1, 1));
    assert_eq!(cause_at(config(&early, None), Some(&root), |_| {}), Some("certificate-early"));
    let other = leaf(&root, "other.example.com", |_| {});
    assert_eq!(cause_at(config(&other, None), Some(&root), |_| {}), Some("certificate-name"));
    for insecure in [&good, &expired, &other] {
        assert_eq!(cause_at(config(insecure, None), None, |options| options.insecure = true), None);
    }
}

#[test]
fn a_certificate_that_vouches_for_itself_is_told() {
    let mut params = CertificateParams::new(vec!["app.example.com".to_owned()]).unwrap();
    for is_ca in [IsCa::NoCa, IsCa::Ca(BasicConstraints::Unconstrained)] {
        params.is_ca = is_ca;
        let key = KeyPair::generate().unwrap();
        let own = (params.self_signed(&key).unwrap().pem(), key.serialize_pem());
        assert_eq!(cause_at(config(&own, None), None, |_| {}), Some("certificate-self-signed"));
    }
}

#[test]
fn a_client_certificate_is_shown_when_it_is_given() {
    let root = authority("Test Root");
    let served = leaf(&root, "app.example.com", |_| {});
    assert_eq!(cause_at(config(&served, Some(&root)), Some(&root), |_| {}), Some("client-certificate"));
    let client = leaf(&root, "client.example.com", |_| {});
    let shown = |options: &mut Options| {
        options.identity = Some(Identity { certificates: client.0.clone().into(), key: client.1.clone().into_bytes().into() });
    };
    assert_eq!(cause_at(config(&served, Some(&root)), Some(&root), shown), None);
}

#[test]
fn http_and_https_mistaken_for_each_other_are_told() {
    let world = World::new(|_, _| None);
    // A server of plain http takes the greeting for a bad request.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = std::io::Read::read(&mut stream, &mut [0; 1024]);
            let _ = std::io::Write::write_all(&mut stream, b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n");
        }
    });
    let plan = Plan { url: format!("https://{address}/").parse().unwrap(), ..world.plan() };
    let result = probe_with(&plan, SECRET, Options { without_proxies: true, ..Options::default() });
    assert_eq!(cause(&result, Step::Application).unwrap().1, "no-tls");
}

#[test]
fn the_portals_certificate_and_its_end_are_seen() {
    let root = authority("Test Root");
    let short = leaf(&root, "auth.example.com", |params| end_in(params, 5));
    let server = Server::start_tls(config(&short, None), |_| Reply::json(200, "{\"status\":\"OK\"}"));
    let world = World::new(|_, _| None);
    let plan = Plan {
        portal: "https://auth.example.com/".parse().unwrap(),
        selection: Selection::only(&[Step::Portal]),
        ..world.plan()
    };
    let options = |insecure, trusted: bool| Options {
        without_proxies: true,
        insecure,
        overrides: vec![format!("auth.example.com:443:{}", server.address).parse().unwrap()],
        authorities: if trusted { vec![root.pem().into_bytes()] } else { Vec::new() },
        ..Options::default()
    };
    let result = probe_with(&plan, SECRET, options(false, true));
    assert_eq!(cause(&result, Step::Portal).unwrap().1, "certificate-ends-soon");
    assert!(matches!(result.certificate_days, Some(5)), "{:?}", result.certificate_days);
    let result = probe_with(&plan, SECRET, options(true, false));
    assert_eq!(cause(&result, Step::Portal).unwrap().1, "certificate-unchecked");
    assert!(result.notes.iter().any(|note| note.contains("--insecure")), "{:?}", result.notes);
}

/// Lets a certificate end in that many days.
fn end_in(params: &mut CertificateParams, days: u64) {
    params.not_after = date_time_ymd(1970, 1, 1) + Duration::from_secs(super::world::now() + days * 86_400 + 3_600);
}
