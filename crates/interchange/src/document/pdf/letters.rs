//! The two fonts, and how a text becomes glyphs of one of them.

use krilla::text::Font;
use rustybuzz::{Direction, UnicodeBuffer};

static REGULAR: &[u8] = include_bytes!("../../../fonts/OpenSans-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../../../fonts/OpenSans-Bold.ttf");

/// How a text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    /// Whether it is bold.
    pub(super) bold: bool,
    /// The size of its letters in points.
    pub(super) size: f32,
}

impl Style {
    /// Text as it stands in a paragraph.
    pub(super) const TEXT: Self = Self { bold: false, size: 10.0 };
    /// Text in a cell that names a row or a column.
    pub(super) const LABEL: Self = Self { bold: true, size: 9.5 };
    /// Text in any other cell.
    pub(super) const CELL: Self = Self { bold: false, size: 9.5 };
    /// Text at the foot of a page.
    pub(super) const FOOTER: Self = Self { bold: false, size: 8.0 };

    /// The heading of a level, of which the title is 1.
    pub(super) fn heading(level: u8) -> Self {
        let size = match level {
            1 => 19.0,
            2 => 13.0,
            3 => 11.0,
            _ => 10.0,
        };
        Self { bold: true, size }
    }

    /// From one baseline to the next.
    pub(super) fn leading(self) -> f32 {
        self.size * if self.size > 12.0 { 1.3 } else { 1.45 }
    }

    /// From the top of a line to its baseline.
    pub(super) fn baseline(self) -> f32 {
        // Open Sans reaches 1.069 above and 0.293 below the baseline; what remains of the leading is shared out evenly.
        (self.leading() + (1.069 - 0.293) * self.size) / 2.0
    }
}

/// A glyph in a shaped text.
#[derive(Debug, Clone)]
pub(super) struct Shaped {
    /// Its number in the font.
    pub(super) id: u32,
    /// The byte of the text at which its characters begin.
    pub(super) start: usize,
    /// Its width, in units of the font.
    pub(super) advance: i32,
    /// Its shift from where it would stand, in units of the font.
    pub(super) shift: (i32, i32),
}

/// A font, ready to measure and to be embedded.
pub(super) struct Face {
    shaper: rustybuzz::Face<'static>,
    /// The font as it is embedded.
    pub(super) font: Font,
    /// The units that make up the size of the letters.
    pub(super) units: f32,
}

impl Face {
    fn load(data: &'static [u8]) -> Option<Self> {
        let shaper = rustybuzz::Face::from_slice(data, 0)?;
        let font = Font::new(data.into(), 0)?;
        let units = font.units_per_em();
        Some(Self { shaper, font, units })
    }

    /// The text in characters that this font has: PDF/A allows no other.
    ///
    /// A character without a near relation is written as its number, so that nothing that is signed goes unseen.
    pub(super) fn printable(&self, text: &str) -> String {
        let mut printable = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                _ if self.has(c) => printable.push(c),
                '\u{202f}' | '\u{2007}' => printable.push('\u{a0}'),
                '\u{2010}'..='\u{2012}' | '\u{2212}' => printable.push('-'),
                _ if c.is_whitespace() => printable.push(' '),
                _ => printable.push_str(&format!("[U+{:04X}]", u32::from(c))),
            }
        }
        printable
    }

    fn has(&self, c: char) -> bool {
        let private = matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
        !private && self.shaper.glyph_index(c).is_some_and(|glyph| glyph.0 != 0)
    }

    /// The glyphs of a text that is printable, from left to right.
    pub(super) fn shape(&self, text: &str) -> Vec<Shaped> {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_direction(Direction::LeftToRight);
        buffer.guess_segment_properties();
        let glyphs = rustybuzz::shape(&self.shaper, &[], buffer);
        glyphs
            .glyph_infos()
            .iter()
            .zip(glyphs.glyph_positions())
            .map(|(info, position)| Shaped {
                id: info.glyph_id,
                start: usize::try_from(info.cluster).unwrap_or_default(),
                advance: position.x_advance,
                shift: (position.x_offset, position.y_offset),
            })
            .collect()
    }
}

/// The fonts of a document.
pub(super) struct Faces {
    regular: Face,
    bold: Face,
}

impl Faces {
    /// Reads the fonts that are part of this crate.
    pub(super) fn load() -> Option<Self> {
        Some(Self { regular: Face::load(REGULAR)?, bold: Face::load(BOLD)? })
    }

    /// The font of a style.
    pub(super) fn of(&self, style: Style) -> &Face {
        if style.bold { &self.bold } else { &self.regular }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_that_the_font_lacks_is_written_as_its_number() {
        let faces = Faces::load().unwrap();
        for style in [Style::TEXT, Style::LABEL] {
            let face = faces.of(style);
            let dutch = "ëïöüéèêáàçñ ĳ IJ ÿ Ž ş ğ € “dubbel” ‘enkel’ – — … • ½ ² § °";
            assert_eq!(face.printable(dutch), dutch);
            assert_eq!(face.printable("a\u{202f}b\u{2011}c\u{2003}d"), "a\u{a0}b-c\u{2003}d");
            assert_eq!(face.printable("😀 日 \u{e000} \u{10ffff}"), "[U+1F600] [U+65E5] [U+E000] [U+10FFFF]");
        }
    }
}
