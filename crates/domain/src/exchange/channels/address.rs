//! The address of a channel, which is a secret: whoever knows it can post. It is shown to nobody.

use std::fmt;

/// Parts of an address that are shorter than this say nothing to anybody.
const TELLING: usize = 6;
/// What stands in place of what is hidden.
const HIDDEN: &str = "…";

/// Where messages are posted to.
#[derive(Clone, PartialEq, Eq)]
pub struct ChannelAddress(String);

impl fmt::Debug for ChannelAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl ChannelAddress {
    /// An address.
    pub fn new(address: String) -> Self {
        Self(address)
    }

    /// As it is posted to, and kept.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// As it is shown: the host alone.
    pub fn masked(&self) -> String {
        let (scheme, host, _) = self.parts();
        format!("{scheme}://{host}/{HIDDEN}")
    }

    /// A text without what it repeats of the address, even where its end is cut off.
    pub fn hide(&self, text: &str) -> String {
        let (_, _, secret) = self.parts();
        let is_between = |c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '~'));
        // What was percent-encoded may come back decoded.
        let decoded: String = secret
            .split('%')
            .enumerate()
            .map(
                |(place, part)| {
                    if place == 0 { part.to_owned() } else { format!("/{}", part.get(2..).unwrap_or_default()) }
                },
            )
            .collect();
        let whole = secret.split(is_between).chain(decoded.split(is_between));
        let mut pieces: Vec<&str> = whole.filter(|piece| piece.len() >= TELLING).collect();
        pieces.push(&self.0);
        pieces.push(secret.trim_start_matches('/'));
        pieces.retain(|piece| piece.len() >= TELLING);
        pieces.sort_unstable_by_key(|piece| std::cmp::Reverse(piece.len()));
        let cut = |piece: &&str| {
            let ends = piece.char_indices().map(|(end, _)| end).filter(|end| *end >= TELLING).rev();
            ends.filter_map(|end| piece.get(..end)).find(|begin| text.ends_with(begin)).map(str::len)
        };
        let mut hidden = text.to_owned();
        if let Some(length) = pieces.iter().filter_map(cut).max() {
            hidden.truncate(text.len().saturating_sub(length));
            hidden.push_str(HIDDEN);
        }
        for piece in &pieces {
            hidden = hidden.replace(piece, HIDDEN);
        }
        hidden
    }

    /// The scheme, the host with its port, and the rest, which is the secret.
    fn parts(&self) -> (&str, &str, &str) {
        let (scheme, rest) = self.0.split_once("://").unwrap_or(("https", ""));
        let (authority, secret) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        (scheme, authority.rsplit('@').next().unwrap_or_default(), secret)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address() -> ChannelAddress {
        let text =
            "https://prod-12.westeurope.logic.azure.com:443/workflows/0123abcdef/triggers/manual?sig=Zq9%2FkTtLmN-8x";
        ChannelAddress::new(text.to_owned())
    }

    #[test]
    fn nothing_but_the_host_is_shown() {
        assert_eq!(address().masked(), "https://prod-12.westeurope.logic.azure.com:443/…");
        assert_eq!(format!("{:?}", address()), address().masked());
        assert_eq!(ChannelAddress::new("https://anna:geheim@x.nl?t=1".to_owned()).masked(), "https://x.nl/…");
        assert_eq!(ChannelAddress::new("geheim".to_owned()).masked(), "https:///…");
    }

    #[test]
    fn what_a_receiver_repeats_of_it_is_hidden() {
        let address = address();
        for echo in [
            address.reveal().to_owned(),
            "no workflow 0123abcdef, signature Zq9/kTtLmN-8x is wrong".to_owned(),
            "cut off: 0123abc".to_owned(),
            "cut off: https://prod-12.westeurope.logic.azure.com:443/workflows/0123".to_owned(),
        ] {
            let hidden = address.hide(&echo);
            for secret in ["0123", "kTtLmN"] {
                assert!(!hidden.contains(secret), "{hidden}");
            }
        }
        assert_eq!(address.hide("ok"), "ok");
        assert_eq!(address.hide("invalid_payload"), "invalid_payload");
    }
}
