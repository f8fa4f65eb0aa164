//! What of a text is rendered: the same characters in every rendering.

use unicode_normalization::UnicodeNormalization;

/// The text in composed form, with line feeds as its only control characters and without what cannot be seen.
///
/// Marks that turn the direction of writing are left out on purpose: with them a signed text could look different from
/// what it says.
pub(super) fn clean(text: &str) -> String {
    let lines = text.replace("\r\n", "\n");
    let visible = lines.nfc().filter_map(|c| match c {
        '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' | '\u{b}' | '\u{c}' => Some(' '),
        _ if c.is_control() || is_invisible(c) => None,
        _ => Some(c),
    });
    visible.collect::<String>().trim().to_owned()
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Gives each heading its level in a rendering, where the title is 1 and no level is skipped on the way down.
pub(super) struct Levels {
    last: u8,
}

impl Levels {
    /// The levels of a document of which only the title has been rendered.
    pub(super) fn below_the_title() -> Self {
        Self { last: 1 }
    }

    /// The level, 2 to 6, of the next heading, for which the document says `level`.
    pub(super) fn next(&mut self, level: u8) -> u8 {
        self.last = level.saturating_add(1).clamp(2, 6).min(self.last + 1);
        self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_left_out_and_every_end_of_line_is_a_line_feed() {
        assert_eq!(clean(" a\r\nb\rc\u{2028}d\te\0f\u{202e}g\u{ad}h\u{feff} "), "a\nb\nc\nd efgh");
    }

    #[test]
    fn letters_and_their_marks_are_composed() {
        assert_eq!(clean("coo\u{308}rdinatie, Zee\u{308}n"), "coördinatie, Zeën");
    }

    #[test]
    fn no_level_of_heading_is_skipped_on_the_way_down() {
        let mut levels = Levels::below_the_title();
        let given = [3, 1, 3, 0, 2, 3, 9, 9, 9, 1].map(|level| levels.next(level));
        assert_eq!(given, [2, 2, 3, 2, 3, 4, 5, 6, 6, 2]);
    }
}
