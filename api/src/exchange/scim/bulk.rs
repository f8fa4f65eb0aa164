//! Many operations in one request. Each succeeds or fails by itself; users that are added one after the other share a
//! transaction as long as none of them fails.

use std::collections::HashMap;

use actix_web::post;
use domain::{StaffMemberId, UnitId};
use interchange::scim::bulk::{Bulk, Operation, Outcome as Line, response};
use interchange::scim::{ErrorType, GROUP, Resource, ScimError, USER, patch, read};
use serde_json::Value;
use uuid::Uuid;

use super::body::{IfVersion, SentInBulk};
use super::bulk_order::{Order, Step};
use super::failure::{Failure, Outcome};
use super::feed::Feed;
use super::reply::{Told, meta};
use super::{BULK_OPERATIONS, group_store, user_store};

#[post("/Bulk")]
pub(super) async fn do_all(feed: Feed, SentInBulk(body): SentInBulk) -> Outcome<Told> {
    let bulk = Bulk::parse(body, BULK_OPERATIONS)?;
    let lines = feed.blocking(move |feed| Ok(Run::of(feed, bulk).all())).await?;
    Ok(Told::message(response(lines)))
}

/// A request that is being carried out.
struct Run<'f> {
    feed: &'f Feed,
    operations: Vec<Operation>,
    most_errors: usize,
    /// The ids of what operations make, chosen beforehand so that all can refer to all.
    ids: HashMap<String, String>,
    lines: Vec<Option<Line>>,
    errors: usize,
}

impl<'f> Run<'f> {
    fn of(feed: &'f Feed, bulk: Bulk) -> Self {
        let Bulk { fail_on_errors, operations } = bulk;
        let now = feed.app().clock.now();
        let made = operations.iter().filter(|operation| operation.method == "POST");
        let ids = made.filter_map(|operation| {
            let id: Uuid = feed.app().mint.id(now);
            Some((operation.bulk_id.clone()?, id.to_string()))
        });
        let ids = ids.collect();
        let lines = operations.iter().map(|_| None).collect();
        Self { feed, operations, most_errors: fail_on_errors.unwrap_or(usize::MAX), ids, lines, errors: 0 }
    }

    fn all(mut self) -> Vec<Value> {
        let mut order = Order::of(&self.operations);
        while let Some(step) = order.next().filter(|_| self.goes_on()) {
            match step {
                Step::Users(together) => self.add_users(&together),
                Step::One(at) => self.do_one(at),
            }
        }
        let lines = self.operations.iter().zip(&self.lines);
        lines.filter_map(|(operation, line)| line.as_ref().map(|line| operation.answered(line))).collect()
    }

    fn goes_on(&self) -> bool {
        self.errors < self.most_errors
    }

    fn put(&mut self, at: usize, outcome: Result<Line, Failure>) {
        let line = outcome.unwrap_or_else(|failure| {
            self.errors += 1;
            let error = failure.error().clone();
            Line { status: error.status, location: None, version: None, error: Some(error) }
        });
        if let Some(place) = self.lines.get_mut(at) {
            *place = Some(line);
        }
    }

    /// The operation with ids for what it refers to; an error where nothing makes that, or failed to.
    fn resolved(&self, at: usize) -> Outcome<Operation> {
        let found = self.operations.get(at).cloned();
        let operation = found.ok_or_else(|| ScimError::status(500, "There is no such operation."))?;
        for reference in operation.references() {
            let made = self.operations.iter().position(|other| other.bulk_id.as_ref() == Some(&reference));
            let failed = made.and_then(|made| self.lines.get(made)?.as_ref()).is_some_and(|line| line.error.is_some());
            if failed || !self.ids.contains_key(&reference) {
                let shown: String = reference.chars().take(60).collect();
                let detail = format!("bulkId:{shown} must be the bulkId of a POST that succeeds.");
                return Err(ScimError::of(ErrorType::InvalidValue, detail).into());
            }
        }
        Ok(operation.resolved(&self.ids))
    }

    fn own_id(&self, operation: &Operation) -> Option<Uuid> {
        operation.bulk_id.as_ref().and_then(|id| self.ids.get(id)).and_then(|id| id.parse().ok())
    }

    fn add_users(&mut self, together: &[usize]) {
        let mut drafts = Vec::new();
        for &at in together {
            let draft = self.resolved(at).and_then(|operation| {
                let id = self.own_id(&operation).map(StaffMemberId::from);
                Ok((id, user_store::told(operation.data)?))
            });
            match draft {
                Ok(draft) => drafts.push((at, draft)),
                Err(failure) => self.put(at, Err(failure)),
            }
        }
        self.add(&drafts);
    }

    /// Adds all of them in one transaction; where one is at fault, each half by itself.
    fn add(&mut self, drafts: &[(usize, (Option<StaffMemberId>, domain::exchange::staff::StaffDetails))]) {
        if drafts.is_empty() || !self.goes_on() {
            return;
        }
        let told: Vec<_> = drafts.iter().map(|(_, draft)| draft.clone()).collect();
        match self.feed.change(|work, scope| user_store::create(work, scope, told.clone())) {
            Ok(made) => drafts.iter().zip(made).for_each(|((at, _), whole)| self.put(*at, Ok(line(201, &whole)))),
            Err(failure) if drafts.len() == 1 || failure.error().status >= 500 => {
                drafts.iter().for_each(|(at, _)| self.put(*at, Err(failure.clone())));
            }
            Err(_) => {
                let (first, second) = drafts.split_at(drafts.len() / 2);
                self.add(first);
                self.add(second);
            }
        }
    }

    fn do_one(&mut self, at: usize) {
        let outcome = self.resolved(at).and_then(|operation| self.done(operation));
        self.put(at, outcome);
    }

    fn done(&self, operation: Operation) -> Result<Line, Failure> {
        let id = self.own_id(&operation);
        let Operation { method, path, version, data, .. } = operation;
        let seen = IfVersion::of(version.as_deref());
        let (kind, name) = path.trim_matches('/').split_once('/').unwrap_or((path.trim_matches('/'), ""));
        let one = (name, &seen);
        match (method.as_str(), kind.to_ascii_lowercase().as_str(), name) {
            ("POST", "groups", "") => {
                let wanted = read(&GROUP, data)?;
                let id = id.map(UnitId::from);
                self.changed(201, |work, scope| group_store::create(work, scope, id, &wanted))
            }
            ("PUT", "users", _) => {
                let wanted = read(&USER, data)?;
                self.changed(200, |work, scope| user_store::replace(work, scope, one, wanted.clone()))
            }
            ("PUT", "groups", _) => {
                let wanted = read(&GROUP, data)?;
                self.changed(200, |work, scope| group_store::replace(work, scope, one, &wanted))
            }
            ("PATCH", "users", _) => {
                let changes = patch::parse(&data)?;
                self.changed(200, |work, scope| user_store::patch(work, scope, one, &changes))
            }
            ("PATCH", "groups", _) => {
                let changes = patch::parse(&data)?;
                self.changed(204, |work, scope| group_store::patch(work, scope, one, &changes))
            }
            ("DELETE", "users", _) => self.removed(|work, scope| user_store::delete(work, scope, one)),
            ("DELETE", "groups", _) => self.removed(|work, scope| group_store::delete(work, scope, one)),
            _ => Err(ScimError::status(404, "path must be /Users or /Groups, with the id behind it.").into()),
        }
    }

    fn changed(
        &self,
        status: u16,
        body: impl Fn(&mut persistence::Work<'_>, &super::feed::Scope) -> Outcome<Resource>,
    ) -> Result<Line, Failure> {
        self.feed.change(body).map(|whole| line(status, &whole))
    }

    fn removed(
        &self,
        body: impl Fn(&mut persistence::Work<'_>, &super::feed::Scope) -> Outcome<()>,
    ) -> Result<Line, Failure> {
        self.feed.change(body)?;
        Ok(Line { status: 204, location: None, version: None, error: None })
    }
}

fn line(status: u16, whole: &Resource) -> Line {
    Line { status, location: meta(whole, "location"), version: meta(whole, "version"), error: None }
}
