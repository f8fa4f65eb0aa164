//! Lifecycles: the very rows that the service decides by.

use actix_web::get;
use actix_web::web::Path;
use domain::{Language, LifecycleDescription, Part, Refusal, TransitionDescription};
use serde::Serialize;
use utoipa::ToSchema;

use crate::caller::Visitor;
use crate::reply::{Answer, Reply};

/// The states of one kind of thing, and what leads from one to another
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Lifecycle)]
pub struct LifecycleView {
    /// The kind of thing, in the plural
    #[schema(max_length = 80, example = "assignments")]
    name: &'static str,
    /// All states
    #[schema(max_items = 100)]
    states: Vec<StateView>,
    /// The rows; what no row lists cannot be done and is answered with 409
    #[schema(max_items = 1000)]
    transitions: Vec<TransitionView>,
}

/// A state
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LifecycleState)]
pub struct StateView {
    /// The state as it stands in representations
    #[schema(max_length = 80, example = "OPEN")]
    value: &'static str,
    /// Whether a new thing may begin here
    initial: bool,
    /// Whether nothing leads away from here
    last: bool,
}

/// One way from a state to another
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LifecycleTransition)]
pub struct TransitionView {
    /// The state before
    #[schema(max_length = 80, example = "OPEN")]
    from: &'static str,
    /// What is done
    #[schema(max_length = 80, example = "CLOSE")]
    action: &'static str,
    /// The state after
    #[schema(max_length = 80, example = "CLOSED")]
    to: &'static str,
    /// Who may do it, each by the part they play with regard to the thing
    #[schema(max_items = 20)]
    by: &'static [Part],
    /// What else must hold; null where nothing else
    #[schema(max_length = 1000, example = "the deadline has passed")]
    guard: Option<&'static str>,
    /// What it causes besides the state; null where nothing
    #[schema(max_length = 1000, example = "everybody who responded is told")]
    effect: Option<&'static str>,
}

/// The lifecycles of all kinds of things
#[derive(Serialize, ToSchema)]
#[schema(as = LifecycleList)]
pub struct LifecycleListView {
    /// One for each kind of thing that has states
    #[schema(max_items = 100)]
    items: Vec<LifecycleView>,
}

/// List the lifecycles
///
/// These are the very tables that the service decides by.
#[utoipa::path(tag = "reference", responses((status = 200, description = "All lifecycles", body = LifecycleListView)))]
#[get("/lifecycles")]
pub(crate) async fn list_lifecycles(_visitor: Visitor) -> Answer<LifecycleListView> {
    let items = domain::lifecycles().into_iter().map(LifecycleView::from).collect();
    // Guards and effects are written in English only.
    Ok(Reply::shown(LifecycleListView { items }).spoken(Language::English))
}

/// Get the lifecycle of one kind of thing
#[utoipa::path(tag = "reference",
    params(("name" = String, Path, description = "The kind of thing, in the plural", max_length = 80, example = "assignments")),
    responses((status = 200, description = "The lifecycle", body = LifecycleView)))]
#[get("/lifecycles/{name}")]
pub(crate) async fn get_lifecycle(_visitor: Visitor, name: Path<String>) -> Answer<LifecycleView> {
    let found = domain::lifecycles().into_iter().find(|lifecycle| lifecycle.name == *name);
    let found = found.ok_or_else(|| Refusal::hidden("lifecycle"))?;
    Ok(Reply::shown(LifecycleView::from(found)).spoken(Language::English))
}

impl From<LifecycleDescription> for LifecycleView {
    fn from(lifecycle: LifecycleDescription) -> Self {
        let LifecycleDescription { name, states, initial, transitions } = lifecycle;
        let leads_on = |state: &str| transitions.iter().any(|row| row.from == state);
        let states = states.into_iter().map(|value| StateView {
            value,
            initial: initial.contains(&value),
            last: !leads_on(value),
        });
        let states = states.collect();
        Self { name, states, transitions: transitions.into_iter().map(TransitionView::from).collect() }
    }
}

impl From<TransitionDescription> for TransitionView {
    fn from(row: TransitionDescription) -> Self {
        let TransitionDescription { from, action, to, by, guard, effect } = row;
        let some = |text: &'static str| (!text.is_empty()).then_some(text);
        Self { from, action, to, by, guard: some(guard), effect: some(effect) }
    }
}
