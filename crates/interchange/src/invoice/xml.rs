//! A small tree of elements, and the way it becomes bytes.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// An element with either a text or other elements in it.
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, &'static str)>,
    content: Content,
}

enum Content {
    Text(String),
    Elements(Vec<Element>),
}

impl Element {
    /// An element that holds a text.
    pub fn text(name: &'static str, text: impl Into<String>) -> Self {
        Self { name, attributes: Vec::new(), content: Content::Text(text.into()) }
    }

    /// An element that holds others, none of them yet.
    pub fn group(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), content: Content::Elements(Vec::new()) }
    }

    /// The same with an attribute.
    pub fn attribute(mut self, name: &'static str, value: &'static str) -> Self {
        self.attributes.push((name, value));
        self
    }

    /// The same with another element at its end, where there is one.
    pub fn with(mut self, element: impl Into<Option<Element>>) -> Self {
        if let (Content::Elements(elements), Some(element)) = (&mut self.content, element.into()) {
            elements.push(element);
        }
        self
    }

    /// The element where it holds something: an empty one may not stand in a document (PEPPOL-EN16931-R008).
    pub fn unless_empty(self) -> Option<Self> {
        match &self.content {
            Content::Elements(elements) if elements.is_empty() => None,
            _ => Some(self),
        }
    }
}

/// The document with this root, in UTF-8.
pub(super) fn write(root: &Element) -> std::io::Result<Vec<u8>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    write_element(&mut writer, root)?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

fn write_element(writer: &mut Writer<Vec<u8>>, element: &Element) -> std::io::Result<()> {
    let start = BytesStart::new(element.name).with_attributes(element.attributes.iter().copied());
    writer.write_event(Event::Start(start))?;
    match &element.content {
        Content::Text(text) => writer.write_event(Event::Text(BytesText::new(text)))?,
        Content::Elements(elements) => {
            for inner in elements {
                write_element(writer, inner)?;
            }
        }
    }
    writer.write_event(Event::End(BytesEnd::new(element.name)))
}
