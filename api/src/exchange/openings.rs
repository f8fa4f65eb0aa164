//! Lays what somebody keeps looking for beside klussen that newly opened. The work follows what happened: a page of
//! openings with a page of those who look at a time, each once, by whichever instance.

use domain::market::assignments::Assignment;
use domain::market::criteria::{AssignmentCriteria, Findable};
use domain::{AssignmentId, EventKind};
use persistence::exchange::outbox::{self, Reader};
use persistence::market::assignments;
use persistence::{View, Work};
use uuid::Uuid;

use crate::app::App;
use crate::problem::Problem;

/// How many openings are looked at together.
const OPENINGS: u32 = 50;
/// How many of those who look are laid beside them in one step.
const SEEKERS: u32 = 500;
/// How many events are passed over in one step.
const STRETCH: i64 = 5000;
/// How many steps are made at once; what is left is done the next time.
const STEPS: usize = 20;

/// What opens a klus to more people.
const OPENING: &[EventKind] = &[EventKind::AssignmentPublished, EventKind::AssignmentRingOpened];

/// What is kept to look again when klussen open: a saved search, a channel.
pub(super) trait Seeker: Sized {
    /// The name under which it is kept how far the looking has come.
    const READER: &'static str;
    /// What is known at one moment of those who look.
    type Eyes: Default;

    /// Those that are told something, in the order of their ids, after this one.
    fn page(view: &mut View<'_>, after: Option<Uuid>, limit: u32) -> Result<Vec<Self>, Problem>;
    /// Which one.
    fn id(&self) -> Uuid;
    /// Which klussen are meant.
    fn criteria(&self) -> &AssignmentCriteria;
    /// Whether a klus is open to whoever it looks for.
    fn sees(&self, view: &mut View<'_>, eyes: &mut Self::Eyes, assignment: &Assignment) -> Result<bool, Problem>;
    /// Notes that it found a klus, once.
    fn note_found(work: &mut Work<'_>, id: Uuid, assignment: AssignmentId) -> Result<(), Problem>;
}

/// What one step comes to.
struct Step {
    from: Reader,
    to: Reader,
    found: Vec<(Uuid, AssignmentId)>,
}

/// Looks at what has opened since the last time.
pub(super) fn due<S: Seeker>(app: &App) -> Result<(), Problem> {
    for _ in 0..STEPS {
        let Some(step) = app.database.read(app.clock.now(), next::<S>)? else { return Ok(()) };
        app.write(|work| {
            if step.from.advance(work, S::READER, step.to)? {
                for (seeker, assignment) in &step.found {
                    S::note_found(work, *seeker, *assignment)?;
                }
            }
            Ok(())
        })?;
    }
    Ok(())
}

fn next<S: Seeker>(view: &mut View<'_>) -> Result<Option<Step>, Problem> {
    let from = Reader::of(view, S::READER)?;
    let is_under_way = from.position < from.until;
    let last = if is_under_way { from.until } else { outbox::last_position(view)?.min(from.position + STRETCH) };
    if last <= from.position {
        return Ok(None);
    }
    let openings = outbox::between(view, from.position, last, OPENING, OPENINGS)?;
    let is_full = openings.len() == usize::try_from(OPENINGS).unwrap_or(usize::MAX);
    let until = openings.last().filter(|_| is_full && !is_under_way).map_or(last, |opening| opening.position);
    let mut ids: Vec<AssignmentId> = openings.iter().map(|opening| opening.subject_id.into()).collect();
    ids.sort_unstable();
    ids.dedup();
    let now = view.now();
    let open: Vec<Findable> =
        assignments::findable(view, &ids)?.into_iter().filter(|found| found.assignment.is_open(now)).collect();
    let done = Reader { position: until, until, after: None };
    if open.is_empty() {
        return Ok(Some(Step { from, to: done, found: Vec::new() }));
    }
    let seekers = S::page(view, from.after, SEEKERS)?;
    let is_last = seekers.len() < usize::try_from(SEEKERS).unwrap_or(usize::MAX);
    let after = seekers.last().filter(|_| !is_last).map(Seeker::id);
    let to = if is_last { done } else { Reader { position: from.position, until, after } };
    let mut found = Vec::new();
    let mut eyes = S::Eyes::default();
    for seeker in seekers {
        for it in open.iter().filter(|it| seeker.criteria().fits(it)) {
            if seeker.sees(view, &mut eyes, &it.assignment)? {
                found.push((seeker.id(), it.assignment.id));
            }
        }
    }
    Ok(Some(Step { from, to, found }))
}
