//! What went wrong on the way, read from the errors of the libraries.

use std::error::Error as StdError;
use std::io::{Error, ErrorKind};

use rustls::AlertDescription;

use super::certificate::{self, NO_AUTHORITIES};
use super::resolve::Unresolved;
use crate::probe::transcript::{Fault, FaultKind};

/// Reads a failed request.
pub(super) fn read(error: &reqwest::Error, is_proxied: bool) -> Fault {
    let chain: Vec<&(dyn StdError + 'static)> = std::iter::successors(error.source(), |&error| error.source()).collect();
    let detail = chain.last().map_or_else(|| error.to_string(), ToString::to_string);
    let found = chain.iter().rev().find_map(|error| kind(*error));
    let kind = match found {
        _ if error.is_timeout() && error.is_connect() => FaultKind::ConnectTimeout,
        Some(kind) => kind,
        None => FaultKind::Other,
    };
    // The way to a proxy and the proxy's own refusal are no fault of the server behind it.
    let is_about_proxy = is_proxied && error.is_connect() && !is_about_tls(kind);
    Fault { kind: if is_about_proxy { FaultKind::Proxy } else { kind }, detail }
}

fn kind(error: &(dyn StdError + 'static)) -> Option<FaultKind> {
    if let Some(unresolved) = error.downcast_ref::<Unresolved>() {
        return Some(unresolved.kind);
    }
    if let Some(error) = error.downcast_ref::<rustls::Error>() {
        return Some(of_tls(error));
    }
    if let Some(error) = error.downcast_ref::<Error>() {
        // What an input error wraps is not in the chain of sources.
        return error.get_ref().and_then(|inner| kind(inner)).or_else(|| of_io(error.kind()));
    }
    let error = error.downcast_ref::<hyper::Error>()?;
    match () {
        () if error.is_incomplete_message() => Some(FaultKind::Reset),
        () if error.is_parse_too_large() => Some(FaultKind::HeadTooLarge),
        () if error.is_parse() => Some(FaultKind::NotHttp),
        () => None,
    }
}

fn of_io(kind: ErrorKind) -> Option<FaultKind> {
    match kind {
        ErrorKind::ConnectionRefused => Some(FaultKind::Refused),
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe | ErrorKind::UnexpectedEof => {
            Some(FaultKind::Reset)
        }
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable | ErrorKind::AddrNotAvailable => Some(FaultKind::NoRoute),
        ErrorKind::TimedOut => Some(FaultKind::ConnectTimeout),
        // So ends a body whose frame is wrong.
        ErrorKind::InvalidData | ErrorKind::InvalidInput => Some(FaultKind::NotHttp),
        _ => None,
    }
}

/// What a TLS library's error comes to.
pub(super) fn of_tls(error: &rustls::Error) -> FaultKind {
    match error {
        rustls::Error::InvalidCertificate(error) => certificate::kind(error),
        rustls::Error::General(text) if text == NO_AUTHORITIES => FaultKind::NoAuthorities,
        rustls::Error::InvalidMessage(_) => FaultKind::NoTls,
        rustls::Error::PeerIncompatible(_) => FaultKind::TlsMismatch,
        rustls::Error::AlertReceived(alert) => match alert {
            AlertDescription::CertificateRequired
            | AlertDescription::BadCertificate
            | AlertDescription::UnknownCA
            | AlertDescription::CertificateUnknown
            | AlertDescription::AccessDenied => FaultKind::ClientCertificate,
            AlertDescription::UnrecognisedName => FaultKind::CertificateName,
            _ => FaultKind::TlsMismatch,
        },
        _ => FaultKind::Other,
    }
}

fn is_about_tls(kind: FaultKind) -> bool {
    matches!(
        kind,
        FaultKind::CertificateExpired
            | FaultKind::CertificateEarly
            | FaultKind::CertificateName
            | FaultKind::CertificateAuthority
            | FaultKind::CertificateOther
            | FaultKind::NoAuthorities
            | FaultKind::NoTls
            | FaultKind::ClientCertificate
            | FaultKind::TlsMismatch
    )
}
