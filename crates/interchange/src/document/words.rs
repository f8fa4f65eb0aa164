//! The few words that a rendering adds to what the document says.

use domain::Language;

use super::SignatureBox;

/// The lines of a signature box, each with its label.
pub(super) fn signature_facts(signature: &SignatureBox, language: Language) -> [(&'static str, &str); 4] {
    [
        (language.pick("Name", "Naam"), &signature.name),
        (language.pick("Function", "Functie"), &signature.function),
        (language.pick("Signed at", "Ondertekend op"), &signature.signed_at),
        (language.pick("Hash of what was signed", "Hash van het ondertekende"), &signature.hash),
    ]
}

/// The number of a page among all, as in "1 van 3".
pub(super) fn page_number(page: usize, pages: usize, language: Language) -> String {
    format!("{page} {} {pages}", language.pick("of", "van"))
}
