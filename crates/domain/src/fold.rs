//! Text as it is searched and ordered: the same on both databases, whatever their locale.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case without diacritics, white space folded: "Súdwest-Fryslân" becomes "sudwest-fryslan".
pub fn fold(text: &str) -> String {
    let plain: String = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_diacritics_and_spaces_do_not_matter() {
        assert_eq!(fold("  Súdwest-Fryslân \n Noord"), "sudwest-fryslan noord");
        assert_eq!(fold("IJsselstein"), "ijsselstein");
    }
}
