//! Turns tables, facts and signatures into strips: each strip has one line of every cell of a row.

use super::super::text::clean;
use super::super::words::signature_facts;
use super::super::{SignatureBox, columns};
use super::blocks::{BLOCK_GAP, Flow};
use super::letters::Style;
use super::lines::{Line, Wish};
use super::pages::{Mark, PAGE_HEIGHT, Strip, WIDTH};
use super::structure::{Part, Role};

/// Above and below the text of a cell.
const PADDING: f32 = 3.0;
/// Between the text of a cell and the next column.
const GUTTER: f32 = 12.0;
/// A row with more lines may be divided over pages.
const WHOLE_ROW: usize = 12;
/// Room to sign, where a fact is not filled in.
const ROOM_TO_WRITE: f32 = 10.0;

/// A column: where its text begins, and how wide that may be.
#[derive(Debug, Clone, Copy)]
struct Column {
    x: f32,
    width: f32,
    right: bool,
}

struct Cell {
    column: Column,
    lines: Vec<Line>,
    part: Part,
}

impl Flow<'_> {
    /// A table of labels and values.
    pub(super) fn facts(&mut self, facts: &[(String, String)]) {
        if facts.is_empty() {
            return;
        }
        let facts: Vec<(String, String)> = facts.iter().map(|(label, value)| (clean(label), clean(value))).collect();
        let wish = facts.iter().map(|(label, _)| self.faces.wish(label, Style::LABEL)).fold(Wish::default(), Wish::and);
        let table = self.structure.add(None, Role::Table);
        let mut strips = Vec::new();
        for (label, value) in &facts {
            strips.append(&mut self.fact(table, label, value, wish, 0.0));
        }
        self.push_table(strips, BLOCK_GAP);
    }

    /// A box for a signature; its facts stay together.
    pub(super) fn signature(&mut self, signature: &SignatureBox) {
        let facts = signature_facts(signature, self.language);
        let wish = facts.iter().map(|(label, _)| self.faces.wish(label, Style::LABEL)).fold(Wish::default(), Wish::and);
        let table = self.structure.add(None, Role::Table);
        let caption = self.structure.add(Some(table), Role::Caption);
        let column = Column { x: GUTTER, width: WIDTH - 2.0 * GUTTER, right: false };
        let lines = self.faces.lines(&clean(&signature.party), Style { size: 10.5, ..Style::LABEL }, column.width);
        let mut strips = row(&[Cell { column, lines, part: caption }]);
        for (label, value) in facts {
            strips.append(&mut self.fact(table, label, &clean(value), wish, GUTTER));
        }
        frame(&mut strips);
        let last = strips.len().saturating_sub(1);
        for strip in strips.iter_mut().take(last) {
            strip.keep = true;
        }
        self.push_table(strips, 2.0 * BLOCK_GAP);
    }

    /// A table with a header that is repeated.
    pub(super) fn table(&mut self, header: &[String], rows: &[Vec<String>], right_aligned: &[usize]) {
        let count = columns(header, rows);
        if count == 0 {
            return;
        }
        let header: Vec<String> = header.iter().map(|text| clean(text)).collect();
        let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|text| clean(text)).collect()).collect();
        let columns = self.columns(&header, &rows, count, right_aligned);
        let table = self.structure.add(None, Role::Table);
        let mut strips = Vec::new();
        let mut body = table;
        let mut repeated = None;
        if !header.is_empty() {
            let head = self.structure.add(Some(table), Role::Head);
            strips = self.cells(head, &header, &columns, Style::LABEL, &Role::ColumnHeader);
            for strip in &mut strips {
                strip.keep = true;
                underline_thickly(strip);
            }
            if strips.iter().map(|strip| strip.height).sum::<f32>() < PAGE_HEIGHT / 4.0 {
                repeated = Some(self.headers.len());
                self.headers.push(strips.clone());
            }
            body = self.structure.add(Some(table), Role::Body);
        }
        for texts in &rows {
            let mut row = self.cells(body, texts, &columns, Style::CELL, &Role::Cell);
            for strip in &mut row {
                strip.header = repeated;
            }
            strips.append(&mut row);
        }
        self.push_table(strips, BLOCK_GAP);
    }

    fn push_table(&mut self, mut strips: Vec<Strip>, gap: f32) {
        if let Some(first) = strips.first_mut() {
            first.gap = gap;
        }
        self.strips.append(&mut strips);
    }

    fn fact(&mut self, table: Part, label: &str, value: &str, wish: Wish, indent: f32) -> Vec<Strip> {
        let parent = self.structure.add(Some(table), Role::Row);
        let room = WIDTH - 2.0 * indent;
        let left = Column { x: indent, width: wish.most.clamp(room * 0.2, room * 0.4), right: false };
        let x = indent + left.width + GUTTER;
        let right = Column { x, width: WIDTH - indent - x, right: false };
        let cells = [
            Cell {
                column: left,
                lines: self.faces.lines(label, Style::LABEL, left.width),
                part: self.structure.add(Some(parent), Role::RowHeader),
            },
            Cell {
                column: right,
                lines: self.faces.lines(value, Style::CELL, right.width),
                part: self.structure.add(Some(parent), Role::Cell),
            },
        ];
        let mut strips = row(&cells);
        if value.is_empty()
            && let Some(last) = strips.last_mut()
        {
            last.height += ROOM_TO_WRITE;
        }
        underline(&mut strips, indent);
        strips
    }

    fn cells(&mut self, parent: Part, texts: &[String], columns: &[Column], style: Style, role: &Role) -> Vec<Strip> {
        let parent = self.structure.add(Some(parent), Role::Row);
        let mut cells = Vec::with_capacity(columns.len());
        for (index, column) in columns.iter().enumerate() {
            let text = texts.get(index).map_or("", String::as_str);
            let lines = self.faces.lines(text, style, column.width);
            let part = self.structure.add(Some(parent), role.clone());
            cells.push(Cell { column: *column, lines, part });
        }
        let mut strips = row(&cells);
        underline(&mut strips, 0.0);
        strips
    }

    /// Shares the width of the page out: to each column what it needs, and of what is left in proportion to what it wishes.
    fn columns(&self, header: &[String], rows: &[Vec<String>], count: usize, right_aligned: &[usize]) -> Vec<Column> {
        let mut wishes = vec![Wish::default(); count];
        for (texts, style) in rows.iter().map(|row| (row.as_slice(), Style::CELL)).chain([(header, Style::LABEL)]) {
            for (wish, text) in wishes.iter_mut().zip(texts) {
                *wish = wish.and(self.faces.wish(text, style));
            }
        }
        let shares = u16::try_from(count).map_or(f32::MAX, f32::from);
        let gutter = GUTTER.min(WIDTH / shares / 4.0);
        let room = WIDTH - gutter * (shares - 1.0);
        // One long word must not push the other columns off the page.
        let least = |wish: &Wish| wish.least.min(room / shares);
        let needed: f32 = wishes.iter().map(least).sum();
        let wished: f32 = wishes.iter().map(|wish| wish.most - least(wish)).sum();
        let spare = (room - needed).max(0.0);
        let mut x = 0.0;
        let mut columns = Vec::with_capacity(count);
        for (index, wish) in wishes.iter().enumerate() {
            let part = if wished > 0.0 { (wish.most - least(wish)) / wished } else { 1.0 / shares };
            // A hair more than the sum says, so that rounding breaks no line that fits.
            let width = least(wish) + spare * part + 0.01;
            columns.push(Column { x, width, right: right_aligned.contains(&index) });
            x += width + gutter;
        }
        columns
    }
}

/// The strips of a row.
fn row(cells: &[Cell]) -> Vec<Strip> {
    let height = cells.iter().flat_map(|cell| &cell.lines).map(|line| line.style.leading()).fold(0.0, f32::max);
    let count = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
    let mut strips = Vec::with_capacity(count);
    for index in 0..count {
        let above = if index == 0 { PADDING } else { 0.0 };
        let below = if index + 1 == count { PADDING } else { 0.0 };
        let mut marks = Vec::new();
        for Cell { column, lines, part } in cells {
            if let Some(line) = lines.get(index).filter(|line| !line.glyphs.is_empty()) {
                let x = if column.right { column.x + column.width - line.width } else { column.x };
                let baseline = above + line.style.baseline();
                marks.push(Mark::Text { x, baseline, line: line.clone(), part: *part });
            }
        }
        let keep = index + 1 < count && (count <= WHOLE_ROW || index == 0 || index + 2 == count);
        strips.push(Strip { height: above + height + below, keep, marks, ..Strip::default() });
    }
    strips
}

fn underline(strips: &mut [Strip], indent: f32) {
    if let Some(last) = strips.last_mut() {
        let y = last.height;
        last.marks.push(Mark::Stroke { from: (indent, y), to: (WIDTH - indent, y), thick: false });
    }
}

fn underline_thickly(strip: &mut Strip) {
    for mark in &mut strip.marks {
        if let Mark::Stroke { thick, .. } = mark {
            *thick = true;
        }
    }
}

/// Draws a box around the strips.
fn frame(strips: &mut [Strip]) {
    for strip in strips.iter_mut() {
        for x in [0.0, WIDTH] {
            strip.marks.push(Mark::Stroke { from: (x, 0.0), to: (x, strip.height), thick: true });
        }
    }
    if let Some(first) = strips.first_mut() {
        first.marks.push(Mark::Stroke { from: (0.0, 0.0), to: (WIDTH, 0.0), thick: true });
    }
    if let Some(last) = strips.last_mut() {
        let y = last.height;
        last.marks.push(Mark::Stroke { from: (0.0, y), to: (WIDTH, y), thick: true });
    }
}
