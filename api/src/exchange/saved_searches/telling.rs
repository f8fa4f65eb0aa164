//! Tells what saved searches found: each klus at once, or what waits together.

use domain::exchange::notifications::{Finding, Notification, NotificationKind};
use domain::exchange::saved_searches::{AlertFrequency, SavedSearch};
use domain::{AssignmentId, Identifier as _, SavedSearchId};
use persistence::Work;
use persistence::exchange::{notifications, saved_searches as kept};
use persistence::market::assignments;

use super::finding::Eyes;
use crate::app::App;
use crate::problem::Problem;

/// At most so many searches tell something at once; the others do the next time.
const AT_ONCE: u32 = 200;
/// How many klussen one digest names; what is left comes in another.
const TOGETHER: usize = 50;

/// Tells what is due, each search in a transaction of its own that looks again.
pub(super) fn due(app: &App) -> Result<(), Problem> {
    let due = app.database.read::<_, Problem>(app.clock.now(), |view| Ok(kept::to_tell(view, AT_ONCE)?))?;
    for id in due {
        app.write(|work| tell(work, id))?;
    }
    Ok(())
}

fn tell(work: &mut Work<'_>, id: SavedSearchId) -> Result<(), Problem> {
    let now = work.now();
    let Some(search) = kept::find(work, id)? else { return Ok(()) };
    if search.next_telling_at.is_none_or(|at| now < at) {
        return Ok(());
    }
    let waiting = kept::waiting(work, id, TOGETHER)?;
    let (mut eyes, mut seen) = (Eyes::default(), Vec::new());
    let mut found = assignments::find_many(work, &waiting)?;
    found.sort_unstable_by_key(|assignment| assignment.id);
    for assignment in found {
        // With the rights of this moment: what closed or is not theirs to see any more is not told.
        if eyes.see(work, search.person, &assignment)? {
            seen.push(assignment.id);
        }
    }
    let told = match search.details.frequency {
        AlertFrequency::None => Vec::new(),
        AlertFrequency::Immediate => seen.iter().map(|assignment| vec![*assignment]).collect(),
        AlertFrequency::Daily | AlertFrequency::Weekly => vec![seen],
    };
    for assignments in told.into_iter().filter(|assignments| !assignments.is_empty()) {
        let notification = notification(work, &search, assignments)?;
        notifications::insert_once(work, &notification)?;
    }
    let rest = (waiting.len() == TOGETHER).then_some(now);
    Ok(kept::note_told(work, id, &waiting, rest)?)
}

fn notification(
    work: &mut Work<'_>,
    search: &SavedSearch,
    assignments: Vec<AssignmentId>,
) -> Result<Notification, Problem> {
    let now = work.now();
    let single = assignments.first().filter(|_| search.details.frequency == AlertFrequency::Immediate).copied();
    let (kind, subject_kind, subject_id) = match single {
        Some(assignment) => (NotificationKind::SavedSearchMatch, AssignmentId::NOUN, assignment.into()),
        None => (NotificationKind::SavedSearchDigest, SavedSearchId::NOUN, search.id.into()),
    };
    let preferences = notifications::preferences_of(work, search.person)?;
    Ok(Notification {
        id: work.id(),
        revision: 1,
        person: search.person,
        kind,
        event: None,
        subject_kind: subject_kind.to_owned(),
        subject_id,
        organisation: None,
        role: None,
        state: None,
        finding: Some(Finding { search: search.id, assignments }),
        occurred_at: now,
        created_at: now,
        read_at: None,
        mail_at: preferences.mail_at(kind, now),
    })
}
