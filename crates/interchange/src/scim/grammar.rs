//! The grammar of filters and paths (RFC 7644, 3.4.2.2 and 3.5.2), with what Entra ID writes besides: a sub-attribute
//! behind a value path, as in `emails[type eq "work"].value eq "…"`.

use serde_json::Value;

use super::{ErrorType, ScimError};

/// Brackets and parentheses inside one another, at most.
const DEEPEST: usize = 24;
/// Comparisons in one filter, at most.
const MOST_TERMS: usize = 200;
/// Bytes of a filter or path, at most.
const LONGEST: usize = 16_384;

/// A name as it is written: of a schema, an attribute and one inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The URN of the schema.
    pub urn: Option<String>,
    /// The attribute.
    pub attribute: String,
    /// The attribute inside it.
    pub sub: Option<String>,
}

/// How values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// Equal.
    Eq,
    /// Not equal.
    Ne,
    /// Contains.
    Co,
    /// Begins with.
    Sw,
    /// Ends with.
    Ew,
    /// Greater.
    Gt,
    /// Greater or equal.
    Ge,
    /// Less.
    Lt,
    /// Less or equal.
    Le,
}

/// What is compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// True or false.
    Boolean(bool),
    /// No value.
    Null,
}

/// A filter as it is written.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// All of these.
    And(Vec<Self>),
    /// One of these.
    Or(Vec<Self>),
    /// Not this.
    Not(Box<Self>),
    /// It has a value.
    Has(Name),
    /// It compares so.
    Compare(Name, Comparison, Literal),
    /// One of its values fits.
    Within(Name, Box<Self>),
}

/// The path of a change as it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// The attribute.
    pub name: Name,
    /// Which of its values.
    pub filter: Option<Expression>,
}

impl Name {
    /// Reads a name: `userName`, `name.familyName`, `urn:…:User:manager.value`.
    pub fn parse(text: &str) -> Option<Self> {
        let (urn, rest) = match text.rsplit_once(':') {
            Some((urn, rest)) => (Some(is_urn(urn).then(|| urn.to_owned())?), rest),
            None => (None, text),
        };
        let (attribute, sub) = match rest.split_once('.') {
            Some((attribute, sub)) => (attribute, Some(sub)),
            None => (rest, None),
        };
        let fits = is_name(attribute) && sub.is_none_or(is_name);
        fits.then(|| Self { urn, attribute: attribute.to_owned(), sub: sub.map(str::to_owned) })
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(urn) = &self.urn {
            write!(f, "{urn}:")?;
        }
        f.write_str(&self.attribute)?;
        self.sub.as_ref().map_or(Ok(()), |sub| write!(f, ".{sub}"))
    }
}

impl Comparison {
    fn parse(text: &str) -> Option<Self> {
        Some(match text.to_ascii_lowercase().as_str() {
            "eq" => Self::Eq,
            "ne" => Self::Ne,
            "co" => Self::Co,
            "sw" => Self::Sw,
            "ew" => Self::Ew,
            "gt" => Self::Gt,
            "ge" => Self::Ge,
            "lt" => Self::Lt,
            "le" => Self::Le,
            _ => return None,
        })
    }
}

impl Expression {
    /// Reads a filter.
    pub fn parse(text: &str) -> Result<Self, ScimError> {
        let wrong = |reason: String| ScimError::of(ErrorType::InvalidFilter, reason);
        let mut reader = Reader::of(text).map_err(wrong)?;
        let read = reader.any_of().and_then(|expression| reader.end().map(|()| expression));
        read.map_err(wrong)
    }
}

impl Path {
    /// Reads the path of a change.
    pub fn parse(text: &str) -> Result<Self, ScimError> {
        let wrong = |reason: String| ScimError::of(ErrorType::InvalidPath, reason);
        let mut reader = Reader::of(text).map_err(wrong)?;
        let read = reader.path().and_then(|path| reader.end().map(|()| path));
        read.map_err(wrong)
    }
}

fn is_urn(text: &str) -> bool {
    text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("urn:"))
}

fn is_name(text: &str) -> bool {
    let rest = text.strip_prefix('$').unwrap_or(text);
    rest.starts_with(|c: char| c.is_ascii_alphabetic())
        && rest.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    /// One of `( ) [ ]`.
    Sign(char),
    /// A name, an operator, a number.
    Word(String),
    Text(String),
}

struct Reader {
    tokens: Vec<Token>,
    next: usize,
    depth: usize,
    terms: usize,
}

type Read<T> = Result<T, String>;

impl Reader {
    fn of(text: &str) -> Read<Self> {
        if text.len() > LONGEST {
            return Err(format!("It must have at most {LONGEST} bytes."));
        }
        Ok(Self { tokens: tokens(text)?, next: 0, depth: 0, terms: 0 })
    }

    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn take(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.next).cloned();
        self.next += 1;
        token
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Token::Word(found)) if found.eq_ignore_ascii_case(word))
    }

    fn is_sign(&self, sign: char) -> bool {
        self.peek() == Some(&Token::Sign(sign))
    }

    fn sign(&mut self, sign: char) -> Read<()> {
        match self.take() {
            Some(Token::Sign(found)) if found == sign => Ok(()),
            found => Err(format!("A {sign} must stand where {} stands.", shown(found.as_ref()))),
        }
    }

    fn end(&self) -> Read<()> {
        match self.peek() {
            None => Ok(()),
            found => Err(format!("Nothing, or \"and\" or \"or\", must stand where {} stands.", shown(found))),
        }
    }

    fn any_of(&mut self) -> Read<Expression> {
        let mut all = vec![self.all_of()?];
        while self.is_word("or") {
            self.next += 1;
            all.push(self.all_of()?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Expression::Or(all) })
    }

    fn all_of(&mut self) -> Read<Expression> {
        let mut all = vec![self.one()?];
        while self.is_word("and") {
            self.next += 1;
            all.push(self.one()?);
        }
        Ok(if all.len() == 1 { all.remove(0) } else { Expression::And(all) })
    }

    fn one(&mut self) -> Read<Expression> {
        let negated = self.is_word("not") && self.tokens.get(self.next + 1) == Some(&Token::Sign('('));
        if negated {
            self.next += 1;
        }
        if self.is_sign('(') {
            let inside = self.nested('(', ')')?;
            return Ok(if negated { Expression::Not(Box::new(inside)) } else { inside });
        }
        let name = self.name()?;
        if !self.is_sign('[') {
            return self.compared(name);
        }
        let inside = self.nested('[', ']')?;
        let Some(sub) = self.behind()? else { return Ok(Expression::Within(name, Box::new(inside))) };
        let compared = self.compared(sub)?;
        Ok(Expression::Within(name, Box::new(Expression::And(vec![inside, compared]))))
    }

    fn nested(&mut self, open: char, close: char) -> Read<Expression> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(format!("At most {DEEPEST} brackets may stand inside one another."));
        }
        self.sign(open)?;
        let inside = self.any_of()?;
        self.sign(close)?;
        self.depth -= 1;
        Ok(inside)
    }

    fn name(&mut self) -> Read<Name> {
        let found = self.take();
        let name = match &found {
            Some(Token::Word(word)) => Name::parse(word),
            _ => None,
        };
        name.ok_or_else(|| format!("The name of an attribute must stand where {} stands.", shown(found.as_ref())))
    }

    /// What stands behind a closing bracket: `.value`.
    fn behind(&mut self) -> Read<Option<Name>> {
        match self.peek() {
            Some(Token::Word(word)) if word.starts_with('.') => {
                let name = word.get(1..).filter(|sub| is_name(sub)).and_then(Name::parse);
                self.next += 1;
                name.map(Some).ok_or_else(|| "Behind ] one name of an attribute may stand, as in ].value.".to_owned())
            }
            _ => Ok(None),
        }
    }

    fn compared(&mut self, name: Name) -> Read<Expression> {
        self.terms += 1;
        if self.terms > MOST_TERMS {
            return Err(format!("It may hold at most {MOST_TERMS} comparisons."));
        }
        let operator = match self.take() {
            Some(Token::Word(word)) => word,
            found => return Err(format!("An operator must stand where {} stands.", shown(found.as_ref()))),
        };
        if operator.eq_ignore_ascii_case("pr") {
            return Ok(Expression::Has(name));
        }
        let Some(comparison) = Comparison::parse(&operator) else {
            return Err(format!("{operator} must be one of: eq, ne, co, sw, ew, gt, ge, lt, le, pr."));
        };
        Ok(Expression::Compare(name, comparison, self.literal()?))
    }

    fn literal(&mut self) -> Read<Literal> {
        let found = self.take();
        match &found {
            Some(Token::Text(text)) => return Ok(Literal::Text(text.clone())),
            Some(Token::Word(word)) => match serde_json::from_str::<Value>(&word.to_ascii_lowercase()) {
                Ok(Value::Bool(value)) => return Ok(Literal::Boolean(value)),
                Ok(Value::Null) => return Ok(Literal::Null),
                Ok(Value::Number(number)) => return Ok(Literal::Number(number.as_f64().unwrap_or_default())),
                _ => {}
            },
            _ => {}
        }
        let what = "Text in double quotes, a number, true, false or null must stand";
        Err(format!("{what} where {} stands.", shown(found.as_ref())))
    }

    fn path(&mut self) -> Read<Path> {
        let mut name = self.name()?;
        if !self.is_sign('[') {
            return Ok(Path { name, filter: None });
        }
        if name.sub.is_some() {
            return Err("A filter must stand behind an attribute, not behind one inside another.".to_owned());
        }
        let filter = Some(self.nested('[', ']')?);
        if let Some(sub) = self.behind()? {
            name.sub = Some(sub.attribute);
        }
        Ok(Path { name, filter })
    }
}

fn shown(token: Option<&Token>) -> String {
    match token {
        None => "the end".to_owned(),
        Some(Token::Sign(sign)) => sign.to_string(),
        Some(Token::Word(word)) => word.chars().take(60).collect(),
        Some(Token::Text(_)) => "text in quotes".to_owned(),
    }
}

fn tokens(text: &str) -> Read<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut letters = text.char_indices().peekable();
    while let Some((start, letter)) = letters.next() {
        match letter {
            letter if letter.is_whitespace() => {}
            '(' | ')' | '[' | ']' => tokens.push(Token::Sign(letter)),
            '"' => {
                let mut end = None;
                let mut escaped = false;
                for (at, letter) in letters.by_ref() {
                    match letter {
                        '"' if !escaped => {
                            end = Some(at + 1);
                            break;
                        }
                        letter => escaped = letter == '\\' && !escaped,
                    }
                }
                let quoted = end.and_then(|end| text.get(start..end));
                let read = quoted.and_then(|quoted| serde_json::from_str(quoted).ok());
                tokens.push(Token::Text(read.ok_or("Text in double quotes must be written as in JSON, and end.")?));
            }
            letter => {
                let mut word = letter.to_string();
                while let Some((_, letter)) = letters.peek().copied() {
                    if letter.is_whitespace() || matches!(letter, '(' | ')' | '[' | ']' | '"') {
                        break;
                    }
                    word.push(letter);
                    letters.next();
                }
                tokens.push(Token::Word(word));
            }
        }
    }
    Ok(tokens)
}
