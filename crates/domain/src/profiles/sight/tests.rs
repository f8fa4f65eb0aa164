use uuid::Uuid;

use super::*;
use crate::TextEnum;
use crate::profiles::visibility::Visibility;

const NOBODY: Option<(Sight, ViewBasis)> = None;
const CARD_IN_NETWORK: Option<(Sight, ViewBasis)> = Some((Sight::PseudonymousCard, ViewBasis::Network));
const CARD: Option<(Sight, ViewBasis)> = Some((Sight::PseudonymousCard, ViewBasis::AllGovernment));
const PUBLIC: Option<(Sight, ViewBasis)> = Some((Sight::PublicCard, ViewBasis::Public));
const OWN: Option<(Sight, ViewBasis)> = Some((Sight::WholeProfile, ViewBasis::Owner));
const ADVISER: Option<(Sight, ViewBasis)> = Some((Sight::WholeProfile, ViewBasis::Adviser));
const RESPONSE: Option<(Sight, ViewBasis)> = Some((Sight::WholeProfile, ViewBasis::Response));

fn now() -> Moment {
    "2027-03-01T09:00:00Z".parse().unwrap()
}

fn id<T: From<Uuid>>(number: u128) -> T {
    Uuid::from_u128(number).into()
}

/// Of person 1, in network 10 and not in 11, hidden from organisation 20, advised by person 2.
fn profile(level: VisibilityLevel) -> Profile {
    let networks = if level == VisibilityLevel::V3 { vec![id(10), id(11)] } else { Vec::new() };
    let hidden_from = if level == VisibilityLevel::V5 { Vec::new() } else { vec![id(20)] };
    let visibility = Visibility { level, networks, adviser: Some(id(2)), hidden_from, ..Visibility::default() };
    Profile { visibility, ..Profile::empty(id(100), id(1), now()) }
}

fn owner() -> Owner {
    Owner { networks: vec![id(10)], is_closed: false }
}

fn somebody(number: u128, organisation: u128) -> Viewer {
    let (person, organisations) = (Some(id(number)), vec![id(organisation)]);
    Viewer { person, organisation: Some(id(organisation)), organisations, ..Viewer::default() }
}

fn client(organisation: u128, network: u128) -> Viewer {
    Viewer { looks_for_people: true, networks: vec![id(network)], ..somebody(3, organisation) }
}

/// What each kind of viewer sees at V0, V1, V2, V3, V4, V5.
#[test]
fn every_kind_of_viewer_sees_what_the_level_says() {
    let adviser = Viewer { is_mobility_adviser: true, ..somebody(2, 21) };
    let platform = Viewer { is_platform_administrator: true, ..client(21, 10) };
    let manager = Viewer { manages: vec![id(1)], ..somebody(4, 21) };
    let table: &[(&str, Viewer, [Option<(Sight, ViewBasis)>; 6])] = &[
        ("the owner", somebody(1, 20), [OWN; 6]),
        ("a stranger", Viewer::default(), [NOBODY, NOBODY, NOBODY, NOBODY, NOBODY, PUBLIC]),
        ("a colleague", somebody(5, 21), [NOBODY, NOBODY, NOBODY, NOBODY, NOBODY, PUBLIC]),
        ("a client in the network", client(21, 10), [NOBODY, NOBODY, NOBODY, CARD_IN_NETWORK, CARD, CARD]),
        ("a client in another network", client(21, 12), [NOBODY, NOBODY, NOBODY, NOBODY, CARD, CARD]),
        ("a client in a network that the owner left", client(21, 11), [NOBODY, NOBODY, NOBODY, NOBODY, CARD, CARD]),
        ("a client it is hidden from", client(20, 10), [NOBODY, NOBODY, NOBODY, NOBODY, NOBODY, CARD]),
        ("the manager", manager.clone(), [NOBODY, NOBODY, NOBODY, NOBODY, NOBODY, PUBLIC]),
        (
            "the manager as a client",
            Viewer { manages: vec![id(1)], ..client(21, 10) },
            [NOBODY, NOBODY, NOBODY, NOBODY, NOBODY, PUBLIC],
        ),
        ("the adviser", adviser.clone(), [NOBODY, ADVISER, ADVISER, ADVISER, ADVISER, ADVISER]),
        (
            "the adviser, who lost the role",
            Viewer { is_mobility_adviser: false, ..adviser },
            [NOBODY, NOBODY, NOBODY, NOBODY, NOBODY, PUBLIC],
        ),
        (
            "another adviser",
            Viewer { is_mobility_adviser: true, ..somebody(6, 21) },
            [NOBODY, NOBODY, NOBODY, NOBODY, NOBODY, PUBLIC],
        ),
        (
            "the owner of a klus they responded to, where it is hidden",
            Viewer { responders: vec![id(1)], ..client(20, 12) },
            [NOBODY, NOBODY, RESPONSE, RESPONSE, RESPONSE, RESPONSE],
        ),
        (
            "the manager whose klus they responded to",
            Viewer { responders: vec![id(1)], ..manager },
            [NOBODY, NOBODY, RESPONSE, RESPONSE, RESPONSE, RESPONSE],
        ),
        ("a platform administrator", platform, [NOBODY, NOBODY, NOBODY, NOBODY, NOBODY, PUBLIC]),
    ];
    for (who, viewer, expected) in table {
        for (level, expected) in VisibilityLevel::ALL.iter().zip(expected) {
            assert_eq!(may_see(&profile(*level), &owner(), viewer, now()), *expected, "{who} at {level}");
        }
    }
}

#[test]
fn during_a_pause_and_after_access_was_closed_nobody_else_sees_anything() {
    let viewers = [
        Viewer::default(),
        client(21, 10),
        Viewer { is_mobility_adviser: true, ..somebody(2, 21) },
        Viewer { responders: vec![id(1)], ..client(21, 10) },
    ];
    for level in VisibilityLevel::ALL {
        for viewer in &viewers {
            let mut paused = profile(*level);
            paused.visibility.paused_until = Some(now() + chrono::TimeDelta::seconds(1));
            assert_eq!(may_see(&paused, &owner(), viewer, now()), None, "{level} {viewer:?}");
            paused.visibility.paused_until = Some(now());
            let unpaused = may_see(&profile(*level), &owner(), viewer, now());
            assert_eq!(may_see(&paused, &owner(), viewer, now()), unpaused, "the pause is over");
            let closed = Owner { is_closed: true, ..owner() };
            assert_eq!(may_see(&profile(*level), &closed, viewer, now()), None, "{level} {viewer:?}");
        }
        assert_eq!(may_see(&profile(*level), &owner(), &somebody(1, 20), now()), OWN);
    }
}

#[test]
fn a_wider_level_never_shows_less() {
    let viewers = [Viewer::default(), somebody(5, 21), client(21, 10), client(21, 12), client(20, 10)];
    for viewer in viewers {
        let mut before = None;
        for level in VisibilityLevel::ALL {
            let sight = may_see(&profile(*level), &owner(), &viewer, now()).map(|(sight, _)| sight);
            assert!(before <= sight, "{viewer:?} at {level}");
            before = sight;
        }
    }
}
