//! Conversations: two people meet, and each says whether there was a click.

use ConversationAction as Do;
use ConversationState as Is;

use super::codes::{CONVERSATION_STILL_TO_COME, RESPONSE_NOT_READY};
use super::responses::{Response, ResponseState};
use crate::lifecycle::{may_begin, row};
use crate::{ConversationId, Lifecycle, Moment, Part, Refusal, ResponseId, text_enum};

text_enum! {
    /// The state of a conversation
    ConversationState {
        Planned = "PLANNED", "Planned", "Gepland";
        Held = "HELD", "Took place", "Gehouden";
        Cancelled = "CANCELLED", "Cancelled", "Afgezegd";
    }
}

text_enum! {
    /// What can be done with a conversation
    ConversationAction {
        Reschedule = "RESCHEDULE", "Reschedule", "Verzetten";
        Hold = "HOLD", "Record that it took place", "Vastleggen dat het gesprek plaatsvond";
        Cancel = "CANCEL", "Cancel", "Afzeggen";
        SayClick = "SAY_CLICK", "Say whether there was a click", "Zeggen of er een klik was";
        WriteNote = "WRITE_NOTE", "Write a private note", "Een eigen notitie maken";
    }
}

text_enum! {
    /// Whether there was a click (klik)
    Click {
        Yes = "YES", "There was a click", "Er was een klik";
        No = "NO", "There was no click", "Er was geen klik";
    }
}

const BOTH: &[Part] = &[Part::Employee, Part::Client];

/// Who may plan a conversation.
pub const BEGUN_BY: &[Part] = BOTH;

/// The lifecycle of a conversation.
pub static LIFECYCLE: Lifecycle<ConversationState, ConversationAction> = Lifecycle {
    name: "conversations",
    initial: &[Is::Planned],
    rows: &[
        row(Is::Planned, Do::Reschedule, Is::Planned, BOTH, "a moment to come", "the other side is told"),
        row(Is::Planned, Do::Hold, Is::Held, BOTH, "not before the planned moment", ""),
        row(
            Is::Planned,
            Do::Cancel,
            Is::Cancelled,
            &[Part::Employee, Part::Client, Part::Service],
            "",
            "both are told",
        ),
        row(Is::Planned, Do::WriteNote, Is::Planned, BOTH, "", "only the own side reads it"),
        row(Is::Held, Do::SayClick, Is::Held, BOTH, "each for their own side", "the light S5 follows"),
        row(Is::Held, Do::WriteNote, Is::Held, BOTH, "", "only the own side reads it"),
    ],
};

/// What one side made of a conversation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Side {
    /// Whether there was a click; none until it is said.
    pub click: Option<Click>,
    /// When that was said.
    pub said_at: Option<Moment>,
    /// A note that the other side never reads.
    pub note: Option<String>,
}

/// A conversation (kennismaking) between an employee and a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    /// Identifies it.
    pub id: ConversationId,
    /// Counts its changes.
    pub revision: i64,
    /// The dossier.
    pub response: ResponseId,
    /// When it is planned.
    pub planned_at: Moment,
    /// Where, or by which means.
    pub place: Option<String>,
    /// Its state.
    pub state: ConversationState,
    /// When it took place.
    pub held_at: Option<Moment>,
    /// The side of the employee.
    pub employee: Side,
    /// The side of the client.
    pub client: Side,
    /// When it was planned first.
    pub created_at: Moment,
    /// When it last changed.
    pub modified_at: Moment,
}

impl Conversation {
    /// Plans a conversation about a response that is that far.
    pub fn plan(
        id: ConversationId,
        response: &Response,
        planned_at: Moment,
        place: Option<String>,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        may_begin("conversation", BEGUN_BY, parts)?;
        let far = [ResponseState::InConversation, ResponseState::Offered, ResponseState::Accepted];
        if !far.contains(&response.state) {
            return Err(RESPONSE_NOT_READY.refuse(format!(
                "A conversation is planned while the response is IN_CONVERSATION, OFFERED or ACCEPTED; it is {}.",
                response.state
            )));
        }
        Ok(Self {
            id,
            revision: 1,
            response: response.id,
            planned_at,
            place,
            state: ConversationState::Planned,
            held_at: None,
            employee: Side::default(),
            client: Side::default(),
            created_at: now,
            modified_at: now,
        })
    }

    /// Plans it for another moment.
    pub fn reschedule(
        self,
        planned_at: Moment,
        place: Option<String>,
        parts: &[Part],
        now: Moment,
    ) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, ConversationAction::Reschedule, parts)?;
        if planned_at <= now {
            return Err(Refusal::invalid("plannedAt", "must be in the future"));
        }
        Ok(Self { planned_at, place, state, modified_at: now, ..self })
    }

    /// Records that it took place.
    pub fn hold(self, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, ConversationAction::Hold, parts)?;
        if now < self.planned_at {
            return Err(CONVERSATION_STILL_TO_COME.refuse("Reschedule it if it took place earlier than planned."));
        }
        Ok(Self { state, held_at: Some(now), modified_at: now, ..self })
    }

    /// Cancels it.
    pub fn cancel(self, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        let state = LIFECYCLE.step(self.state, ConversationAction::Cancel, parts)?;
        Ok(Self { state, modified_at: now, ..self })
    }

    /// Says, for the own side, whether there was a click.
    pub fn say_click(mut self, click: Click, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        self.state = LIFECYCLE.step(self.state, ConversationAction::SayClick, parts)?;
        if let Some(side) = self.side_mut(parts) {
            side.click = Some(click);
            side.said_at = Some(now);
        }
        Ok(Self { modified_at: now, ..self })
    }

    /// Writes the note of the own side, or wipes it.
    pub fn write_note(mut self, note: Option<String>, parts: &[Part], now: Moment) -> Result<Self, Refusal> {
        self.state = LIFECYCLE.step(self.state, ConversationAction::WriteNote, parts)?;
        if let Some(side) = self.side_mut(parts) {
            side.note = note;
        }
        Ok(Self { modified_at: now, ..self })
    }

    /// What the side of somebody with these parts may read of its own; none for anybody else.
    pub fn own_side(&self, parts: &[Part]) -> Option<&Side> {
        if parts.contains(&Part::Employee) {
            Some(&self.employee)
        } else {
            parts.contains(&Part::Client).then_some(&self.client)
        }
    }

    fn side_mut(&mut self, parts: &[Part]) -> Option<&mut Side> {
        if parts.contains(&Part::Employee) {
            Some(&mut self.employee)
        } else {
            parts.contains(&Part::Client).then_some(&mut self.client)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::market::fixtures::{self, id, moment};
    use crate::tables::walk;

    fn conversation(state: ConversationState) -> Conversation {
        Conversation { state, ..fixtures::conversation() }
    }

    #[test]
    fn every_pair_of_state_and_action_answers_as_the_table_says() {
        walk(&LIFECYCLE, |state, action, parts| {
            let it = conversation(state);
            let now = moment(100);
            match action {
                Do::Reschedule => it.reschedule(moment(200), None, parts, now),
                Do::Hold => it.hold(parts, now),
                Do::Cancel => it.cancel(parts, now),
                Do::SayClick => it.say_click(Click::Yes, parts, now),
                Do::WriteNote => it.write_note(None, parts, now),
            }
            .map(|it| it.state)
        });
    }

    #[test]
    fn a_conversation_to_come_did_not_take_place_yet() {
        let it = conversation(ConversationState::Planned);
        let early = it.planned_at - chrono::TimeDelta::minutes(1);
        assert_eq!(it.hold(&[Part::Client], early).unwrap_err().code.name, "conversation_still_to_come");
    }

    #[test]
    fn a_click_and_a_note_belong_to_one_side() {
        let it = conversation(ConversationState::Held)
            .say_click(Click::No, &[Part::Client], moment(100))
            .and_then(|it| it.write_note(Some("Too quiet".to_owned()), &[Part::Client], moment(100)))
            .unwrap();
        assert_eq!(it.own_side(&[Part::Client]).unwrap().note.as_deref(), Some("Too quiet"));
        assert_eq!(it.own_side(&[Part::Employee]).unwrap(), &Side::default());
        assert_eq!(it.own_side(&[Part::HomeManager]), None);
    }

    #[test]
    fn a_conversation_is_planned_only_about_a_response_that_is_that_far() {
        for state in [ResponseState::Draft, ResponseState::Submitted, ResponseState::InReview, ResponseState::Lapsed] {
            let response = fixtures::response(state);
            let refusal =
                Conversation::plan(id(1), &response, moment(50), None, &[Part::Client], moment(1)).unwrap_err();
            assert_eq!(refusal.code.name, "response_not_ready");
        }
        let response = fixtures::response(ResponseState::InConversation);
        assert!(Conversation::plan(id(1), &response, moment(50), None, &[Part::Employee], moment(1)).is_ok());
    }
}
