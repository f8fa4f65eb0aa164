//! What others are told of people and employments that follow an HR system.

use domain::parties::employments::Employment;
use domain::parties::persons::Person;
use domain::{Audience, Change, EventKind, OrganisationId};

pub(super) fn changed(employment: &Employment) -> Change {
    begun_anew(employment).to([Audience::Person(employment.person)])
}

/// Of somebody who was not registered before: there is nobody to tell yet but the others.
pub(super) fn begun_anew(employment: &Employment) -> Change {
    Change::new(EventKind::EmploymentChanged, employment.id)
        .of(employment.organisation)
        .to([Audience::Administrators(employment.organisation)])
        .to(employment.terms.manager.map(Audience::Person))
}

pub(super) fn known_again(person: &Person, organisation: OrganisationId) -> Change {
    registered(person, organisation).to([Audience::Person(person.id)])
}

pub(super) fn registered(person: &Person, organisation: OrganisationId) -> Change {
    let audiences = [Audience::Administrators(organisation), Audience::Platform];
    Change::new(EventKind::PersonChanged, person.id).to(audiences)
}
