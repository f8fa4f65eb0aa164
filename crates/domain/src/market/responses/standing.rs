//! How a response stands at a moment, also before the clock has written so.

use super::{LapseReason, Response, ResponseState};
use crate::market::assignments::Assignment;
use crate::market::consent_requests::{ConsentRequest, ConsentState};
use crate::market::offers::{Offer, OfferState};
use crate::{Moment, Part, Refusal};

/// What a response ends or goes back with.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// What it responds to.
    pub assignment: &'a Assignment,
    /// The offer that is kept as open, if there is one.
    pub offer: Option<&'a Offer>,
    /// The last consent request, if consent was asked.
    pub consent: Option<&'a ConsentRequest>,
}

impl Response {
    /// How it stands at this moment: a draft lapses at the deadline, silence that refuses ends it, an offer that
    /// nobody answered in time is no offer any more.
    pub fn as_of(self, around: Around<'_>, now: Moment) -> Result<Self, Refusal> {
        let clock = &[Part::Clock];
        let Around { assignment, offer, consent } = around;
        if self.state == ResponseState::Draft {
            return match assignment.deadline.filter(|deadline| *deadline <= now) {
                // One that was begun after the deadline of an earlier publication lapses no earlier than it began.
                Some(deadline) => {
                    self.clone().lapse(LapseReason::DeadlinePassed, clock, deadline.max(self.modified_at))
                }
                None => Ok(self),
            };
        }
        let refused_at = consent
            .filter(|consent| consent.response == self.id && consent.state == ConsentState::Requested)
            .map(|consent| consent.clone().as_of(now))
            .filter(|consent| consent.state == ConsentState::Refused)
            .and_then(|consent| consent.decision.map(|decision| decision.at));
        if let Some(at) = refused_at.filter(|_| self.is_under_way()) {
            return self.refuse_consent(clock, at);
        }
        let lapsed = offer.filter(|offer| {
            offer.response == self.id && offer.state == OfferState::Open && offer.terms.valid_until <= now
        });
        match lapsed {
            Some(offer) if self.state == ResponseState::Offered => {
                let (_, response) = offer.clone().lapse(self, clock, offer.terms.valid_until)?;
                Ok(response)
            }
            _ => Ok(self),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::TextEnum;
    use crate::market::assignments::AssignmentState;
    use crate::market::effort::Effort;
    use crate::market::fixtures::{assignment, consent, id, moment, period, response};
    use crate::market::offers::OfferTerms;
    use crate::parties::mobility_policies::{ChargeBasis, ConsentSilence};

    fn offer(valid_until: Moment) -> Offer {
        Offer {
            id: id(500),
            revision: 1,
            response: id(200),
            made_by: id(10),
            terms: OfferTerms {
                effort: Effort::MinutesPerWeek(480),
                period: period(),
                charge_basis: ChargeBasis::BareWage,
                hourly_rate_cents: None,
                valid_until,
            },
            state: OfferState::Open,
            decline_reason: None,
            note: None,
            ended_at: None,
            created_at: moment(0),
            modified_at: moment(0),
        }
    }

    #[test]
    fn nothing_that_is_due_changes_nothing() {
        let klus = assignment(AssignmentState::Open);
        for state in ResponseState::ALL {
            let (offer, consent) = (offer(moment(9)), consent(ConsentState::Requested, |_| {}));
            let around = Around { assignment: &klus, offer: Some(&offer), consent: Some(&consent) };
            assert_eq!(response(*state).as_of(around, moment(8)).unwrap(), response(*state));
        }
    }

    #[test]
    fn a_draft_lapses_at_the_deadline_and_nothing_else_does() {
        let klus = assignment(AssignmentState::Open);
        let deadline = klus.deadline.unwrap();
        let around = Around { assignment: &klus, offer: None, consent: None };
        for state in ResponseState::ALL {
            let it = response(*state).as_of(around, deadline).unwrap();
            let lapsed = *state == ResponseState::Draft;
            assert_eq!(it.state, if lapsed { ResponseState::Lapsed } else { *state });
            assert!(!lapsed || it.outcome.unwrap().at == deadline);
        }
    }

    #[test]
    fn silence_ends_a_response_only_where_it_refuses() {
        let klus = assignment(AssignmentState::Closed);
        for silence in ConsentSilence::ALL {
            let asked = consent(ConsentState::Requested, |terms| terms.silence = *silence);
            let around = Around { assignment: &klus, offer: None, consent: Some(&asked) };
            for state in ResponseState::ALL.iter().filter(|state| **state != ResponseState::Draft) {
                let before = response(*state);
                let it = before.clone().as_of(around, asked.expires_at + TimeDelta::hours(1)).unwrap();
                if before.is_under_way() && *silence == ConsentSilence::Refuse {
                    assert_eq!((it.state, it.modified_at), (ResponseState::ConsentRefused, asked.expires_at));
                } else {
                    assert_eq!(it, before, "{silence}");
                }
            }
        }
    }

    #[test]
    fn an_offer_that_nobody_answered_leaves_the_response_in_conversation() {
        let klus = assignment(AssignmentState::Open);
        let late = offer(moment(9));
        let around = Around { assignment: &klus, offer: Some(&late), consent: None };
        let it = response(ResponseState::Offered).as_of(around, moment(9)).unwrap();
        assert_eq!((it.state, it.modified_at), (ResponseState::InConversation, moment(9)));
        let it = response(ResponseState::Offered).as_of(around, moment(900)).unwrap();
        assert_eq!(it.modified_at, moment(9), "whenever it is looked at");
        let other = Offer { response: id(201), ..late.clone() };
        let around = Around { offer: Some(&other), ..around };
        assert_eq!(response(ResponseState::Offered).as_of(around, moment(9)).unwrap().state, ResponseState::Offered);
    }
}
