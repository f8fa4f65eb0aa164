//! Makes notifications of events that are addressed to people: in their order, each once, by whichever instance.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use domain::PersonId;
use domain::exchange::notifications::{Notification, NotificationPreferences, RULES, telling_events, told};
use persistence::exchange::notifications as kept;
use persistence::exchange::outbox::{self, Happened, Reader};
use persistence::{View, Work};

use super::standing::Concern;
use crate::access::Actor;
use crate::app::App;
use crate::problem::Problem;

/// The name under which it is kept how far this has come.
const READER: &str = "notifications";
/// How many events are told in one step.
const AT_ONCE: u32 = 200;
/// How many events are passed over in one step.
const STRETCH: i64 = 5000;
/// How many steps are made at once; what is left is done the next time.
const STEPS: usize = 20;

/// What one step comes to.
struct Step {
    from: Reader,
    to: Reader,
    drafts: Vec<Notification>,
}

/// People at one moment, each loaded once.
#[derive(Default)]
struct People(HashMap<PersonId, Option<(Actor, NotificationPreferences)>>);

/// Tells what has happened since the last time.
pub(crate) fn due(app: &App) -> Result<(), Problem> {
    for _ in 0..STEPS {
        let Some(step) = app.database.read(app.clock.now(), |view| next(view, app))? else { return Ok(()) };
        app.write(|work| keep(work, &step))?;
    }
    Ok(())
}

fn keep(work: &mut Work<'_>, step: &Step) -> Result<(), Problem> {
    if step.from.advance(work, READER, step.to)? {
        for draft in &step.drafts {
            kept::insert_once(work, draft)?;
        }
    }
    Ok(())
}

fn next(view: &mut View<'_>, app: &App) -> Result<Option<Step>, Problem> {
    let from = Reader::of(view, READER)?;
    let last = outbox::last_position(view)?.min(from.position + STRETCH);
    if last <= from.position {
        return Ok(None);
    }
    let events = outbox::between(view, from.position, last, &telling_events(), AT_ONCE)?;
    let is_full = events.len() == usize::try_from(AT_ONCE).unwrap_or(usize::MAX);
    let position = events.last().filter(|_| is_full).map_or(last, |event| event.position);
    let people_of = outbox::people_of(view, &events)?;
    let (mut people, mut drafts) = (People::default(), Vec::new());
    for event in &events {
        for person in people_of.get(&event.seq).into_iter().flatten() {
            drafts.extend(draft(view, app, &mut people, event, *person)?);
        }
    }
    Ok(Some(Step { from, to: Reader { position, until: position, after: None }, drafts }))
}

fn draft(
    view: &mut View<'_>,
    app: &App,
    people: &mut People,
    event: &Happened,
    person: PersonId,
) -> Result<Option<Notification>, Problem> {
    let is_own = event.actor == Some(person);
    if is_own && !RULES.iter().any(|rule| rule.event == event.kind && rule.also_own) {
        return Ok(None);
    }
    let Some((actor, preferences)) = people.find(view, person)? else { return Ok(None) };
    let Some(concern) = Concern::find(view, actor, &event.subject_kind, event.subject_id)? else { return Ok(None) };
    let state = event.state.as_deref();
    let Some((kind, role)) = told(event.kind, state, &concern.parts, is_own) else { return Ok(None) };
    let now = view.now();
    Ok(Some(Notification {
        id: app.mint.id(now),
        revision: 1,
        person,
        kind,
        event: Some(event.seq),
        subject_kind: event.subject_kind.clone(),
        subject_id: event.subject_id,
        organisation: concern.organisation(role),
        role,
        state: event.state.clone(),
        finding: None,
        occurred_at: event.occurred_at,
        created_at: now,
        read_at: None,
        mail_at: preferences.mail_at(kind, now),
    }))
}

impl People {
    fn find(
        &mut self,
        view: &mut View<'_>,
        person: PersonId,
    ) -> Result<Option<&(Actor, NotificationPreferences)>, Problem> {
        let known = match self.0.entry(person) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                let actor = Actor::of_person(view, person)?;
                let known = actor.map(|actor| Ok::<_, Problem>((actor, kept::preferences_of(view, person)?)));
                unknown.insert(known.transpose()?)
            }
        };
        Ok(known.as_ref())
    }
}
