//! What a schema says of an attribute (RFC 7643, 7), as the tables that decide.

use serde_json::{Map, Value, json};

/// What values an attribute has.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Text.
    Text,
    /// A day as text: 2027-01-31.
    Day,
    /// True or false.
    Boolean,
    /// A whole number within these bounds, in digits: directories have text for attributes of others.
    Integer(i64, i64),
    /// A moment.
    Moment,
    /// The address of a resource of one of these types.
    Reference(&'static [&'static str]),
    /// Attributes of its own.
    Complex(&'static [Attribute]),
}

/// Who changes an attribute, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mutability {
    /// Clients.
    ReadWrite,
    /// Only the service.
    ReadOnly,
    /// Clients, when they add the value.
    Immutable,
}

/// When an attribute is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Returned {
    /// In every answer.
    Always,
    /// Unless other attributes are asked for.
    Default,
}

/// An attribute.
#[derive(Debug, Clone, Copy)]
pub struct Attribute {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub description: &'static str,
    /// What values it has.
    pub kind: Kind,
    /// Whether it has several.
    pub multi: bool,
    /// Whether it must have one.
    pub required: bool,
    /// Whether upper and lower case differ.
    pub case_exact: bool,
    /// Who changes it.
    pub mutability: Mutability,
    /// When it is shown.
    pub returned: Returned,
    /// Whether no two resources of an organisation have the same value.
    pub unique: bool,
    /// Values that are usual, or an example of how a value is written.
    pub usual: &'static [&'static str],
    /// The longest text.
    pub longest: usize,
}

impl Attribute {
    /// An attribute that clients write, with one value.
    pub const fn new(name: &'static str, kind: Kind, description: &'static str) -> Self {
        Self {
            name,
            description,
            kind,
            multi: false,
            required: false,
            case_exact: false,
            mutability: Mutability::ReadWrite,
            returned: Returned::Default,
            unique: false,
            usual: &[],
            longest: 200,
        }
    }

    /// Text that clients write.
    pub const fn text(name: &'static str, description: &'static str) -> Self {
        Self::new(name, Kind::Text, description)
    }

    /// With several values.
    #[must_use]
    pub const fn multi(self) -> Self {
        Self { multi: true, ..self }
    }

    /// It must be given.
    #[must_use]
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// Upper and lower case differ.
    #[must_use]
    pub const fn exact(self) -> Self {
        Self { case_exact: true, ..self }
    }

    /// Only the service writes it.
    #[must_use]
    pub const fn read_only(self) -> Self {
        Self { mutability: Mutability::ReadOnly, ..self }
    }

    /// It is written once.
    #[must_use]
    pub const fn immutable(self) -> Self {
        Self { mutability: Mutability::Immutable, ..self }
    }

    /// It is shown always.
    #[must_use]
    pub const fn always(self) -> Self {
        Self { returned: Returned::Always, ..self }
    }

    /// No two resources of an organisation have the same value.
    #[must_use]
    pub const fn unique(self) -> Self {
        Self { unique: true, ..self }
    }

    /// Usual values, or an example.
    #[must_use]
    pub const fn usual(self, usual: &'static [&'static str]) -> Self {
        Self { usual, ..self }
    }

    /// With this longest text.
    #[must_use]
    pub const fn longest(self, longest: usize) -> Self {
        Self { longest, ..self }
    }

    /// The attributes inside it.
    pub fn inside(&self) -> &'static [Self] {
        match self.kind {
            Kind::Complex(inside) => inside,
            _ => &[],
        }
    }

    /// The attribute inside it that holds the value proper.
    pub fn value(&self) -> Option<&'static Self> {
        find(self.inside(), "value")
    }

    fn json(&self) -> Value {
        let kind = match self.kind {
            Kind::Text | Kind::Day | Kind::Integer(..) => "string",
            Kind::Boolean => "boolean",
            Kind::Moment => "dateTime",
            Kind::Reference(_) => "reference",
            Kind::Complex(_) => "complex",
        };
        let mut json = Map::new();
        let mut put = |name: &str, value: Value| json.insert(name.to_owned(), value);
        put("name", json!(self.name));
        put("type", json!(kind));
        put("multiValued", json!(self.multi));
        put("description", json!(self.description));
        put("required", json!(self.required));
        if !matches!(self.kind, Kind::Complex(_) | Kind::Boolean) {
            put("caseExact", json!(self.case_exact));
        }
        if !self.usual.is_empty() {
            put("canonicalValues", json!(self.usual));
        }
        put(
            "mutability",
            json!(match self.mutability {
                Mutability::ReadWrite => "readWrite",
                Mutability::ReadOnly => "readOnly",
                Mutability::Immutable => "immutable",
            }),
        );
        put(
            "returned",
            json!(match self.returned {
                Returned::Always => "always",
                Returned::Default => "default",
            }),
        );
        put("uniqueness", json!(if self.unique { "server" } else { "none" }));
        match self.kind {
            Kind::Reference(types) => put("referenceTypes", json!(types)),
            Kind::Complex(inside) => put("subAttributes", inside.iter().map(Self::json).collect()),
            _ => None,
        };
        Value::Object(json)
    }
}

/// The attribute with this name, in whatever case it is written.
pub(super) fn find(attributes: &'static [Attribute], name: &str) -> Option<&'static Attribute> {
    attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name))
}

/// A schema: attributes that belong together.
#[derive(Debug)]
pub struct Schema {
    /// Its URN.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it describes.
    pub description: &'static str,
    /// Its attributes.
    pub attributes: &'static [Attribute],
    /// Attributes of the standard that are not kept: sent ones are passed over. With a dot those inside another one.
    pub passed_over: &'static [&'static str],
}

impl Schema {
    /// As `/Schemas` shows it.
    pub fn json(&self, base: &str) -> Value {
        let attributes: Vec<Value> = self.attributes.iter().map(Attribute::json).collect();
        json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
            "id": self.id, "name": self.name, "description": self.description, "attributes": attributes,
            "meta": {"resourceType": "Schema", "location": format!("{base}/Schemas/{}", self.id)}
        })
    }
}

/// A type of resource.
#[derive(Debug)]
pub struct ResourceType {
    /// Its name.
    pub name: &'static str,
    /// Where such resources are.
    pub endpoint: &'static str,
    /// What they are for.
    pub description: &'static str,
    /// Their schema.
    pub schema: &'static Schema,
    /// What may come on top.
    pub extensions: &'static [&'static Schema],
}

impl ResourceType {
    /// As `/ResourceTypes` shows it.
    pub fn json(&self, base: &str) -> Value {
        let extensions: Vec<Value> =
            self.extensions.iter().map(|schema| json!({"schema": schema.id, "required": false})).collect();
        json!({
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
            "id": self.name, "name": self.name, "endpoint": self.endpoint, "description": self.description,
            "schema": self.schema.id, "schemaExtensions": extensions,
            "meta": {"resourceType": "ResourceType", "location": format!("{base}/ResourceTypes/{}", self.name)}
        })
    }
}
