//! The two languages in which titles and labels are given.

/// A language of titles and labels. Free text is returned as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English, unless the client asks otherwise.
    #[default]
    English,
    /// Dutch.
    Dutch,
}

impl Language {
    /// The tag of RFC 5646.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Dutch => "nl",
        }
    }

    /// The one of two texts that is in this language.
    pub fn pick<'a>(self, english: &'a str, dutch: &'a str) -> &'a str {
        match self {
            Self::English => english,
            Self::Dutch => dutch,
        }
    }

    /// The best of the two for an `Accept-Language` header (RFC 9110, 12.5.4); English where neither is wanted.
    pub fn negotiate(header: &str) -> Self {
        let mut best = (Self::English, 0.0_f32);
        for range in header.split(',') {
            let mut parts = range.split(';');
            let tag = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
            let weight =
                parts.find_map(|part| part.trim().strip_prefix("q=").and_then(|q| q.parse().ok())).unwrap_or(1.0_f32);
            let language = match tag.split('-').next() {
                Some("nl") => Self::Dutch,
                Some("en" | "*") => Self::English,
                _ => continue,
            };
            if weight > best.1 {
                best = (language, weight);
            }
        }
        best.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_known_language_wins() {
        assert_eq!(Language::negotiate("nl-NL,nl;q=0.9,en;q=0.8"), Language::Dutch);
        assert_eq!(Language::negotiate("de, en;q=0.4, nl;q=0.7"), Language::Dutch);
        assert_eq!(Language::negotiate("en;q=0.9, nl;q=0.1"), Language::English);
        assert_eq!(Language::negotiate("fr"), Language::English);
        assert_eq!(Language::negotiate("nl;q=0"), Language::English);
    }
}
