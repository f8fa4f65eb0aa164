//! What the parts of a document are to each other: the tree of tags, for who does not see the page.

use std::num::NonZeroU16;

use krilla::tagging::{Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};

/// What a part is.
#[derive(Debug, Clone)]
pub(super) enum Role {
    /// A heading of a level, of which the title is 1, with its text.
    Heading(u8, String),
    /// A paragraph.
    Paragraph,
    /// A list.
    List,
    /// An item of a list.
    Item,
    /// The bullet of an item.
    Bullet,
    /// What an item says.
    ItemText,
    /// A table.
    Table,
    /// The name of a table.
    Caption,
    /// The rows of a table that name its columns.
    Head,
    /// The other rows of such a table.
    Body,
    /// A row of a table.
    Row,
    /// A cell that names a column.
    ColumnHeader,
    /// A cell that names a row.
    RowHeader,
    /// Any other cell.
    Cell,
}

impl Role {
    fn tag(&self) -> TagKind {
        match self {
            Self::Heading(level, text) => {
                let level = NonZeroU16::new(u16::from(*level)).unwrap_or(NonZeroU16::MIN);
                Tag::Hn(level, Some(short(text))).into()
            }
            Self::Paragraph => Tag::P.into(),
            Self::List => Tag::L(ListNumbering::Disc).into(),
            Self::Item => Tag::LI.into(),
            Self::Bullet => Tag::Lbl.into(),
            Self::ItemText => Tag::LBody.into(),
            Self::Table => Tag::Table.into(),
            Self::Caption => Tag::Caption.into(),
            Self::Head => Tag::THead.into(),
            Self::Body => Tag::TBody.into(),
            Self::Row => Tag::TR.into(),
            Self::ColumnHeader => Tag::TH(TableHeaderScope::Column).into(),
            Self::RowHeader => Tag::TH(TableHeaderScope::Row).into(),
            Self::Cell => Tag::TD.into(),
        }
    }
}

/// A part of the tree, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part(usize);

struct Element {
    parent: Option<Part>,
    role: Role,
    leaves: Vec<Identifier>,
}

/// The parts of a document, in the order in which they are read.
#[derive(Default)]
pub(super) struct Structure {
    elements: Vec<Element>,
}

impl Structure {
    /// Adds a part below another, or at the top.
    pub(super) fn add(&mut self, parent: Option<Part>, role: Role) -> Part {
        self.elements.push(Element { parent, role, leaves: Vec::new() });
        Part(self.elements.len() - 1)
    }

    /// Notes that something on a page belongs to a part.
    pub(super) fn show(&mut self, part: Part, leaf: Identifier) {
        if let Some(element) = self.elements.get_mut(part.0) {
            element.leaves.push(leaf);
        }
    }

    /// The tree as it is written.
    pub(super) fn finish(self, language: &str) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
        let mut groups: Vec<TagGroup> = Vec::new();
        let mut parents = Vec::new();
        for element in self.elements {
            let leaves = element.leaves.into_iter().map(Node::from).collect();
            groups.push(TagGroup::with_children(element.role.tag(), leaves));
            parents.push(element.parent);
        }
        // From the last to the first: a part comes after the one it lies in, so that each is whole when it is moved.
        let mut below: Vec<Vec<Node>> = groups.iter().map(|_| Vec::new()).collect();
        while let (Some(mut group), Some(parent), Some(children)) = (groups.pop(), parents.pop(), below.pop()) {
            group.children.extend(children.into_iter().rev());
            match parent.and_then(|parent| below.get_mut(parent.0)) {
                Some(siblings) => siblings.push(group.into()),
                None => tree.push(group),
            }
        }
        tree.children.reverse();
        tree
    }
}

/// The beginning of a text, where a PDF wants a name and not a whole text.
pub(super) fn short(text: &str) -> String {
    let line = text.replace('\n', " ");
    match line.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}
