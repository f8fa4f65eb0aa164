//! Pages by cursor, in a total order: a sort text or moment first, the identifier last.

use uuid::Uuid;

use crate::columns::{At, Key};

/// Which way a page lies from its cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// After it.
    Next,
    /// Before it.
    Previous,
}

/// A place between two rows: the sort value of a row, and its identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// Which way to go from here.
    pub direction: Direction,
    /// The sort value; empty where the identifier alone orders.
    pub key: String,
    /// The identifier.
    pub id: Uuid,
}

/// Which page is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRequest {
    /// From where; the first page without one.
    pub cursor: Option<Cursor>,
    /// At most this many rows.
    pub limit: u32,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
    /// Where the previous page ends, if there is one.
    pub previous: Option<Cursor>,
}

impl PageRequest {
    /// The first rows.
    pub fn first(limit: u32) -> Self {
        Self { cursor: None, limit }
    }

    /// How many rows to fetch: one more than shown, to know whether there are more.
    pub fn fetch(&self) -> i64 {
        i64::from(self.limit) + 1
    }

    /// Whether the rows before the cursor are asked for, nearest first.
    pub fn is_backward(&self) -> bool {
        self.cursor.as_ref().is_some_and(|cursor| cursor.direction == Direction::Previous)
    }

    /// Makes a page of the rows that were fetched, in the order in which they were (backward pages: reversed).
    pub fn page<T>(&self, mut items: Vec<T>, place: impl Fn(&T) -> (String, Uuid)) -> Page<T> {
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let more = items.len() > limit;
        items.truncate(limit);
        if self.is_backward() {
            items.reverse();
        }
        let (after, before) = if self.is_backward() { (true, more) } else { (more, self.cursor.is_some()) };
        let cursor = |item: Option<&T>, direction| {
            item.map(|item| {
                let (key, id) = place(item);
                Cursor { direction, key, id }
            })
        };
        let next = after.then(|| cursor(items.last(), Direction::Next)).flatten();
        let previous = before.then(|| cursor(items.first(), Direction::Previous)).flatten();
        Page { items, next, previous }
    }
}

impl<T> Page<T> {
    /// The same page with each row turned into something else.
    pub fn map<U>(self, turn: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(turn).collect(), next: self.next, previous: self.previous }
    }

    /// The same page with all rows turned into something else at once; their number and order stay.
    pub fn map_all<U, E>(self, turn: impl FnOnce(Vec<T>) -> Result<Vec<U>, E>) -> Result<Page<U>, E> {
        Ok(Page { items: turn(self.items)?, next: self.next, previous: self.previous })
    }

    /// The same page with each row turned into something else, if that succeeds for all.
    pub fn try_map<U, E>(self, turn: impl FnMut(T) -> Result<U, E>) -> Result<Page<U>, E> {
        let items = self.items.into_iter().map(turn).collect::<Result<_, E>>()?;
        Ok(Page { items, next: self.next, previous: self.previous })
    }
}

/// Orders a boxed query by identifier, newest first, and cuts it at the cursor.
macro_rules! newest_first {
    ($query:expr, $request:expr, $id:expr) => {{
        let request: &$crate::PageRequest = $request;
        let cut = request.cursor.as_ref().map(|cursor| $crate::columns::Key(cursor.id));
        let query = $query;
        let query = match (cut, request.is_backward()) {
            (Some(cut), false) => query.filter($id.lt(cut)),
            (Some(cut), true) => query.filter($id.gt(cut)),
            (None, _) => query,
        };
        if request.is_backward() {
            query.order($id.asc()).limit(request.fetch())
        } else {
            query.order($id.desc()).limit(request.fetch())
        }
    }};
}

/// Orders a boxed query by a text column, then by identifier, and cuts it at the cursor.
macro_rules! by_text {
    ($query:expr, $request:expr, $text:expr, $id:expr) => {{
        let request: &$crate::PageRequest = $request;
        let cut = request.cursor.as_ref().map(|cursor| (cursor.key.clone(), $crate::columns::Key(cursor.id)));
        let query = $query;
        let query = match (cut, request.is_backward()) {
            (Some((key, id)), false) => query.filter($text.ge(key.clone())).filter($text.gt(key).or($id.gt(id))),
            (Some((key, id)), true) => query.filter($text.le(key.clone())).filter($text.lt(key).or($id.lt(id))),
            (None, _) => query,
        };
        if request.is_backward() {
            query.order(($text.desc(), $id.desc())).limit(request.fetch())
        } else {
            query.order(($text.asc(), $id.asc())).limit(request.fetch())
        }
    }};
}

/// Orders a boxed query by a moment, then by identifier, newest first, and cuts it at the cursor.
macro_rules! by_moment {
    ($query:expr, $request:expr, $moment:expr, $id:expr) => {{
        let request: &$crate::PageRequest = $request;
        let cut = request.cursor.as_ref().and_then($crate::page::moment_of);
        let query = $query;
        let query = match (cut, request.is_backward()) {
            (Some((at, id)), false) => query.filter($moment.le(at)).filter($moment.lt(at).or($id.lt(id))),
            (Some((at, id)), true) => query.filter($moment.ge(at)).filter($moment.gt(at).or($id.gt(id))),
            (None, _) => query,
        };
        if request.is_backward() {
            query.order(($moment.asc(), $id.asc())).limit(request.fetch())
        } else {
            query.order(($moment.desc(), $id.desc())).limit(request.fetch())
        }
    }};
}

/// Orders a boxed query by a moment, then by identifier, the earliest moment first and the newest of equals, and cuts it at
/// the cursor.
macro_rules! by_soonest {
    ($query:expr, $request:expr, $moment:expr, $id:expr) => {{
        let request: &$crate::PageRequest = $request;
        let cut = request.cursor.as_ref().and_then($crate::page::moment_of);
        let query = $query;
        let query = match (cut, request.is_backward()) {
            (Some((at, id)), false) => query.filter($moment.ge(at)).filter($moment.gt(at).or($id.lt(id))),
            (Some((at, id)), true) => query.filter($moment.le(at)).filter($moment.lt(at).or($id.gt(id))),
            (None, _) => query,
        };
        if request.is_backward() {
            query.order(($moment.desc(), $id.asc())).limit(request.fetch())
        } else {
            query.order(($moment.asc(), $id.desc())).limit(request.fetch())
        }
    }};
}
pub(crate) use {by_moment, by_soonest, by_text, newest_first};

/// The moment as it stands in a cursor.
pub(crate) fn moment_key(at: At) -> String {
    at.0.timestamp_micros().to_string()
}

/// The place in a list by moments that a cursor names; none where its key is no moment.
pub(crate) fn moment_of(cursor: &Cursor) -> Option<(At, Key)> {
    let moment = chrono::DateTime::from_timestamp_micros(cursor.key.parse().ok()?)?;
    Some((At(moment), Key(cursor.id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(item: &u128) -> (String, Uuid) {
        (String::new(), Uuid::from_u128(*item))
    }

    #[test]
    fn a_first_page_has_no_previous_and_a_last_page_no_next() {
        let first = PageRequest::first(2).page(vec![9, 8, 7], place);
        assert_eq!((first.items, first.previous), (vec![9, 8], None));
        let cursor = first.next.unwrap();
        assert_eq!((cursor.direction, cursor.id), (Direction::Next, Uuid::from_u128(8)));
        let last = PageRequest { cursor: Some(cursor), limit: 2 }.page(vec![7], place);
        assert_eq!((last.items, last.next), (vec![7], None));
        assert_eq!(last.previous.unwrap().id, Uuid::from_u128(7));
    }

    #[test]
    fn a_page_backward_is_turned_round() {
        let cursor = Cursor { direction: Direction::Previous, key: String::new(), id: Uuid::from_u128(5) };
        let page = PageRequest { cursor: Some(cursor), limit: 2 }.page(vec![6, 7, 8], place);
        assert_eq!(page.items, vec![7, 6]);
        assert_eq!(page.next.unwrap().id, Uuid::from_u128(6));
        assert_eq!(page.previous.unwrap().id, Uuid::from_u128(7));
    }
}
