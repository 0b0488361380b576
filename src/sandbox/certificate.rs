//! A throw-away certificate authority and one certificate of its making, for as long as the sandbox runs.

use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rand::TryRng as _;
use rand::rngs::SysRng;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio_rustls::TlsAcceptor;

/// What TLS needs, and the file with the authority's certificate, which goes when this is dropped.
pub(super) struct Certificate {
    pub acceptor: TlsAcceptor,
    folder: PathBuf,
}

impl Certificate {
    /// Makes both for these names and addresses. Keys stay in memory.
    pub(super) fn make(names: Vec<String>) -> io::Result<Certificate> {
        let (authority, leaf, key) = issue(names).map_err(io::Error::other)?;
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|config| config.with_no_client_auth().with_single_cert(vec![leaf.der().clone()], key))
            .map_err(io::Error::other)?;
        let folder = store(&authority.pem())?;
        Ok(Certificate { acceptor: TlsAcceptor::from(Arc::new(config)), folder })
    }

    /// Where the authority's certificate lies.
    pub(super) fn path(&self) -> PathBuf {
        self.folder.join(FILE)
    }
}

impl Drop for Certificate {
    fn drop(&mut self) {
        // What cannot be removed is a certificate that nobody has the key of.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

const FILE: &str = "ca.pem";
const DAY: Duration = Duration::from_hours(24);

fn issue(names: Vec<String>) -> Result<(rcgen::Certificate, rcgen::Certificate, PrivateKeyDer<'static>), rcgen::Error> {
    let authority_key = KeyPair::generate()?;
    let mut authority = CertificateParams::new(Vec::new())?;
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.distinguished_name = named("authkuma sandbox throw-away authority");
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let authority_certificate = authority.self_signed(&authority_key)?;
    let issuer = Issuer::new(authority, authority_key);

    let key = KeyPair::generate()?;
    let mut leaf = CertificateParams::new(names)?;
    leaf.distinguished_name = named("authkuma sandbox");
    leaf.use_authority_key_identifier_extension = true;
    leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let now = SystemTime::now();
    (leaf.not_before, leaf.not_after) = ((now - DAY).into(), (now + 90 * DAY).into());
    let certificate = leaf.signed_by(&key, &issuer)?;
    let key = PrivateKeyDer::try_from(key.serialize_der()).map_err(|_| rcgen::Error::CouldNotParseKeyPair)?;
    Ok((authority_certificate, certificate, key))
}

fn named(name: &str) -> DistinguishedName {
    let mut distinguished = DistinguishedName::new();
    distinguished.push(DnType::CommonName, name);
    distinguished
}

/// Writes the certificate into a new folder of its own.
fn store(pem: &str) -> io::Result<PathBuf> {
    let mut random = [0; 8];
    SysRng.try_fill_bytes(&mut random).map_err(io::Error::other)?;
    let folder = std::env::temp_dir().join(format!("authkuma-sandbox-{:016x}", u64::from_be_bytes(random)));
    new_folder(&folder)?;
    OpenOptions::new().write(true).create_new(true).open(folder.join(FILE))?.write_all(pem.as_bytes())?;
    Ok(folder)
}

#[cfg(unix)]
fn new_folder(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    // Others may read the certificate: a proxy or a monitor of another user needs it.
    DirBuilder::new().mode(0o755).create(path)
}

#[cfg(not(unix))]
fn new_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().create(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_authority_lies_in_a_file_that_goes_with_it() {
        let certificate = Certificate::make(vec!["auth.example.com".to_owned(), "127.0.0.1".to_owned()]).unwrap();
        let path = certificate.path();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("-----BEGIN CERTIFICATE-----") && !text.contains("PRIVATE"));
        drop(certificate);
        assert!(!path.exists());
    }
}
