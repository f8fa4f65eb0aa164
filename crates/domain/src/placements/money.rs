//! Money for hours: whole minutes times whole cents per hour, rounded once.

/// What so many minutes cost at so many cents an hour, in whole cents; half a cent is rounded away from zero, so that a
/// reversal is exactly what was charged, with the other sign (invariant 4).
pub fn cents_for(minutes: i64, cents_per_hour: i64) -> i64 {
    let exact = i128::from(minutes) * i128::from(cents_per_hour);
    let rounded = (exact.abs() + 30) / 60;
    let signed = if exact < 0 { -rounded } else { rounded };
    i64::try_from(signed).unwrap_or(if exact < 0 { i64::MIN } else { i64::MAX })
}

/// Tax on an amount, in whole cents; half a cent is rounded away from zero.
pub fn tax_on(cents: i64, basis_points: i64) -> i64 {
    let exact = i128::from(cents) * i128::from(basis_points);
    let rounded = (exact.abs() + 5_000) / 10_000;
    let signed = if exact < 0 { -rounded } else { rounded };
    i64::try_from(signed).unwrap_or(if exact < 0 { i64::MIN } else { i64::MAX })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_cent_goes_away_from_zero_on_both_sides() {
        assert_eq!((cents_for(30, 1), cents_for(-30, 1)), (1, -1));
        assert_eq!((cents_for(29, 1), cents_for(-29, 1)), (0, 0));
        assert_eq!(cents_for(480, 4_321), 34_568);
        assert_eq!((tax_on(50, 2_100), tax_on(-50, 2_100)), (11, -11));
    }

    #[test]
    fn a_reversal_is_what_was_charged_with_the_other_sign() {
        for minutes in 0..600 {
            for rate in [0, 1, 59, 60, 61, 3_999, 4_321, 123_457] {
                assert_eq!(cents_for(-minutes, rate), -cents_for(minutes, rate));
                let off = cents_for(minutes, rate) * 60 - minutes * rate;
                assert!((-30..=30).contains(&off), "within half a cent of the exact amount");
            }
        }
    }
}
