//! Certificates as servers present them: checked, and remembered whether they pass or not.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error, SignatureScheme};
use rustls_platform_verifier::Verifier;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::{FromDer as _, X509Certificate};

use super::fault;
use crate::probe::transcript::{Certificate, FaultKind};

/// Checks certificates by the system's and the given authorities, and remembers what each host presented.
#[derive(Debug)]
pub(super) struct Witness {
    given: Vec<CertificateDer<'static>>,
    insecure: bool,
    provider: Arc<CryptoProvider>,
    /// The system's authorities are read once, when the first certificate comes.
    verifier: OnceLock<Result<Verifier, Error>>,
    seen: Mutex<HashMap<String, Certificate>>,
}

/// The text of the error that stands for a system without authorities.
pub(super) const NO_AUTHORITIES: &str = "the system has no certificate authorities";

impl Witness {
    pub(super) fn new(given: Vec<CertificateDer<'static>>, insecure: bool, provider: Arc<CryptoProvider>) -> Witness {
        Witness { given, insecure, provider, verifier: OnceLock::new(), seen: Mutex::default() }
    }

    /// What a host presented last.
    pub(super) fn seen(&self, host: &str) -> Option<Certificate> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).get(host).cloned()
    }

    fn verify(
        &self,
        certificate: &CertificateDer<'_>,
        chain: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verifier = self.verifier.get_or_init(|| Verifier::new_with_extra_roots(self.given.clone(), self.provider.clone()));
        match verifier {
            Ok(verifier) => verifier.verify_server_cert(certificate, chain, name, &[], now),
            Err(_) => Err(Error::General(NO_AUTHORITIES.to_owned())),
        }
    }
}

impl ServerCertVerifier for Witness {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let verified = self.verify(end_entity, intermediates, server_name, now);
        if let Some(mut certificate) = read(end_entity) {
            certificate.chain = intermediates.len() + 1;
            certificate.distrust = verified.as_ref().err().map(|error| distrust(error, &certificate));
            let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            seen.insert(server_name.to_str().into_owned(), certificate);
        }
        if self.insecure { Ok(ServerCertVerified::assertion()) } else { verified }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// A certificate that vouches for itself fails in several ways; nobody trusted vouching for it is what they come to.
fn distrust(error: &Error, certificate: &Certificate) -> FaultKind {
    match fault::of_tls(error) {
        FaultKind::CertificateOther if certificate.is_self_signed => FaultKind::CertificateAuthority,
        kind => kind,
    }
}

/// A certificate's names and dates; none when it does not read.
fn read(der: &CertificateDer<'_>) -> Option<Certificate> {
    let (_, certificate) = X509Certificate::from_der(der).ok()?;
    let alternatives = certificate.subject_alternative_name().ok().flatten();
    let names = alternatives.iter().flat_map(|extension| &extension.value.general_names).filter_map(name).collect();
    Some(Certificate {
        names,
        issuer: certificate.issuer().to_string(),
        not_before: certificate.validity().not_before.timestamp(),
        not_after: certificate.validity().not_after.timestamp(),
        chain: 1,
        is_self_signed: certificate.issuer() == certificate.subject(),
        distrust: None,
    })
}

fn name(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(name) => Some((*name).to_owned()),
        GeneralName::IPAddress(bytes) => match **bytes {
            [a, b, c, d] => Some(std::net::Ipv4Addr::new(a, b, c, d).to_string()),
            _ => <[u8; 16]>::try_from(*bytes).ok().map(|bytes| std::net::Ipv6Addr::from(bytes).to_string()),
        },
        _ => None,
    }
}

/// Whether an error says that nobody trusted vouches for the certificate.
pub(super) fn kind(error: &CertificateError) -> FaultKind {
    match error {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => FaultKind::CertificateExpired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => FaultKind::CertificateEarly,
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => FaultKind::CertificateName,
        CertificateError::UnknownIssuer => FaultKind::CertificateAuthority,
        _ => FaultKind::CertificateOther,
    }
}
