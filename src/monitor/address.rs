//! URLs as Uptime Kuma's runtime sends them, which is not always as they are written.

use std::fmt;

use url::Url;

/// Why nothing can be asked at an address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Unsendable {
    /// It is no URL; the text is what was written.
    NoUrl(String),
    /// Its scheme is another than http, https, ws and wss.
    Scheme(String),
}

/// The URL of the request for what was written: host in lower case and punycode, no default port, at least `/` as its path, no fragment, no
/// name and password.
pub fn as_sent(written: &str) -> Result<Url, Unsendable> {
    let mut url = Url::parse(written.trim()).map_err(|_| Unsendable::NoUrl(written.to_owned()))?;
    if !matches!(url.scheme(), "http" | "https" | "ws" | "wss") {
        return Err(Unsendable::Scheme(url.scheme().to_owned()));
    }
    url.set_fragment(None);
    // Neither fails where there is a host, which these schemes always have.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    Ok(url)
}

/// A URL that is sent as proxies report it: of a websocket they tell the scheme of the request that opens it.
pub fn as_reported(sent: &Url) -> Url {
    let web = sent.as_str().strip_prefix("ws").map(|rest| format!("http{rest}"));
    web.and_then(|text| Url::parse(&text).ok()).unwrap_or_else(|| sent.clone())
}

impl fmt::Display for Unsendable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unsendable::NoUrl(text) if text.trim().is_empty() => f.write_str("the address is empty"),
            Unsendable::NoUrl(text) => write!(f, "'{text}' is no address"),
            Unsendable::Scheme(scheme) => write!(f, "an address of the scheme '{scheme}' cannot be watched"),
        }
    }
}

impl std::error::Error for Unsendable {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_sent_as_node_sends_it() {
        for (written, sent) in [
            ("https://App.Example.com", "https://app.example.com/"),
            ("https://app.example.com:443/a?b=c#d", "https://app.example.com/a?b=c"),
            (" https://user:password@app.example.com:8443/x ", "https://app.example.com:8443/x"),
            ("https://bücher.example.com/é", "https://xn--bcher-kva.example.com/%C3%A9"),
            ("https://app.example.com/x/../%2e/y", "https://app.example.com/y"),
            ("https://APP.example.com\\x", "https://app.example.com/x"),
            ("wss://app.example.com/socket", "wss://app.example.com/socket"),
        ] {
            assert_eq!(as_sent(written).unwrap().as_str(), sent);
        }
        for (sent, reported) in
            [("wss://a.example.com/x", "https://a.example.com/x"), ("http://a.example.com/", "http://a.example.com/")]
        {
            assert_eq!(as_reported(&as_sent(sent).unwrap()).as_str(), reported);
        }
        assert_eq!(as_sent("app.example.com"), Err(Unsendable::NoUrl("app.example.com".to_owned())));
        assert_eq!(as_sent("ftp://app.example.com/"), Err(Unsendable::Scheme("ftp".to_owned())));
    }
}
