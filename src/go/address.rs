//! Stand-in.
/// Address.
pub struct Address(String);
impl Address {
    /// Parse.
    pub fn parse(text: &str) -> Result<Address, String> {
        let rest = text.split_once("://").map_or(text, |(_, r)| r);
        Ok(Address(rest.find('/').map_or(String::new(), |i| rest[i..].to_owned())))
    }
    /// Path.
    pub fn path(&self) -> &str {
        &self.0
    }
}
