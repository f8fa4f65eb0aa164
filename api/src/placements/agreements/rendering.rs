//! What is shown of an agreement: a page and a document of the same words.

use domain::placements::secondment_agreements::{AgreementText, Party, ShownAs};
use domain::{Language, Moment, TextEnum};
use interchange::document::{Block, Document, SignatureBox, html, pdf};
use sha2::{Digest as _, Sha256};

use crate::problem::Problem;

/// SHA-256 in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

/// A rendering with its form, and its hash.
type Rendering = ((ShownAs, Vec<u8>), String);

/// The page and the document of these words, each with its hash. Both are kept: a later version of the service may draw
/// them otherwise, and who signed saw these.
pub(super) fn fixed(text: &AgreementText, at: Moment) -> Result<[Rendering; 2], Problem> {
    let document = document_of(text, at);
    let page = html(&document).into_bytes();
    let file = pdf(&document).map_err(|error| Problem::internal(&error))?;
    let (page_hash, file_hash) = (sha256(&page), sha256(&file));
    Ok([((ShownAs::Html, page), page_hash), ((ShownAs::Pdf, file), file_hash)])
}

/// The words of a draft as a page, which nobody can sign.
pub(super) fn draft_html(text: &AgreementText, at: Moment) -> Vec<u8> {
    html(&document_of(text, at)).into_bytes()
}

/// The words of a draft as a document, which nobody can sign.
pub(super) fn draft_pdf(text: &AgreementText, at: Moment) -> Result<Vec<u8>, Problem> {
    pdf(&document_of(text, at)).map_err(|error| Problem::internal(&error))
}

fn document_of(text: &AgreementText, created: Moment) -> Document {
    let mut blocks = vec![Block::Facts(text.facts.clone()), Block::Rule];
    for article in &text.articles {
        blocks.push(Block::Heading { level: 1, text: article.heading.clone() });
        blocks.extend(article.paragraphs.iter().cloned().map(Block::Paragraph));
    }
    blocks.push(Block::Heading { level: 1, text: "Ondertekening".to_owned() });
    blocks.push(Block::Paragraph(
        "Partijen tekenen elektronisch. Wie tekende, wanneer, en welke weergave is getoond, staat bij deze overeenkomst geregistreerd."
            .to_owned(),
    ));
    let box_of = |party: Party| SignatureBox {
        party: party.label(Language::Dutch).to_owned(),
        name: String::new(),
        function: String::new(),
        signed_at: String::new(),
        hash: String::new(),
    };
    blocks.push(Block::Signatures(Party::ALL.iter().copied().map(box_of).collect()));
    Document {
        language: Language::Dutch,
        title: text.title.clone(),
        subtitle: vec![text.reference.clone()],
        blocks,
        footer: format!("{}, {}", text.title, text.reference.to_lowercase()),
        created,
    }
}
