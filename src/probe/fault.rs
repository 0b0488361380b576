//! What goes wrong on the way to an answer, and the certificates that are met there.

/// What went wrong before there was an answer.
#[derive(Clone, Debug)]
pub struct Fault {
    /// What kind of thing it is.
    pub kind: FaultKind,
    /// The innermost cause in the words of the library that met it.
    pub detail: String,
}

/// What kind of thing went wrong before there was an answer.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FaultKind {
    /// The name has no address.
    NameUnresolved,
    /// The name has no address of the wanted family.
    FamilyUnresolved,
    /// Nothing listens.
    Refused,
    /// No way leads there.
    NoRoute,
    /// No connection within its time limit.
    ConnectTimeout,
    /// A connection, but no full answer within its time limit.
    AnswerTimeout,
    /// The connection was cut before an answer.
    Reset,
    /// The certificate's time is over.
    CertificateExpired,
    /// The certificate's time has not come.
    CertificateEarly,
    /// The certificate is for other names.
    CertificateName,
    /// Nobody who is trusted vouches for the certificate.
    CertificateAuthority,
    /// The certificate is bad in another way.
    CertificateOther,
    /// The system trusts no authority at all.
    NoAuthorities,
    /// The server speaks no TLS there.
    NoTls,
    /// The server wants a client certificate.
    ClientCertificate,
    /// The two have no TLS version or cipher in common.
    TlsMismatch,
    /// The proxy of the environment could not be used.
    Proxy,
    /// What came back is not HTTP.
    NotHttp,
    /// The head of the answer is longer than any is.
    HeadTooLarge,
    /// It was not sent: plain http to another machine.
    PlainHttp,
    /// It was not sent: the token belongs to other hosts.
    ForeignHost,
    /// It was not sent: the secret that it needs could not be read.
    SecretUnread,
    /// Something else.
    Other,
}

/// A certificate as it was presented.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Certificate {
    /// The names that it is for.
    pub names: Vec<String>,
    /// Who vouches for it.
    pub issuer: String,
    /// From when, in seconds since 1970.
    pub not_before: i64,
    /// Until when, in seconds since 1970.
    pub not_after: i64,
    /// Certificates that were presented, this one included.
    pub chain: usize,
    /// Whether it vouches for itself.
    pub is_self_signed: bool,
    /// Why it is not trusted; none when it is.
    pub distrust: Option<FaultKind>,
}

impl Certificate {
    /// Whole days until it ends; negative when it has.
    pub fn days_left(&self, now: u64) -> i64 {
        (self.not_after - i64::try_from(now).unwrap_or(i64::MAX)).div_euclid(86_400)
    }
}
