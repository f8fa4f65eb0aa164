//! Paints the pages, and builds the outline and the tree of tags of what was painted.

use std::iter::Peekable;
use std::vec::IntoIter;

use krilla::color::luma;
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Point};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};

use super::super::text::clean;
use super::super::words::page_number;
use super::super::{Document, Language};
use super::DocumentFault;
use super::blocks::Flow;
use super::letters::{Faces, Style};
use super::lines::Line;
use super::pages::{MARGIN, Mark, PAGE_HEIGHT, PAGE_WIDTH, Placed, WIDTH, divide};
use super::structure::{Structure, short};

/// From the lower edge of the page to the lowest line of the footer.
const BELOW_FOOTER: f32 = 40.0;
/// Between the text and the footer.
const ABOVE_FOOTER: f32 = 18.0;
/// The room that the number of a page gets.
const NUMBER_WIDTH: f32 = 90.0;

/// What stands at the foot of each page.
pub(super) struct Footer {
    lines: Vec<Line>,
    language: Language,
}

impl Footer {
    /// The footer of a document.
    pub(super) fn of(document: &Document, faces: &Faces) -> Result<Self, DocumentFault> {
        let lines = faces.lines(&clean(&document.footer), Style::FOOTER, WIDTH - NUMBER_WIDTH);
        if lines.len() > 4 {
            return Err(DocumentFault::LongFooter);
        }
        Ok(Self { lines, language: document.language })
    }

    fn height(&self) -> f32 {
        self.lines.iter().map(|line| line.style.leading()).sum()
    }

    /// From the upper edge of the page to the stroke above the footer.
    fn top(&self) -> f32 {
        PAGE_HEIGHT - BELOW_FOOTER - self.height()
    }
}

/// A heading that was painted.
struct Bookmark {
    level: u8,
    text: String,
    page: usize,
    y: f32,
}

/// Paints all that a document says, with a footer on each page.
pub(super) fn paint(file: &mut krilla::Document, flow: Flow, footer: &Footer, faces: &Faces) {
    let mut structure = flow.structure;
    let pages = divide(flow.strips, &flow.headers, footer.top() - ABOVE_FOOTER - MARGIN);
    let mut bookmarks = Vec::new();
    for (number, placed) in pages.iter().enumerate() {
        let settings = PageSettings::from_wh(PAGE_WIDTH, PAGE_HEIGHT).unwrap_or_default();
        let mut page = file.start_page_with(settings);
        let mut surface = page.surface();
        for placed in placed {
            if let Some((level, text)) = &placed.strip.bookmark {
                bookmarks.push(Bookmark { level: *level, text: text.clone(), page: number, y: MARGIN + placed.y });
            }
            paint_strip(&mut surface, placed, &mut structure, faces);
        }
        paint_footer(&mut surface, footer, &page_number(number + 1, pages.len(), footer.language), faces);
        surface.finish();
        page.finish();
    }
    file.set_outline(outline(bookmarks));
    file.set_tag_tree(structure.finish(flow.language.tag()));
}

fn paint_strip(surface: &mut Surface, placed: &Placed, structure: &mut Structure, faces: &Faces) {
    let top = MARGIN + placed.y;
    for mark in &placed.strip.marks {
        match mark {
            Mark::Text { x, baseline, line, .. } if placed.repeated => {
                surface.start_tagged(artifact(ArtifactType::PaginationOther));
                paint_line(surface, line, MARGIN + x, top + baseline, faces);
                surface.end_tagged();
            }
            Mark::Text { x, baseline, line, part } => {
                let leaf = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
                structure.show(*part, leaf);
                paint_line(surface, line, MARGIN + x, top + baseline, faces);
                surface.end_tagged();
            }
            Mark::Stroke { from, to, thick } => {
                let at = |(x, y): (f32, f32)| (MARGIN + x, top + y);
                paint_stroke(surface, at(*from), at(*to), *thick);
            }
        }
    }
}

fn paint_footer(surface: &mut Surface, footer: &Footer, number: &str, faces: &Faces) {
    let mut y = footer.top();
    paint_stroke(surface, (MARGIN, y - 4.0), (PAGE_WIDTH - MARGIN, y - 4.0), false);
    surface.start_tagged(artifact(ArtifactType::PageNumber));
    let number = faces.line(number, Style::FOOTER);
    paint_line(surface, &number, PAGE_WIDTH - MARGIN - number.width, y + Style::FOOTER.baseline(), faces);
    surface.end_tagged();
    surface.start_tagged(artifact(ArtifactType::Footer));
    for line in &footer.lines {
        paint_line(surface, line, MARGIN, y + line.style.baseline(), faces);
        y += line.style.leading();
    }
    surface.end_tagged();
}

fn artifact(kind: ArtifactType) -> ContentTag<'static> {
    ContentTag::Artifact(Artifact::with_kind(kind))
}

fn paint_line(surface: &mut Surface, line: &Line, x: f32, y: f32, faces: &Faces) {
    surface.set_stroke(None);
    surface.set_fill(Some(Fill { paint: luma::Color::black().into(), ..Fill::default() }));
    let font = faces.of(line.style).font.clone();
    surface.draw_glyphs(Point::from_xy(x, y), &line.glyphs, font, &line.text, line.style.size, false);
}

fn paint_stroke(surface: &mut Surface, from: (f32, f32), to: (f32, f32), thick: bool) {
    let Some(path) = straight(from, to) else { return };
    let (width, grey) = if thick { (0.8, 60) } else { (0.5, 150) };
    surface.start_tagged(artifact(ArtifactType::Layout));
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke { paint: luma::Color::new(grey).into(), width, ..Stroke::default() }));
    surface.draw_path(&path);
    surface.end_tagged();
}

fn straight(from: (f32, f32), to: (f32, f32)) -> Option<Path> {
    let mut builder = PathBuilder::new();
    builder.move_to(from.0, from.1);
    builder.line_to(to.0, to.1);
    builder.finish()
}

fn outline(bookmarks: Vec<Bookmark>) -> Outline {
    let mut outline = Outline::new();
    let mut rest = bookmarks.into_iter().peekable();
    while let Some(node) = node(&mut rest) {
        outline.push_child(node);
    }
    outline
}

/// The next heading with all that lie below it.
fn node(rest: &mut Peekable<IntoIter<Bookmark>>) -> Option<OutlineNode> {
    let Bookmark { level, text, page, y } = rest.next()?;
    let mut parent =
        OutlineNode::new(short(&text), XyzDestination::new(page, Point::from_xy(MARGIN, y))).with_open(true);
    while rest.peek().is_some_and(|next| next.level > level)
        && let Some(child) = node(rest)
    {
        parent.push_child(child);
    }
    Some(parent)
}
