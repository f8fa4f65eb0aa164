//! Divides what a document says over pages.

use super::lines::Line;
use super::structure::Part;

/// The width of an A4 page in points.
pub(super) const PAGE_WIDTH: f32 = 595.28;
/// The height of an A4 page in points.
pub(super) const PAGE_HEIGHT: f32 = 841.89;
/// The room left at both sides and above the text.
pub(super) const MARGIN: f32 = 70.87;
/// The width of the text.
pub(super) const WIDTH: f32 = PAGE_WIDTH - 2.0 * MARGIN;

/// Something to be painted; places are counted from the left of the text and from the top of the strip.
#[derive(Debug, Clone)]
pub(super) enum Mark {
    /// A line of text, which belongs to a part.
    Text { x: f32, baseline: f32, line: Line, part: Part },
    /// A stroke.
    Stroke { from: (f32, f32), to: (f32, f32), thick: bool },
}

/// A part of a page across its whole width that is not divided further: a line, or a line of each cell of a row.
#[derive(Debug, Clone, Default)]
pub(super) struct Strip {
    /// The room above it, except at the top of a page.
    pub(super) gap: f32,
    /// Its height.
    pub(super) height: f32,
    /// Whether it must stand on the same page as the next.
    pub(super) keep: bool,
    /// The header, by its number, that is repeated above it when it begins a page.
    pub(super) header: Option<usize>,
    /// The heading that begins here: its level and text.
    pub(super) bookmark: Option<(u8, String)>,
    /// What is painted.
    pub(super) marks: Vec<Mark>,
}

/// A strip with its place on a page.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    /// The strip.
    pub(super) strip: Strip,
    /// From the top of the text to the top of the strip.
    pub(super) y: f32,
    /// Whether it was said on an earlier page already.
    pub(super) repeated: bool,
}

/// Keeps the lines of a text together where a break would leave one of them alone.
pub(super) fn keep_lines_company(strips: &mut [Strip]) {
    let last = strips.len().saturating_sub(1);
    for (index, strip) in strips.iter_mut().enumerate() {
        strip.keep |= index < last && (index == 0 || index + 1 == last);
    }
}

/// Divides the strips over pages of a height.
pub(super) fn divide(strips: Vec<Strip>, headers: &[Vec<Strip>], height: f32) -> Vec<Vec<Placed>> {
    let mut pages = Pages { pages: vec![Vec::new()], y: 0.0, top: 0.0, height };
    let mut together = Vec::new();
    for strip in strips {
        let keep = strip.keep;
        together.push(strip);
        if !keep {
            pages.place(std::mem::take(&mut together), headers);
        }
    }
    pages.place(together, headers);
    pages.pages
}

struct Pages {
    pages: Vec<Vec<Placed>>,
    /// Where the next strip begins.
    y: f32,
    /// Where the first strip of this page begins, below a repeated header.
    top: f32,
    height: f32,
}

impl Pages {
    fn place(&mut self, together: Vec<Strip>, headers: &[Vec<Strip>]) {
        let needed: f32 = together.iter().map(|strip| strip.gap + strip.height).sum();
        if let Some(first) = together.first() {
            self.make_room(needed, first, headers);
        }
        for strip in together {
            self.make_room(strip.gap + strip.height, &strip, headers);
            self.put(strip, false);
        }
    }

    /// Begins a page if so much room is not left on this one; what does not fit on any page begins one too.
    fn make_room(&mut self, needed: f32, first: &Strip, headers: &[Vec<Strip>]) {
        if self.y + needed <= self.height || self.y <= self.top {
            return;
        }
        self.pages.push(Vec::new());
        self.y = 0.0;
        for strip in first.header.and_then(|header| headers.get(header)).into_iter().flatten() {
            self.put(strip.clone(), true);
        }
        self.top = self.y;
    }

    fn put(&mut self, strip: Strip, repeated: bool) {
        if self.y > 0.0 {
            self.y += strip.gap;
        }
        let y = self.y;
        self.y += strip.height;
        if let Some(page) = self.pages.last_mut() {
            page.push(Placed { strip, y, repeated });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(height: f32) -> Strip {
        Strip { height, gap: 2.0, ..Strip::default() }
    }

    fn heights(pages: &[Vec<Placed>]) -> Vec<Vec<f32>> {
        pages.iter().map(|page| page.iter().map(|placed| placed.strip.height).collect()).collect()
    }

    #[test]
    fn a_heading_never_stands_alone_at_the_foot_of_a_page() {
        let heading = Strip { keep: true, ..strip(11.0) };
        let pages = divide(vec![strip(70.0), heading, strip(20.0), strip(10.0)], &[], 100.0);
        assert_eq!(heights(&pages), [vec![70.0], vec![11.0, 20.0, 10.0]]);
        assert_eq!(pages[1].iter().map(|placed| placed.y).collect::<Vec<_>>(), [0.0, 13.0, 35.0]);
    }

    #[test]
    fn a_header_is_repeated_above_each_page_of_its_table() {
        let header = vec![strip(5.0)];
        let row = Strip { header: Some(0), ..strip(40.0) };
        let pages = divide(vec![strip(5.0), row.clone(), row.clone(), row.clone(), row], &[header], 100.0);
        assert_eq!(heights(&pages), [vec![5.0, 40.0, 40.0], vec![5.0, 40.0, 40.0]]);
        assert!(pages[1][0].repeated && !pages[0][0].repeated && !pages[1][1].repeated);
    }

    #[test]
    fn what_is_higher_than_a_page_is_divided_and_ends() {
        let kept = Strip { keep: true, ..strip(30.0) };
        let pages = divide(vec![kept.clone(), kept.clone(), kept.clone(), kept, strip(500.0), strip(1.0)], &[], 100.0);
        assert_eq!(heights(&pages), [vec![30.0, 30.0, 30.0], vec![30.0], vec![500.0], vec![1.0]]);
    }

    #[test]
    fn one_line_of_a_text_is_never_left_alone() {
        let mut strips = vec![strip(1.0); 5];
        keep_lines_company(&mut strips);
        assert_eq!(strips.iter().map(|strip| strip.keep).collect::<Vec<_>>(), [true, false, false, true, false]);
        let mut strips = vec![strip(1.0); 1];
        keep_lines_company(&mut strips);
        assert!(!strips[0].keep);
    }
}
