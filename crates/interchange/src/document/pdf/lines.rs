//! Breaks a text into lines of a width.

use krilla::text::{GlyphId, KrillaGlyph};

use super::letters::{Face, Faces, Shaped, Style};

/// A line of text, ready to be painted.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// The characters, with the space at which the line was broken.
    pub(super) text: String,
    /// The glyphs that show them.
    pub(super) glyphs: Vec<KrillaGlyph>,
    /// How wide it is, without the space at its end.
    pub(super) width: f32,
    /// How it looks.
    pub(super) style: Style,
}

/// The widths that a text asks for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Wish {
    /// With which no word is torn.
    pub(super) least: f32,
    /// With which it needs no more lines than it has line feeds.
    pub(super) most: f32,
}

impl Wish {
    /// The widths with which both texts are served.
    pub(super) fn and(self, other: Self) -> Self {
        Self { least: self.least.max(other.least), most: self.most.max(other.most) }
    }
}

impl Faces {
    /// The lines of a clean text; a word that is wider than a line is torn.
    pub(super) fn lines(&self, text: &str, style: Style, width: f32) -> Vec<Line> {
        let face = self.of(style);
        let mut lines = Vec::new();
        let mut parts = text.split('\n').peekable();
        while let Some(part) = parts.next() {
            // Who listens, or copies the text, must hear where a word ends.
            let end = if parts.peek().is_some() { " " } else { "" };
            let measured = Measured::of(face, &format!("{}{end}", part.trim_end()), style);
            lines.extend(measured.ranges(width).into_iter().map(|(start, end)| measured.line(start, end)));
        }
        lines
    }

    /// The text on one line.
    pub(super) fn line(&self, text: &str, style: Style) -> Line {
        let measured = Measured::of(self.of(style), text, style);
        measured.line(0, measured.text.len())
    }

    /// The widths that a clean text asks for.
    pub(super) fn wish(&self, text: &str, style: Style) -> Wish {
        text.split('\n').map(|part| Measured::of(self.of(style), part, style).wish()).fold(Wish::default(), Wish::and)
    }
}

struct Measured<'f> {
    face: &'f Face,
    style: Style,
    text: String,
    glyphs: Vec<Shaped>,
    /// The width of all that stands before each glyph, and at last of the whole; whole numbers, so that sums are exact.
    before: Vec<i64>,
}

impl<'f> Measured<'f> {
    fn of(face: &'f Face, text: &str, style: Style) -> Self {
        let text = face.printable(text);
        let glyphs = face.shape(&text);
        let mut sum = 0_i64;
        let mut before = vec![0];
        before.extend(glyphs.iter().map(|glyph| {
            sum += i64::from(glyph.advance);
            sum
        }));
        Self { face, style, text, glyphs, before }
    }

    fn part(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// The first glyph at or after a byte.
    fn glyph_at(&self, byte: usize) -> usize {
        self.glyphs.partition_point(|glyph| glyph.start < byte)
    }

    fn points(&self, from: usize, to: usize) -> f32 {
        let before = |glyph: usize| self.before.get(glyph).copied().unwrap_or_default();
        (before(to) - before(from)) as f32 * self.style.size / self.face.units
    }

    /// How wide a part of the text is, without the space at its end.
    fn width(&self, start: usize, end: usize) -> f32 {
        let seen = start + self.part(start, end).trim_end_matches(' ').len();
        self.points(self.glyph_at(start), self.glyph_at(seen))
    }

    fn wish(&self) -> Wish {
        let mut start = 0;
        let mut least = 0.0_f32;
        for (end, _) in unicode_linebreak::linebreaks(&self.text) {
            least = least.max(self.width(start, end));
            start = end;
        }
        Wish { least, most: self.width(0, self.text.len()) }
    }

    /// Where the lines begin and end, as bytes of the text.
    fn ranges(&self, width: f32) -> Vec<(usize, usize)> {
        let mut ranges = Vec::new();
        let (mut start, mut end) = (0, 0);
        for (next, _) in unicode_linebreak::linebreaks(&self.text) {
            if self.width(start, next) > width {
                if start < end {
                    ranges.push((start, end));
                    start = end;
                }
                while self.width(start, next) > width {
                    let torn = self.tear(start, next, width);
                    if torn >= next {
                        break;
                    }
                    ranges.push((start, torn));
                    start = torn;
                }
            }
            end = next;
        }
        if start < self.text.len() || ranges.is_empty() {
            ranges.push((start, self.text.len()));
        }
        ranges
    }

    /// The byte at which a word that begins at `start` must be torn to fit; past at least one of its letters.
    fn tear(&self, start: usize, end: usize, width: f32) -> usize {
        let first = self.glyph_at(start);
        let mut torn = None;
        for (index, glyph) in self.glyphs.iter().enumerate().skip(first).take_while(|(_, glyph)| glyph.start < end) {
            if glyph.start > start {
                if torn.is_some() && self.points(first, index) > width {
                    break;
                }
                torn = Some(glyph.start);
            }
        }
        torn.unwrap_or(end)
    }

    fn line(&self, start: usize, end: usize) -> Line {
        let to = self.glyph_at(end);
        let shaped = self.glyphs.get(self.glyph_at(start)..to).unwrap_or_default();
        let scaled = |units: i32| f32::from(i16::try_from(units).unwrap_or_default()) / self.face.units;
        let mut glyphs = Vec::with_capacity(shaped.len());
        for glyph in shaped {
            let next = shaped.get(shaped.partition_point(|other| other.start <= glyph.start));
            let range = glyph.start - start..next.map_or(end, |next| next.start) - start;
            let (x, y) = glyph.shift;
            let advance = scaled(glyph.advance);
            glyphs.push(KrillaGlyph::new(GlyphId::new(glyph.id), advance, scaled(x), scaled(y), 0.0, range, None));
        }
        Line { text: self.part(start, end).to_owned(), glyphs, width: self.width(start, end), style: self.style }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str, width: f32) -> Vec<String> {
        let lines = Faces::load().unwrap().lines(text, Style::TEXT, width);
        for line in &lines {
            assert!(line.width <= width || line.text.chars().count() == 1, "{line:?}");
        }
        lines.into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn a_text_is_broken_at_spaces_and_line_feeds_and_nothing_is_lost() {
        let text = "De medewerker blijft in dienst van de uitlener.\n\nOok tijdens de detachering.";
        for width in 40..400_u16 {
            let lines = texts(text, f32::from(width));
            assert_eq!(lines.concat().replace(' ', ""), text.replace(['\n', ' '], ""));
        }
        assert_eq!(
            texts(text, 400.0),
            ["De medewerker blijft in dienst van de uitlener. ", " ", "Ook tijdens de detachering."]
        );
    }

    #[test]
    fn a_word_wider_than_the_line_is_torn() {
        let word = "Aansprakelijkheidswaardevaststellingsveranderingen".repeat(40);
        let lines = texts(&format!("De {word} zijn lang"), 200.0);
        assert!(lines.len() > 20, "{lines:?}");
        assert_eq!(lines.concat(), format!("De {word} zijn lang"));
    }

    #[test]
    fn a_line_has_at_least_one_letter_however_narrow_it_is() {
        assert_eq!(texts("abc", 0.5), ["a", "b", "c"]);
        assert_eq!(texts("", 0.5), [""]);
    }

    #[test]
    fn a_ligature_is_not_torn_apart_from_its_letters() {
        let faces = Faces::load().unwrap();
        for line in faces.lines(&"ffi".repeat(50), Style::TEXT, 33.0) {
            for glyph in &line.glyphs {
                assert!(line.text.get(glyph.text_range.clone()).is_some_and(|text| !text.is_empty()), "{line:?}");
            }
        }
    }
}
