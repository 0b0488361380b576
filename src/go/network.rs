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

fn single(text: &str) -> Option<IpNet> {
    Some(IpNet::from(text.parse::<IpAddr>().ok()?.to_canonical()))
}

impl fmt::Display for NetworkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "failed to parse network {}: invalid CIDR address: {}", super::quote::quote(&self.text), self.text)
    }
}

impl std::error::Error for NetworkError {}
