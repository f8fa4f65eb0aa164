//! Makes messages of what channels found: of all that waits together, and none while another still waits to be sent.

use domain::ChannelId;
use domain::exchange::channels::ChannelDelivery;
use persistence::Work;
use persistence::exchange::channels::{self as kept, deliveries, hits};
use persistence::market::assignments;

use super::finding::Eyes;
use crate::app::App;
use crate::problem::Problem;

/// At most so many channels are told at once; the others are the next time.
const AT_ONCE: u32 = 200;
/// How many klussen one message counts; what is left comes in another.
const TOGETHER: usize = 100;

/// Makes what is due, each channel in a transaction of its own that looks again.
pub(super) fn due(app: &App) -> Result<(), Problem> {
    let due = app.database.read::<_, Problem>(app.clock.now(), |view| Ok(hits::to_tell(view, AT_ONCE)?))?;
    due.into_iter().try_for_each(|id| app.write(|work| tell(work, id)))
}

fn tell(work: &mut Work<'_>, id: ChannelId) -> Result<(), Problem> {
    let now = work.now();
    let Some(channel) = kept::find(work, id)? else { return Ok(()) };
    if channel.next_telling_at.is_none_or(|at| now < at) || deliveries::is_any_waiting(work, id)? {
        return Ok(());
    }
    let waiting = hits::waiting(work, id, TOGETHER)?;
    let (mut eyes, mut seen) = (Eyes::default(), Vec::new());
    for assignment in assignments::find_many(work, &waiting)? {
        // What closed meanwhile, or is not for everybody there any more, is not told.
        if eyes.see(work, channel.organisation, &assignment)? {
            seen.push(assignment.id);
        }
    }
    seen.sort_unstable();
    if !seen.is_empty() {
        deliveries::insert(work, ChannelDelivery::make(work.id(), id, seen, now))?;
    }
    let rest = (waiting.len() == TOGETHER).then_some(now);
    Ok(hits::note_told(work, id, &waiting, rest)?)
}
