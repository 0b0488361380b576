//! Networks of access rules, as `net.ParseCIDR` and `net.ParseIP` read them.

use std::fmt;
use std::net::IpAddr;

use ipnet::IpNet;

/// A range of addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network(IpNet);

/// A text that is neither an address nor a network in CIDR notation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkError {
    text: String,
}

impl Network {
    /// Reads an address, which is a network of its own, or a network; what an address has beyond its network is dropped.
    pub fn parse(text: &str) -> Result<Network, NetworkError> {
        let network = match text.split_once('/') {
            Some((address, length)) => network(address, length),
            None => single(text),
        };
        network.map(Network).ok_or_else(|| NetworkError { text: text.to_owned() })
    }

    /// Whether an address lies in it; an IPv4 address within IPv6 counts as IPv4, on both sides.
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.contains(&address.to_canonical())
    }
}

fn network(address: &str, length: &str) -> Option<IpNet> {
    let address: IpAddr = address.parse().ok()?;
    // Go reads at most 0xFFFFFF as a length and takes leading zeros; the standard library's limits are the family's anyway.
    let digits = !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit());
    let length: u8 = length
        .trim_start_matches('0')
        .parse()
        .or(if digits && length.bytes().all(|b| b == b'0') { Ok(0) } else { length.parse() })
        .ok()?;
    if !digits {
        return None;
    }
    mapped(address, length).or_else(|| IpNet::new(address, length).ok()).map(|network| network.trunc())
}

/// A network of IPv4 addresses that is written in IPv6: Go compares such addresses as IPv4 once the mask has all 96 bits.
fn mapped(address: IpAddr, length: u8) -> Option<IpNet> {
    let IpAddr::V6(address) = address else { return None };
    let inner = address.to_ipv4_mapped()?;
    IpNet::new(IpAddr::V4(inner), length.checked_sub(96)?).ok()
}

/// An address by itself. The server gives an IPv4 address that is written in IPv6 the mask of IPv4 and so makes `::/32` of it.
fn single(text: &str) -> Option<IpNet> {
    let address: IpAddr = text.parse().ok()?;
    let length = if address.to_canonical().is_ipv4() { 32 } else { 128 };
    IpNet::new(address, length).ok().map(|network| network.trunc())
}

impl fmt::Display for NetworkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "failed to parse network {}: invalid CIDR address: {}", super::quote::quote(&self.text), self.text)
    }
}

impl std::error::Error for NetworkError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lie_in_the_networks_in_which_the_server_finds_them() {
        for (network, address, lies_in) in [
            ("192.0.2.10", "192.0.2.10", true),
            ("192.0.2.10", "::ffff:192.0.2.10", true),
            ("::ffff:192.0.2.10", "192.0.2.10", false),
            ("::ffff:192.0.2.10", "::1", true),
            ("::ffff:192.0.2.0/120", "192.0.2.10", true),
            ("::ffff:10.0.0.0/8", "10.0.0.1", false),
            ("2001:db8::1", "2001:db8::1", true),
            ("2001:db8::1", "2001:db8::2", false),
            ("::/0", "192.0.2.10", false),
        ] {
            let network = Network::parse(network).unwrap();
            assert_eq!(network.contains(address.parse().unwrap()), lies_in, "{network:?} {address}");
        }
    }
}
