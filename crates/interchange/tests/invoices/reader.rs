//! Reads a document back into a tree; anything but well-formed XML fails the test.

use quick_xml::Reader;
use quick_xml::events::Event;

#[derive(Debug, Default)]
pub struct Node {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub text: String,
    pub children: Vec<Node>,
}

impl Node {
    /// The children of that name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The nodes at the end of the path.
    pub fn find(&self, path: &str) -> Vec<&Node> {
        path.split('/').fold(vec![self], |nodes, name| {
            nodes.into_iter().flat_map(|node| node.children.iter().filter(move |child| child.name == name)).collect()
        })
    }

    /// The only node at the end of the path.
    pub fn one(&self, path: &str) -> &Node {
        match self.find(path)[..] {
            [node] => node,
            ref nodes => panic!("{} of {path} in {}", nodes.len(), self.name),
        }
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The text as hundredths; it has two decimals, or is whole.
    pub fn hundredths(&self) -> i128 {
        let (whole, part) = self.text.split_once('.').unwrap_or((&self.text, "00"));
        assert_eq!(part.len(), 2, "{} has other than two decimals: {}", self.name, self.text);
        format!("{whole}{part}").parse().unwrap()
    }
}

pub fn read(bytes: &[u8]) -> Node {
    let text = std::str::from_utf8(bytes).unwrap();
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut open = vec![Node::default()];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => open.push(Node {
                name: start.name().as_ref().to_owned(),
                attributes: start
                    .attributes()
                    .map(|attribute| {
                        let attribute = attribute.unwrap();
                        (attribute.key.as_ref().to_owned(), attribute.value.into_owned())
                    })
                    .collect(),
                ..Node::default()
            }),
            Event::End(_) => {
                let mut node = open.pop().unwrap();
                if !node.children.is_empty() {
                    assert!(node.text.trim().is_empty(), "{} mixes text and elements", node.name);
                    node.text.clear();
                }
                open.last_mut().unwrap().children.push(node);
            }
            Event::Text(text) => open.last_mut().unwrap().text.push_str(&text),
            Event::GeneralRef(name) => {
                let character = match name.resolve_char_ref().unwrap() {
                    Some(character) => character.to_string(),
                    None => quick_xml::escape::resolve_predefined_entity(&name).unwrap().to_owned(),
                };
                open.last_mut().unwrap().text.push_str(&character);
            }
            Event::Decl(_) => {}
            Event::Eof => break,
            other => panic!("{other:?} does not belong in a document"),
        }
    }
    let mut top = open.pop().unwrap();
    assert!(open.is_empty() && top.children.len() == 1, "one root, closed");
    top.children.remove(0)
}
