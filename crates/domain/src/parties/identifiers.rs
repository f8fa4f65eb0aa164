//! Official identifiers of organisations, with their check digits.

use iban::IbanLike;

use crate::{Faults, TextEnum, text_enum};

text_enum! {
    /// The register an identifier comes from (kenmerk)
    IdentifierScheme {
        Oin = "OIN", "Organisation identification number (Logius)", "Organisatie-identificatienummer (Logius)";
        Kvk = "KVK", "Chamber of Commerce number", "KvK-nummer";
        Rsin = "RSIN", "Legal entity number (tax authority)", "RSIN";
        Tooi = "TOOI", "Identifier of the TOOI register", "TOOI-identificatie";
        Cbs = "CBS", "Code of Statistics Netherlands (CBS)", "CBS-code";
    }
}

/// An identifier of an organisation: register and value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OrganisationIdentifier {
    /// The register.
    pub scheme: IdentifierScheme,
    /// The value, without spaces.
    pub value: String,
}

impl OrganisationIdentifier {
    /// Notes what is wrong with the value; `field` is its name in the request.
    pub fn check(&self, field: &str, faults: &mut Faults) {
        let value = self.value.as_str();
        let (holds, reason) = match self.scheme {
            IdentifierScheme::Oin => (
                is_oin(value),
                "an OIN must have 20 digits: 8 of the register, then the number, then zeros (OIN-Stelsel 3.0)",
            ),
            IdentifierScheme::Kvk => (is_digits(value, 8), "a KvK number must have 8 digits"),
            IdentifierScheme::Rsin => (is_rsin(value), "an RSIN must have 9 digits and pass the eleven test"),
            IdentifierScheme::Tooi => (
                value.strip_prefix("https://identifier.overheid.nl/tooi/id/").is_some_and(|rest| {
                    let mut parts = rest.split('/');
                    let word =
                        |part: Option<&str>| part.is_some_and(|part| !part.is_empty() && part.bytes().all(is_code));
                    word(parts.next()) && word(parts.next()) && parts.next().is_none()
                }),
                "a TOOI identifier must look like https://identifier.overheid.nl/tooi/id/gemeente/gm0363",
            ),
            IdentifierScheme::Cbs => (
                value.is_ascii()
                    && matches!(value.get(..2), Some("GM" | "PV" | "WS"))
                    && value.get(2..).is_some_and(|digits| {
                        matches!(digits.len(), 2 | 4) && digits.bytes().all(|b| b.is_ascii_digit())
                    }),
                "a CBS code must be GM, PV or WS and two or four digits, for instance GM0363",
            ),
        };
        faults.unless(holds, field, reason);
    }
}

impl std::fmt::Display for OrganisationIdentifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.scheme.as_str(), self.value)
    }
}

fn is_code(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'
}

fn is_digits(value: &str, length: usize) -> bool {
    value.len() == length && value.bytes().all(|byte| byte.is_ascii_digit())
}

/// OIN-Stelsel 3.0: prefix of the register, number, zeros. 1 = RSIN, 3 = KvK; 2, 4 to 9 and 99 (tests) by number.
fn is_oin(value: &str) -> bool {
    if !is_digits(value, 20) {
        return false;
    }
    let (prefix, number) = value.split_at(8);
    match prefix {
        "00000001" => number.ends_with("000") && is_rsin(number.get(..9).unwrap_or_default()),
        "00000003" => number.ends_with("0000"),
        "00000002" | "00000004" | "00000005" | "00000006" | "00000007" | "00000008" | "00000009" | "00000099" => true,
        _ => false,
    }
}

/// Nine digits of which 9a + 8b + … + 2h − i is divisible by eleven.
fn is_rsin(value: &str) -> bool {
    if !is_digits(value, 9) || value == "000000000" {
        return false;
    }
    let weights = [9, 8, 7, 6, 5, 4, 3, 2, -1];
    let sum: i32 = value.bytes().zip(weights).map(|(digit, weight)| i32::from(digit - b'0') * weight).sum();
    sum % 11 == 0
}

/// A Dutch VAT number: NL, nine digits, B, two digits; the eleven test or the ISO 7064 mod 97-10 test must hold.
pub fn is_dutch_vat_number(value: &str) -> bool {
    if !value.is_ascii() || value.len() != 14 || !value.starts_with("NL") || value.get(11..12) != Some("B") {
        return false;
    }
    let (Some(number), Some(suffix)) = (value.get(2..11), value.get(12..)) else { return false };
    is_digits(number, 9) && is_digits(suffix, 2) && (is_rsin(number) || is_mod_97(value))
}

/// Whether the value is an IBAN in its electronic form (ISO 13616): country, length and mod 97 hold, no spaces, capitals.
pub fn is_iban(value: &str) -> bool {
    // The library also reads the printed form, in groups of four; in a message only the electronic form may stand.
    value.parse::<iban::Iban>().is_ok_and(|iban| iban.electronic_str() == value)
}

/// ISO 7064 mod 97-10 over the characters, letters as 10 to 35.
fn is_mod_97(value: &str) -> bool {
    let remainder = value.bytes().try_fold(0_u32, |sum, byte| match byte {
        b'0'..=b'9' => Some((sum * 10 + u32::from(byte - b'0')) % 97),
        b'A'..=b'Z' => Some((sum * 100 + u32::from(byte - b'A') + 10) % 97),
        _ => None,
    });
    remainder == Some(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn valid(scheme: IdentifierScheme, value: &str) -> bool {
        let mut faults = Faults::default();
        OrganisationIdentifier { scheme, value: value.to_owned() }.check("value", &mut faults);
        faults.finish().is_ok()
    }

    #[test]
    fn check_digits_decide() {
        assert!(valid(IdentifierScheme::Rsin, "111222333"));
        assert!(!valid(IdentifierScheme::Rsin, "111222334"));
        assert!(!valid(IdentifierScheme::Rsin, "11122233"));
        assert!(valid(IdentifierScheme::Oin, "00000001111222333000"));
        assert!(!valid(IdentifierScheme::Oin, "00000001111222334000"));
        assert!(valid(IdentifierScheme::Oin, "00000099000000001000"));
        assert!(valid(IdentifierScheme::Oin, "00000003123456780000"));
        assert!(!valid(IdentifierScheme::Oin, "00000003123456780001"));
        assert!(!valid(IdentifierScheme::Oin, "12345678901234567890"));
        assert!(valid(IdentifierScheme::Kvk, "17272727"));
        assert!(!valid(IdentifierScheme::Kvk, "1727272"));
        assert!(valid(IdentifierScheme::Cbs, "GM0828"));
        assert!(valid(IdentifierScheme::Cbs, "PV30"));
        assert!(!valid(IdentifierScheme::Cbs, "XX0828"));
        assert!(valid(IdentifierScheme::Tooi, "https://identifier.overheid.nl/tooi/id/gemeente/gm0828"));
        assert!(!valid(IdentifierScheme::Tooi, "https://identifier.overheid.nl/tooi/id/gemeente/"));
    }

    #[test]
    fn a_vat_number_passes_one_of_its_two_tests() {
        assert!(is_dutch_vat_number("NL111222333B01"));
        assert!(is_dutch_vat_number("NL000099998B57"));
        assert!(!is_dutch_vat_number("NL111222334B01"));
        assert!(!is_dutch_vat_number("NL111222333C01"));
    }

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
}
