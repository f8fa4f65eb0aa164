use super::*;
use crate::TextEnum;
use crate::market::codes;
use crate::market::fixtures::{OWNER, id, moment, period, response};
use crate::tables::walk;

fn terms() -> OfferTerms {
    OfferTerms {
        effort: Effort::MinutesPerWeek(480),
        period: period(),
        charge_basis: ChargeBasis::BareWage,
        hourly_rate_cents: None,
        valid_until: moment(50),
    }
}

fn ground() -> OfferGround {
    OfferGround { made_by: id(OWNER), has_open_offer: false, public_rate_ceiling_cents: Some(9_000) }
}

fn offer(state: OfferState) -> Offer {
    let response = response(ResponseState::InConversation);
    let (offer, response) = Offer::make(id(500), terms(), ground(), response, &[Part::Client], moment(0)).unwrap();
    assert_eq!(response.state, ResponseState::Offered);
    Offer { state, ..offer }
}

#[test]
fn every_pair_of_state_and_action_answers_as_the_table_says() {
    walk(&LIFECYCLE, |state, action, parts| {
        let it = offer(state);
        let offered = response(ResponseState::Offered);
        let now = moment(1);
        match action {
            OfferAction::Accept => it.accept(offered, parts, now).map(|(it, _)| it.state),
            OfferAction::Decline => {
                it.decline(DeclineReason::Personal, None, offered, parts, now).map(|(it, _)| it.state)
            }
            OfferAction::Withdraw => it.withdraw(offered, parts, now).map(|(it, _)| it.state),
            OfferAction::Lapse => it.lapse(offered, parts, moment(50)).map(|(it, _)| it.state),
            OfferAction::EndWithResponse => {
                it.end_with(&response(ResponseState::Withdrawn), parts, now).map(|it| it.state)
            }
        }
    });
}

#[test]
fn accepting_confirms_to_be_willing() {
    let (it, response) =
        offer(OfferState::Open).accept(response(ResponseState::Offered), &[Part::Employee], moment(1)).unwrap();
    assert_eq!((it.state, it.ended_at), (OfferState::Accepted, Some(moment(1))));
    assert_eq!((response.state, response.accepted_at), (ResponseState::Accepted, Some(moment(1))));
}

#[test]
fn an_offer_lapses_by_the_clock_and_leaves_room_for_another() {
    let it = offer(OfferState::Open);
    assert_eq!(it.clone().as_of(moment(49)).state, OfferState::Open);
    assert_eq!(it.clone().as_of(moment(50)).state, OfferState::Lapsed);
    let late = it.clone().accept(response(ResponseState::Offered), &[Part::Employee], moment(50));
    assert!(late.is_err(), "too late, also before the clock has written so");
    let early = it.clone().lapse(response(ResponseState::Offered), &[Part::Clock], moment(49)).unwrap_err();
    assert_eq!(early.code, &codes::TERM_STILL_RUNNING);
    let (_, response) = it.lapse(response(ResponseState::Offered), &[Part::Clock], moment(60)).unwrap();
    assert_eq!(response.state, ResponseState::InConversation);
    assert!(
        Offer::make(
            id(501),
            OfferTerms { valid_until: moment(90), ..terms() },
            ground(),
            response,
            &[Part::Client],
            moment(60)
        )
        .is_ok()
    );
}

#[test]
fn there_is_one_open_offer_at_a_time() {
    let ground = OfferGround { has_open_offer: true, ..ground() };
    let response = response(ResponseState::InConversation);
    let refusal = Offer::make(id(501), terms(), ground, response, &[Part::Client], moment(0)).unwrap_err();
    assert_eq!(refusal.code, &codes::OFFER_OPEN_ALREADY);
}

#[test]
fn a_rate_belongs_to_a_basis_that_has_one() {
    for basis in ChargeBasis::ALL {
        for rate in [None, Some(0), Some(9_000), Some(9_001)] {
            let terms = OfferTerms { charge_basis: *basis, hourly_rate_cents: rate, ..terms() };
            let expected = match basis {
                ChargeBasis::BareWage | ChargeBasis::None => rate.is_none(),
                ChargeBasis::PublicRate => rate == Some(9_000),
                ChargeBasis::OwnRate => rate.is_some_and(|rate| rate > 0),
            };
            assert_eq!(terms.check(Some(9_000), moment(0)).is_ok(), expected, "{basis} {rate:?}");
        }
    }
}

#[test]
fn an_offer_of_another_response_is_not_answered() {
    let mut other = response(ResponseState::Offered);
    other.id = id(201);
    let refusal = offer(OfferState::Open).accept(other, &[Part::Employee], moment(1)).unwrap_err();
    assert_eq!(refusal.code, &codes::RESPONSE_NOT_READY);
}
