//! `klusnet openapi`.

use std::io::Write as _;

use super::Failure;

/// Writes the document as it is committed.
pub(super) fn write(json: bool, older: bool, scim: bool) -> Result<(), Failure> {
    let pretty = |document: &serde_json::Value| Ok::<_, Failure>(serde_json::to_string_pretty(document)? + "\n");
    let text = match (json, older) {
        _ if scim => crate::document::scim_yaml(),
        (_, true) => pretty(&crate::document30::of(&crate::document::json()))?,
        (true, false) => pretty(&crate::document::json())?,
        (false, false) => crate::document::yaml(),
    };
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}
