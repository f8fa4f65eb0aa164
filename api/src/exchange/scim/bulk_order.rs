//! In which order many operations are done: as they stand, but those that refer to what a later one makes wait for
//! it. Users that are added one after the other are added together; who their manager is may become known later.

use std::collections::{HashMap, HashSet};

use interchange::scim::bulk::Operation;

/// What is done next.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// These add users: together.
    Users(Vec<usize>),
    /// This one.
    One(usize),
}

/// The operations that are still to be done.
pub(super) struct Order {
    waiting: Vec<usize>,
    needs: Vec<Vec<String>>,
    adds_user: Vec<bool>,
    made_by: HashMap<String, usize>,
    settled: HashSet<usize>,
}

impl Order {
    pub(super) fn of(operations: &[Operation]) -> Self {
        let made_by: HashMap<String, usize> = operations
            .iter()
            .enumerate()
            .filter_map(|(at, operation)| operation.bulk_id.clone().map(|id| (id, at)))
            .collect();
        Self {
            waiting: (0..operations.len()).collect(),
            needs: operations.iter().map(Operation::references).collect(),
            adds_user: operations.iter().map(adds_user).collect(),
            made_by,
            settled: HashSet::new(),
        }
    }

    /// The first that nothing stands in the way of; where each waits for another, the first.
    pub(super) fn next(&mut self) -> Option<Step> {
        let at = self.waiting.iter().position(|operation| self.is_ready(*operation)).unwrap_or_default();
        if self.waiting.is_empty() {
            return None;
        }
        let first = self.waiting.remove(at);
        self.settled.insert(first);
        if !self.adds(first) {
            return Some(Step::One(first));
        }
        let mut together = vec![first];
        while let Some(next) = self.waiting.get(at).copied().filter(|next| self.adds(*next)) {
            self.waiting.remove(at);
            self.settled.insert(next);
            together.push(next);
        }
        Some(Step::Users(together))
    }

    fn adds(&self, operation: usize) -> bool {
        self.adds_user.get(operation).copied().unwrap_or_default()
    }

    fn is_ready(&self, operation: usize) -> bool {
        let needs = self.needs.get(operation).into_iter().flatten();
        let made = |id: &String| self.made_by.get(id).is_none_or(|at| self.settled.contains(at));
        self.adds(operation) || needs.into_iter().all(made)
    }
}

/// Whether an operation adds a user.
fn adds_user(operation: &Operation) -> bool {
    operation.method == "POST" && operation.path.trim_end_matches('/').eq_ignore_ascii_case("/Users")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn steps(operations: serde_json::Value) -> Vec<Step> {
        let bulk = interchange::scim::bulk::Bulk::parse(json!({"Operations": operations}), 100).unwrap();
        let mut order = Order::of(&bulk.operations);
        std::iter::from_fn(|| order.next()).collect()
    }

    #[test]
    fn users_are_added_together_and_what_refers_to_later_ones_waits() {
        let user = |id: &str, manager: &str| json!({"method": "POST", "path": "/Users", "bulkId": id, "data": {"manager": format!("bulkId:{manager}")}});
        let group =
            json!({"method": "POST", "path": "/Groups", "bulkId": "g", "data": {"members": [{"value": "bulkId:c"}]}});
        let remove = json!({"method": "DELETE", "path": "/Users/1"});
        let all = json!([user("a", "b"), user("b", "c"), group, remove, user("c", "a")]);
        assert_eq!(steps(all), [Step::Users(vec![0, 1]), Step::One(3), Step::Users(vec![4]), Step::One(2)]);
    }

    #[test]
    fn what_waits_for_itself_is_done_in_the_end() {
        let patch =
            json!({"method": "POST", "path": "/Groups", "bulkId": "a", "data": {"members": [{"value": "bulkId:a"}]}});
        assert_eq!(steps(json!([patch])), [Step::One(0)]);
    }
}
