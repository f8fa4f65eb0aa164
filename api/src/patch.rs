//! Three-state fields of a merge patch (RFC 7396): absent keeps, null clears, a value sets.

use serde::{Deserialize, Deserializer};

/// What a patch says of a field that may be empty. Use with `#[serde(default, deserialize_with = "present")]`.
pub type Patched<T> = Option<Option<T>>;

/// Reads a field that is there: null becomes `Some(None)`.
pub fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(input: D) -> Result<Patched<T>, D::Error> {
    Option::<T>::deserialize(input).map(Some)
}

/// Sets what the patch gives.
pub fn set<T>(field: &mut T, patched: Option<T>) {
    if let Some(value) = patched {
        *field = value;
    }
}
