//! The form of identifiers in messages; their check digits are tested where they are recorded.

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
    fn a_vat_number_has_the_dutch_form() {
        assert!(is_vat_number_like("NL000099998B57"));
        assert!(!is_vat_number_like("NL0000.99.998.B57"));
        assert!(!is_vat_number_like("BE0000999987"));
        assert!(!is_vat_number_like("NL000099998B5"));
    }
}
