//! Signed access tokens, in form only: nothing on this flow checks the signature, and the sandbox has no use for the issuer's key.

use std::time::{Duration, SystemTime};

use base64ct::{Base64UrlUnpadded, Encoding as _};
use rand::TryRng as _;
use rand::rngs::{SysError, SysRng};
use serde_json::{Value, json};

use crate::bearer::Grant;

/// Bytes of an RS256 signature by a key of 2048 bits.
const SIGNATURE: usize = 256;

/// A token in the form of RFC 9068 with a random signature.
pub(super) fn new_token(grant: &Grant, issuer: &str, since: SystemTime) -> Result<String, SysError> {
    let mut random = [0; SIGNATURE + 16];
    SysRng.try_fill_bytes(&mut random)?;
    let (signature, id) = random.split_at(SIGNATURE);
    let at = |moment: SystemTime| moment.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    let claims = json!({
        "aud": grant.aud(),
        "client_id": grant.client,
        "exp": at(since + Duration::from_secs(grant.lifetime)),
        "iat": at(since),
        "iss": issuer,
        "jti": Base64UrlUnpadded::encode_string(id),
        "nbf": at(since),
        "scp": grant.scopes,
    });
    let header = json!({"alg": "RS256", "typ": "at+jwt"});
    Ok([part(&header), part(&claims), Base64UrlUnpadded::encode_string(signature)].join("."))
}

fn part(document: &Value) -> String {
    Base64UrlUnpadded::encode_string(document.to_string().as_bytes())
}
