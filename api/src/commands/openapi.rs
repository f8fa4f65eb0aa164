//! `klusnet openapi`.

use std::io::Write as _;

use super::Failure;

/// Writes the document as it is committed.
pub(super) fn write(json: bool) -> Result<(), Failure> {
    let text = if json {
        format!("{}\n", serde_json::to_string_pretty(&crate::document::json())?)
    } else {
        crate::document::yaml()
    };
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}
