//! Identifiers that the formats carry and that have check digits of their own.

use iban::IbanLike;

/// Whether the value is an IBAN in its electronic form (ISO 13616): country, length and mod 97 hold, no spaces, capitals.
pub fn is_iban(value: &str) -> bool {
    // The library also reads the printed form, in groups of four; in a message only the electronic form may stand.
    value.parse::<iban::Iban>().is_ok_and(|iban| iban.electronic_str() == value)
}

/// Whether the value consists of exactly so many digits.
pub(crate) fn is_digits(value: &str, length: usize) -> bool {
    value.len() == length && value.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the value has the form of a Dutch VAT number: NL, nine digits, B, two digits.
///
/// Form only: whoever recorded the number has tested its check digits.
pub(crate) fn is_vat_number_like(value: &str) -> bool {
    value
        .strip_prefix("NL")
        .and_then(|rest| rest.split_once('B'))
        .is_some_and(|(number, suffix)| is_digits(number, 9) && is_digits(suffix, 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iban_passes_mod_97_and_has_the_length_of_its_country() {
        assert!(is_iban("NL91ABNA0417164300"));
        assert!(is_iban("NL02ABNA0123456789"));
        assert!(is_iban("BE68539007547034"));
        assert!(!is_iban("NL91ABNA0417164301"), "a check digit is wrong");
        assert!(!is_iban("NL91ABNA041716430"), "seventeen characters");
        assert!(!is_iban("NL91ABNA04171643000"), "nineteen characters");
        assert!(!is_iban("XX91ABNA0417164300"));
        assert!(!is_iban(""));
    }

    #[test]
    fn every_single_wrong_digit_in_an_iban_is_seen() {
        let iban = "NL91ABNA0417164300";
        for (place, _) in iban.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
            for digit in '0'..='9' {
                let other: String =
                    iban.char_indices().map(|(index, c)| if index == place { digit } else { c }).collect();
                assert_eq!(is_iban(&other), other == iban, "{other}");
            }
        }
    }

    #[test]
    fn only_the_electronic_form_of_an_iban_is_taken() {
        assert!(!is_iban("NL91 ABNA 0417 1643 00"));
        assert!(!is_iban("nl91abna0417164300"));
    }

    #[test]
    fn a_vat_number_has_the_dutch_form() {
        assert!(is_vat_number_like("NL000099998B57"));
        assert!(!is_vat_number_like("NL0000.99.998.B57"));
        assert!(!is_vat_number_like("BE0000999987"));
        assert!(!is_vat_number_like("NL000099998B5"));
    }
}
