//! Lists: which resources, in which order, which page of them. However many there are, only a bounded number of whole
//! resources is held at a time; of those that are ordered, what they are ordered by.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use interchange::scim::project::Projection;
use interchange::scim::sort::{SortBy, SortKey};
use interchange::scim::{ErrorType, Expression, Filter, ListPage, Query, Resource, ScimError};
use persistence::View;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::failure::Outcome;
use super::feed::Scope;
use super::shelves::{Found, Shelf};
use super::{LARGEST_PAGE, PAGE};

/// Resources that are looked at together.
const CHUNK: usize = 500;

/// A place in a list: on which shelf, and which resource.
type Spot = (usize, Uuid);

/// What is asked of shelves, held against the schemas.
pub(super) struct Search<'q> {
    query: &'q Query,
    shelves: Vec<Asked>,
}

struct Asked {
    shelf: Shelf,
    filter: Option<Filter>,
    sort: Option<SortBy>,
    projection: Projection,
}

/// From where a page goes on.
enum Begin {
    Index(usize),
    After(Option<Spot>),
}

impl<'q> Search<'q> {
    /// Of these shelves.
    pub(super) fn of(shelves: &[Shelf], query: &'q Query) -> Result<Self, ScimError> {
        let expression = query.filter.as_deref().map(Expression::parse).transpose()?;
        let asked = shelves.iter().map(|shelf| {
            let kind = shelf.kind();
            let filter = expression.as_ref().map(|expression| match shelves.len() {
                1 => Filter::of(kind, expression),
                _ => Filter::among(kind, expression),
            });
            let sort = query.sort_by.as_deref().map(|name| SortBy::of(kind, name, query.descending));
            Ok(Asked {
                shelf: *shelf,
                filter: filter.transpose()?,
                sort: if shelves.len() == 1 { sort.transpose()? } else { sort.and_then(Result::ok) },
                projection: Projection::of(kind, &query.attributes, &query.excluded)?,
            })
        });
        Ok(Self { query, shelves: asked.collect::<Result<_, ScimError>>()? })
    }

    /// The page that is asked for.
    pub(super) fn page(&self, view: &mut View<'_>, scope: &Scope) -> Outcome<ListPage> {
        let count = self.query.count.unwrap_or(PAGE).min(LARGEST_PAGE);
        let begin = match self.query.cursor.as_deref() {
            None => Begin::Index(self.query.start_index.unwrap_or(1) - 1),
            Some("") => Begin::After(None),
            Some(cursor) => Begin::After(Some(self.decoded(cursor)?)),
        };
        let is_sorted = self.shelves.iter().any(|asked| asked.sort.is_some());
        let (total, mut found) = match (self.shelves.as_slice(), is_sorted) {
            (_, true) => self.sorted(view, scope, &begin, count)?,
            ([Asked { shelf, filter: None, .. }], false) => {
                let total = shelf.count(view, scope)?;
                let found = match &begin {
                    _ if count == 0 => Vec::new(),
                    Begin::Index(skip) => shelf.from(view, scope, *skip, count)?,
                    Begin::After(spot) => shelf.after(view, scope, spot.map(|(_, id)| id), count + 1)?,
                };
                (total, found.into_iter().map(|found| (0, found)).collect())
            }
            (_, false) => self.walked(view, scope, &begin, count)?,
        };
        let more = found.len() > count;
        found.truncate(count);
        let last = found.last().map(|(shelf, (id, _))| (*shelf, *id));
        let is_cursor = matches!(begin, Begin::After(_));
        Ok(ListPage {
            total,
            start_index: if let Begin::Index(skip) = begin { Some(skip + 1) } else { None },
            next_cursor: last.filter(|_| is_cursor && more).map(|spot| self.encoded(spot)),
            resources: found.into_iter().map(|(shelf, (_, whole))| self.shown(shelf, whole)).collect(),
        })
    }

    fn shown(&self, shelf: usize, whole: Resource) -> Value {
        let shown = match self.shelves.get(shelf) {
            Some(asked) => asked.projection.show(whole),
            None => whole,
        };
        Value::Object(shown)
    }

    /// Shows each resource that fits, with its shelf, in the order of shelves and ids.
    fn walk(&self, view: &mut View<'_>, scope: &Scope, mut see: impl FnMut(usize, Found)) -> Outcome<()> {
        for (at, asked) in self.shelves.iter().enumerate() {
            let fits = |found: &Found| asked.filter.as_ref().is_none_or(|filter| filter.fits(&found.1));
            let needle = asked.filter.as_ref().and_then(Filter::needle);
            let indexed = needle.map(|needle| asked.shelf.found(view, scope, &needle)).transpose()?.flatten();
            if let Some(indexed) = indexed {
                indexed.into_iter().filter(fits).for_each(|found| see(at, found));
                continue;
            }
            let mut after = None;
            loop {
                let chunk = asked.shelf.after(view, scope, after, CHUNK)?;
                let is_last = chunk.len() < CHUNK;
                after = chunk.last().map(|(id, _)| *id);
                chunk.into_iter().filter(fits).for_each(|found| see(at, found));
                if is_last {
                    break;
                }
            }
        }
        Ok(())
    }

    fn walked(
        &self,
        view: &mut View<'_>,
        scope: &Scope,
        begin: &Begin,
        count: usize,
    ) -> Outcome<(usize, Vec<(usize, Found)>)> {
        let (mut total, mut kept) = (0, Vec::new());
        self.walk(view, scope, |shelf, found| {
            let is_reached = match begin {
                Begin::Index(skip) => total >= *skip,
                Begin::After(spot) => spot.is_none_or(|spot| (shelf, found.0) > spot),
            };
            if is_reached && kept.len() <= count {
                kept.push((shelf, found));
            }
            total += 1;
        })?;
        Ok((total, kept))
    }

    fn sorted(
        &self,
        view: &mut View<'_>,
        scope: &Scope,
        begin: &Begin,
        count: usize,
    ) -> Outcome<(usize, Vec<(usize, Found)>)> {
        let mut keys: Vec<(SortKey, Spot)> = Vec::new();
        let key = |shelf: usize, whole: &Resource| {
            let sort = self.shelves.get(shelf).and_then(|asked| asked.sort.as_ref());
            sort.map_or(SortKey::Missing, |sort| sort.key(whole))
        };
        self.walk(view, scope, |shelf, (id, whole)| keys.push((key(shelf, &whole), (shelf, id))))?;
        let Some(sort) = self.shelves.iter().find_map(|asked| asked.sort.as_ref()) else { return Ok((0, Vec::new())) };
        keys.sort_by(|one, other| sort.compare(&one.0, &other.0).then(one.1.cmp(&other.1)));
        let skip = match begin {
            Begin::Index(skip) => *skip,
            Begin::After(None) => 0,
            Begin::After(Some(spot)) => {
                let at = keys.iter().position(|(_, known)| known == spot);
                let gone = "What the cursor points at is gone: begin again with an empty cursor.";
                at.ok_or_else(|| ScimError::of(ErrorType::ExpiredCursor, gone))? + 1
            }
        };
        let spots: Vec<Spot> = keys.iter().skip(skip).take(count + 1).map(|(_, spot)| *spot).collect();
        let mut found = Vec::new();
        for (at, asked) in self.shelves.iter().enumerate() {
            let ids: Vec<Uuid> = spots.iter().filter(|(shelf, _)| *shelf == at).map(|(_, id)| *id).collect();
            if !ids.is_empty() {
                found.extend(asked.shelf.these(view, scope, &ids)?.into_iter().map(|found| (at, found)));
            }
        }
        found.sort_by_key(|(shelf, (id, _))| spots.iter().position(|spot| *spot == (*shelf, *id)));
        Ok((keys.len(), found))
    }

    /// What a cursor belongs to: another question has other cursors.
    fn mark(&self) -> Vec<u8> {
        let Query { filter, sort_by, descending, .. } = self.query;
        let shelves: Vec<Shelf> = self.shelves.iter().map(|asked| asked.shelf).collect();
        let digest = Sha256::digest(format!("{filter:?} {sort_by:?} {descending} {shelves:?}"));
        digest.iter().take(6).copied().collect()
    }

    fn encoded(&self, (shelf, id): Spot) -> String {
        let mut bytes = self.mark();
        bytes.push(u8::try_from(shelf).unwrap_or_default());
        bytes.extend(id.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    fn decoded(&self, cursor: &str) -> Result<Spot, ScimError> {
        let wrong = || ScimError::of(ErrorType::InvalidCursor, "cursor must be the nextCursor of this same question.");
        let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| wrong())?;
        let (mark, rest) = bytes.split_at_checked(6).ok_or_else(wrong)?;
        let (shelf, id) = rest.split_first().ok_or_else(wrong)?;
        let id = Uuid::from_slice(id).map_err(|_| wrong())?;
        if mark == self.mark() { Ok((usize::from(*shelf), id)) } else { Err(wrong()) }
    }
}
