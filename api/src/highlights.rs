//! Where what is found holds the words that were searched. Only of texts that are shown anyway.

use domain::search::{AskedWord, FoundIn, Fragment, fragments};
use serde::Serialize;
use utoipa::ToSchema;

/// How many pieces of one text are shown.
const PIECES: usize = 2;
/// How many are shown of one thing.
const MOST: usize = 24;

/// A piece of a text that holds words that were searched (vindplaats). Plain text: escape it before it stands in a page
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Highlight)]
pub struct HighlightView {
    /// Which text
    field: FoundIn,
    /// The piece, as it stands in the text
    #[schema(max_length = 400, example = "Je onderzoekt wat de wijk nodig heeft")]
    text: String,
    /// Whether the text begins before it
    #[schema(example = false)]
    is_cut_before: bool,
    /// Whether the text goes on after it
    #[schema(example = true)]
    is_cut_after: bool,
    /// The words that were found, in their order
    #[schema(max_items = 400)]
    ranges: Vec<HighlightRangeView>,
}

/// A word in a piece of text
#[derive(Serialize, ToSchema)]
#[schema(as = HighlightRange)]
pub struct HighlightRangeView {
    /// Its first character: how many characters (Unicode code points) of the piece stand before it
    #[schema(minimum = 0, maximum = 400, example = 3)]
    from: usize,
    /// Where it ends: how many characters of the piece stand before its end
    #[schema(minimum = 1, maximum = 400, example = 13)]
    until: usize,
}

/// The pieces of these texts that hold any of these words.
pub(crate) fn highlights<'t>(
    texts: impl Iterator<Item = (FoundIn, &'t str)>,
    words: &[AskedWord],
) -> Vec<HighlightView> {
    let of = |(field, text): (FoundIn, &str)| {
        fragments(text, words, PIECES).into_iter().map(move |fragment| HighlightView::of(field, fragment))
    };
    texts.flat_map(of).take(MOST).collect()
}

impl HighlightView {
    fn of(field: FoundIn, fragment: Fragment) -> Self {
        let Fragment { text, is_cut_before, is_cut_after, marks } = fragment;
        let ranges = marks.into_iter().map(|(from, until)| HighlightRangeView { from, until }).collect();
        Self { field, text, is_cut_before, is_cut_after, ranges }
    }
}
