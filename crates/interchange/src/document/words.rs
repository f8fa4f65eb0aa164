//! The few words that a rendering adds to what the document says.

use domain::Language;

use super::SignatureBox;

/// The lines of a signature box, each with its label; who has not signed yet gets lines for a name and a date.
pub(super) fn signature_facts(signature: &SignatureBox, language: Language) -> Vec<(&'static str, &str)> {
    let mut facts = vec![(language.pick("Name", "Naam"), signature.name.as_str())];
    if !signature.function.is_empty() {
        facts.push((language.pick("Function", "Functie"), &signature.function));
    }
    facts.push((language.pick("Signed at", "Ondertekend op"), &signature.signed_at));
    if !signature.hash.is_empty() {
        facts.push((language.pick("Hash of what was signed", "Hash van het ondertekende"), &signature.hash));
    }
    facts
}

/// The number of a page among all, as in "1 van 3".
pub(super) fn page_number(page: usize, pages: usize, language: Language) -> String {
    format!("{page} {} {pages}", language.pick("of", "van"))
}
