//! Turns the blocks of a document into strips for its pages.

use domain::Language;

use super::super::text::{Levels, clean};
use super::super::{Block, Document};
use super::letters::{Faces, Style};
use super::pages::{Mark, Strip, WIDTH, keep_lines_company};
use super::structure::{Part, Role, Structure};

/// How far the text of an item stands from its bullet.
const INDENT: f32 = 16.0;
/// Above a paragraph, a list or a table.
pub(super) const BLOCK_GAP: f32 = 7.0;

/// All that a document says, before it is divided over pages.
pub(super) struct Flow<'f> {
    /// The fonts.
    pub(super) faces: &'f Faces,
    /// The language of the document.
    pub(super) language: Language,
    /// The strips, from the first to the last.
    pub(super) strips: Vec<Strip>,
    /// The headers of the tables that have one.
    pub(super) headers: Vec<Vec<Strip>>,
    /// What the parts are to each other.
    pub(super) structure: Structure,
}

impl<'f> Flow<'f> {
    /// What the document says.
    pub(super) fn of(document: &Document, faces: &'f Faces) -> Self {
        let mut flow = Self {
            faces,
            language: document.language,
            strips: Vec::new(),
            headers: Vec::new(),
            structure: Structure::default(),
        };
        flow.heading(1, &document.title);
        for line in &document.subtitle {
            flow.text(&clean(line), Style::TEXT, 0.0);
        }
        flow.rule();
        let mut levels = Levels::below_the_title();
        for block in &document.blocks {
            flow.block(block, &mut levels);
        }
        flow
    }

    fn block(&mut self, block: &Block, levels: &mut Levels) {
        match block {
            Block::Heading { level, text } => {
                if !clean(text).is_empty() {
                    self.heading(levels.next(*level), text);
                }
            }
            Block::Paragraph(text) => self.text(&clean(text), Style::TEXT, BLOCK_GAP),
            Block::List(items) => self.list(items),
            Block::Facts(facts) => self.facts(facts),
            Block::Table { header, rows, right_aligned } => self.table(header, rows, right_aligned),
            Block::Signatures(signatures) => {
                for signature in signatures {
                    self.signature(signature);
                }
            }
            Block::Rule => self.rule(),
        }
    }

    fn heading(&mut self, level: u8, text: &str) {
        let text = clean(text);
        let style = Style::heading(level);
        let part = self.structure.add(None, Role::Heading(level, text.clone()));
        let gap = if level == 2 { 18.0 } else { 13.0 };
        let mut strips = self.lines(&text, style, 0.0, gap, part);
        for strip in &mut strips {
            strip.keep = true;
        }
        if let Some(first) = strips.first_mut() {
            first.bookmark = Some((level, text));
        }
        self.strips.append(&mut strips);
    }

    fn text(&mut self, text: &str, style: Style, gap: f32) {
        if text.is_empty() {
            return;
        }
        let part = self.structure.add(None, Role::Paragraph);
        let mut strips = self.lines(text, style, 0.0, gap, part);
        keep_lines_company(&mut strips);
        self.strips.append(&mut strips);
    }

    fn list(&mut self, items: &[String]) {
        let items: Vec<String> = items.iter().map(|item| clean(item)).filter(|item| !item.is_empty()).collect();
        if items.is_empty() {
            return;
        }
        let list = self.structure.add(None, Role::List);
        for (index, item) in items.iter().enumerate() {
            let row = self.structure.add(Some(list), Role::Item);
            let bullet = self.structure.add(Some(row), Role::Bullet);
            let body = self.structure.add(Some(row), Role::ItemText);
            let gap = if index == 0 { BLOCK_GAP } else { 3.0 };
            let mut strips = self.lines(item, Style::TEXT, INDENT, gap, body);
            keep_lines_company(&mut strips);
            if let Some(first) = strips.first_mut() {
                let line = self.faces.line("• ", Style::TEXT);
                first.marks.insert(0, Mark::Text { x: 4.0, baseline: Style::TEXT.baseline(), line, part: bullet });
            }
            self.strips.append(&mut strips);
        }
    }

    fn rule(&mut self) {
        let stroke = Mark::Stroke { from: (0.0, 4.0), to: (WIDTH, 4.0), thick: true };
        self.strips.push(Strip { gap: BLOCK_GAP, height: 8.0, marks: vec![stroke], ..Strip::default() });
    }

    /// The strips of a text that begins at a place across the page and may reach its right side.
    fn lines(&self, text: &str, style: Style, x: f32, gap: f32, part: Part) -> Vec<Strip> {
        let strip = |(index, line)| Strip {
            gap: if index == 0 { gap } else { 0.0 },
            height: style.leading(),
            marks: vec![Mark::Text { x, baseline: style.baseline(), line, part }],
            ..Strip::default()
        };
        self.faces.lines(text, style, WIDTH - x).into_iter().enumerate().map(strip).collect()
    }
}
