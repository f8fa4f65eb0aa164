//! A document of headings, paragraphs, lists and tables, and its two renderings: HTML and PDF/A.
//!
//! Both renderings are functions of the document alone: equal documents give equal bytes, so that a hash of a rendering can be kept.

mod html;
mod pdf;
#[cfg(test)]
mod sample;
mod text;
mod words;

use chrono::{DateTime, Utc};
use domain::Language;

pub use html::html;
pub use pdf::{DocumentFault, pdf};

/// A document, before it is rendered; every text in it is plain text, in which a line feed begins a new line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The language of its texts, and of the few words that a rendering adds.
    pub language: Language,
    /// What it is called; never empty.
    pub title: String,
    /// The lines below the title: what sort of document it is, its reference, its version.
    pub subtitle: Vec<String>,
    /// What it says, in order.
    pub blocks: Vec<Block>,
    /// The line at the foot of each page; empty for none.
    pub footer: String,
    /// When it was made.
    pub created: DateTime<Utc>,
}

/// A part of a document; one without text is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading; a number such as "Artikel 3" is part of its text.
    Heading {
        /// How deep it lies: 1 for a heading directly below the title.
        level: u8,
        /// Its text.
        text: String,
    },
    /// A paragraph.
    Paragraph(String),
    /// A list with bullets.
    List(Vec<String>),
    /// A table of two columns: what it is about, and what is said about it.
    Facts(Vec<(String, String)>),
    /// A table with a header, which is repeated on every page that the table reaches.
    Table {
        /// The texts above the columns; empty for a table without a header.
        header: Vec<String>,
        /// The texts in the cells, row by row; a short row is filled up with empty cells.
        rows: Vec<Vec<String>>,
        /// The columns, counted from 0, whose texts are set to the right: amounts, mostly.
        right_aligned: Vec<usize>,
    },
    /// Who signs.
    Signatures(Vec<SignatureBox>),
    /// A line across the page.
    Rule,
}

/// Where one party signs, or has signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureBox {
    /// The party: an organisation, or the employee.
    pub party: String,
    /// The name of the person who signs; empty leaves room to write it.
    pub name: String,
    /// The function on whose ground that person signs; empty for none.
    pub function: String,
    /// When it was signed; empty leaves room to write it.
    pub signed_at: String,
    /// The hash of what was signed; empty for none.
    pub hash: String,
}

/// How many columns a table has: as many as its longest row.
fn columns(header: &[String], rows: &[Vec<String>]) -> usize {
    rows.iter().map(Vec::len).chain([header.len()]).max().unwrap_or(0)
}
