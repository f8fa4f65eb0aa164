//! Two identities that turn out to be one person.

use diesel::prelude::*;
use domain::exchange::identity_joins::Tie;
use domain::{PersonId, RoleAssignmentId};

use crate::columns::Key;
use crate::schema::market::{assignment_co_owners, assignments};
use crate::schema::parties::{employments, memberships, role_assignments};
use crate::schema::placements::arrangements;
use crate::schema::profiles::{profile_skills, profiles};
use crate::schema::responses::{consent_requests, responses};
use crate::{Result, View, Work};

/// What an identity has begun that cannot be handed to another.
pub fn ties(view: &mut View<'_>, person: PersonId) -> Result<Vec<Tie>> {
    let key = Key::from(person);
    let mut ties = Vec::new();
    let mut note = |tie, count: i64| {
        if count > 0 && !ties.contains(&tie) {
            ties.push(tie);
        }
    };
    each!(view.conn, |c| {
        note(Tie::Responses, responses::table.filter(responses::person_id.eq(key)).count().get_result(c)?);
        note(Tie::Assignments, assignments::table.filter(assignments::owner_id.eq(key)).count().get_result(c)?);
        let shared = assignment_co_owners::table.filter(assignment_co_owners::person_id.eq(key));
        note(Tie::Assignments, shared.count().get_result(c)?);
        note(Tie::Arrangements, arrangements::table.filter(arrangements::person_id.eq(key)).count().get_result(c)?);
        note(Tie::Memberships, memberships::table.filter(memberships::person_id.eq(key)).count().get_result(c)?);
        let told = profiles::headline
            .is_not_null()
            .or(profiles::ambition.is_not_null())
            .or(profiles::experience.is_not_null());
        let told = profiles::table.filter(profiles::person_id.eq(key)).filter(told);
        note(Tie::Profile, told.count().get_result(c)?);
        let skills = profile_skills::table
            .inner_join(profiles::table.on(profiles::id.eq(profile_skills::profile_id)))
            .filter(profiles::person_id.eq(key));
        note(Tie::Profile, skills.count().get_result(c)?);
        QueryResult::Ok(())
    })?;
    Ok(ties)
}

/// Lets those who had one identity as their manager have the other, also where consent is asked of them.
pub fn move_team(work: &mut Work<'_>, from: PersonId, to: PersonId) -> Result<()> {
    let (from, to) = (Key::from(from), Key::from(to));
    each!(work.conn, |c| {
        diesel::update(employments::table.filter(employments::manager_id.eq(from)))
            .set((employments::manager_id.eq(Some(to)), employments::revision.eq(employments::revision + 1)))
            .execute(c)?;
        diesel::update(consent_requests::table.filter(consent_requests::manager_id.eq(from)))
            .set((
                consent_requests::manager_id.eq(Some(to)),
                consent_requests::revision.eq(consent_requests::revision + 1),
            ))
            .execute(c)
    })?;
    Ok(())
}

/// Gives a role to another person.
pub fn move_role(work: &mut Work<'_>, id: RoleAssignmentId, to: PersonId) -> Result<()> {
    each!(work.conn, |c| diesel::update(role_assignments::table.filter(role_assignments::id.eq(Key::from(id))))
        .set(role_assignments::person_id.eq(Key::from(to)))
        .execute(c))?;
    Ok(())
}
